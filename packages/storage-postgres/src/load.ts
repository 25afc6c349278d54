import type {
  CounterDelta,
  LoadRequest,
  Snapshot,
  StoredConversation,
  StoredDelivery,
  StoredDocument,
  StoredExternal,
  StoredIdentity,
} from '@guichet/engine/ports'
import {
  type ConversationValues,
  contactColumns,
  conversationColumns,
  identityColumns,
  type KnownValues,
  positional,
  readConversation,
  readDelivery,
  readDocument,
  readExternal,
  readKnown,
  written,
} from '@guichet/storage-sql'
import { sql } from 'kysely'
import { type ArrayParameter, keys, numbers, texts } from './arrays.ts'
import { type Arrays, type Columns, listOf, rows } from './columns.ts'
import type { Connection } from './connection.ts'
import type { Call } from './statement.ts'

const conversationKeys = { ws: 'integer', id: 'bytea' } as const satisfies Columns
const addresses = { ws: 'integer', account: 'text', address: 'text' } as const satisfies Columns
const externalKeys = { ws: 'integer', account: 'text', external_id: 'text' } as const satisfies Columns
const documentKeys = { ws: 'integer', kind: 'text', id: 'bytea' } as const satisfies Columns
const deliveryKeys = { ws: 'integer', conv: 'bytea', seq: 'integer' } as const satisfies Columns
const scopes = { ws: 'integer', scope: 'text' } as const satisfies Columns

const conversations = positional<readonly [ws: number, id: string, ...ConversationValues]>()(
  written<Arrays<typeof conversationKeys>>()(
    (p) => sql`
      select c.ws, c.id, ${listOf('c', conversationColumns)}
      from ${rows(conversationKeys, p)} join guichet.conversation c on c.ws = i.ws and c.id = i.id`,
  ),
)

/** Identities, each with its contact and its conversation. */
const known = positional<readonly [ws: number, ...KnownValues]>()(
  written<Arrays<typeof addresses>>()(
    (p) => sql`
      select k.ws, ${listOf('k', identityColumns)}, ${listOf('d', contactColumns)},
        ${listOf('c', conversationColumns)}
      from ${rows(addresses, p)}
      join guichet.identity k on k.ws = i.ws and k.account = i.account and k.address = i.address
      left join guichet.document d on d.ws = k.ws and d.kind = 'contact' and d.id = k.contact
      left join guichet.conversation c on c.ws = k.ws and c.id = k.conv`,
  ),
)

const externalColumns = ['account', 'external_id', 'conv', 'seq', 'at'] as const

/** External ids, each with its conversation. */
const externals = positional<
  readonly [
    ws: number,
    account: string,
    externalId: string,
    conv: string,
    seq: number,
    at: number,
    ...ConversationValues,
  ]
>()(
  written<Arrays<typeof externalKeys>>()(
    (p) => sql`
      select x.ws, ${listOf('x', externalColumns)}, ${listOf('c', conversationColumns)}
      from ${rows(externalKeys, p)}
      join guichet.external x on x.ws = i.ws and x.account = i.account and x.external_id = i.external_id
      left join guichet.conversation c on c.ws = x.ws and c.id = x.conv`,
  ),
)

const documents = written<Arrays<typeof documentKeys>, Parameters<typeof readDocument>[0]>()(
  (p) => sql`
    select d.ws, d.kind, d.id, d.version, d.parent, d.words, d.data
    from ${rows(documentKeys, p)} join guichet.document d on d.ws = i.ws and d.kind = i.kind and d.id = i.id`,
)

const deliveries = written<Arrays<typeof deliveryKeys>, Parameters<typeof readDelivery>[0]>()(
  (p) => sql`
    select d.* from ${rows(deliveryKeys, p)}
    join guichet.delivery d on d.ws = i.ws and d.conv = i.conv and d.seq = i.seq`,
)

const counters = written<
  Arrays<typeof scopes>,
  { readonly ws: number; readonly scope: string; readonly bucket: string; readonly n: number }
>()(
  (p) => sql`
    select c.ws, c.scope, c.bucket, c.n from ${rows(scopes, p)}
    join guichet.counter c on c.ws = i.ws and c.scope = i.scope where c.n <> 0`,
)

