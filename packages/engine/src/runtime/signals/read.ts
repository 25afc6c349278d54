import { may } from '../../domain/access/policy.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import type { Connected } from '../accounts.ts'
import type { Core } from '../core.ts'
import type { Viewer } from '../read/viewer.ts'
import { pauseAfter } from '../work/backoff.ts'
import { inBackground, newestIdOf, passingKey, reachNow, tellingAccount } from './beside.ts'
import { keyOf, note } from './ledger.ts'
import { sendSignal } from './send.ts'

/** So often it is tried while the provider takes nothing: the pauses add up to about half a minute. */
const attemptsAtMost = 5

/** That an answer would come too late is no reason not to say that it was read; everything else is. */
const mayBeTold = ({ state, answer }: NonNullable<Awaited<ReturnType<typeof reachNow>>>): boolean =>
  state.status !== 'spam' && (answer._tag === 'Yes' || answer.because === 'window')

const attempt = async (core: Core, to: Connected, seen: Conversation, id: string, times: number): Promise<void> => {
  const { read } = core.ledger
  const key = keyOf(to.workspace, seen.id)
  const forget = (): void => void (read.get(key) === id && read.delete(key))
  const reach = await reachNow(core, to, seen, 'agent')
  // What is newer by now says it all.
  if (read.get(key) !== id) return
  if (reach === undefined || !mayBeTold(reach)) return forget()
  const { state } = reach
  const signal = { _tag: 'Read', to: state.address, externalId: id } as const
  const told = await sendSignal(core, to, signal, passingKey(core, to.workspace, state))
  if (told._tag === 'Stopped') return forget()
  if (told._tag !== 'Again') return
  if (times >= attemptsAtMost || core.closing.aborted) return forget()
  const again = (): void => {
    deaf()
    void inBackground(core, 'read', () => attempt(core, to, seen, id, times + 1))
  }
  const cancel = core.clock.at(core.clock.now() + pauseAfter(times, core.random(), told.afterMs), again)
  const deaf = core.bus.on('closing', () => {
    deaf()
    cancel()
  })
}

/**
 * Lets the customer see that what she wrote was read by somebody who may answer her: once for each newest message, where
 * the house has not turned that off. Returns at once.
 */
export const tellRead = (core: Core, { workspace, agent }: Viewer, seen: Conversation): void => {
  const signals = core.channels.get(seen.channel)?.capabilities.signals ?? []
  if (!signals.includes('Read') || core.closing.aborted) return
  void inBackground(core, 'read', async () => {
    const to = await tellingAccount(core, workspace, seen, 'Read')
    if (to === undefined || to.account.readReceipts === false) return
    if (may({ kind: 'agent', id: agent }, 'reply', seen, await core.directory.of(workspace)) !== null) return
    const id = await newestIdOf(core, to, seen)
    const { read } = core.ledger
    const key = keyOf(workspace, seen.id)
    if (id === undefined || read.get(key) === id) return
    note(read, key, id)
    await attempt(core, to, seen, id, 1)
  })
}
