import { type Amendment, decodeAmendment, partsNow } from '../../codec/amendment.ts'
import { decodeDelivery } from '../../codec/delivery.ts'
import { decodeEntry } from '../../codec/entry.ts'
import type { Entry } from '../../domain/conversation/entry.ts'
import type { Delivery } from '../../domain/message/delivery.ts'
import { type Message, byTime } from '../../domain/message/message.ts'
import type { Part } from '../../domain/message/part.ts'
import type { MessageReaction } from '../../domain/message/reaction.ts'
import type { MessageWords } from '../../domain/message/translated.ts'
import type { Timeline } from '../../ports/storage.ts'
import { messageOf } from '../target.ts'

/** A message as it is now: what it said, what has been said about it since, and how far it got. */
export interface CurrentMessage {
  readonly seq: number
  readonly at: number
  readonly message: Message
  readonly parts: ReadonlyArray<Part>
  readonly edited: boolean
  readonly deleted: boolean
  readonly delivery: Delivery | null
  readonly reactions: ReadonlyArray<MessageReaction>
  /** What it says in other languages. */
  readonly words: ReadonlyArray<MessageWords>
  /** How often it was edited. */
  readonly edits: number
  /** What the customer still reads of it, until it has been translated again. */
  readonly shown: MessageWords | null
  /** The language it is in, when it was detected. */
  readonly language: string | null
}

export interface ReadTimeline {
  readonly entries: ReadonlyArray<Entry>
  readonly messages: ReadonlyArray<CurrentMessage>
}

/** A message that came from another conversation was received when it came there. */
const receivedAt = ({ at, what }: Entry): number => (what._tag === 'MessageMovedIn' ? (what.receivedAt ?? at) : at)

export const readTimeline = (timeline: Timeline): ReadTimeline => {
  const amended = new Map<number, Amendment>(timeline.amendments.map((row) => [row.seq, decodeAmendment(row.data)]))
  const deliveries = new Map<number, Delivery>(timeline.deliveries.map((row) => [row.seq, decodeDelivery(row)]))
  const entries = timeline.entries.map(decodeEntry)
  const messages = entries.flatMap((entry): ReadonlyArray<CurrentMessage> => {
    const message = messageOf(entry)
    if (message === undefined) return []
    const deleted = message.deleted === true
    const gone = deleted || message.movedTo !== undefined
    const amendment = gone ? undefined : amended.get(entry.seq)
    return [
      {
        seq: entry.seq,
        at: receivedAt(entry),
        message,
        parts: partsNow(message, amendment),
        edited: amendment?.parts !== undefined,
        deleted,
        delivery: message.movedTo === undefined ? (deliveries.get(entry.seq) ?? null) : null,
        reactions: amendment?.reactions ?? [],
        words: amendment?.words ?? [],
        edits: amendment?.edits?.length ?? 0,
        shown: amendment?.shown ?? null,
        language: amendment?.language ?? null,
      },
    ]
  })
  return {
    entries,
    messages: [...messages].sort((a, b) =>
      byTime({ sentAt: a.message.sentAt, seq: a.seq }, { sentAt: b.message.sentAt, seq: b.seq }),
    ),
  }
}
