import type { StoredWork } from '@guichet/engine/ports'
import { written } from '@guichet/storage-sql'
import { type RawBuilder, sql } from 'kysely'
import { keys, numbers, texts } from '../arrays.ts'
import { type Arrays, type Columns, names, namesOf, rows } from '../columns.ts'
import { encodeKey } from '../keys.ts'
import type { InWorkspace } from '../statement.ts'
import { databaseNow } from '../lease-clock.ts'
import { lastOf, type Part } from './changes.ts'

const columns = {
  id: 'bytea',
  kind: 'text',
  lane: 'text',
  due: 'bigint',
  key: 'text',
  payload: 'text',
  /** Whether it is the first of those that come into its lane together. */
  leads: 'smallint',
} as const satisfies Columns
const { leads: _, ...stored } = columns
const claims = { id: 'bytea', attempts: 'bigint' } as const satisfies Columns
const retries = { ...claims, due: 'bigint' } as const satisfies Columns
const holds = { ...claims, now: 'bigint', ms: 'bigint' } as const satisfies Columns
const slots = { kind: 'text', key: 'text' } as const satisfies Columns
const lanes = { kind: 'text', lane: 'text', id: 'bytea' } as const satisfies Columns

/** What the transaction fails with when work that it settles is gone, or in other hands. */
export const notOurs = '2201F'

/** Fails unless so many were settled: as `must` does, with a code of its own, by the square root of what has none. */
const settled = (p: { readonly n: unknown }, of: string): RawBuilder<unknown> =>
  sql`sqrt(case when (select count(*) from ${sql.raw(of)}) = ${p.n} then 1 else -1 end)`

/** Lets the next of a lane come forward where its head is among those that have `gone`. */
const comeForward = (ws: number): RawBuilder<unknown> => sql`
  update guichet.work w set head = 1 from gone g
  where g.head = 1 and w.ws = ${ws} and w.id = (
    select x.id from guichet.work x
    where x.ws = ${ws} and x.kind = g.kind and x.lane = g.lane and x.id not in (select id from gone)
    order by x.id limit 1
  )`

/** Done and gone, where nobody has claimed it since. */
const finish = written<InWorkspace & Arrays<typeof claims> & { readonly n: number }>()(
  (p) => sql`
    with gone as (
      delete from guichet.work w using ${rows(claims, p)}
      where w.ws = ${p.ws} and w.id = i.id and w.attempts = i.attempts
      returning w.id, w.kind, w.lane, w.head
    ),
    next as (${comeForward(p.ws)})
    select ${settled(p, 'gone')}`,
)

const retry = written<InWorkspace & Arrays<typeof retries> & { readonly n: number }>()(
  (p) => sql`
    with done as (
      update guichet.work w set due = i.due, lease = 0 from ${rows(retries, p)}
      where w.ws = ${p.ws} and w.id = i.id and w.attempts = i.attempts
      returning 1
    )
    select ${settled(p, 'done')}`,
)

const hold = written<InWorkspace & Arrays<typeof holds> & { readonly n: number; readonly byCaller: number }>()(
  (p) => sql`
    with done as (
      update guichet.work w
      set lease = case when ${p.byCaller}::integer = 1 then i.now else ${databaseNow} end + i.ms
      from ${rows(holds, p)}
      where w.ws = ${p.ws} and w.id = i.id and w.attempts = i.attempts and w.lease > 0
      returning 1
    )
    select ${settled(p, 'done')}`,
)

const cancel = written<InWorkspace & Arrays<typeof slots>>()(
  (p) => sql`
    with gone as (
      delete from guichet.work w using ${rows(slots, p)}
      where w.ws = ${p.ws} and w.kind = i.kind and w.key = i.key
      returning w.id, w.kind, w.lane, w.head
    )
    ${comeForward(p.ws)}`,
)

const remove = written<InWorkspace & { readonly ids: ReturnType<typeof keys> }>()(
  (p) => sql`
    with gone as (
      delete from guichet.work w where w.ws = ${p.ws} and w.id = any(${p.ids}::bytea[])
      returning w.id, w.kind, w.lane, w.head
    )
    ${comeForward(p.ws)}`,
)

