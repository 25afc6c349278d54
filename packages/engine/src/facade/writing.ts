import type { Part } from '../domain/message/part.ts'
import { isFields } from '../domain/message/part-issues.ts'
import type { RichPart } from '../domain/message/rich-part.ts'
import { isRich } from '../domain/message/written-out.ts'
import type { Core } from '../runtime/core.ts'
import { blobsFailed } from '../runtime/error.ts'
import type { NewFile, WriteOptions } from './types.ts'

/** What somebody writes, with its files stored; `discard` removes them again when the message is refused. */
export interface Written {
  readonly parts: ReadonlyArray<Part>
  readonly discard: () => Promise<void>
}

/** What claims to be words or a file and is none: a part that there is not, which is refused like any other. */
const none = { _tag: 'Unknown' } as unknown as RichPart

/** Words as somebody typed them. */
export const wordsIn = (text: unknown): Part => (typeof text === 'string' ? { _tag: 'Text', text } : none)

const storeFile = async (core: Core, workspace: string, file: NewFile): Promise<Part> => {
  const { name, mime, bytes }: Partial<NewFile> = isFields(file) ? file : {}
  if (typeof name !== 'string' || typeof mime !== 'string' || !(bytes instanceof Uint8Array)) return none
  const blob = core.ids.next()
  try {
    await core.blobs.put(workspace, blob, bytes)
  } catch (error) {
    throw blobsFailed(error)
  }
  return { _tag: 'File', file: { blob, name, mime, size: bytes.byteLength } }
}

/**
 * Words and files come by options of their own, where they are looked at and stored: what claims to be one of them here
 * becomes a part that there is not, and is refused like any other.
 */
const beyondWords = (given: WriteOptions['parts']): ReadonlyArray<Part> => {
  const parts: ReadonlyArray<unknown> = given === undefined ? [] : Array.isArray(given) ? given : [given]
  const isBeyond = (part: unknown): part is RichPart => isFields(part) && isRich(part as unknown as Part)
  return parts.map((part) => (isBeyond(part) ? part : none))
}

export const write = async (core: Core, workspace: string, options: WriteOptions): Promise<Written> => {
  const given = options.files ?? []
  const files = await Promise.all(
    (Array.isArray(given) ? given : [given]).map((file: NewFile) => storeFile(core, workspace, file)),
  )
  const { text, html } = options
  return {
    parts: [
      ...(text === undefined ? [] : [wordsIn(text)]),
      ...(html === undefined ? [] : [typeof html === 'string' ? { _tag: 'Html' as const, html } : none]),
      ...beyondWords(options.parts),
      ...files,
    ],
    discard: async () => {
      for (const part of files) {
        if (part._tag !== 'File') continue
        await Promise.resolve(core.blobs.delete(workspace, part.file.blob)).catch((error: unknown) =>
          core.report('discarding a file', error),
        )
      }
    },
  }
}
