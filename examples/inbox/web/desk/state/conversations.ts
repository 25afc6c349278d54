import { signal } from '@preact/signals'
import type { Summary } from '../api.ts'
import { t } from '../words/t.ts'
import { patched } from './patches.ts'

/** Every conversation that this window has seen, as it last was. Lists hold ids. */
export const known = signal<ReadonlyMap<string, Summary>>(new Map())

const same = (a: Summary, b: Summary): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Newer wins: an answer that was overtaken by a later one changes nothing. */
export const learn = (summaries: ReadonlyArray<Summary>): void => {
  // Learning is not looking: an effect that learns does not follow what is known.
  const next = new Map(known.peek())
  for (const summary of summaries) {
    const before = next.get(summary.id)
    if (before === undefined || (before.version <= summary.version && !same(before, summary)))
      next.set(summary.id, summary)
  }
  known.value = next
}

export const forget = (id: string): void => {
  const next = new Map(known.value)
  next.delete(id)
  known.value = next
}

export const conversation = (id: string | null): Summary | undefined => {
  const summary = id === null ? undefined : known.value.get(id)
  return summary && patched(summary)
}

/** A visitor who has not said who he is gets the end of his id, so that two of them can be told apart. */
export const displayName = ({ channel, contact }: Summary): string =>
  contact.name ?? (channel === 'livechat' ? t().visitorName(contact.address.slice(-4)) : contact.address)
