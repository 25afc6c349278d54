import { withFiles } from '../domain/message/fetched.ts'
import type { FileRef, Part } from '../domain/message/part.ts'
import type { MessageReaction } from '../domain/message/reaction.ts'
import type { MessageWords } from '../domain/message/translated.ts'

/** What has been said about a message since. Everything is optional: most messages have none of it. */
export interface Amendment {
  /** What it says since it was edited, and which entries edited it. */
  readonly parts?: ReadonlyArray<Part>
  readonly edits?: ReadonlyArray<number>
  /** The provider's number of the newest edit, where edits have one. */
  readonly revision?: number
  /** Files that were still to be fetched when they were named, as they are now. */
  readonly files?: ReadonlyArray<FileRef>
  readonly reactions?: ReadonlyArray<MessageReaction>
  /** What it says in other languages; an edit makes them void. */
  readonly words?: ReadonlyArray<MessageWords>
  /** What the customer still reads of an edited message, until there are new words. */
  readonly shown?: MessageWords
  /** The language it is written in, when it was detected. */
  readonly language?: string
}

export const encodeAmendment = (amendment: Amendment): string => JSON.stringify({ v: 1, ...amendment })

export const decodeAmendment = (data: string): Amendment => {
  const { v: _, ...amendment } = JSON.parse(data) as Amendment & { readonly v: 1 }
  return amendment
}

/** What a message says now. */
export const partsNow = (
  { parts }: { readonly parts: ReadonlyArray<Part> },
  amendment: Amendment | undefined,
): ReadonlyArray<Part> => withFiles(amendment?.parts ?? parts, amendment?.files)
