import type { Actor } from '../actor.ts'
import { type Consent, nothingSaid, optedOut } from '../contact/consent.ts'
import type { Part } from '../message/part.ts'
import type { Conversation } from './state.ts'

/** A provider's rule on how long after a customer's last message one may write, in hours of the provider's time. */
export interface WindowRule {
  /** Anything may be sent for so long. */
  readonly hours: number
  /** What a person has written may be sent for so long, where that is longer. */
  readonly humanHours?: number
  /** Messages that the provider has approved may be sent at any time. */
  readonly templates: boolean
  /** A sign that the customer puts beside a message counts as a word of it. */
  readonly reactions?: boolean
}

/** What is to leave: a message that the provider has approved, and nothing else; or words of ours. */
export type Leaving = 'template' | 'words'

/** What sending depends on beside the conversation. */
export interface SendingFacts {
  /** Epoch milliseconds. */
  readonly now: number
  /** Whose words they are: some providers let a person answer for longer than a machine. */
  readonly by: Actor['kind']
  readonly what: Leaving
  /** Null when the account was removed, or its channel is not installed any more. */
  readonly channel: { readonly window?: WindowRule } | null
  /** What was said of being written to at this address. */
  readonly consent?: Consent
  /** The block that holds against the contact: until when, or null for good. */
  readonly blocked?: { readonly until: number | null } | null
}

/**
 * Why nothing can be sent. `window`: the time in which the provider lets us answer is over, or the customer has never
 * written. `optedOut`: the contact does not want it. `blocked`: we have blocked it. `noIdentity`: there is no address.
 * `elsewhere`: another application has the conversation. `noChannel`: its account or channel is gone.
 */
export type CannotSendBecause = 'window' | 'optedOut' | 'blocked' | 'noIdentity' | 'elsewhere' | 'noChannel'

/**
 * Whether something can be sent now. `until` (epoch milliseconds, exclusive) is when that ends by itself: the end of the
 * window, the end of the block; absent when it does not. `may` is what can be sent instead.
 */
export type CanSend =
  | { readonly _tag: 'Yes'; readonly until?: number }
  | { readonly _tag: 'No'; readonly because: CannotSendBecause; readonly until?: number; readonly may?: 'templates' }

/** What of a conversation decides whether something can be sent. */
export type Reachable = Pick<Conversation, 'address' | 'heardAt' | 'windowRefusedAt' | 'elsewhere'>

const hourMs = 3_600_000

/**
 * The end of the window (epoch milliseconds, exclusive) for whoever writes; null when it is not open because the customer
 * has not written, or because the provider has said so since.
 *
 * @example
 * ```ts
 * import { windowEnd } from '@guichet/engine/domain'
 *
 * const rule = { hours: 24, humanHours: 168, templates: false }
 * const heard = { ...conversation, heardAt: 0 }
 * console.log(windowEnd(heard, rule, 'bot', 1), windowEnd(heard, rule, 'agent', 1))
 * ```
 *
 * ```text
 * 86400000 604800000
 * ```
 */
export const windowEnd = (
  { heardAt, windowRefusedAt }: Pick<Reachable, 'heardAt' | 'windowRefusedAt'>,
  { hours, humanHours }: WindowRule,
  by: Actor['kind'],
  now: number,
): number | null => {
  if (heardAt === null || (windowRefusedAt !== null && windowRefusedAt >= heardAt)) return null
  // Heard before a clock was set back: it was not in the future then.
  return Math.min(heardAt, now) + (by === 'agent' ? Math.max(hours, humanHours ?? 0) : hours) * hourMs
}

/**
 * What parts are on their way out.
 *
 * @example
 * ```ts
 * import { leavingAs } from '@guichet/engine/domain'
 *
 * const approved = { _tag: 'ProviderTemplate', name: 'hello', language: 'en', values: [], text: 'Hello' } as const
 * console.log(leavingAs([approved]), leavingAs([approved, { _tag: 'Text', text: 'and more' }]))
 * ```
 *
 * ```text
 * template words
 * ```
 */
export const leavingAs = (parts: ReadonlyArray<Part>): Leaving =>
  parts.length > 0 && parts.every((part) => part._tag === 'ProviderTemplate') ? 'template' : 'words'

type CannotSend = Extract<CanSend, { readonly _tag: 'No' }>

const no = (because: CannotSendBecause, until?: number | null): CannotSend => ({
  _tag: 'No',
  because,
  ...(until == null ? undefined : { until }),
})

/**
 * Whether something can be sent to the contact of a conversation, or why not. What only ends when somebody acts is named
 * before what ends by itself.
 *
 * @example
 * ```ts
 * import { canSend } from '@guichet/engine/domain'
 *
 * const window = { hours: 24, templates: true }
 * const heard = { ...conversation, heardAt: 0 }
 * const ask = { by: 'agent', what: 'words', channel: { window } } as const
 * console.log(canSend(heard, { ...ask, now: 86_399_999 }))
 * console.log(canSend(heard, { ...ask, now: 86_400_000 }))
 * console.log(canSend(heard, { ...ask, now: 86_400_000, what: 'template' }))
 * ```
 *
 * ```text
 * { _tag: 'Yes', until: 86400000 }
 * { _tag: 'No', because: 'window', may: 'templates' }
 * { _tag: 'Yes' }
 * ```
 */
export const canSend = (to: Reachable, facts: SendingFacts): CanSend => {
  const { now, by, what, channel, consent = nothingSaid, blocked = null } = facts
  if (channel === null) return no('noChannel')
  if (to.address === '') return no('noIdentity')
  const out = optedOut(consent)
  if (out === 'all') return no('optedOut')
  if (to.elsewhere !== null) return no('elsewhere')
  if (blocked !== null && (blocked.until === null || blocked.until > now)) return no('blocked', blocked.until)
  const { window } = channel
  const end = window === undefined ? null : windowEnd(to, window, by, now)
  const isOpen = window === undefined ? to.heardAt !== null : end !== null && now < end
  // Only an answer is no advertising.
  if (out === 'marketing' && !isOpen) return no('optedOut')
  if (window === undefined || (what === 'template' && window.templates)) return { _tag: 'Yes' }
  if (end !== null && now < end) return { _tag: 'Yes', until: end }
  return window.templates && out === null ? { ...no('window'), may: 'templates' } : no('window')
}