/** Heads of lanes into which something older comes. */
const stepBack = written<InWorkspace & Arrays<typeof lanes>>()(
  (p) => sql`
    update guichet.work w set head = 0 from ${rows(lanes, p)}
    where w.ws = ${p.ws} and w.kind = i.kind and w.lane = i.lane and w.head = 1 and w.id > i.id`,
)

const insert = written<InWorkspace & Arrays<typeof columns>>()(
  (p) => sql`
    insert into guichet.work (ws, ${names(stored)}, attempts, lease, head)
    select ${p.ws}::integer, ${namesOf('i', stored)}, 0, 0,
      case when i.leads = 1 and not exists (
        select from guichet.work w where w.ws = ${p.ws} and w.kind = i.kind and w.lane = i.lane and w.head = 1
      ) then 1 else 0 end
    from ${rows(columns, p)}`,
)

const laneOf = ({ kind, lane }: StoredWork): string => JSON.stringify([kind, lane])

/** The first of each lane, by id. */
const leaders = (work: ReadonlyArray<StoredWork>): ReadonlySet<StoredWork> => {
  const first = new Map<string, StoredWork>()
  for (const item of work) {
    const lane = laneOf(item)
    const former = first.get(lane)
    if (former === undefined || encodeKey(item.id).compare(encodeKey(former.id)) < 0) first.set(lane, item)
  }
  return new Set(first.values())
}

/** Of those with one id, or with one kind and key, the last. */
const distinct = (work: ReadonlyArray<StoredWork>): ReadonlyArray<StoredWork> =>
  lastOf(
    lastOf(work, ({ id }) => id),
    ({ id, kind, key }) => JSON.stringify(key === null ? [id] : [kind, key]),
  )

/** Work that ends, is due again, or is held for longer. */
export const settleCalls: Part = ({ ws, changeset: { settle }, statement, leaseClock }) => {
  const held = settle.filter((one) => one.hold !== undefined)
  const again = settle.filter((one) => one.hold === undefined && one.retryAt !== undefined)
  const done = settle.filter((one) => one.hold === undefined && one.retryAt === undefined)
  const claimed = (of: typeof settle) => ({
    ws,
    n: of.length,
    id: keys(of.map(({ id }) => id)),
    attempts: numbers(of.map(({ attempts }) => attempts)),
  })
  return [
    ...(held.length === 0
      ? []
      : [
          statement(hold)({
            ...claimed(held),
            byCaller: leaseClock === 'caller' ? 1 : 0,
            now: numbers(held.map((one) => Math.floor(one.hold?.now ?? 0))),
            ms: numbers(held.map((one) => Math.ceil(one.hold?.leaseMs ?? 0))),
          }),
        ]),
    ...(again.length === 0
      ? []
      : [statement(retry)({ ...claimed(again), due: numbers(again.map(({ retryAt }) => retryAt ?? 0)) })]),
    ...(done.length === 0 ? [] : [statement(finish)(claimed(done))]),
  ]
}

/** Work that is called off, and what makes way for new work of the same id or key. */
export const cancelCalls: Part = ({ ws, changeset, statement }) => {
  const gone = [
    ...changeset.cancel,
    ...changeset.work.flatMap(({ kind, key }) => (key === null ? [] : [{ kind, key }])),
  ]
  return gone.length === 0
    ? []
    : [
        statement(cancel)({
          ws,
          kind: texts(gone.map(({ kind }) => kind)),
          key: texts(gone.map(({ key }) => key)),
        }),
      ]
}

/** New work, each behind what its lane has. */
export const workCalls: Part = ({ ws, changeset, statement }) => {
  const work = distinct(changeset.work)
  if (work.length === 0) return []
  const leading = leaders(work)
  const ids = keys(work.map(({ id }) => id))
  const first = [...leading]
  return [
    statement(remove)({ ws, ids }),
    statement(stepBack)({
      ws,
      kind: texts(first.map(({ kind }) => kind)),
      lane: texts(first.map(({ lane }) => lane)),
      id: keys(first.map(({ id }) => id)),
    }),
    statement(insert)({
      ws,
      id: ids,
      kind: texts(work.map(({ kind }) => kind)),
      lane: texts(work.map(({ lane }) => lane)),
      due: numbers(work.map(({ due }) => due)),
      key: texts(work.map(({ key }) => key)),
      payload: texts(work.map(({ payload }) => payload)),
      leads: numbers(work.map((item) => (leading.has(item) ? 1 : 0))),
    }),
  ]
}
