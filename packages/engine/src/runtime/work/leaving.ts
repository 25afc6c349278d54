import { type CanSend, canSend, leavingAs } from '../../domain/conversation/can-send.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import type { SendOutcome } from '../../ports/channel.ts'
import type { Connected } from '../accounts.ts'
import { type SendGate, sendGate } from '../bots/send-gate.ts'
import { sendingNow } from '../consent/now.ts'
import type { Core } from '../core.ts'
import { heedRefusal } from '../refusals.ts'
import { messageOf } from '../target.ts'
import type { Job } from './keep-delivery.ts'

/** The last look before a message leaves, and what a provider's refusal says for the next one. */

/** Why it does not leave; or that it does, and the version of the conversation that this was decided by. */
export type Leave =
  | SendGate
  | { readonly _tag: 'Barred'; readonly because: Extract<CanSend, { readonly _tag: 'No' }>['because'] }

/** The gate of the bots, for what one of them has said; it is always open to everybody else. */
const gateOf = (core: Core, { work, conversation, said }: Job): Promise<SendGate> | SendGate =>
  said?.what._tag === 'MessageSent' && said.actor.kind === 'bot'
    ? sendGate(core, work.workspace, conversation, said)
    : { _tag: 'Open' }

/** Asks once more whether the contact can be written to, where that can have changed since it was decided. */
const reachOf = async (core: Core, to: Connected, job: Job, state: Conversation): Promise<Leave> => {
  const { workspace, channel } = to
  const message = job.said && messageOf(job.said)
  if (message === undefined) return { _tag: 'Open' }
  const setup = await core.directory.of(workspace)
  const { window, consent } = channel.capabilities
  const changes = window !== undefined || consent === true || setup.blocks.size > 0
  const { account, address, contact } = state
  const recipient = { account, channel: channel.name, address, contact, conversation: job.conversation }
  const seen = changes ? await sendingNow(core, setup, workspace, recipient) : undefined
  const now = seen?.state ?? state
  // Of the account that it was written for nothing is known any more when the conversation has gone to another one.
  const isHere = now.account === account && now.address === address
  const answer = canSend(isHere ? now : { ...state, elsewhere: null }, {
    now: core.clock.now(),
    by: message.author.kind,
    what: leavingAs(message.parts),
    channel: window === undefined || !isHere ? {} : { window },
    ...seen?.sending,
  })
  if (answer._tag === 'No') return { _tag: 'Barred', because: answer.because }
  return { _tag: 'Open', ...(seen?.state === undefined ? {} : { version: seen.state.seq }) }
}

export const mayLeaveNow = async (core: Core, to: Connected, job: Job, state: Conversation): Promise<Leave> => {
  const gate = await gateOf(core, job)
  if (gate._tag === 'Closed') return gate
  const reach = await reachOf(core, to, job, state)
  return reach._tag === 'Open' && gate.version !== undefined ? gate : reach
}

/** What a refusal says of messages after this one: the next is not tried in vain. `leftAt` is when it was begun. */
export const rememberRefusal = async (
  core: Core,
  to: Connected,
  { conversation, said }: Job,
  state: Conversation,
  { because, code, reason }: Extract<SendOutcome, { readonly _tag: 'Rejected' }>,
  leftAt: number,
): Promise<void> => {
  if (because === undefined) return
  const { address } = state
  const parts = (said && messageOf(said)?.parts) ?? []
  try {
    await heedRefusal(core, to, { conversation, address, parts, leftAt }, { because, code, message: reason })
  } catch (error) {
    // What became of the message is known: the next one is refused by the provider as this one was.
    core.report('work deliver', error)
  }
}
