import { type Amendment, decodeAmendment } from '../../codec/amendment.ts'
import { decodeDelivery } from '../../codec/delivery.ts'
import { decodeEntry } from '../../codec/entry.ts'
import type { Entry } from '../../domain/conversation/entry.ts'
import type { Delivery } from '../../domain/message/delivery.ts'
import { type Message, byTime } from '../../domain/message/message.ts'
import type { Part } from '../../domain/message/part.ts'
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
}

export interface ReadTimeline {
  readonly entries: ReadonlyArray<Entry>
  readonly messages: ReadonlyArray<CurrentMessage>
}

export const readTimeline = (timeline: Timeline): ReadTimeline => {
  const amended = new Map<number, Amendment>(timeline.amendments.map((row) => [row.seq, decodeAmendment(row.data)]))
  const deliveries = new Map<number, Delivery>(timeline.deliveries.map((row) => [row.seq, decodeDelivery(row)]))
  const entries = timeline.entries.map(decodeEntry)
  const messages = entries.flatMap((entry): ReadonlyArray<CurrentMessage> => {
    const message = messageOf(entry)
    if (message === undefined) return []
    const deleted = message.deleted === true
    const amendment = deleted ? undefined : amended.get(entry.seq)
    return [
      {
        seq: entry.seq,
        at: entry.at,
        message,
        parts: amendment?.parts ?? message.parts,
        edited: amendment !== undefined,
        deleted,
        delivery: deliveries.get(entry.seq) ?? null,
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
