import { encodeContact } from '../codec/contact.ts'
import type { Account } from '../domain/account.ts'
import type { Actor } from '../domain/actor.ts'
import { newContact } from '../domain/contact/fields.ts'
import type { Command } from '../domain/conversation/command.ts'
import { decide } from '../domain/conversation/decide.ts'
import type { Entry } from '../domain/conversation/entry.ts'
import { place } from '../domain/conversation/place.ts'
import { inherited } from '../domain/conversation/window.ts'
import type { Refusal } from '../domain/conversation/refusal.ts'
import type { Conversation } from '../domain/conversation/state.ts'
import type { ChannelCapabilities } from '../ports/channel.ts'
import type { StoredDocument, StoredIdentity } from '../ports/storage.ts'
import type { Decided } from './committer.ts'
import { type SendingFinder, sendingFinder } from './consent/sending-facts.ts'
import type { Core } from './core.ts'
import type { Setup } from './directory.ts'
import { storageFailed } from './error.ts'
import { type Executed, commandKeys, firstAnswer } from './execute.ts'
import { factsFor } from './facts.ts'
import { type Recipient, reach } from './reach.ts'
import { record } from './record.ts'
import type { View } from './view.ts'

/** Somebody begins a conversation. */
interface Starting {
  readonly workspace: string
  readonly agent: string
  readonly account: string
  readonly to: Recipient
  readonly command: Extract<Command, { readonly _tag: 'Start' }>
  readonly idempotencyKey?: string
}

type Answer =
  | { readonly _tag: 'Done'; readonly conversation: Conversation; readonly entry: Entry }
  | { readonly _tag: 'Repeated'; readonly conversation: Conversation; readonly seq: number }
  | { readonly _tag: 'Refused'; readonly refusal: Refusal }

/** The account, and the address on it that has been found. */
interface Place {
  readonly account: Account
  readonly capabilities: ChannelCapabilities
  readonly address: string
  readonly contacts: ReadonlyArray<string>
}

const refuse = (workspace: string, refusal: Refusal): Decided<Answer> => ({
  _tag: 'Decided',
  value: { _tag: 'Refused', refusal },
  changes: { workspace },
})

interface Active {
  readonly state: Conversation | undefined
  /** What it went into, when that has not been loaded yet. */
  readonly missing?: string
}

/** The conversation in which the next message from there would land. */
const activeAt = (view: View, workspace: string, identity: StoredIdentity | undefined): Active => {
  let state = identity?.conversation == null ? undefined : view.conversation(workspace, identity.conversation)
  while (state !== undefined && state.mergedInto !== null) {
    const into: Conversation | undefined = view.conversation(workspace, state.mergedInto)
    if (into === undefined) return { state: undefined, missing: state.mergedInto }
    state = into
  }
  return { state }
}

interface Known {
  readonly contact: string
  readonly documents: ReadonlyArray<StoredDocument>
}

/** Whose address it is; somebody whom nobody knew is known from now on, because an agent has named her. */
const know = (core: Core, { to }: Starting, at: Place, identity: StoredIdentity | undefined): Known => {
  const contact = identity?.contact ?? at.contacts[0]
  if (contact !== undefined) return { contact, documents: [] }
  const { addressedBy } = at.capabilities
  const fields = {
    name: ('name' in to && to.name?.trim()) || null,
    ...(addressedBy === 'email' ? { emails: [at.address] } : {}),
    ...(addressedBy === 'phone' ? { phones: [at.address] } : {}),
  }
  const made = newContact(core.ids.next(), fields, core.clock.now())
  return { contact: made.id, documents: [encodeContact(made, 1, 0)] }
}

/** A conversation that begins writes it in any case: whoever forgets the contact at the same moment is noticed. */
const identityAfter = (
  at: Place,
  known: Known,
  conversation: string,
  identity: StoredIdentity | undefined,
  begins: boolean,
): ReadonlyArray<StoredIdentity> => {
  const points = at.capabilities.threading === 'contact' ? conversation : null
  if (!begins && identity?.conversation === points) return []
  const { account, address } = at
  const version = (identity?.version ?? 0) + 1
  const verified = identity?.verified ?? false
  return [{ account: account.id, address, contact: known.contact, conversation: points, verified, version }]
}

const keyOf = ({ agent, idempotencyKey }: Starting): string | undefined =>
  idempotencyKey === undefined ? undefined : JSON.stringify(['agent', agent, 'start', idempotencyKey])

