import type { GraphError } from '@guichet/channel-kit/meta'
import type { RejectedBecause, SendOutcome } from '@guichet/engine/ports'

/** What an error of the Cloud API comes to: tried again, or refused for good and why. */
export type ErrorClass = 'throttle' | 'transient' | RejectedBecause

interface Kind {
  readonly class: ErrorClass
  /** Any other message of the account would fare the same. */
  readonly scope?: 'account'
  /** How long the provider needs, where its documentation says so, in milliseconds. */
  readonly afterMs?: number
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute

const throttle: Kind = { class: 'throttle', scope: 'account' }
const transient: Kind = { class: 'transient' }
const ofRecipient: Kind = { class: 'recipient' }
const ofContent: Kind = { class: 'content' }
const ofAuth: Kind = { class: 'auth' }
const ofAccount: Kind = { class: 'account' }
const closed: Kind = { class: 'window' }

/** Source: Meta, "Cloud API: Error codes". The status of HTTP says nothing: throttling comes with 400 as well. */
const kinds: ReadonlyMap<number, Kind> = new Map([
  ...[4, 613, 80_007, 130_429, 133_016].map((code) => [code, throttle] as const),
  // Too much to one person: the others go on. One message in six seconds is the pace.
  [131_056, { class: 'throttle', afterMs: 6 * second }],
  // Taken for spam, or over a limit of the number: what goes on at once makes it worse.
  ...[131_048, 131_064].map((code) => [code, { class: 'throttle', scope: 'account', afterMs: hour }] as const),
  ...[1, 2, 131_000, 131_016, 131_053, 132_069, 133_004].map((code) => [code, transient] as const),
  [131_057, { class: 'transient', scope: 'account', afterMs: minute }],
  [134_101, { class: 'transient', afterMs: 10 * minute }],
  // This person has had enough marketing for a day.
  [131_049, { class: 'throttle', afterMs: 24 * hour }],
  ...[470, 131_047].map((code) => [code, closed] as const),
  [131_050, { class: 'optedOut' }],
  ...[130_403, 130_472, 131_021, 131_026, 131_030, 131_062, 137_000].map((code) => [code, ofRecipient] as const),
  ...[100, 131_008, 131_009, 131_051, 131_052, 131_055, 131_063].map((code) => [code, ofContent] as const),
  ...[132_000, 132_001, 132_005, 132_007, 132_008, 132_012, 132_015, 132_016, 132_018, 132_068].map(
    (code) => [code, ofContent] as const,
  ),
  ...[134_100, 134_102].map((code) => [code, ofContent] as const),
  ...[0, 3, 10, 33, 190, 131_005].map((code) => [code, ofAuth] as const),
  ...[368, 130_497, 131_031, 131_037, 131_042, 131_044, 131_045].map((code) => [code, ofAccount] as const),
])

const kindOf = (code: number): Kind | undefined => kinds.get(code) ?? (code >= 200 && code <= 299 ? ofAuth : undefined)

/** What the code comes to; undefined for one that is not documented. */
export const classOf = (code: number): ErrorClass | undefined => kindOf(code)?.class

/** A parameter that is wrong only because the time for free messages is over. */
const wantsTemplate = ({ code, message, details }: GraphError): boolean =>
  code === 100 && /must be (?:a )?(?:message )?template/i.test(`${message} ${details ?? ''}`)

/** `afterMs` of the answer's header outweighs what the code says; undefined for a code that nobody knows. */
export const outcomeOf = (error: GraphError, afterMs: number | undefined): SendOutcome | undefined => {
  const kind = wantsTemplate(error) ? closed : (kindOf(error.code) ?? (error.transient ? transient : undefined))
  if (kind === undefined) return undefined
  const reason = reasonOf(error)
  if (kind.class !== 'throttle' && kind.class !== 'transient') {
    return { _tag: 'Rejected', code: String(error.code), reason, because: kind.class }
  }
  const wait = afterMs ?? kind.afterMs
  return {
    _tag: 'Retry',
    reason,
    ...(wait === undefined ? {} : { afterMs: wait }),
    scope: kind.scope ?? 'message',
  }
}

/** What it says, and what it says about this case, in one line; with what Meta's support asks for. */
export const reasonOf = ({ message, details, code, traceId }: GraphError): string => {
  const said = [message || `error ${code}`, details].filter((one) => one !== undefined && one !== '')
  return `${[...new Set(said)].join(': ')}${traceId === undefined ? '' : ` (${traceId})`}`
}
