import type { Changeset } from '@guichet/engine/ports'
import { facetsOf, writeConversation, written } from '@guichet/storage-sql'
import { sql } from 'kysely'
import { keys, numbers, texts } from '../arrays.ts'
import { type Arrays, assignments, type Columns, must, names, namesOf, rows } from '../columns.ts'
import type { InWorkspace } from '../statement.ts'
import type { Part } from './changes.ts'

const columns = {
  id: 'bytea',
  version: 'bigint',
  seq: 'bigint',
  account: 'text',
  channel: 'text',
  contact: 'bytea',
  status: 'smallint',
  control: 'smallint',
  queue: 'text',
  owner: 'text',
  inbound: 'bigint',
  last_by: 'smallint',
  last_activity: 'bigint',
  subject: 'text',
  preview: 'text',
  facets: 'text',
  deleted: 'smallint',
  data: 'text',
} as const satisfies Columns
const changing = { ...columns, expected: 'bigint' } as const satisfies Columns
const facetColumns = {
  conv: 'bytea',
  kind: 'smallint',
  value: 'text',
  status: 'smallint',
  last_activity: 'bigint',
} as const satisfies Columns

/** One that is there already is a conflict, by its key. */
const insert = written<InWorkspace & Arrays<typeof columns>>()(
  (p) => sql`
    insert into guichet.conversation (ws, ${names(columns)})
    select ${p.ws}::integer, ${namesOf('i', columns)} from ${rows(columns, p)}`,
)

/** Writes every column; the server touches an index only where one of its columns differs. Facets that are gone go. */
const update = written<InWorkspace & Arrays<typeof changing> & { readonly n: number }>()(
  (p) => sql`
    with i as (select * from ${rows(changing, p)}),
    before as (
      select c.id from i join guichet.conversation c on c.ws = ${p.ws} and c.id = i.id
      where c.facets is not null and (c.facets is distinct from i.facets or i.deleted = 1)
    ),
    gone as (delete from guichet.facet f using before b where f.ws = ${p.ws} and f.conv = b.id),
    done as (
      update guichet.conversation c set ${assignments(columns, 'i')} from i
      where c.ws = ${p.ws} and c.id = i.id and c.version = i.expected
      returning 1
    )
    select ${must(sql`(select count(*) from done) = ${p.n}`)}`,
)

const putFacets = written<InWorkspace & Arrays<typeof facetColumns>>()(
  (p) => sql`
    insert into guichet.facet (ws, ${names(facetColumns)})
    select ${p.ws}::integer, ${namesOf('i', facetColumns)} from ${rows(facetColumns, p)}
    on conflict (ws, conv, kind, value) do update set status = excluded.status, last_activity = excluded.last_activity`,
)

/** A conversation with its columns, which several statements take theirs from. */
const codedOf = ({ row, expected }: Changeset['conversations'][number]) => ({
  id: row.id,
  contact: row.contact,
  expected,
  columns: writeConversation(0, '', row, 0),
})
type Coded = ReturnType<typeof codedOf>

const columnsOf = (conversations: ReadonlyArray<Coded>): Arrays<typeof columns> => {
  const coded = conversations.map((one) => one.columns)
  return {
    id: keys(conversations.map(({ id }) => id)),
    version: numbers(coded.map(({ version }) => version)),
    seq: numbers(coded.map(({ seq }) => seq)),
    account: texts(coded.map(({ account }) => account)),
    channel: texts(coded.map(({ channel }) => channel)),
    contact: keys(conversations.map(({ contact }) => contact)),
    status: numbers(coded.map(({ status }) => status)),
    control: numbers(coded.map(({ control }) => control)),
    queue: texts(coded.map(({ queue }) => queue)),
    owner: texts(coded.map(({ owner }) => owner)),
    inbound: numbers(coded.map(({ inbound }) => inbound)),
    last_by: numbers(coded.map(({ last_by }) => last_by)),
    last_activity: numbers(coded.map(({ last_activity }) => last_activity)),
    subject: texts(coded.map(({ subject }) => subject)),
    preview: texts(coded.map(({ preview }) => preview)),
    facets: texts(coded.map(({ facets }) => facets)),
    deleted: numbers(coded.map(({ deleted }) => deleted)),
    data: texts(coded.map(({ data }) => data)),
  }
}

/** What is deleted stands in no list. */
const facetRows = (conversations: ReadonlyArray<Coded>) =>
  conversations
    .filter((one) => one.columns.deleted === 0)
    .flatMap((one) =>
      facetsOf(one.columns).flatMap(([kind, values]) =>
        [...new Set(values)].map((value) => ({
          conv: one.id,
          kind,
          value,
          status: one.columns.status,
          last_activity: one.columns.last_activity,
        })),
      ),
    )

export const conversationCalls: Part = ({ ws, changeset: { conversations }, statement }) => {
  if (conversations.length === 0) return []
  const coded = conversations.map(codedOf)
  const fresh = coded.filter(({ expected }) => expected === 0)
  const known = coded.filter(({ expected }) => expected !== 0)
  const facets = facetRows(coded)
  return [
    ...(fresh.length === 0 ? [] : [statement(insert)({ ws, ...columnsOf(fresh) })]),
    ...(known.length === 0
      ? []
      : [
          statement(update)({
            ws,
            n: known.length,
            ...columnsOf(known),
            expected: numbers(known.map(({ expected }) => expected)),
          }),
        ]),
    ...(facets.length === 0
      ? []
      : [
          statement(putFacets)({
            ws,
            conv: keys(facets.map(({ conv }) => conv)),
            kind: numbers(facets.map(({ kind }) => kind)),
            value: texts(facets.map(({ value }) => value)),
            status: numbers(facets.map(({ status }) => status)),
            last_activity: numbers(facets.map(({ last_activity }) => last_activity)),
          }),
        ]),
  ]
}
