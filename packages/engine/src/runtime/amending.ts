import { withWords } from '../domain/message/translated.ts'
import { type Amendment, encodeAmendment } from '../codec/amendment.ts'
import type { Entry } from '../domain/conversation/entry.ts'
import { withReaction } from '../domain/message/message.ts'
import type { StoredAmendment } from '../ports/storage.ts'
import type { Target } from './target.ts'

const withoutWords = ({ words: _, language: __, ...kept }: Amendment): Amendment => kept

/** Which message an entry says something about, and what stands beside it from then on. */
const amended = (
  { what, seq, actor }: Entry,
  before: Amendment,
  target: Target | undefined,
): { readonly message: number; readonly amendment: Amendment } | undefined => {
  switch (what._tag) {
    case 'MessageEdited':
      return {
        message: what.message,
        amendment: { ...withoutWords(before), parts: what.parts, edits: [...(before.edits ?? []), seq] },
      }
    case 'Reacted':
      return {
        message: what.message,
        amendment: { ...before, reactions: withReaction(before.reactions ?? [], actor, what.emoji) },
      }
    case 'Translated': {
      const { message, language, provider, state, detected } = what
      const text = target?.words ?? null
      return {
        message,
        amendment: {
          ...before,
          words: withWords(before.words ?? [], { language, provider, state, text }),
          ...(detected === undefined ? {} : { language: detected }),
        },
      }
    }
    default:
      return undefined
  }
}

/** The rows beside messages that these entries change: each is put whole, so that nothing in it is lost. */
export const amendmentsOf = (
  conversation: string,
  entries: ReadonlyArray<Entry>,
  target: Target | undefined,
): ReadonlyArray<StoredAmendment> =>
  entries.flatMap((entry) => {
    const one = amended(entry, target?.amendment ?? {}, target)
    return one === undefined ? [] : [{ conversation, seq: one.message, data: encodeAmendment(one.amendment) }]
  })
