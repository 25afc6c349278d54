import type { MessageReaction } from '../domain/message/message.ts'
import type { Part } from '../domain/message/part.ts'
import type { MessageWords } from '../domain/message/translated.ts'

/** What has been said about a message since. Everything is optional: most messages have none of it. */
export interface Amendment {
  /** What it says since it was edited, and which entries edited it. */
  readonly parts?: ReadonlyArray<Part>
  readonly edits?: ReadonlyArray<number>
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
