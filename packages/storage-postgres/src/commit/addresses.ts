import type { StoredExternal, StoredIdentity } from '@guichet/engine/ports'
import { written } from '@guichet/storage-sql'
import { sql } from 'kysely'
import { keys, numbers, texts } from '../arrays.ts'
import { type Arrays, type Columns, must, names, namesOf, rows } from '../columns.ts'
import { encodeKey } from '../keys.ts'
import type { InWorkspace } from '../statement.ts'
import type { Part } from './changes.ts'

const externals = {
  account: 'text',
  external_id: 'text',
  conv: 'bytea',
  seq: 'bigint',
  at: 'bigint',
} as const satisfies Columns

const identities = {
  account: 'text',
  address: 'text',
  contact: 'bytea',
  conv: 'bytea',
  verified: 'smallint',
  version: 'bigint',
} as const satisfies Columns

/** One that is there already is a conflict, by its key: a message comes in once. */
const insertExternals = written<InWorkspace & Arrays<typeof externals>>()(
  (p) => sql`
    insert into guichet.external (ws, ${names(externals)})
    select ${p.ws}::integer, ${namesOf('i', externals)} from ${rows(externals, p)}`,
)

const moveExternal = written<
  InWorkspace & {
    readonly account: string
    readonly external_id: string
    readonly conv: Buffer
    readonly seq: number
    readonly at: number
  }
>()(
  (p) => sql`
    with done as (
      update guichet.external set conv = ${p.conv}, seq = ${p.seq}, at = ${p.at}
      where ws = ${p.ws} and account = ${p.account} and external_id = ${p.external_id}
      returning 1
    )
    select ${must(sql`exists (select from done)`)}`,
)

const dropIdentity = written<InWorkspace & { readonly account: string; readonly address: string }>()(
  (p) => sql`
    delete from guichet.identity where ws = ${p.ws} and account = ${p.account} and address = ${p.address}`,
)

const insertIdentities = written<InWorkspace & Arrays<typeof identities>>()(
  (p) => sql`
    insert into guichet.identity (ws, ${names(identities)})
    select ${p.ws}::integer, ${namesOf('i', identities)} from ${rows(identities, p)}`,
)

const updateIdentities = written<InWorkspace & Arrays<typeof identities> & { readonly n: number }>()(
  (p) => sql`
    with done as (
      update guichet.identity k set contact = i.contact, conv = i.conv, verified = i.verified, version = i.version
      from ${rows(identities, p)}
      where k.ws = ${p.ws} and k.account = i.account and k.address = i.address and k.version = i.version - 1
      returning 1
    )
    select ${must(sql`(select count(*) from done) = ${p.n}`)}`,
)

const externalArrays = (of: ReadonlyArray<StoredExternal>): Arrays<typeof externals> => ({
  account: texts(of.map(({ account }) => account)),
  external_id: texts(of.map(({ externalId }) => externalId)),
  conv: keys(of.map(({ conversation }) => conversation)),
  seq: numbers(of.map(({ seq }) => seq)),
  at: numbers(of.map(({ at }) => at)),
})

const identityArrays = (of: ReadonlyArray<StoredIdentity>): Arrays<typeof identities> => ({
  account: texts(of.map(({ account }) => account)),
  address: texts(of.map(({ address }) => address)),
  contact: keys(of.map(({ contact }) => contact)),
  conv: keys(of.map(({ conversation }) => conversation)),
  verified: numbers(of.map(({ verified }) => (verified ? 1 : 0))),
  version: numbers(of.map(({ version }) => version)),
})

/** Which message an id of a provider stands for. */
export const externalCalls: Part = ({ ws, changeset, statement }) => [
  ...(changeset.externals.length === 0
    ? []
    : [statement(insertExternals)({ ws, ...externalArrays(changeset.externals) })]),
  ...changeset.moveExternals.map(({ account, externalId, conversation, seq, at }) =>
    statement(moveExternal)({ ws, account, external_id: externalId, conv: encodeKey(conversation), seq, at }),
  ),
]

/** Whose an address is. */
export const identityCalls: Part = ({ ws, changeset, statement }) => {
  const fresh = changeset.identities.filter(({ version }) => version === 1)
  const known = changeset.identities.filter(({ version }) => version !== 1)
  return [
    ...changeset.dropIdentities.map(({ account, address }) => statement(dropIdentity)({ ws, account, address })),
    ...(fresh.length === 0 ? [] : [statement(insertIdentities)({ ws, ...identityArrays(fresh) })]),
    ...(known.length === 0 ? [] : [statement(updateIdentities)({ ws, n: known.length, ...identityArrays(known) })]),
  ]
}
