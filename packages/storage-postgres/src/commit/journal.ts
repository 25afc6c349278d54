import type { StoredDelivery } from '@guichet/engine/ports'
import { actorKinds, entryKinds, written } from '@guichet/storage-sql'
import { sql } from 'kysely'
import { keys, numbers, texts } from '../arrays.ts'
import { type Arrays, type Columns, must, names, namesOf, numberedRows, rows } from '../columns.ts'
import { encodeKey } from '../keys.ts'
import type { InWorkspace } from '../statement.ts'
import { zeroInThisVersion } from '../version.ts'
import type { Part } from './changes.ts'

const entries = {
  conv: 'bytea',
  seq: 'bigint',
  kind: 'smallint',
  type: 'text',
  actor_kind: 'smallint',
  actor: 'bytea',
  at: 'bigint',
  body: 'text',
  data: 'text',
} as const satisfies Columns

const deliveries = {
  /** How many items of the stream come after it in this changeset. */
  behind: 'bigint',
  conv: 'bytea',
  seq: 'bigint',
  account: 'text',
  status: 'text',
  version: 'bigint',
  data: 'text',
} as const satisfies Columns
const { behind: _, ...deliveryColumns } = deliveries

/**
 * The lock of a workspace's stream and, behind the last one, so many new positions. Every commit takes it first, and
 * what comes after it in the transaction sees all that others have committed before.
 */
export const advance = written<InWorkspace & { readonly by: number }, { readonly pos: number }>()(
  (p) => sql`
    insert into guichet.stream_head as h (ws, pos) values (${p.ws}, ${p.by}::bigint + ${zeroInThisVersion})
    on conflict (ws) do update set pos = h.pos + excluded.pos
    returning pos`,
)

const insertEntries = written<InWorkspace & Arrays<typeof entries> & { readonly n: number }>()(
  (p) => sql`
    insert into guichet.entry (ws, pos, ${names(entries)})
    select ${p.ws}::integer, h.pos - ${p.n}::bigint + i.ord, ${namesOf('i', entries)}
    from ${numberedRows(entries, p)}, guichet.stream_head h
    where h.ws = ${p.ws}`,
)

const insertDeliveries = written<InWorkspace & Arrays<typeof deliveries>>()(
  (p) => sql`
    insert into guichet.delivery (ws, pos, ${names(deliveryColumns)})
    select ${p.ws}::integer, h.pos - i.behind, ${namesOf('i', deliveryColumns)}
    from ${rows(deliveries, p)}, guichet.stream_head h where h.ws = ${p.ws}`,
)

/** A change gives it a new place at the end of the stream. */
const updateDeliveries = written<InWorkspace & Arrays<typeof deliveries> & { readonly n: number }>()(
  (p) => sql`
    with done as (
      update guichet.delivery d
      set pos = h.pos - i.behind, account = i.account, status = i.status, version = i.version, data = i.data
      from ${rows(deliveries, p)}, guichet.stream_head h
      where h.ws = ${p.ws} and d.ws = ${p.ws} and d.conv = i.conv and d.seq = i.seq and d.version = i.version - 1
      returning 1
    )
    select ${must(sql`(select count(*) from done) = ${p.n}`)}`,
)

const amend = written<InWorkspace & { readonly conv: Buffer; readonly seq: number; readonly data: string }>()(
  (p) => sql`
    insert into guichet.amendment (ws, conv, seq, data) values (${p.ws}, ${p.conv}, ${p.seq}, ${p.data})
    on conflict (ws, conv, seq) do update set data = excluded.data`,
)

/** Both bounds are inclusive. */
interface Range extends InWorkspace {
  readonly conv: Buffer
  readonly first: number
  readonly last: number
}

/** `data` is what stays of each entry. */
const blank = written<Range & { readonly data: string }>()(
  (p) => sql`
    with unsaid as (
      delete from guichet.amendment
      where ws = ${p.ws} and conv = ${p.conv} and seq between ${p.first} and ${p.last}
    )
    update guichet.entry set body = null, data = ${p.data}
    where ws = ${p.ws} and conv = ${p.conv} and seq between ${p.first} and ${p.last}`,
)

/** After the blanking, which waits for whoever is just taking these entries in: what they added is seen here. */
const forget = written<Range>()(
  (p) => sql`
    delete from guichet.search s using guichet.entry e
    where e.ws = ${p.ws} and e.conv = ${p.conv} and e.seq between ${p.first} and ${p.last}
      and s.ws = ${p.ws} and s.pos = e.pos`,
)

const maxInteger = Number.MAX_SAFE_INTEGER

/** What is blanked is what was there before; it comes before the entries. */
export const eraseCalls: Part = ({ ws, changeset, statement }) =>
  changeset.erase.flatMap(({ conversation, seq, data = '{}' }) => {
    const range = {
      ws,
      conv: encodeKey(conversation),
      first: seq === 'all' ? 0 : seq,
      last: seq === 'all' ? maxInteger : seq,
    }
    return [statement(blank)({ ...range, data }), statement(forget)(range)]
  })

type Placed = StoredDelivery & { readonly behind: number }

const deliveryArrays = (of: ReadonlyArray<Placed>): Arrays<typeof deliveries> => ({
  behind: numbers(of.map(({ behind }) => behind)),
  conv: keys(of.map(({ conversation }) => conversation)),
  seq: numbers(of.map(({ seq }) => seq)),
  account: texts(of.map(({ account }) => account)),
  status: texts(of.map(({ status }) => status)),
  version: numbers(of.map(({ version }) => version)),
  data: texts(of.map(({ data }) => data)),
})

/** Entries, then deliveries, at the positions that `advance` has made room for. */
export const journalCalls: Part = ({ ws, changeset, statement }) => {
  const { entries: lines } = changeset
  const placed = changeset.deliveries.map(
    (row, at): Placed => ({ ...row, behind: changeset.deliveries.length - 1 - at }),
  )
  const fresh = placed.filter(({ version }) => version === 1)
  const known = placed.filter(({ version }) => version !== 1)
  return [
    ...(lines.length === 0
      ? []
      : [
          statement(insertEntries)({
            ws,
            n: lines.length + placed.length,
            conv: keys(lines.map(({ conversation }) => conversation)),
            seq: numbers(lines.map(({ seq }) => seq)),
            kind: numbers(lines.map(({ kind }) => entryKinds.encode(kind))),
            type: texts(lines.map(({ type }) => type)),
            actor_kind: numbers(lines.map(({ actorKind }) => actorKinds.encode(actorKind))),
            actor: keys(lines.map(({ actor }) => actor)),
            at: numbers(lines.map(({ at }) => at)),
            body: texts(lines.map(({ body }) => body)),
            data: texts(lines.map(({ data }) => data)),
          }),
        ]),
    ...(fresh.length === 0 ? [] : [statement(insertDeliveries)({ ws, ...deliveryArrays(fresh) })]),
    ...(known.length === 0 ? [] : [statement(updateDeliveries)({ ws, n: known.length, ...deliveryArrays(known) })]),
    ...changeset.amendments.map(({ conversation, seq, data }) =>
      statement(amend)({ ws, conv: encodeKey(conversation), seq, data }),
    ),
  ]
}
