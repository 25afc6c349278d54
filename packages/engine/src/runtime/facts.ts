import type { Account } from '../domain/account.ts'
import type { Actor } from '../domain/actor.ts'
import type { ChannelFacts, Facts } from '../domain/conversation/facts.ts'
import type { Channel } from '../ports/channel.ts'
import type { Core } from './core.ts'
import type { Setup } from './directory.ts'

/** A channel that is not installed any more carries nothing: conversations can be read and closed, not answered. */
const none: ChannelFacts = { edit: false, delete: false, maxTextLength: 0, files: { max: 0, maxBytes: 0, types: [] } }

export const channelFacts = (channel: Channel | undefined): ChannelFacts => {
  if (channel === undefined) return none
  const { capabilities } = channel
  return {
    edit: capabilities.edit,
    delete: capabilities.delete,
    maxTextLength: capabilities.maxTextLength ?? null,
    files: capabilities.files,
  }
}

/** The facts of this moment for a decision about a conversation of this account. */
export const factsFor = (
  core: Core,
  setup: Setup,
  account: Account,
  actor: Actor,
  more?: Pick<Facts, 'start' | 'target'>,
): Facts => ({
  now: core.clock.now(),
  actor,
  agents: setup.agents,
  queues: setup.queues,
  account,
  channel: channelFacts(core.channels.get(account.channel)),
  ...more,
})
