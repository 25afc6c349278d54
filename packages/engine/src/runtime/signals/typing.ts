import type { Actor } from '../../domain/actor.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import type { Core } from '../core.ts'
import { inBackground, newestIdOf, passingKey, reachNow, tellingAccount } from './beside.ts'
import { keyOf, note } from './ledger.ts'
import { sendSignal } from './send.ts'

/** Providers show for 20 to 25 s that somebody types: while it goes on it is said again so often, in milliseconds. */
const everyMs = 8_000

const tell = async (
  core: Core,
  workspace: string,
  seen: Conversation,
  by: Actor['kind'],
  on: boolean,
): Promise<void> => {
  const to = await tellingAccount(core, workspace, seen, 'Typing')
  const reach = to && (await reachNow(core, to, seen, by))
  if (to === undefined || reach === undefined || reach.answer._tag === 'No') return
  const { state } = reach
  if (state.status !== 'open' && state.status !== 'pending') return
  const answers = to.account.readReceipts === false ? undefined : await newestIdOf(core, to, state)
  const signal = { _tag: 'Typing', to: state.address, on, ...(answers === undefined ? {} : { answers }) } as const
  // What was not heard is said again while it goes on, or is not true any more.
  await sendSignal(core, to, signal, passingKey(core, workspace, state))
}

/**
 * Lets the customer see that somebody writes an answer: at most once in a while as long as it goes on, and once that it
 * has stopped. Returns at once.
 */
export const tellTyping = (
  core: Core,
  workspace: string,
  state: Conversation,
  by: Actor['kind'],
  on: boolean,
): void => {
  const { typing } = core.ledger
  const signals = core.channels.get(state.channel)?.capabilities.signals ?? []
  if (!signals.includes('Typing') || core.closing.aborted) return
  const key = keyOf(workspace, state.id)
  const last = typing.get(key)
  const now = core.clock.now()
  if (on ? last !== undefined && now - last.at < everyMs : last?.on !== true) return
  const before = last?.said ?? Promise.resolve()
  // Where a provider is slow, what has passed meanwhile is not said afterwards.
  const isOvertaken = (): boolean => (typing.get(key)?.said ?? said) !== said
  const say = async (): Promise<void> => {
    await before
    if (!isOvertaken()) await tell(core, workspace, state, by, on)
  }
  const said = inBackground(core, 'typing', say)
  note(typing, key, { at: on ? now : (last?.at ?? now), on, said })
}
