import { type FileRef, type Part, filesOf } from '../../domain/message/part.ts'
import type { InboundPart } from '../../ports/channel.ts'
import type { Core } from '../core.ts'
import { blobsFailed } from '../error.ts'

const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** SHA-256 in hex, of text. Web Crypto, so that it runs in a browser as well. */
export const sha256 = async (text: string): Promise<string> =>
  hex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))

/**
 * Stores the files of a message before it is committed: a message never names a file that is not there. The key
 * follows from where the file stands and what it says, so that the same delivery, repeated, writes the same bytes to
 * the same place, and another one under the same id cannot replace them.
 */
export const storeFiles = async (
  core: Core,
  workspace: string,
  source: string,
  parts: ReadonlyArray<InboundPart>,
): Promise<ReadonlyArray<Part>> =>
  Promise.all(
    parts.map(async (part, index): Promise<Part> => {
      if (part._tag !== 'File') return part
      const { bytes, name, mime, contentId } = part.file
      const content = hex(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>))
      const blob = await sha256(`${source}\n${index}\n${content}`)
      try {
        await core.blobs.put(workspace, blob, bytes)
      } catch (error) {
        throw blobsFailed(error)
      }
      const file: FileRef = {
        blob,
        name,
        mime,
        size: bytes.byteLength,
        ...(contentId === undefined ? {} : { contentId }),
      }
      return { _tag: 'File', file }
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
