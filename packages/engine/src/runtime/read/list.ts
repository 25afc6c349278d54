import { decodeConversation } from '../../codec/conversation.ts'
import { scopesCalling, scopesOwned, scopesSeen, tabCounts, tabScopes } from '../../domain/counting.ts'
import { internal } from '../../domain/conversation/chat.ts'
import type { Contact } from '../../domain/contact/contact.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import type { Tab, TabCounts } from '../../domain/tabs.ts'
import type { Filter, ListedConversation } from '../../ports/storage.ts'
import { kinOf } from '../contact/family.ts'
import type { Core } from '../core.ts'
import { type Viewer, contactsOf, sightOf } from './viewer.ts'

/** A tab as a filter over what the viewer sees. */
export const tabFilter = (tab: Tab, agent: string): Filter => {
  switch (tab) {
    case 'open':
      return { status: ['open'], control: 'team', notChannel: internal }
    case 'unanswered':
      return { status: ['open'], control: 'team', owner: null, lastBy: 'contact' }
    case 'mine':
      return { status: ['open'], control: 'team', owner: agent, notChannel: internal }
    case 'unassigned':
      return { status: ['open'], control: 'team', owner: null }
    case 'automated':
      return { status: ['open'], control: 'bot' }
    case 'internal':
      return { status: ['open'], channel: internal }
    case 'pending':
    case 'closed':
    case 'spam':
    case 'archived':
      return { status: [tab] }
    case 'mentions':
      return { status: ['open', 'pending'], mentions: agent }
    case 'all':
      return {}
  }
}

export interface Listed {
  readonly state: Conversation
  readonly contact: Contact | undefined
  readonly unread: number
}

export const withContacts = async (
  core: Core,
  workspace: string,
  rows: ReadonlyArray<ListedConversation>,
): Promise<ReadonlyArray<Listed>> => {
  const contacts = await contactsOf(
    core,
    workspace,
    rows.map(({ row }) => row.contact),
  )
  return rows.map(({ row, unread }) => ({ state: decodeConversation(row), contact: contacts.get(row.contact), unread }))
}

export interface ListRequest {
  readonly filter: Filter
  readonly after?: { readonly lastActivity: number; readonly id: string }
  readonly limit: number
}

/** A contact is whoever went into it as well, and whom it went into. */
export const withKin = async (core: Core, workspace: string, filter: Filter): Promise<Filter> =>
  filter.contacts === undefined ? filter : { ...filter, contacts: await kinOf(core, workspace, filter.contacts) }

export const list = async (core: Core, viewer: Viewer, request: ListRequest) => {
  const setup = await core.directory.of(viewer.workspace)
  const { after, limit } = request
  const filter = await withKin(core, viewer.workspace, request.filter)
  const rows = await core.storage.list({
    workspace: viewer.workspace,
    visibility: sightOf(setup, viewer),
    filter,
    reader: viewer.agent,
    limit: limit + 1,
    ...(after === undefined ? {} : { after }),
  })
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1)?.row : undefined
  return { items: await withContacts(core, viewer.workspace, page), next: last }
}

/** Sums of counters: the cost does not grow with the number of conversations. */
export const counts = async (core: Core, viewer: Viewer): Promise<TabCounts> => {
  const setup = await core.directory.of(viewer.workspace)
  const queues = [...setup.queues.keys(), internal]
  const seen = scopesSeen(sightOf(setup, viewer), queues)
  const owned = setup.agents.has(viewer.agent) ? scopesOwned(viewer.agent, queues) : []
  const calling = setup.agents.has(viewer.agent) ? scopesCalling(viewer.agent, sightOf(setup, viewer), queues) : []
  const scopes = tabScopes(seen, owned, calling)
  return tabCounts(await core.storage.counters(viewer.workspace, [...scopes.keys()]), scopes)
}
