import { signal } from '@preact/signals'
import type { Failure } from '../api.ts'
import { call, type ValueOf } from '../engine.ts'
import { draftOf, keepDraft, takeFromDraft } from './drafts.ts'
import { addressesIn, extrasOf, noExtras, setExtras } from './extras.ts'
import { mentionsIn } from './mentions.ts'
import { catchUp } from './thread.ts'

export type Scheduled = ValueOf<'conversations.scheduled'>[number]
export type At = number | { readonly date: string; readonly minute: number }

/** Which message is being given another time; null while a new one is scheduled. */
export const rescheduling = signal<number | null>(null)

/** What waits for its time, by conversation. */
const waiting = signal<ReadonlyMap<string, ReadonlyArray<Scheduled>>>(new Map())
export const scheduledIn = (id: string): ReadonlyArray<Scheduled> => waiting.value.get(id) ?? []

export const loadScheduled = async (id: string): Promise<void> => {
  const answer = await call('conversations.scheduled', id)
  if (answer.ok) waiting.value = new Map(waiting.value).set(id, answer.value)
}

/** The answer as it stands in the composer leaves later. Null, or why it does not. */
export const scheduleDraft = async (id: string, at: At, unlessTheyWrite: boolean): Promise<Failure | null> => {
  const text = draftOf(id, 'reply')
  const { parts, quote, cc } = extrasOf(id)
  const copies = addressesIn(cc)
  const mentions = mentionsIn(text)
  const answer = await call('conversations.schedule', id, {
    at,
    unlessTheyWrite,
    ...(text.trim() === '' ? {} : { text }),
    ...(parts.length === 0 ? {} : { parts }),
    ...(quote === null ? {} : { quote }),
    ...(copies.length === 0 ? {} : { cc: copies }),
    ...(mentions.length === 0 ? {} : { mentions }),
  })
  if (!answer.ok) return answer.failure
  takeFromDraft(id, 'reply', text)
  setExtras(id, noExtras)
  await Promise.all([loadScheduled(id), catchUp(id)])
  return null
}

export const changeScheduled = async (
  id: string,
  schedule: number,
  change: { readonly at?: At; readonly text?: string },
): Promise<Failure | null> => {
  const answer = await call('conversations.changeSchedule', id, { schedule, ...change })
  await Promise.all([loadScheduled(id), catchUp(id)])
  return answer.ok ? null : answer.failure
}

/** What was written is not lost with its time: `back` is put into the composer, unless something stands there. */
export const cancelScheduled = async (id: string, schedule: number, back: string): Promise<Failure | null> => {
  const answer = await call('conversations.cancelSchedule', id, { schedule })
  if (answer.ok && draftOf(id, 'reply') === '') keepDraft(id, 'reply', back)
  await Promise.all([loadScheduled(id), catchUp(id)])
  return answer.ok ? null : answer.failure
}
