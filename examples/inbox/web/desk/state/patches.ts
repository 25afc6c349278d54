import { signal } from '@preact/signals'
import type { Summary } from '../api.ts'

/** What an act makes of a conversation. */
export type Change = (now: Summary) => Partial<Summary>

/** What was just done and is not confirmed yet, by conversation, in the order in which it was done. */
const underWay = signal<ReadonlyMap<string, ReadonlyArray<Change>>>(new Map())

const put = (id: string, to: (changes: ReadonlyArray<Change>) => ReadonlyArray<Change>): void => {
  const next = new Map(underWay.peek())
  const changes = to(next.get(id) ?? [])
  if (changes.length === 0) next.delete(id)
  else next.set(id, changes)
  underWay.value = next
}

/** Shows a change at once. What comes back takes it away again, and leaves what else is under way. */
export const patch = (id: string, change: Change): (() => void) => {
  const mine: Change = (now) => change(now)
  put(id, (changes) => [...changes, mine])
  return () => put(id, (changes) => changes.filter((one) => one !== mine))
}

export const isPending = (id: string): boolean => underWay.value.has(id)

/** The same object as long as nothing is pending: a row that has not changed is not drawn again. */
export const patched = (summary: Summary): Summary =>
  (underWay.value.get(summary.id) ?? []).reduce((now, change) => ({ ...now, ...change(now) }), summary)