const begin = (
  core: Core,
  setup: Setup,
  starting: Starting,
  at: Place,
  view: View,
  sending: SendingFinder,
): Decided<Answer> => {
  const { workspace, agent, command } = starting
  const { account, address, capabilities } = at
  const key = keyOf(starting)
  const repeated = key === undefined ? undefined : view.external(workspace, commandKeys, key)
  const before = repeated && view.conversation(workspace, repeated.conversation)
  if (repeated !== undefined && before !== undefined) {
    const value = { _tag: 'Repeated', conversation: before, seq: repeated.seq } as const
    return { _tag: 'Decided', value, changes: { workspace } }
  }
  const identity = view.identity(workspace, account.id, address)
  if (identity === undefined && capabilities.addressedBy === undefined) {
    return refuse(workspace, { _tag: 'NotReachable', account: account.id })
  }
  if (identity !== undefined && at.contacts.length > 0 && !at.contacts.includes(identity.contact)) {
    return refuse(workspace, { _tag: 'Mismatch', what: 'contact' })
  }
  const active: Active =
    capabilities.threading === 'contact' ? activeAt(view, workspace, identity) : { state: undefined }
  if (active.missing !== undefined) {
    return { _tag: 'Needs', needs: { conversations: [{ workspace, id: active.missing }] } }
  }
  const now = core.clock.now()
  const placement = place(active.state, account.policy, { automatic: false, now })
  const state = placement._tag === 'Append' ? active.state : undefined
  const known = know(core, starting, at, identity)
  const actor: Actor = { kind: 'agent', id: agent }
  const start =
    placement._tag === 'New'
      ? {
          start: {
            conversation: core.ids.next(),
            contact: known.contact,
            address,
            follows: placement.follows,
            ...inherited(active.state, address),
          },
        }
      : {}
  const looked = sending.in(view, {
    account: account.id,
    channel: account.channel,
    address,
    contact: identity?.contact ?? at.contacts[0] ?? null,
  })
  if ('needs' in looked) return { _tag: 'Needs', needs: looked.needs }
  const decision = decide(state, command, factsFor(core, setup, account, actor, { ...start, ...looked }))
  if (decision._tag === 'Refused') return refuse(workspace, decision.refusal)
  const [entry] = decision.entries
  if (entry === undefined) return refuse(workspace, { _tag: 'NothingToDo' })
  const { after, changes } = record(core, workspace, state, decision.entries)
  const identities = identityAfter(at, known, after.id, identity, state === undefined)
  return {
    _tag: 'Decided',
    value: { _tag: 'Done', conversation: after, entry },
    changes: {
      ...changes,
      ...(identities.length === 0 ? {} : { identities }),
      ...(known.documents.length === 0 ? {} : { documents: known.documents }),
      ...(key === undefined
        ? {}
        : { externals: [{ account: commandKeys, externalId: key, conversation: after.id, seq: entry.seq, at: now }] }),
    },
  }
}

/**
 * Begins a conversation, in one commit with the contact and the address when they are new. Where the channel knows one
 * conversation with somebody and there is one, the message goes there: a second one never comes to be.
 */
export const startConversation = async (core: Core, starting: Starting): Promise<Executed> => {
  const { workspace, agent, to } = starting
  const setup = await core.directory.of(workspace)
  const refused = (refusal: Refusal): Executed => ({ _tag: 'Refused', refusal })
  if (!setup.agents.has(agent)) return refused({ _tag: 'UnknownAgent', agent })
  const account = setup.accounts.get(starting.account)
  if (account === undefined) return refused({ _tag: 'UnknownAccount', account: starting.account })
  const capabilities = core.channels.get(account.channel)?.capabilities
  if (capabilities === undefined) return refused({ _tag: 'CannotSend', reason: 'noChannel' })
  const found = await reach(core, setup, { workspace, agent }, account, capabilities.addressedBy, to).catch(
    (error: unknown) => {
      throw storageFailed(error)
    },
  )
  if (found._tag === 'Refused') return found
  const at: Place = { account, capabilities, address: found.address, contacts: found.contacts }
  const key = keyOf(starting)
  const sending = sendingFinder(core, setup, workspace)
  const { value, position } = await core.committer.submit<Answer>({
    workspace,
    needs: {
      identities: [{ workspace, account: account.id, address: at.address }],
      ...(key === undefined ? {} : { externals: [{ workspace, account: commandKeys, externalId: key }] }),
    },
    decide: (view) => begin(core, setup, starting, at, view, sending),
  })
  switch (value._tag) {
    case 'Done':
      return { ...value, position }
    case 'Repeated': {
      const { conversation, seq } = value
      const first = await firstAnswer(core, { workspace, conversation: conversation.id }, { seq, conversation })
      return { _tag: 'Done', ...first, position }
    }
    case 'Refused':
      return value
  }
}
