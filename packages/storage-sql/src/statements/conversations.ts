import type { Id } from '../ids.ts'
import { type ConversationPut, type ConversationValues, conversationColumns } from '../rows.ts'
import type { ConversationTable, FacetTable } from '../tables.ts'
import { pick, positional, sqlite, template } from '../template.ts'

export interface ConversationKey {
  readonly ws: number
  readonly id: Id
}

const columns = ['ws', 'id', ...conversationColumns] as const

/** What no index holds. */
const unlisted = ['version', 'seq', 'account', 'channel', 'inbound', 'subject', 'preview', 'data'] as const

/** What list indexes hold and messages change. */
const listed = ['status', 'control', 'queue', 'owner', 'last_by', 'last_activity'] as const

export const conversationStatements = {
  conversation: positional<ConversationValues>()(
    template<ConversationKey>()((p) =>
      sqlite.selectFrom('conversation').select(conversationColumns).where('ws', '=', p.ws).where('id', '=', p.id),
    ),
  ),

  conversationVersion: template<ConversationKey>()((p) =>
    sqlite
      .selectFrom('conversation')
      .select(['version', 'facets', 'deleted'])
      .where('ws', '=', p.ws)
      .where('id', '=', p.id),
  ),

  /** Changes nothing when it is there already. */
  insertConversation: template<ConversationTable>()((p) =>
    sqlite
      .insertInto('conversation')
      .values(pick(p, columns))
      .onConflict((oc) => oc.doNothing()),
  ),

  /**
   * What a message does. SQLite rewrites an index as soon as one of its columns is set, to the same value too; what is
   * not expected to change is therefore a condition here. Changes nothing when one of them fails: see `replaceConversation`.
   */
  touchConversation: template<ConversationPut>()((p) =>
    sqlite
      .updateTable('conversation')
      .set(pick(p, [...unlisted, ...listed]))
      .where('ws', '=', p.ws)
      .where('id', '=', p.id)
      .where('version', '=', p.expected)
      .where('contact', '=', p.contact)
      .where('facets', 'is', p.facets)
      .where('deleted', '=', p.deleted),
  ),

  /** What an event does that moves the conversation in no list. */
  keepConversation: template<ConversationPut>()((p) =>
    sqlite
      .updateTable('conversation')
      .set(pick(p, unlisted))
      .where('ws', '=', p.ws)
      .where('id', '=', p.id)
      .where('version', '=', p.expected)
      .where('status', '=', p.status)
      .where('control', '=', p.control)
      .where('queue', 'is', p.queue)
      .where('owner', 'is', p.owner)
      .where('last_by', 'is', p.last_by)
      .where('last_activity', '=', p.last_activity)
      .where('contact', '=', p.contact)
      .where('facets', 'is', p.facets)
      .where('deleted', '=', p.deleted),
  ),

  /** Everything, if the version is right. */
  replaceConversation: template<ConversationPut>()((p) =>
    sqlite
      .updateTable('conversation')
      .set(pick(p, [...unlisted, ...listed, 'contact', 'facets', 'deleted']))
      .where('ws', '=', p.ws)
      .where('id', '=', p.id)
      .where('version', '=', p.expected),
  ),

  insertFacet: template<FacetTable>()((p) =>
    sqlite
      .insertInto('facet')
      .values(pick(p, ['ws', 'conv', 'kind', 'value', 'status', 'last_activity']))
      .onConflict((oc) => oc.doNothing()),
  ),
  moveFacets: template<Pick<FacetTable, 'ws' | 'conv' | 'status' | 'last_activity'>>()((p) =>
    sqlite
      .updateTable('facet')
      .set(pick(p, ['status', 'last_activity']))
      .where('ws', '=', p.ws)
      .where('conv', '=', p.conv),
  ),
  deleteFacets: template<Pick<FacetTable, 'ws' | 'conv'>>()((p) =>
    sqlite.deleteFrom('facet').where('ws', '=', p.ws).where('conv', '=', p.conv),
  ),
} as const
