import { withWords } from '../domain/message/translated.ts'
import { type Amendment, encodeAmendment } from '../codec/amendment.ts'
import type { Entry } from '../domain/conversation/entry.ts'
import { type Fetched, afterFetching } from '../domain/message/fetched.ts'
import { withFailedReaction, withReaction } from '../domain/message/reaction.ts'
import type { StoredAmendment } from '../ports/storage.ts'
import type { Target } from './target.ts'

/** An edit makes words void; what the customer has read of it she reads until there are others. */
const withoutWords = (
  { words = [], language: _, shown, ...kept }: Amendment,
  target: Target | undefined,
): Amendment => {
  const read = target?.facts.direction === 'out' ? (words.findLast(({ text }) => text !== null) ?? shown) : undefined
  return read === undefined ? kept : { ...kept, shown: read }
}

/** With what came of fetching one of its files. */
const withFile = (before: Amendment, target: Target | undefined, blob: string, fetched: Fetched): Amendment => {
  const file = target?.facts.files.find((one) => one.blob === blob)
  if (file === undefined) return before
  const others = (before.files ?? []).filter((one) => one.blob !== blob)
  return { ...before, files: [...others, afterFetching(file, fetched)] }
}

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
        amendment: {
          ...withoutWords(before, target),
          parts: what.parts,
          edits: [...(before.edits ?? []), seq],
          ...(what.revision === undefined ? {} : { revision: what.revision }),
        },
      }
    case 'FileArrived': {
      const { message, blob, size, mime } = what
      const name = target?.fileName ?? ''
      return { message, amendment: withFile(before, target, blob, { _tag: 'Arrived', size, mime, name }) }
    }
    case 'FileLost': {
      const { message, blob, reason } = what
      return { message, amendment: withFile(before, target, blob, { _tag: 'Lost', reason }) }
    }
    case 'Reacted':
      return {
        message: what.message,
        amendment: { ...before, reactions: withReaction(before.reactions ?? [], actor, what.emoji) },
      }
    case 'ReactionFailed':
      return {
        message: what.message,
        amendment: { ...before, reactions: withFailedReaction(before.reactions ?? [], what) },
      }
    case 'Translated': {
      const { message, language, provider, state, detected } = what
      const text = target?.words ?? null
      const { shown: _, ...known } = before
      return {
        message,
        amendment: {
          ...known,
          words: withWords(known.words ?? [], { language, provider, state, text }),
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
