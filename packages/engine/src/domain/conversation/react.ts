import type { Entry } from './entry.ts'
import type { Conversation } from './state.ts'

/** What an entry asks to be done later. Stored in the same commit as the entry, so that it is never forgotten. */
export type Reaction =
  | { readonly _tag: 'Deliver'; readonly seq: number }
  | { readonly _tag: 'WakeAt'; readonly at: number }
  | { readonly _tag: 'CancelWake' }
  /** Everything that the journal and its messages contained is to be blanked. */
  | { readonly _tag: 'Erase'; readonly seq: number | 'all' }

/**
 * Snoozed until a time: it wakes by itself.
 *
 * @example
 * ```ts
 * import { isAsleep } from '@guichet/engine/domain'
 *
 * const snoozed = { ...conversation, status: 'pending', snoozedUntil: facts.now + 60_000 } as const
 * console.log(isAsleep(conversation), isAsleep(snoozed))
 * ```
 *
 * ```text
 * false true
 * ```
 */
export const isAsleep = (state: Conversation | undefined): boolean =>
  state !== undefined && !state.deleted && state.status === 'pending' && state.snoozedUntil !== null

const snooze = (before: Conversation | undefined, after: Conversation): ReadonlyArray<Reaction> => {
  if (isAsleep(after)) {
    return isAsleep(before) && before?.snoozedUntil === after.snoozedUntil
      ? []
      : [{ _tag: 'WakeAt', at: after.snoozedUntil ?? 0 }]
  }
  return isAsleep(before) ? [{ _tag: 'CancelWake' }] : []
}

/**
 * The work that follows from an entry.
 *
 * @example
 * ```ts
 * import { decide, evolve, react } from '@guichet/engine/domain'
 *
 * const decision = decide(conversation, { _tag: 'Snooze', until: Date.UTC(2026, 0, 2) }, facts)
 * for (const entry of decision._tag === 'Accepted' ? decision.entries : []) {
 *   const after = evolve(conversation, entry)
 *   if (after !== undefined) console.log(react(conversation, entry, after))
 * }
 * ```
 *
 * ```text
 * [ { _tag: 'WakeAt', at: 1767312000000 } ]
 * ```
 */
export const react = (before: Conversation | undefined, entry: Entry, after: Conversation): ReadonlyArray<Reaction> => {
  const { what } = entry
  const timers = snooze(before, after)
  switch (what._tag) {
    case 'MessageSent':
      return [{ _tag: 'Deliver', seq: entry.seq }, ...timers]
    case 'MessageDeleted':
      return [{ _tag: 'Erase', seq: what.message }, ...timers]
    case 'Deleted':
      return [{ _tag: 'Erase', seq: 'all' }, ...timers]
    default:
      return timers
  }
}
