import { stopOf } from '../../domain/account-health.ts'
import type { SendOutcome } from '../../ports/channel.ts'
import type { Connected } from '../accounts.ts'
import type { Core } from '../core.ts'
import { pauseIsOver, pauseSending, stopSending } from '../standing/change.ts'
import { readStanding } from '../standing/standings.ts'
import { pauseAfter } from './backoff.ts'

/** Whether it goes on again is looked up at least so often, in milliseconds. */
const lookAgainAtMostMs = 5 * 60_000
/** What waited for the same pause goes on within so long, not all at once, in milliseconds. */
const spreadMs = 5_000

/** When it is looked up again, after it has waited so often; epoch milliseconds. */
export const lookAgainAt = (core: Core, times: number): number =>
  core.clock.now() + Math.min(lookAgainAtMostMs, pauseAfter(times, core.random()))

/**
 * Until when a message waits because nothing may be sent from its account, in epoch milliseconds; undefined when it may
 * leave. How often it has waited makes it wait longer, and is no reason to give it up.
 */
export const waitsUntil = async (
  core: Core,
  { workspace, account }: Connected,
  times: number,
): Promise<number | undefined> => {
  const standing = await core.standings.of(workspace, account.id)
  if (stopOf(standing) !== null) return lookAgainAt(core, times)
  const { until = 0 } = standing.pause ?? {}
  return until > core.clock.now() ? until + Math.round(core.random() * spreadMs) : undefined
}

/**
 * Whether it may leave after all: what was asked before it waited may have been known a moment too long, and who lets it go
 * on has looked for what waits by now.
 */
export const goesOnAfterAll = async (core: Core, { workspace, account }: Connected): Promise<boolean> => {
  const standing = await readStanding(core, workspace, account.id)
  core.standings.changed(workspace, account.id, standing)
  return stopOf(standing) === null && (standing.pause?.until ?? 0) <= core.clock.now()
}

type Rejected = Extract<SendOutcome, { readonly _tag: 'Rejected' }>
type OfAccount = Rejected & { readonly because: 'auth' | 'account' }

/** A refusal that every other message of the account would meet as well. */
export const isOfAccount = (outcome: Rejected): outcome is OfAccount =>
  outcome.because === 'auth' || outcome.because === 'account'

/** Nothing is sent from the account until somebody acts. `leftAt`: when what was refused was begun. */
export const stopAccount = (
  core: Core,
  { workspace, account }: Connected,
  { because, code, reason }: OfAccount,
  leftAt: number,
): Promise<unknown> => stopSending(core, workspace, account.id, { because, code, message: reason }, leftAt)

/** The provider takes nothing from the account for a while; where it names no time, longer each time. */
export const pauseAccount = (core: Core, { workspace, account }: Connected, afterMs: number): Promise<unknown> =>
  pauseSending(core, workspace, account.id, (times) =>
    afterMs > 0 ? afterMs : Math.min(lookAgainAtMostMs, pauseAfter(times, core.random())),
  )

/** A message was taken: the next pause is a short one again. That this is not heard harms nobody. */
export const endPause = async (core: Core, { workspace, account }: Connected): Promise<void> => {
  try {
    const { pause } = await core.standings.of(workspace, account.id)
    if (pause !== null) await pauseIsOver(core, workspace, account.id)
  } catch (error) {
    core.report('work deliver', error)
  }
}
