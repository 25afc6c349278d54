import { type CanSend, canSend } from '../../domain/conversation/can-send.ts'
import type { Actor } from '../../domain/actor.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import type { Signal } from '../../ports/channel.ts'
import { type Connected, connectedOf } from '../accounts.ts'
import { sendingNow } from '../consent/now.ts'
import type { Core } from '../core.ts'
import { channelFacts } from '../facts.ts'
import { newestInbound } from '../read/newest-inbound.ts'
import { waitsUntil } from '../work/account-wait.ts'
import { canTell } from '../work/call-channel.ts'
import { givenIdOf } from './provider-id.ts'

/** What customers are told while it is true: nobody waits for it, nothing of it is stored, and it may be lost. */

/** Says something outside in nobody's way; only an engine that closes, or settles, waits for it. */
export const inBackground = (core: Core, where: string, say: () => Promise<void>): Promise<void> => {
  const saying = say()
    // What could not be said while the engine closes has broken nothing.
    .catch((error: unknown) => (core.closing.aborted ? undefined : core.report(where, error)))
    .finally(() => core.ledger.underWay.delete(saying))
  core.ledger.underWay.add(saying)
  return saying
}

/** The account of a conversation, where its customers are told such things. */
export const tellingAccount = async (
  core: Core,
  workspace: string,
  { account: id }: Pick<Conversation, 'account'>,
  tag: Signal['_tag'],
): Promise<Connected | undefined> => {
  const account = (await core.directory.of(workspace)).accounts.get(id)
  const to = account && connectedOf(core, workspace, account)
  return to !== undefined && canTell(to, tag) ? to : undefined
}

/** A conversation as it is now, and whether anything may be said in it. */
export interface Reach {
  readonly state: Conversation
  readonly answer: CanSend
}

/** Undefined where nothing is said at all: it is gone, it has gone to another account, or that sends nothing for now. */
export const reachNow = async (
  core: Core,
  to: Connected,
  { id: conversation, account, channel, address, contact }: Conversation,
  by: Actor['kind'],
): Promise<Reach | undefined> => {
  const { workspace } = to
  if (core.closing.aborted || (await waitsUntil(core, to, 1)) !== undefined) return undefined
  const setup = await core.directory.of(workspace)
  const recipient = { account, channel, address, contact, conversation }
  const { state, sending } = await sendingNow(core, setup, workspace, recipient)
  if (state === undefined || state.deleted || state.account !== account) return undefined
  const facts = channelFacts(to.channel)
  return { state, answer: canSend(state, { now: core.clock.now(), by, what: 'words', channel: facts, ...sending }) }
}

/** The id by which the provider knows what the customer has written last. */
export const newestIdOf = async (
  core: Core,
  { workspace }: Connected,
  state: Conversation,
): Promise<string | undefined> => {
  const newest = await newestInbound(core, workspace, state.id, state.seq + 1)
  return newest && givenIdOf(newest)
}

/** Names the wires of what stands in no journal. */
export const passingKey = (core: Core, workspace: string, { id }: Conversation): ((piece: number) => string) => {
  const said = core.ids.next()
  return (piece) => `${workspace}/${id}/${said}/${piece}`
}
