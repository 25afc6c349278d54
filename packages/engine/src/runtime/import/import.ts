import { system } from '../../domain/actor.ts'
import { newContact } from '../../domain/contact/fields.ts'
import type { Start } from '../../domain/conversation/entry.ts'
import type { Refusal } from '../../domain/conversation/refusal.ts'
import type { StoredExternal, StoredIdentity } from '../../ports/storage.ts'
import type { Changes } from '../changes.ts'
import type { Decided } from '../committer.ts'
import { recordContact } from '../contact/journal.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { record } from '../record.ts'
import type { View } from '../view.ts'
import { checkHistory } from './check.ts'
import { entriesOf } from './entries.ts'
import type { ImportedConversation, ImportedMessage } from '../../domain/workspace/imported.ts'

/** Where what was imported is remembered: an account that no channel can have. */
const nowhere = ''

const keyOf = ({ account, source, externalId }: ImportedConversation): string =>
  JSON.stringify(['import', account, source, externalId])

export type Imported =
  | { readonly _tag: 'Imported'; readonly conversation: string }
  | { readonly _tag: 'Refused'; readonly refusal: Refusal }

/** Whose it is: who is known at this address, or somebody new. */
const contactOf = (
  core: Core,
  view: View,
  workspace: string,
  { account, from }: ImportedConversation,
): { readonly id: string; readonly identity: StoredIdentity | undefined; readonly changes: Partial<Changes> } => {
  const identity = view.identity(workspace, account, from.address)
  if (identity !== undefined) return { id: identity.contact, identity, changes: {} }
  const now = core.clock.now()
  const known = {
    provisional: true,
    ...(from.name === undefined ? {} : { name: from.name }),
    emails: from.email === undefined ? [] : [from.email],
    phones: from.phone === undefined ? [] : [from.phone],
  }
  const contact = newContact(core.ids.next(), known, now)
  const changes = recordContact(undefined, contact, { at: now, actor: system, what: { _tag: 'ContactCreated' } })
  return { id: contact.id, identity, changes }
}

/** On channels that thread by contact, whoever has no conversation yet goes on with this one. */
const identityAfter = (
  history: ImportedConversation,
  identity: StoredIdentity | undefined,
  contact: string,
  conversation: string,
  byContact: boolean,
): ReadonlyArray<StoredIdentity> => {
  const points = identity?.conversation ?? (byContact ? conversation : null)
  if (identity !== undefined && identity.conversation === points) return []
  const { account, from } = history
  const version = (identity?.version ?? 0) + 1
  const verified = identity?.verified ?? false
  return [{ account, address: from.address, contact, conversation: points, verified, version }]
}

const refused = (workspace: string, refusal: Refusal): Decided<Imported> => ({
  _tag: 'Decided',
  value: { _tag: 'Refused', refusal },
  changes: { workspace },
})

const bringIn = (
  core: Core,
  workspace: string,
  setup: Setup,
  history: ImportedConversation,
  view: View,
): Decided<Imported> => {
  const key = keyOf(history)
  const before = view.external(workspace, nowhere, key)
  if (before !== undefined) {
    const value: Imported = { _tag: 'Imported', conversation: before.conversation }
    return { _tag: 'Decided', value, changes: { workspace } }
  }
  const account = setup.accounts.get(history.account)
  if (account === undefined) return refused(workspace, { _tag: 'UnknownAccount', account: history.account })
  const isHere = ({ externalId }: ImportedMessage): boolean =>
    externalId !== undefined && view.external(workspace, account.id, externalId) !== undefined
  // What a provider has delivered here already is not told a second time.
  const messages = history.messages.filter((message) => !isHere(message))
  if (messages.length === 0) return refused(workspace, { _tag: 'NothingToDo' })
  const { id: contact, identity, changes } = contactOf(core, view, workspace, history)
  const byContact = core.channels.get(account.channel)?.capabilities.threading === 'contact'
  const active = identity?.conversation == null ? undefined : view.conversation(workspace, identity.conversation)
  if (byContact && history.status === 'open' && (active?.status === 'open' || active?.status === 'pending')) {
    const issue = `status: ${active.id} is this contact's open conversation here; import it as closed`
    return refused(workspace, { _tag: 'Invalid', what: 'import', issues: [issue] })
  }
  const start: Start = {
    conversation: core.ids.next(),
    account: account.id,
    channel: account.channel,
    contact,
    address: history.from.address,
    queue: account.queue,
    control: 'team',
    subject: history.subject ?? null,
    follows: null,
  }
  const entries = entriesOf(history, messages, start, core.clock.now(), account.bots.length > 0)
  const recorded = record(core, workspace, undefined, entries)
  const conversation = recorded.after.id
  const at = core.clock.now()
  const externals: Array<StoredExternal> = [
    { account: nowhere, externalId: key, conversation, seq: 1, at },
    ...entries.flatMap(({ what, seq }) =>
      what._tag === 'MessageMovedIn' && what.message.externalId !== undefined
        ? [{ account: account.id, externalId: what.message.externalId, conversation, seq, at }]
        : [],
    ),
  ]
  return {
    _tag: 'Decided',
    value: { _tag: 'Imported', conversation },
    changes: {
      ...recorded.changes,
      ...changes,
      workspace,
      entries: [...(changes.entries ?? []), ...(recorded.changes.entries ?? [])],
      documents: [...(changes.documents ?? []), ...(recorded.changes.documents ?? [])],
      identities: identityAfter(history, identity, contact, conversation, byContact),
      externals,
    },
  }
}

/** Two messages of one history with the same id: only one of them can be meant. */
const doubled = ({ messages }: ImportedConversation): string | undefined => {
  const seen = new Set<string>()
  return messages.find(({ externalId }) => {
    if (externalId === undefined) return false
    if (seen.has(externalId)) return true
    seen.add(externalId)
    return false
  })?.externalId
}

/** Brings in a conversation of another system. The same one again is recognised, however often it is tried. */
export const importHistory = async (
  core: Core,
  workspace: string,
  history: ImportedConversation,
): Promise<Imported> => {
  const setup = await core.directory.of(workspace)
  const refusal = await checkHistory(core, workspace, setup, history)
  if (refusal !== null) return { _tag: 'Refused', refusal }
  const twice = doubled(history)
  if (twice !== undefined) {
    const issues = [`messages: the external id ${twice} is given twice`]
    return { _tag: 'Refused', refusal: { _tag: 'Invalid', what: 'import', issues } }
  }
  const { account, from, messages } = history
  const { value } = await core.committer.submit<Imported>({
    workspace,
    needs: {
      identities: [{ workspace, account, address: from.address }],
      externals: [
        { workspace, account: nowhere, externalId: keyOf(history) },
        ...messages.flatMap(({ externalId }) => (externalId === undefined ? [] : [{ workspace, account, externalId }])),
      ],
    },
    decide: (view) => bringIn(core, workspace, setup, history, view),
  })
  return value
}
