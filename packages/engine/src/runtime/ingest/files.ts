import { type FileRef, type Part, filesOf } from '../../domain/message/part.ts'
import type { InboundFile, InboundPart, RemoteFile } from '../../ports/channel.ts'
import type { Connected } from '../accounts.ts'
import type { Core } from '../core.ts'
import { blobsFailed } from '../error.ts'

const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** SHA-256 in hex, of text. Web Crypto, so that it runs in a browser as well. */
export const sha256 = async (text: string): Promise<string> =>
  hex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))

/** SHA-256 in hex, of bytes. */
export const digestOf = async (bytes: Uint8Array): Promise<string> =>
  hex(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>))

/** Where a file stands: its place in what somebody said, and who said it. */
type Place = (content: string) => Promise<string>

const put = async (core: Core, workspace: string, place: Place, file: InboundFile): Promise<FileRef> => {
  const { bytes, name, mime, contentId } = file
  const blob = await place(await digestOf(bytes))
  try {
    await core.blobs.put(workspace, blob, bytes)
  } catch (error) {
    throw blobsFailed(error)
  }
  return { blob, name, mime, size: bytes.byteLength, ...(contentId === undefined ? {} : { contentId }) }
}

/** A file that is fetched later: where its bytes will be is known now, so that fetching it twice writes it once. */
const comingFile = async (
  core: Core,
  { account, channel }: Connected,
  place: Place,
  { name, mime, size = 0, sha256: digest, remote }: RemoteFile,
): Promise<FileRef> => {
  const blob = await place(`remote ${JSON.stringify(remote)}`)
  if (channel.fetchFile === undefined) {
    const reason = `the channel ${channel.name} fetches no files`
    core.report('fetch', new Error(reason))
    return { blob, name, mime, size, missing: { _tag: 'Gone', reason } }
  }
  const announced = digest === undefined ? {} : { sha256: digest }
  return { blob, name, mime, size, missing: { _tag: 'Coming', account: account.id, remote, ...announced } }
}

/**
 * Stores the files of a message before it is committed: a message never names a file as there that is not. The key
 * follows from where the file stands and what it says, so that the same delivery, repeated, writes the same bytes to
 * the same place, and another one under the same id cannot replace them. What the provider still holds is named as
 * coming: the commit of the message brings the work that fetches it.
 */
export const storeFiles = async (
  core: Core,
  to: Connected,
  source: string,
  parts: ReadonlyArray<InboundPart>,
): Promise<ReadonlyArray<Part>> =>
  Promise.all(
    parts.map(async (part, index): Promise<Part> => {
      const place: Place = (content) => sha256(`${source}\n${index}\n${content}`)
      if (part._tag === 'File') return { _tag: 'File', file: await put(core, to.workspace, place, part.file) }
      if (part._tag === 'RemoteFile') return { _tag: 'File', file: await comingFile(core, to, place, part.file) }
      return part
    }),
  )

/** Takes back the files of what was refused. */
export const dropFiles = async (core: Core, workspace: string, parts: ReadonlyArray<Part>): Promise<void> => {
  for (const { blob } of filesOf(parts)) {
    try {
      await core.blobs.delete(workspace, blob)
    } catch (error) {
      throw blobsFailed(error)
    }
  }
}
