import { sql } from 'kysely'
import { contactColumns, conversationColumns, identityColumns, type KnownValues } from '../rows.ts'
import type {
  AmendmentTable,
  CounterTable,
  DraftTable,
  ExternalTable,
  IdentityTable,
  ParkedTable,
  QuarantineTable,
  SettingTable,
} from '../tables.ts'
import { pick, positional, sqlite, template } from '../template.ts'
import { walking } from './walking.ts'

/** A version to be written follows on the one that must be there. */
type Following<Row> = Row & { readonly expected: number }

/** The small rows around conversations. */
export const recordStatements = {
  workspaces: template<object>()(() => sqlite.selectFrom('workspace').select(['id', 'name']).orderBy('id')),
  workspaceNamed: template<{ readonly name: string }>()((p) =>
    sqlite.selectFrom('workspace').select(['id', 'name']).where('name', '=', p.name),
  ),
  workspaceById: template<{ readonly id: number }>()((p) =>
    sqlite.selectFrom('workspace').select(['id', 'name']).where('id', '=', p.id),
  ),
  insertWorkspace: template<{ readonly name: string }>()((p) =>
    sqlite
      .insertInto('workspace')
      .values({ name: p.name })
      .onConflict((oc) => oc.doNothing()),
  ),

  /** An identity with its contact and its conversation: three rows for a little more than the price of one. */
  known: positional<KnownValues>()(
    template<Pick<IdentityTable, 'ws' | 'account' | 'address'>>()((p) =>
      sqlite
        .selectFrom('identity as i')
        .leftJoin('document as k', (join) =>
          join.onRef('k.ws', '=', 'i.ws').on('k.kind', '=', sql.lit('contact')).onRef('k.id', '=', 'i.contact'),
        )
        .leftJoin('conversation as c', (join) => join.onRef('c.ws', '=', 'i.ws').onRef('c.id', '=', 'i.conv'))
        .select([
          ...identityColumns.map((column) => `i.${column}` as const),
          ...contactColumns.map((column) => `k.${column}` as const),
          ...conversationColumns.map((column) => `c.${column}` as const),
        ])
        .where('i.ws', '=', p.ws)
        .where('i.account', '=', p.account)
        .where('i.address', '=', p.address),
    ),
  ),
  insertIdentity: template<IdentityTable>()((p) =>
    sqlite
      .insertInto('identity')
      .values(pick(p, ['ws', 'account', 'address', 'contact', 'conv', 'verified', 'version']))
      .onConflict((oc) => oc.doNothing()),
  ),
  updateIdentity: template<Following<IdentityTable>>()((p) =>
    sqlite
      .updateTable('identity')
      .set(pick(p, ['contact', 'conv', 'verified', 'version']))
      .where('ws', '=', p.ws)
      .where('account', '=', p.account)
      .where('address', '=', p.address)
      .where('version', '=', p.expected),
  ),
  dropIdentity: template<Pick<IdentityTable, 'ws' | 'account' | 'address'>>()((p) =>
    sqlite
      .deleteFrom('identity')
      .where('ws', '=', p.ws)
      .where('account', '=', p.account)
      .where('address', '=', p.address),
  ),
  identitiesOf: template<Pick<IdentityTable, 'ws' | 'contact'>>()((p) =>
    walking('identity', 'i', 'identity_contact')
      .select(identityColumns)
      .where('ws', '=', p.ws)
      .where('contact', '=', p.contact),
  ),

  external: template<Pick<ExternalTable, 'ws' | 'account' | 'external_id'>>()((p) =>
    sqlite
      .selectFrom('external')
      .selectAll()
      .where('ws', '=', p.ws)
      .where('account', '=', p.account)
      .where('external_id', '=', p.external_id),
  ),
  insertExternal: template<ExternalTable>()((p) =>
    sqlite
      .insertInto('external')
      .values(pick(p, ['ws', 'account', 'external_id', 'conv', 'seq', 'at']))
      .onConflict((oc) => oc.doNothing()),
  ),
  moveExternal: template<ExternalTable>()((p) =>
    sqlite
      .updateTable('external')
      .set(pick(p, ['conv', 'seq', 'at']))
      .where('ws', '=', p.ws)
      .where('account', '=', p.account)
      .where('external_id', '=', p.external_id),
  ),

  putAmendment: template<AmendmentTable>()((p) =>
    sqlite
      .insertInto('amendment')
      .values(pick(p, ['ws', 'conv', 'seq', 'data']))
      .onConflict((oc) => oc.columns(['ws', 'conv', 'seq']).doUpdateSet({ data: sql.ref('excluded.data') })),
  ),
  deleteAmendment: template<Pick<AmendmentTable, 'ws' | 'conv' | 'seq'>>()((p) =>
    sqlite.deleteFrom('amendment').where('ws', '=', p.ws).where('conv', '=', p.conv).where('seq', '=', p.seq),
  ),
  deleteAmendments: template<Pick<AmendmentTable, 'ws' | 'conv'>>()((p) =>
    sqlite.deleteFrom('amendment').where('ws', '=', p.ws).where('conv', '=', p.conv),
  ),

  park: template<ParkedTable>()((p) =>
    sqlite.replaceInto('parked').values(pick(p, ['ws', 'id', 'account', 'external_id', 'at', 'data'])),
  ),
  unpark: template<Pick<ParkedTable, 'ws' | 'id'>>()((p) =>
    sqlite.deleteFrom('parked').where('ws', '=', p.ws).where('id', '=', p.id),
  ),
  /** `externals` is a JSON array of external ids. */
  parked: template<Pick<ParkedTable, 'ws' | 'account'> & { readonly externals: string }>()((p) =>
    sqlite
      .selectFrom('parked')
      .selectAll()
      .where('ws', '=', p.ws)
      .where('account', '=', p.account)
      .where('external_id', 'in', sql<string>`(select value from json_each(${p.externals}))`),
  ),

  putDraft: template<DraftTable>()((p) =>
    sqlite.replaceInto('draft').values(pick(p, ['ws', 'conv', 'agent', 'mode', 'at', 'data'])),
  ),
  deleteDraft: template<Pick<DraftTable, 'ws' | 'conv' | 'agent' | 'mode'>>()((p) =>
    sqlite
      .deleteFrom('draft')
      .where('ws', '=', p.ws)
      .where('conv', '=', p.conv)
      .where('agent', '=', p.agent)
      .where('mode', '=', p.mode),
  ),
  draft: template<Pick<DraftTable, 'ws' | 'conv' | 'agent' | 'mode'>>()((p) =>
    sqlite
      .selectFrom('draft')
      .select('data')
      .where('ws', '=', p.ws)
      .where('conv', '=', p.conv)
      .where('agent', '=', p.agent)
      .where('mode', '=', p.mode),
  ),

  putSetting: template<SettingTable>()((p) =>
    sqlite.replaceInto('setting').values(pick(p, ['ws', 'kind', 'id', 'data'])),
  ),
  deleteSetting: template<Pick<SettingTable, 'ws' | 'kind' | 'id'>>()((p) =>
    sqlite.deleteFrom('setting').where('ws', '=', p.ws).where('kind', '=', p.kind).where('id', '=', p.id),
  ),
  settings: template<Pick<SettingTable, 'ws'>>()((p) =>
    sqlite.selectFrom('setting').select(['kind', 'id', 'data']).where('ws', '=', p.ws).orderBy('kind').orderBy('id'),
  ),

  quarantine: template<QuarantineTable>()((p) =>
    sqlite.replaceInto('quarantine').values(pick(p, ['ws', 'id', 'account', 'at', 'reason', 'head', 'body'])),
  ),
  release: template<Pick<QuarantineTable, 'ws' | 'id'>>()((p) =>
    sqlite.deleteFrom('quarantine').where('ws', '=', p.ws).where('id', '=', p.id),
  ),
  quarantined: template<Pick<QuarantineTable, 'ws'>>()((p) =>
    sqlite
      .selectFrom('quarantine')
      .select(['ws', 'id', 'account', 'at', 'reason', 'head', 'body'])
      .where('ws', '=', p.ws)
      .orderBy('id'),
  ),

  count: template<CounterTable>()((p) =>
    sqlite
      .insertInto('counter')
      .values(pick(p, ['ws', 'scope', 'bucket', 'n']))
      .onConflict((oc) => oc.columns(['ws', 'scope', 'bucket']).doUpdateSet({ n: sql<number>`counter.n + excluded.n` }))
      .returning('n'),
  ),
  deleteCounter: template<Pick<CounterTable, 'ws' | 'scope' | 'bucket'>>()((p) =>
    sqlite.deleteFrom('counter').where('ws', '=', p.ws).where('scope', '=', p.scope).where('bucket', '=', p.bucket),
  ),
  counter: template<Pick<CounterTable, 'ws' | 'scope' | 'bucket'>>()((p) =>
    sqlite
      .selectFrom('counter')
      .select('n')
      .where('ws', '=', p.ws)
      .where('scope', '=', p.scope)
      .where('bucket', '=', p.bucket),
  ),
  countersOf: template<Pick<CounterTable, 'ws' | 'scope'>>()((p) =>
    sqlite.selectFrom('counter').select(['scope', 'bucket', 'n']).where('ws', '=', p.ws).where('scope', '=', p.scope),
  ),
  /**
   * `scopes` is a JSON array in which each stands once, and what comes back is one of arrays that begin with the place of
   * a scope there: to hand over a hundred small rows takes the driver longer than SQLite takes to find them.
   */
  counters: template<{ readonly ws: number; readonly scopes: string }>()((p) =>
    sqlite
      .selectFrom(sql<{ readonly key: number; readonly value: string }>`json_each(${p.scopes})`.as('wanted'))
      .crossJoin('counter as c')
      .select(sql<string>`json_group_array(json_array(wanted.key, c.bucket, c.n))`.as('found'))
      .where('c.ws', '=', p.ws)
      .whereRef('c.scope', '=', 'wanted.value'),
  ),
} as const
