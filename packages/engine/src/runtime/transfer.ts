import type { Actor } from '../domain/actor.ts'
import type { Command } from '../domain/conversation/command.ts'
import type { Conversation } from '../domain/conversation/state.ts'
import type { Facts } from '../domain/conversation/facts.ts'
import type { StoredIdentity } from '../ports/storage.ts'
import type { Core } from './core.ts'
import type { Setup } from './directory.ts'
import { reach } from './reach.ts'
import { currentConversation } from './redirect.ts'
import type { Needs, View } from './view.ts'

interface Transfer {
  readonly workspace: string
  readonly conversation: string
  readonly actor: Actor
  readonly command: Command
}

/** Where the contact of a conversation is reached on the account that it is transferred to. */
export interface Elsewhere {
  readonly facts: Pick<Facts, 'reach'>
  readonly needs: Needs
  /** Leads what the contact writes there to this conversation, unless another one is under way. */
  readonly leads: (view: View, state: Conversation) => { readonly identities?: ReadonlyArray<StoredIdentity> }
}

const nowhere: Elsewhere = { facts: {}, needs: {}, leads: () => ({}) }

const isUnderWay = (state: Conversation | undefined): boolean =>
  state !== undefined && !state.deleted && (state.status === 'open' || state.status === 'pending')

/** Looked up before the decision, which asks nobody; empty for every other command, and where there is no way. */
export const elsewhereOf = async (
  core: Core,
  setup: Setup,
  { workspace, conversation: id, actor, command }: Transfer,
): Promise<Elsewhere> => {
  if (command._tag !== 'Transfer' || !('account' in command.to)) return nowhere
  const account = setup.accounts.get(command.to.account)
  const channel = account === undefined ? undefined : core.channels.get(account.channel)
  const conversation = await currentConversation(core, workspace, id)
  if (account === undefined || channel === undefined || conversation === undefined) return nowhere
  const { addressedBy, threading } = channel.capabilities
  const found = await reach(core, setup, { workspace, agent: actor.id }, account, addressedBy, {
    contact: conversation.contact,
  })
  if (found._tag === 'Refused') return nowhere
  const { address, contacts } = found
  return {
    facts: { reach: { account: account.id, channel: account.channel, address, queue: account.queue } },
    needs: { identities: [{ workspace, account: account.id, address }] },
    leads: (view, state) => {
      const known = view.identity(workspace, account.id, address)
      if (known !== undefined && !contacts.includes(known.contact)) return {}
      const there = known?.conversation == null ? undefined : view.conversation(workspace, known.conversation)
      const leadsTo = threading === 'thread' ? null : isUnderWay(there) ? (known?.conversation ?? null) : state.id
      if (known !== undefined && known.conversation === leadsTo) return {}
      const fresh = { account: account.id, address, contact: state.contact, verified: false }
      return { identities: [{ ...(known ?? fresh), conversation: leadsTo, version: (known?.version ?? 0) + 1 }] }
    },
  }
}
