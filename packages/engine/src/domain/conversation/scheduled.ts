import type { Entry, Happening } from './entry.ts'
import type { Conversation, Scheduled } from './state.ts'

/** What waits to be sent, as entries change it. */

type Waiting = ReadonlyArray<Scheduled>

export const withoutScheduled = (waiting: Waiting, ids: ReadonlyArray<number> | undefined): Waiting =>
  ids === undefined ? waiting : waiting.filter((one) => !ids.includes(one.id))

export const scheduledBy = (
  { scheduled }: Conversation,
  { seq, actor }: Entry,
  { at, unlessTheyWrite }: Extract<Happening, { readonly _tag: 'MessageScheduled' }>,
): Waiting => [...scheduled, { id: seq, at, by: actor.id, unlessTheyWrite, content: seq }]

export const rescheduled = (
  { scheduled }: Conversation,
  seq: number,
  { schedule, at, content }: Extract<Happening, { readonly _tag: 'ScheduleChanged' }>,
): Waiting =>
  scheduled.map((one) =>
    one.id === schedule ? { ...one, at: at ?? one.at, content: content === undefined ? one.content : seq } : one,
  )
