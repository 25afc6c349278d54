import { type Account, defaultInboundPolicy } from '../domain/account.ts'
import type { Actor } from '../domain/actor.ts'
import type { AccountFacts, ChannelFacts, Facts } from '../domain/conversation/facts.ts'
import type { Conversation } from '../domain/conversation/state.ts'
import type { Channel } from '../ports/channel.ts'
import { slaFacts } from './business.ts'
import type { Core } from './core.ts'
import type { Setup } from './directory.ts'

export const channelFacts = (channel: Channel | undefined): ChannelFacts | null => {
  if (channel === undefined) return null
  const { capabilities } = channel
  return {
    edit: capabilities.edit,
    delete: capabilities.delete,
    cc: capabilities.cc,
    ...(capabilities.replyTo === undefined ? {} : { replyTo: capabilities.replyTo }),
    ...(capabilities.window === undefined ? {} : { window: capabilities.window }),
    ...(capabilities.consent === undefined ? {} : { consent: capabilities.consent }),
    ...(capabilities.signals?.includes('Reaction') === true ? { tellsReactions: true } : {}),
    ...(capabilities.signals?.includes('Control') === true ? { asksControl: true } : {}),
    maxTextLength: capabilities.maxTextLength ?? null,
    files: capabilities.files,
    ...(capabilities.parts === undefined ? {} : { parts: capabilities.parts }),
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

/** An account as decisions see it: that there are bots, and not which. */
const accountFacts = (account: Account | AccountFacts): AccountFacts => {
  const { id, channel, queue, policy, handover, bots, translate } = account
  return {
    id,
    channel,
    queue,
    policy,
    bots: typeof bots === 'boolean' ? bots : bots.length > 0,
    ...(handover === undefined ? {} : { handover }),
    ...(translate == null ? {} : { translate }),
  }
}

const promises = (setup: Setup): Pick<Facts, 'sla'> => {
  const sla = slaFacts(setup)
  return sla === undefined ? {} : { sla }
}

/** The facts of this moment for a decision about a conversation of this account. */
export const factsFor = (
  core: Core,
  setup: Setup,
  account: Account | AccountFacts,
  actor: Actor,
  more?: Pick<Facts, 'start' | 'target' | 'seats' | 'reach' | 'asked' | 'translateFrom' | 'sending'>,
): Facts => ({
  ...promises(setup),
  now: core.clock.now(),
  actor,
  agents: setup.agents,
  queues: setup.queues,
  departments: setup.departments,
  attributes: setup.attributes,
  account: accountFacts(account),
  bots: core.bots.names,
  translates: core.translations?.canTranslate === true,
  channel: setup.accounts.has(account.id) ? channelFacts(core.channels.get(account.channel)) : null,
  ...more,
})
