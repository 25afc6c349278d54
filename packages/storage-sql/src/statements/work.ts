import { sql } from 'kysely'
import type { Id } from '../ids.ts'
import type { WorkTable } from '../tables.ts'
import { pick, sqlite, template } from '../template.ts'

type Lane = Pick<WorkTable, 'ws' | 'kind' | 'lane'>
type Place = Lane & Pick<WorkTable, 'head'>

/** Statements about one item answer with its place, so that its lane can be given a new head. */
const place = ['kind', 'lane', 'head', 'ws'] as const satisfies ReadonlyArray<keyof Place>

export const workStatements = {
  insertWork: template<WorkTable>()((p) =>
    sqlite
      .insertInto('work')
      .values(pick(p, ['ws', 'id', 'kind', 'lane', 'due', 'key', 'payload', 'attempts', 'lease', 'head'])),
  ),
  deleteWork: template<{ readonly ws: number; readonly id: Id }>()((p) =>
    sqlite.deleteFrom('work').where('ws', '=', p.ws).where('id', '=', p.id).returning(place),
  ),
  deleteWorkWithKey: template<{ readonly ws: number; readonly kind: string; readonly key: string }>()((p) =>
    sqlite
      .deleteFrom('work')
      .where('ws', '=', p.ws)
      .where('kind', '=', p.kind)
      .where('key', '=', p.key)
      .returning(place),
  ),
  /** Done and gone, if nobody has claimed it since. */
  finishWork: template<Pick<WorkTable, 'ws' | 'id' | 'attempts'>>()((p) =>
    sqlite
      .deleteFrom('work')
      .where('ws', '=', p.ws)
      .where('id', '=', p.id)
      .where('attempts', '=', p.attempts)
      .returning(place),
  ),
  retryWork: template<Pick<WorkTable, 'ws' | 'id' | 'attempts' | 'due'>>()((p) =>
    sqlite
      .updateTable('work')
      .set({ due: p.due, lease: sql.lit(0) })
      .where('ws', '=', p.ws)
      .where('id', '=', p.id)
      .where('attempts', '=', p.attempts),
  ),

  laneHead: template<Lane>()((p) =>
    sqlite
      .selectFrom('work')
      .select('id')
      .where('ws', '=', p.ws)
      .where('kind', '=', p.kind)
      .where('lane', '=', p.lane)
      .orderBy('id')
      .limit(sql.lit(1)),
  ),
  setHead: template<Pick<WorkTable, 'ws' | 'id' | 'head'>>()((p) =>
    sqlite.updateTable('work').set({ head: p.head }).where('ws', '=', p.ws).where('id', '=', p.id),
  ),

  /** What nobody holds, oldest first. */
  waitingWork: template<{ readonly kind: string; readonly now: number; readonly limit: number }>()((p) =>
    sqlite
      .selectFrom('work')
      .selectAll()
      .where('kind', '=', p.kind)
      .where('head', '=', sql.lit(1))
      .where('lease', '=', sql.lit(0))
      .where('due', '<=', p.now)
      .orderBy('due')
      .orderBy('id')
      .limit(p.limit),
  ),
  /** What somebody claimed and never settled: after a crash, and then few. */
  abandonedWork: template<{ readonly kind: string; readonly now: number }>()((p) =>
    sqlite
      .selectFrom('work')
      .selectAll()
      .where('kind', '=', p.kind)
      .where('head', '=', sql.lit(1))
      .where('lease', '>', sql.lit(0))
      .where('lease', '<=', p.now),
  ),
  /** Holds it for longer, where nobody else has claimed it since. */
  holdWork: template<Pick<WorkTable, 'ws' | 'id' | 'attempts' | 'lease'>>()((p) =>
    sqlite
      .updateTable('work')
      .set({ lease: p.lease })
      .where('ws', '=', p.ws)
      .where('id', '=', p.id)
      .where('attempts', '=', p.attempts)
      .where('lease', '>', sql.lit(0)),
  ),
  claimWork: template<Pick<WorkTable, 'ws' | 'id' | 'attempts' | 'lease'>>()((p) =>
    sqlite
      .updateTable('work')
      .set(pick(p, ['attempts', 'lease']))
      .where('ws', '=', p.ws)
      .where('id', '=', p.id),
  ),

  upcomingWork: template<{ readonly ws: number; readonly limit: number }>()((p) =>
    sqlite.selectFrom('work').selectAll().where('ws', '=', p.ws).orderBy('due').orderBy('id').limit(p.limit),
  ),

  nextWaiting: template<{ readonly kind: string }>()((p) =>
    sqlite
      .selectFrom('work')
      .select('due as at')
      .where('kind', '=', p.kind)
      .where('head', '=', sql.lit(1))
      .where('lease', '=', sql.lit(0))
      .orderBy('due')
      .limit(sql.lit(1)),
  ),
  nextLeased: template<{ readonly kind: string }>()((p) =>
    sqlite
      .selectFrom('work')
      .select('lease as at')
      .where('kind', '=', p.kind)
      .where('head', '=', sql.lit(1))
      .where('lease', '>', sql.lit(0))
      .orderBy('lease')
      .limit(sql.lit(1)),
  ),
} as const
