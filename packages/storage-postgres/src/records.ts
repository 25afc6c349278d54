import type {
  CounterDelta,
  Storage,
  StoredIdentity,
  StoredParked,
  StoredQuarantine,
  StoredSetting,
} from '@guichet/engine/ports'
import { readIdentity, readParked, written } from '@guichet/storage-sql'
import { sql } from 'kysely'
import { type ArrayParameter, keys, texts } from './arrays.ts'
import type { Connection } from './connection.ts'
import { encodeKey } from './keys.ts'
import type { InWorkspace } from './statement.ts'

const identitiesAmong = written<
  InWorkspace & { readonly contacts: ArrayParameter },
  Parameters<typeof readIdentity>[0]
>()(
  (p) => sql`
    select i.* from unnest(${p.contacts}::bytea[]) as v(contact) cross join lateral (
      select account, address, contact, conv, verified, version from guichet.identity
      where ws = ${p.ws} and contact = v.contact offset 0
    ) i
    order by i.account, i.address`,
)

/** Every address of these contacts. */
export const identitiesOf = async (
  { workspaces, readers, statement }: Connection,
  workspace: string,
  contacts: ReadonlyArray<string>,
): Promise<ReadonlyArray<StoredIdentity>> => {
  const ws = await workspaces.find(workspace)
  if (ws === undefined || contacts.length === 0) return []
  const [rows] = await readers.ask([statement(identitiesAmong)({ ws, contacts: keys([...new Set(contacts)]) })])
  return rows.map(readIdentity)
}

/** A counter that comes to zero may keep its row. */
const countersAmong = written<
  InWorkspace & { readonly scopes: ArrayParameter },
  { readonly scope: string; readonly bucket: string; readonly n: number }
>()(
  (p) => sql`
    select scope, bucket, n from guichet.counter where ws = ${p.ws} and scope = any(${p.scopes}::text[]) and n <> 0`,
)

export const counters = async (
  { workspaces, readers, statement }: Connection,
  workspace: string,
  scopes: ReadonlyArray<string>,
): Promise<ReadonlyArray<CounterDelta>> => {
  const ws = await workspaces.find(workspace)
  if (ws === undefined || scopes.length === 0) return []
  const [rows] = await readers.ask([statement(countersAmong)({ ws, scopes: texts([...new Set(scopes)]) })])
  return rows.map(({ scope, bucket, n }) => ({ scope, bucket, by: n }))
}

const parkedAmong = written<
  InWorkspace & { readonly account: string; readonly externals: ArrayParameter },
  Parameters<typeof readParked>[0]
>()(
  (p) => sql`
    select ws, id, account, external_id, at, data from guichet.parked
    where ws = ${p.ws} and account = ${p.account} and external_id = any(${p.externals}::text[])
    order by id`,
)

export const parked = async (
  { workspaces, readers, statement }: Connection,
  workspace: string,
  account: string,
  externalIds: ReadonlyArray<string>,
): Promise<ReadonlyArray<StoredParked>> => {
  const ws = await workspaces.find(workspace)
  if (ws === undefined || externalIds.length === 0) return []
  const [rows] = await readers.ask([
    statement(parkedAmong)({ ws, account, externals: texts([...new Set(externalIds)]) }),
  ])
  return rows.map(readParked)
}

const draftOf = written<
  InWorkspace & { readonly conv: Buffer; readonly agent: string; readonly mode: string },
  { readonly data: string }
>()(
  (p) => sql`
    select data from guichet.draft
    where ws = ${p.ws} and conv = ${p.conv} and agent = ${p.agent} and mode = ${p.mode}`,
)

export const draft = async (
  { workspaces, readers, statement }: Connection,
  ...[workspace, conversation, agent, mode]: Parameters<Storage['draft']>
): Promise<string | undefined> => {
  const ws = await workspaces.find(workspace)
  if (ws === undefined) return undefined
  const [[found]] = await readers.ask([statement(draftOf)({ ws, conv: encodeKey(conversation), agent, mode })])
  return found?.data
}

const settingsIn = written<InWorkspace, StoredSetting>()(
  (p) => sql`select kind, id, data from guichet.setting where ws = ${p.ws} order by kind, id`,
)

export const settings = async (
  { workspaces, readers, statement }: Connection,
  workspace: string,
): Promise<ReadonlyArray<StoredSetting>> => {
  const ws = await workspaces.find(workspace)
  if (ws === undefined) return []
  const [rows] = await readers.ask([statement(settingsIn)({ ws })])
  return rows
}

interface QuarantineRow extends Omit<StoredQuarantine, 'body'> {
  /** Hexadecimal. */
  readonly body: string
}

const quarantineIn = written<InWorkspace, QuarantineRow>()(
  (p) => sql`
    select id, account, at, reason, head, encode(body, 'hex') as body
    from guichet.quarantine where ws = ${p.ws} order by id`,
)

export const quarantined = async (
  { workspaces, readers, statement }: Connection,
  workspace: string,
): Promise<ReadonlyArray<StoredQuarantine>> => {
  const ws = await workspaces.find(workspace)
  if (ws === undefined) return []
  const [rows] = await readers.ask([statement(quarantineIn)({ ws })])
  return rows.map((row) => ({ ...row, body: Uint8Array.from(Buffer.from(row.body, 'hex')) }))
}
