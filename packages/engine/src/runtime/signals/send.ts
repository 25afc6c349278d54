import type { SendOutcome, Signal } from '../../ports/channel.ts'
import type { Connected } from '../accounts.ts'
import type { Core } from '../core.ts'
import { endPause, isOfAccount, pauseAccount, stopAccount } from '../work/account-wait.ts'
import { sendBy, signalBy } from '../work/call-channel.ts'

/** What became of a signal. `Stopped`: nothing leaves from its account until somebody acts. */
export type Told =
  /** With the ids that the provider has given to what it was told, of which it may report later. */
  | { readonly _tag: 'Told'; readonly externalIds: ReadonlyArray<string> }
  | Extract<SendOutcome, { readonly _tag: 'Rejected' }>
  | { readonly _tag: 'Again'; readonly reason: string; readonly afterMs: number }
  | { readonly _tag: 'Stopped' }

/**
 * Tells a provider something beside messages. It is the same twice as once, so nothing is in doubt afterwards: what may
 * have been heard is said again. `keyOf` names each of its wires, the same at every attempt.
 */
export const sendSignal = async (
  core: Core,
  to: Connected,
  signal: Signal,
  keyOf: (piece: number) => string,
): Promise<Told> => {
  const rendered = await signalBy(core, to, signal)
  if (rendered._tag === 'Unsupported') {
    return { _tag: 'Rejected', code: 'unsupported', reason: rendered.feature, because: 'content' }
  }
  const externalIds: Array<string> = []
  for (const [piece, wire] of rendered.wires.entries()) {
    const begun = core.clock.now()
    const outcome = await sendBy(core, to, wire, keyOf(piece))
    switch (outcome._tag) {
      case 'Accepted':
        if (outcome.externalId !== undefined) externalIds.push(outcome.externalId)
        break
      case 'Rejected':
        if (!isOfAccount(outcome)) return outcome
        await stopAccount(core, to, outcome, begun)
        return { _tag: 'Stopped' }
      case 'Ambiguous':
        return { _tag: 'Again', reason: outcome.reason, afterMs: 0 }
      case 'Retry':
        if (outcome.scope === 'account') await pauseAccount(core, to, outcome.afterMs ?? 0)
        return { _tag: 'Again', reason: outcome.reason, afterMs: outcome.afterMs ?? 0 }
    }
  }
  if (rendered.wires.length > 0) await endPause(core, to)
  return { _tag: 'Told', externalIds }
}
