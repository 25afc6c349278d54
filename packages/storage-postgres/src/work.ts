import type { ClaimedWork, Storage } from '@guichet/engine/ports'
import { readWork, rowLimit, wholeNumber, type WorkTable, written } from '@guichet/storage-sql'
import { sql } from 'kysely'
import { type ArrayParameter, texts } from './arrays.ts'
import type { Connection } from './connection.ts'
import { databaseNow } from './lease-clock.ts'
import { zeroInThisVersion } from './version.ts'

/** Work as it is claimed, by one clock. */
export interface Work {
  readonly claim: (query: Parameters<Storage['claim']>[0]) => Promise<ReadonlyArray<ClaimedWork>>
  readonly nextDue: (kinds: ReadonlyArray<string>) => Promise<number | undefined>
  /** What a workspace has still to do, soonest first. */
  readonly upcoming: (workspace: string, limit: number) => Promise<ReadonlyArray<ClaimedWork>>
}

interface ClaimParams {
  readonly kinds: ArrayParameter
  readonly now: number
  /** The time that leases are compared with; null for the database's. */
  readonly leaseNow: number | null
  readonly leaseMs: number
  readonly limit: number
}

type ClaimedRow = WorkTable & { readonly at: number }

/**
 * What nobody holds, and what somebody claimed and never settled, of which there is little: all of it is put in order.
 * Only heads of lanes are looked at, so what waits behind one costs nothing. Rows that another claim has in its hands
 * are passed over, and what is taken is found again by where it lies: both keep the plan the same, whatever the planner
 * believes of a table that fills and empties all day.
 */
const take = written<ClaimParams, ClaimedRow>()(
  (p) => sql`
    with clock as materialized (
      select coalesce(${p.leaseNow}::bigint, ${databaseNow}) + ${zeroInThisVersion} as at
    ),
    waiting as materialized (
      select w.place, w.due, w.id from unnest(${p.kinds}::text[]) as k(kind) cross join lateral (
        select ctid as place, due, id from guichet.work
        where kind = k.kind and head = 1 and lease = 0 and due <= ${p.now}
        order by due, id limit ${p.limit} for update skip locked
      ) w
    ),
    abandoned as materialized (
      select w.place, w.due, w.id from unnest(${p.kinds}::text[]) as k(kind) cross join lateral (
        select ctid as place, due, id from guichet.work
        where kind = k.kind and head = 1 and lease > 0 and lease <= (select at from clock)
        order by due, id limit ${p.limit} for update skip locked
      ) w
    ),
    taken as materialized (
      select place from (select * from waiting union all select * from abandoned) w
      order by due, id limit ${p.limit}
    )
    update guichet.work w set attempts = w.attempts + 1, lease = (select at from clock) + ${p.leaseMs}::bigint
    where w.ctid = any(array(select place from taken))
    returning w.ws, w.id, w.kind, w.lane, w.due, w.key, w.payload, w.attempts, w.lease, w.head,
      (select at from clock) as at`,
)

interface NextRow {
  readonly due: number | null
  readonly lease: number | null
  readonly at: number
}

const next = written<{ readonly kinds: ArrayParameter }, NextRow>()(
  (p) => sql`
    select ${databaseNow} as at,
      (select min(w.due) from unnest(${p.kinds}::text[]) as k(kind) cross join lateral (
        select due from guichet.work where kind = k.kind and head = 1 and lease = 0 order by due limit 1
      ) w) as due,
      (select min(w.lease) from unnest(${p.kinds}::text[]) as k(kind) cross join lateral (
        select lease from guichet.work where kind = k.kind and head = 1 and lease > 0 order by lease limit 1
      ) w) as lease`,
)

const coming = written<{ readonly ws: number; readonly limit: number }, WorkTable>()(
  (p) => sql`select * from guichet.work where ws = ${p.ws} order by due, id limit ${p.limit}`,
)

const inOrder = (a: ClaimedWork, b: ClaimedWork): number => a.due - b.due || (a.id < b.id ? -1 : 1)

export const makeWork = ({ writers, readers, workspaces, statement, leaseClock }: Connection): Work => {
  /** How far the clock of leases is before the caller's, as the last claim saw it. */
  let ahead = leaseClock === 'caller' ? 0 : undefined
  return {
    claim: async ({ kinds, now, leaseMs, limit }) => {
      const most = rowLimit(limit)
      if (most === 0 || kinds.length === 0) return []
      const [rows] = await writers.transact([
        statement(take)({
          kinds: texts([...new Set(kinds)]),
          now: wholeNumber(Math.floor(now)),
          leaseNow: leaseClock === 'caller' ? wholeNumber(Math.floor(now)) : null,
          leaseMs: Math.ceil(leaseMs),
          limit: most,
        }),
      ])
      const [first] = rows
      if (leaseClock === 'database' && first !== undefined) ahead = first.at - now
      const claimed = await Promise.all(rows.map(async (row) => readWork(await workspaces.name(row.ws), row)))
      return claimed.sort(inOrder)
    },
    nextDue: async (kinds) => {
      if (kinds.length === 0) return undefined
      const [[found]] = await writers.ask([statement(next)({ kinds: texts([...new Set(kinds)]) })])
      if (found === undefined) return undefined
      const { due, lease, at } = found
      const leased = lease === null ? Infinity : lease - (ahead ?? at - Date.now())
      const soonest = Math.min(due ?? Infinity, leased)
      return soonest === Infinity ? undefined : soonest
    },
    upcoming: async (workspace, limit) => {
      const most = rowLimit(limit)
      const ws = most === 0 ? undefined : await workspaces.find(workspace)
      if (ws === undefined) return []
      const [rows] = await readers.ask([statement(coming)({ ws, limit: most })])
      return rows.map((row) => readWork(workspace, row))
    },
  }
}
