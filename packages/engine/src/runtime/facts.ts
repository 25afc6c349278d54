import { defaultInboundPolicy } from '../domain/account.ts'
import type { Actor } from '../domain/actor.ts'
import type { AccountFacts, ChannelFacts, Facts } from '../domain/conversation/facts.ts'
import type { Conversation } from '../domain/conversation/state.ts'
import type { Channel } from '../ports/channel.ts'
import type { Core } from './core.ts'
import type { Setup } from './directory.ts'

export const channelFacts = (channel: Channel | undefined): ChannelFacts | null => {
  if (channel === undefined) return null
  const { capabilities } = channel
  return {
    edit: capabilities.edit,
    delete: capabilities.delete,
    cc: capabilities.cc,
    maxTextLength: capabilities.maxTextLength ?? null,
    files: capabilities.files,
  }
}

/** What is left of an account that was removed: its conversations can be read, moved and closed, not answered. */
export const removedAccount = ({ account, channel, queue }: Conversation): AccountFacts => ({
  id: account,
  channel,
  queue,
  bots: false,
  policy: defaultInboundPolicy,
})

/** The facts of this moment for a decision about a conversation of this account. */
export const factsFor = (
  core: Core,
  setup: Setup,
  account: AccountFacts,
  actor: Actor,
  more?: Pick<Facts, 'start' | 'target'>,
): Facts => ({
  now: core.clock.now(),
  actor,
  agents: setup.agents,
  queues: setup.queues,
  account,
  channel: setup.accounts.has(account.id) ? channelFacts(core.channels.get(account.channel)) : null,
  ...more,
})
