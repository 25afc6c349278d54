import { awaitsBot } from './bot-gate.ts'
import { type Distributing, distributing } from './distributing.ts'
import type { Entry } from './entry.ts'
import { type Fetching, fetching } from './fetching.ts'
import type { Conversation } from './state.ts'
import { type Timer, type TimerKind, timersOf } from './timers.ts'

/** What an entry asks to be done later. Stored in the same commit as the entry, so that it is never forgotten. */
export type Reaction =
  | { readonly _tag: 'Deliver'; readonly seq: number }
  /** The provider is told, beside messages, what an entry says: of a message, or of the whole conversation. */
  | { readonly _tag: 'Signal'; readonly seq: number; readonly message: number | null }
  | { readonly _tag: 'SetTimer'; readonly timer: Timer }
  | { readonly _tag: 'CancelTimer'; readonly kind: TimerKind; readonly key: string }
  /** Everything that the journal and its messages contained is to be blanked. */
  | { readonly _tag: 'Erase'; readonly seq: number | 'all' }
  | Distributing
  | Fetching
  /** A bot is to be asked: the one that was run by hand, or the account's own. */
  | { readonly _tag: 'AskBot'; readonly seq: number; readonly bot: string | null }
  /** A message is to be translated, or all that are not yet. */
  | { readonly _tag: 'Translate'; readonly message: number | null }

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

const timing = (before: Conversation | undefined, after: Conversation): ReadonlyArray<Reaction> => {
  const had = timersOf(before)
  const has = timersOf(after)
  if (had.length === 0 && has.length === 0) return []
  const reactions: Array<Reaction> = []
  for (const { kind, key } of had) {
    if (!has.some((one) => one.kind === kind && one.key === key)) reactions.push({ _tag: 'CancelTimer', kind, key })
  }
  for (const timer of has) {
    const same = had.some(
      (one) =>
        one.kind === timer.kind && one.key === timer.key && one.at === timer.at && one.schedule === timer.schedule,
    )
    if (!same) reactions.push({ _tag: 'SetTimer', timer })
  }
  return reactions
}

/** What is put into another language by itself, and not as it leaves. */
const translating = (
  before: Conversation | undefined,
  { what, seq }: Entry,
  after: Conversation,
): ReadonlyArray<Reaction> => {
  if (after.translation === null || after.status === 'spam') return []
  switch (what._tag) {
    case 'TranslationSet':
      return [{ _tag: 'Translate', message: null }]
    case 'MessageReceived':
      return what.message.automatic === undefined ? [{ _tag: 'Translate', message: seq }] : []
    case 'MessageMovedIn':
      return what.message.direction === 'in' ? [{ _tag: 'Translate', message: seq }] : []
    case 'MessageEdited':
      return [{ _tag: 'Translate', message: what.message }]
    default:
      return before?.status === 'spam' ? [{ _tag: 'Translate', message: null }] : []
  }
}

/** The account's bots are asked when the customer writes, and when something makes them the ones to answer. */
const asking = (
  before: Conversation | undefined,
  { what, seq }: Entry,
  after: Conversation,
): ReadonlyArray<Reaction> => {
  if (what._tag === 'BotAsked') return [{ _tag: 'AskBot', seq, bot: what.bot }]
  // The last word may be the engine's, which asked for details: whether anybody waits is looked up when it is due.
  if (what._tag === 'GivenToBot' && after.lastMessage?.by === 'system') return [{ _tag: 'AskBot', seq, bot: null }]
  if (what._tag === 'MessageMovedIn' || !awaitsBot(after)) return []
  return what._tag === 'MessageReceived' || !awaitsBot(before) ? [{ _tag: 'AskBot', seq, bot: null }] : []
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
 * [
 *   {
 *     _tag: 'SetTimer',
 *     timer: { kind: 'wake', key: 'c1', at: 1767312000000 }
 *   }
 * ]
 * ```
 */
export const react = (before: Conversation | undefined, entry: Entry, after: Conversation): ReadonlyArray<Reaction> => {
  const { what } = entry
  const timers = [
    ...timing(before, after),
    ...distributing(before, after),
    ...translating(before, entry, after),
    ...fetching(what, entry.seq),
  ]
  switch (what._tag) {
    case 'MessageSent':
      return what.echoed === true ? timers : [{ _tag: 'Deliver', seq: entry.seq }, ...timers]
    case 'Reacted':
      return what.leaves === true ? [{ _tag: 'Signal', seq: entry.seq, message: what.message }, ...timers] : timers
    case 'ControlAsked':
      return [{ _tag: 'Signal', seq: entry.seq, message: null }, ...timers]
    case 'MessageDeleted':
      return [{ _tag: 'Erase', seq: what.message }, ...timers]
    case 'Deleted':
      return [{ _tag: 'Erase', seq: 'all' }, ...timers]
    case 'Returned':
      return [{ _tag: 'LeftBehind', queue: after.queue }, ...timers]
    default: {
      const asked = asking(before, entry, after)
      return asked.length === 0 ? timers : [...asked, ...timers]
    }
  }
}
