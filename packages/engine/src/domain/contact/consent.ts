/**
 * What a contact has taken back its consent to: every word, or advertising alone, which leaves answers to what it writes
 * allowed.
 */
export type ConsentScope = 'all' | 'marketing'

/** Somebody said that a contact may, or may not, be written to at an address. */
export interface ConsentChange {
  readonly given: boolean
  readonly scope: ConsentScope
  /** The contact, by a word or through the provider; or an agent, who notes what she was told. */
  readonly by: 'contact' | 'agent'
  /** The word, the provider's code, or what the agent was told. */
  readonly word: string
  /** Epoch milliseconds; the provider's time, clamped, where the contact said it. */
  readonly at: number
  /** When it was first heard here, epoch milliseconds: it puts in order what was said at the same time. */
  readonly arrivedAt?: number
  /** Who noted it. */
  readonly agent?: string
}

/** What holds at one address of one account: the last that was said of each scope; null when nothing was. */
export type Consent = Readonly<Record<ConsentScope, ConsentChange | null>>

/** Nobody has said anything: a contact may be written to. */
export const nothingSaid: Consent = { all: null, marketing: null }

/** Who gives consent to everything gives it to advertising too. */
const scopesOf = ({ given, scope }: ConsentChange): ReadonlyArray<ConsentScope> =>
  given && scope === 'all' ? ['all', 'marketing'] : [scope]

/**
 * Words come late, twice and out of order: the last one counts. Providers count in seconds: of two at once the one that
 * arrived later counts, and what is brought once more is no news.
 */
const isLater = (change: ConsentChange, current: ConsentChange): boolean =>
  change.at > current.at ||
  (change.at === current.at &&
    change.given !== current.given &&
    (change.arrivedAt ?? Number.POSITIVE_INFINITY) >= (current.arrivedAt ?? Number.NEGATIVE_INFINITY))

const counts = (change: ConsentChange, current: ConsentChange | null): boolean => {
  if (change.by === 'agent')
    return change.given ? current?.given === false : current?.given !== false || current.by !== 'agent'
  if (current === null) return true
  // Only people undo what people have noted.
  if (current.by === 'agent' && !current.given) return false
  return isLater(change, current)
}

/**
 * What holds after somebody said something. A word of the contact (`STOP`, `START`) replaces its earlier one, in whatever
 * order they arrive, and one of the same time that arrived before it; it does not end what an agent has noted. An agent
 * replaces both.
 *
 * @returns the same object when nothing has changed.
 *
 * @example
 * ```ts
 * import { consentAfter, nothingSaid, optedOut } from '@guichet/engine/domain'
 *
 * const stop = consentAfter(nothingSaid, { given: false, scope: 'all', by: 'contact', word: 'STOP', at: 1 })
 * const start = consentAfter(stop, { given: true, scope: 'all', by: 'contact', word: 'START', at: 2 })
 * console.log(optedOut(stop), optedOut(start))
 *
 * const noted = consentAfter(stop, { given: false, scope: 'all', by: 'agent', agent: 'ana', word: 'by telephone', at: 3 })
 * const again = consentAfter(noted, { given: true, scope: 'all', by: 'contact', word: 'START', at: 4 })
 * console.log(optedOut(again))
 * ```
 *
 * ```text
 * all null
 * all
 * ```
 */
export const consentAfter = (consent: Consent, change: ConsentChange): Consent => {
  const changed = scopesOf(change).filter((scope) => counts(change, consent[scope]))
  return changed.length === 0
    ? consent
    : { ...consent, ...Object.fromEntries(changed.map((scope) => [scope, change] as const)) }
}

/** An agent knew nothing of what was said elsewhere since; only a word of the contact ends no opt-out of hers. */
const isOutdated = (change: ConsentChange, current: ConsentChange): boolean =>
  change.by === 'agent' && (change.given || current.by === 'agent') && change.at < current.at

/**
 * What holds at an address after what was said at another one, which leads to the same contact, goes for it as well. What
 * was said here at the same time stands, so that it is the same said twice as once; and so does what was said here since.
 *
 * @returns `here`, the same object, when nothing has changed.
 *
 * @example
 * ```ts
 * import { consentAfter, consentAlong, nothingSaid, optedOut } from '@guichet/engine/domain'
 *
 * const stop = consentAfter(nothingSaid, { given: false, scope: 'all', by: 'contact', word: 'STOP', at: 1 })
 * const start = consentAfter(nothingSaid, { given: true, scope: 'all', by: 'contact', word: 'START', at: 1 })
 * console.log(optedOut(consentAlong(nothingSaid, stop)), optedOut(consentAlong(start, stop)))
 * ```
 *
 * ```text
 * all null
 * ```
 */
export const consentAlong = (here: Consent, there: Consent): Consent => {
  const along = (['all', 'marketing'] as const).flatMap((scope) => {
    const [said, change] = [here[scope], there[scope]]
    if (change === null || change.at === said?.at || !counts(change, said)) return []
    return said !== null && isOutdated(change, said) ? [] : [[scope, change] as const]
  })
  return along.length === 0 ? here : { ...here, ...Object.fromEntries(along) }
}

/**
 * What a contact has opted out of, the wider scope first; null when it may be written to.
 *
 * @example
 * ```ts
 * import { consentAfter, nothingSaid, optedOut } from '@guichet/engine/domain'
 *
 * const stop = { given: false, scope: 'marketing', by: 'contact', word: 'stop', at: 1 } as const
 * console.log(optedOut(nothingSaid), optedOut(consentAfter(nothingSaid, stop)))
 * ```
 *
 * ```text
 * null marketing
 * ```
 */
export const optedOut = ({ all, marketing }: Consent): ConsentScope | null =>
  all?.given === false ? 'all' : marketing?.given === false ? 'marketing' : null