/** Rows of several workspaces, each once, however often it was asked for or found. */
const collecting = <Row>(keyOf: (row: Row) => ReadonlyArray<string | number>, name: (ws: number) => string) => {
  const seen = new Set<string>()
  const found: Array<Row & { readonly workspace: string }> = []
  return {
    found,
    add: (ws: number, row: Row): void => {
      const key = JSON.stringify([ws, ...keyOf(row)])
      if (seen.size !== seen.add(key).size) found.push({ ...row, workspace: name(ws) })
    },
  }
}

interface Ref {
  readonly workspace: string
}

/** All of it in one round trip: what is asked for is sent together, and what is not asked for is not sent. */
export const load = async ({ writers, workspaces, statement }: Connection, request: LoadRequest): Promise<Snapshot> => {
  const idOf = new Map<string, number>()
  for (const { workspace } of Object.values(request).flat() as ReadonlyArray<Ref>) {
    if (idOf.has(workspace)) continue
    const ws = await workspaces.find(workspace)
    if (ws !== undefined) idOf.set(workspace, ws)
  }
  const nameOf = new Map([...idOf].map(([name, ws]) => [ws, name]))
  const name = (ws: number): string => nameOf.get(ws) ?? ''

  const conversation = collecting((row: StoredConversation) => [row.id], name)
  const identity = collecting((row: StoredIdentity) => [row.account, row.address], name)
  const external = collecting((row: StoredExternal) => [row.account, row.externalId], name)
  const document = collecting((row: StoredDocument) => [row.kind, row.id], name)
  const delivery = collecting((row: StoredDelivery) => [row.conversation, row.seq], name)
  const counter = collecting((row: CounterDelta) => [row.scope, row.bucket], name)

  const asked: Array<{ readonly call: Call<unknown>; readonly take: (row: never) => void }> = []
  /** Nothing is sent for workspaces that are not there. */
  const ask = <Of extends Ref, Row>(
    refs: ReadonlyArray<Of>,
    call: (refs: ReadonlyArray<Of>, ws: ArrayParameter) => Call<Row>,
    take: (row: Row) => void,
  ): void => {
    const there = refs.filter(({ workspace }) => idOf.has(workspace))
    if (there.length === 0) return
    asked.push({ call: call(there, numbers(there.map(({ workspace }) => idOf.get(workspace) ?? 0))), take })
  }

  ask(
    request.conversations,
    (refs, ws) => statement(conversations)({ ws, id: keys(refs.map(({ id }) => id)) }),
    ([ws, id, ...row]) => conversation.add(ws, readConversation(id, row)),
  )
  ask(
    request.documents,
    (refs, ws) =>
      statement(documents)({ ws, kind: texts(refs.map(({ kind }) => kind)), id: keys(refs.map(({ id }) => id)) }),
    (row) => document.add(row.ws, readDocument(row)),
  )
  ask(
    request.identities,
    (refs, ws) =>
      statement(known)({
        ws,
        account: texts(refs.map(({ account }) => account)),
        address: texts(refs.map(({ address }) => address)),
      }),
    ([ws, ...row]) => {
      const found = readKnown(row)
      identity.add(ws, found.identity)
      if (found.contact !== undefined) document.add(ws, found.contact)
      if (found.conversation !== undefined) conversation.add(ws, found.conversation)
    },
  )
  ask(
    request.externals,
    (refs, ws) =>
      statement(externals)({
        ws,
        account: texts(refs.map(({ account }) => account)),
        external_id: texts(refs.map(({ externalId }) => externalId)),
      }),
    ([ws, account, external_id, conv, seq, at, ...row]) => {
      external.add(ws, readExternal({ ws, account, external_id, conv, seq, at }))
      if (row[0] !== null) conversation.add(ws, readConversation(conv, row))
    },
  )
  ask(
    request.deliveries,
    (refs, ws) =>
      statement(deliveries)({
        ws,
        conv: keys(refs.map((ref) => ref.conversation)),
        seq: numbers(refs.map(({ seq }) => seq)),
      }),
    (row) => delivery.add(row.ws, readDelivery(row)),
  )
  ask(
    request.counters,
    (refs, ws) => statement(counters)({ ws, scope: texts(refs.map(({ scope }) => scope)) }),
    ({ ws, scope, bucket, n }) => counter.add(ws, { scope, bucket, by: n }),
  )

  if (asked.length > 0) {
    const answers = await writers.ask(asked.map(({ call }) => call))
    asked.forEach(({ take }, at) => {
      for (const row of answers[at] ?? []) take(row as never)
    })
  }
  return {
    conversations: conversation.found,
    identities: identity.found,
    externals: external.found,
    documents: document.found,
    deliveries: delivery.found,
    counters: counter.found,
  }
}
