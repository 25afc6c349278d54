import { sql } from 'kysely'
import { entryKinds } from '../codes.ts'
import type { Id } from '../ids.ts'
import type { DeliveryTable, EntryTable, SearchTable } from '../tables.ts'
import { pick, sqlite, template } from '../template.ts'

export interface StreamParams {
  readonly ws: number
  readonly after: number
  readonly limit: number
}

/** The row that an entry has in the full text. */
export type Words = Pick<SearchTable, 'rowid' | 'ws' | 'body'>

/** Both bounds are exclusive. */
export interface SeqRange {
  readonly ws: number
  readonly conv: Id
  readonly after: number
  readonly before: number
}

/** `kinds` is a JSON array of kind codes. */
export type TimelineParams = SeqRange & { readonly kinds: string; readonly limit: number }

const entries = (p: TimelineParams, direction: 'asc' | 'desc') =>
  sqlite
    .selectFrom('entry')
    .selectAll()
    .where('ws', '=', p.ws)
    .where('conv', '=', p.conv)
    .where('seq', '>', p.after)
    .where('seq', '<', p.before)
    .where('kind', 'in', sql<number>`(select value from json_each(${p.kinds}))`)
    .orderBy('seq', direction)
    .limit(p.limit)

/** Lines about something else than a conversation are not searched. */
const record = sql.lit(entryKinds.encode('record'))

/** Entries, what is said about them later, and the stream of both. */
export const journalStatements = {
  /** The last position of a workspace; 0 when it has nothing. */
  positionIn: template<{ readonly ws: number }>()((p) =>
    sqlite.selectNoFrom((eb) =>
      sql<number>`max(${eb.fn.coalesce(
        eb
          .selectFrom('entry')
          .where('ws', '=', p.ws)
          .select((of) => of.fn.max('pos').as('pos')),
        sql.lit(0),
      )}, ${eb.fn.coalesce(
        eb
          .selectFrom('delivery')
          .where('ws', '=', p.ws)
          .select((of) => of.fn.max('pos').as('pos')),
        sql.lit(0),
      )})`.as('pos'),
    ),
  ),
  /** Where anything has been added after a position, once for each addition: to have each once, SQLite would read all. */
  workspacesAfter: template<{ readonly after: number }>()((p) =>
    sqlite
      .selectFrom('entry')
      .where('pos', '>', p.after)
      .select('ws')
      .unionAll(sqlite.selectFrom('delivery').where('pos', '>', p.after).select('ws')),
  ),
  /** The last position of all workspaces, which count as one; deliveries may have the highest. */
  position: template<object>()(() =>
    sqlite.selectNoFrom((eb) =>
      sql<number>`max(${eb.fn.coalesce(
        eb.selectFrom('entry').select((of) => of.fn.max('pos').as('pos')),
        sql.lit(0),
      )}, ${eb.fn.coalesce(
        eb.selectFrom('delivery').select((of) => of.fn.max('pos').as('pos')),
        sql.lit(0),
      )})`.as('pos'),
    ),
  ),

  insertEntry: template<EntryTable>()((p) =>
    sqlite
      .insertInto('entry')
      .values(pick(p, ['pos', 'ws', 'conv', 'seq', 'kind', 'type', 'actor_kind', 'actor', 'at', 'body', 'data']))
      .onConflict((oc) => oc.doNothing()),
  ),
  newestEntries: template<TimelineParams>()((p) => entries(p, 'desc')),
  oldestEntries: template<TimelineParams>()((p) => entries(p, 'asc')),
  /** `data` is what stays of them. */
  blankEntries: template<SeqRange & { readonly data: string }>()((p) =>
    sqlite
      .updateTable('entry')
      .set({ body: sql.lit(null), data: p.data })
      .where('ws', '=', p.ws)
      .where('conv', '=', p.conv)
      .where('seq', '>', p.after)
      .where('seq', '<', p.before),
  ),

  insertDelivery: template<DeliveryTable>()((p) =>
    sqlite
      .insertInto('delivery')
      .values(pick(p, ['pos', 'ws', 'conv', 'seq', 'account', 'status', 'version', 'data']))
      .onConflict((oc) => oc.doNothing()),
  ),
  updateDelivery: template<DeliveryTable & { readonly expected: number }>()((p) =>
    sqlite
      .updateTable('delivery')
      .set(pick(p, ['pos', 'account', 'status', 'version', 'data']))
      .where('ws', '=', p.ws)
      .where('conv', '=', p.conv)
      .where('seq', '=', p.seq)
      .where('version', '=', p.expected),
  ),
  delivery: template<Pick<DeliveryTable, 'ws' | 'conv' | 'seq'>>()((p) =>
    sqlite
      .selectFrom('delivery')
      .selectAll()
      .where('ws', '=', p.ws)
      .where('conv', '=', p.conv)
      .where('seq', '=', p.seq),
  ),
  deliveries: template<SeqRange>()((p) =>
    sqlite
      .selectFrom('delivery')
      .selectAll()
      .where('ws', '=', p.ws)
      .where('conv', '=', p.conv)
      .where('seq', '>', p.after)
      .where('seq', '<', p.before)
      .orderBy('seq'),
  ),
  amendments: template<SeqRange>()((p) =>
    sqlite
      .selectFrom('amendment')
      .selectAll()
      .where('ws', '=', p.ws)
      .where('conv', '=', p.conv)
      .where('seq', '>', p.after)
      .where('seq', '<', p.before)
      .orderBy('seq'),
  ),

  entriesAfter: template<StreamParams>()((p) =>
    sqlite
      .selectFrom('entry')
      .selectAll()
      .where('ws', '=', p.ws)
      .where('pos', '>', p.after)
      .orderBy('pos')
      .limit(p.limit),
  ),
  deliveriesAfter: template<StreamParams>()((p) =>
    sqlite
      .selectFrom('delivery')
      .selectAll()
      .where('ws', '=', p.ws)
      .where('pos', '>', p.after)
      .orderBy('pos')
      .limit(p.limit),
  ),

  searchMark: template<object>()(() => sqlite.selectFrom('search_mark').select('pos')),
  moveSearchMark: template<{ readonly pos: number }>()((p) => sqlite.updateTable('search_mark').set({ pos: p.pos })),
  unindexed: template<{ readonly after: number; readonly limit: number }>()((p) =>
    sqlite
      .selectFrom('entry')
      .select(['pos', 'ws', 'body'])
      .where('pos', '>', p.after)
      .where('body', 'is not', null)
      .where('kind', '<>', record)
      .orderBy('pos')
      .limit(p.limit),
  ),
  insertWords: template<Words>()((p) => sqlite.insertInto('search').values(pick(p, ['rowid', 'ws', 'body']))),
  /** Takes exactly what was put in: other words would leave the index wrong. */
  deleteWords: template<Words>()((p) =>
    sqlite.insertInto('search').values({ search: sql.lit('delete'), ...pick(p, ['rowid', 'ws', 'body']) }),
  ),
  /** Entries in a range that the full text has taken in. */
  indexed: template<SeqRange & { readonly mark: number }>()((p) =>
    sqlite
      .selectFrom('entry')
      .select(['pos', 'body'])
      .where('ws', '=', p.ws)
      .where('conv', '=', p.conv)
      .where('seq', '>', p.after)
      .where('seq', '<', p.before)
      .where('pos', '<=', p.mark)
      .where('body', 'is not', null)
      .where('kind', '<>', record),
  ),
} as const
