import type { CounterDelta, LoadRequest, Snapshot, StoredIdentity } from '@guichet/engine/ports'
import {
  encodeId,
  type Id,
  readConversation,
  readDelivery,
  readDocument,
  readExternal,
  readIdentity,
  readKnown,
} from '@guichet/storage-sql'
import type { Connection } from './connection.ts'

/** Two texts as one key. The length in front keeps them apart, whatever characters they hold. */
const pair = (a: string, b: string): string => `${a.length}:${a}${b}`

/** Rows with their workspace, each once however often it was asked for. */
const collecting = <Row extends object>() => {
  const keys = new Set<string>()
  const rows: Array<Row & { readonly workspace: string }> = []
  return {
    rows,
    /** Whether a key is new; asked before reading. */
    wants: (workspace: string, key: string): boolean => keys.size !== keys.add(pair(workspace, key)).size,
    add: (workspace: string, row: Row): void => {
      rows.push(Object.assign(row, { workspace }))
    },
  }
}

export const load = (connection: Connection, request: LoadRequest): Snapshot => {
  const { sql, workspaces } = connection
  const conversations = collecting<ReturnType<typeof readConversation>>()
  const documents = collecting<ReturnType<typeof readDocument>>()
  const identities = collecting<ReturnType<typeof readKnown>['identity']>()
  const externals = collecting<ReturnType<typeof readExternal>>()
  const deliveries = collecting<ReturnType<typeof readDelivery>>()
  const counters = collecting<CounterDelta>()

  const addConversation = (workspace: string, ws: number, name: string, id: Id): void => {
    if (!conversations.wants(workspace, name)) return
    const row = sql.conversation.get({ ws, id })
    if (row !== undefined) conversations.add(workspace, readConversation(name, row))
  }

  connection.reading(() => {
    for (const { workspace, id } of request.conversations) {
      const ws = workspaces.find(workspace)
      if (ws !== undefined) addConversation(workspace, ws, id, encodeId(id))
    }
    for (const { workspace, kind, id } of request.documents) {
      const ws = workspaces.find(workspace)
      if (ws === undefined || !documents.wants(workspace, pair(kind, id))) continue
      const row = sql.document.get({ ws, kind, id: encodeId(id) })
      if (row !== undefined) documents.add(workspace, readDocument(row))
    }
    for (const { workspace, account, address } of request.identities) {
      const ws = workspaces.find(workspace)
      if (ws === undefined || !identities.wants(workspace, pair(account, address))) continue
      const row = sql.known.get({ ws, account, address })
      if (row === undefined) continue
      const { identity, contact, conversation } = readKnown(row)
      identities.add(workspace, identity)
      if (contact !== undefined && documents.wants(workspace, pair('contact', contact.id))) {
        documents.add(workspace, contact)
      }
      if (conversation !== undefined && conversations.wants(workspace, conversation.id)) {
        conversations.add(workspace, conversation)
      }
    }
    for (const { workspace, account, externalId } of request.externals) {
      const ws = workspaces.find(workspace)
      if (ws === undefined || !externals.wants(workspace, pair(account, externalId))) continue
      const row = sql.external.get({ ws, account, external_id: externalId })
      if (row === undefined) continue
      const external = readExternal(row)
      externals.add(workspace, external)
      addConversation(workspace, ws, external.conversation, row.conv)
    }
    for (const { workspace, conversation, seq } of request.deliveries) {
      const ws = workspaces.find(workspace)
      if (ws === undefined || !deliveries.wants(workspace, pair(conversation, String(seq)))) continue
      const row = sql.delivery.get({ ws, conv: encodeId(conversation), seq })
      if (row !== undefined) deliveries.add(workspace, readDelivery(row))
    }
    for (const { workspace, scope } of request.counters) {
      const ws = workspaces.find(workspace)
      if (ws === undefined || !counters.wants(workspace, scope)) continue
      for (const { bucket, n } of sql.countersOf.all({ ws, scope })) counters.add(workspace, { scope, bucket, by: n })
    }
  })
  return {
    conversations: conversations.rows,
    identities: identities.rows,
    externals: externals.rows,
    documents: documents.rows,
    deliveries: deliveries.rows,
    counters: counters.rows,
  }
}

const byAddress = (a: StoredIdentity, b: StoredIdentity): number =>
  a.account === b.account ? (a.address < b.address ? -1 : 1) : a.account < b.account ? -1 : 1

/** Every address of these contacts. */
export const identitiesOf = (
  { sql, workspaces, reading }: Connection,
  workspace: string,
  contacts: ReadonlyArray<string>,
): ReadonlyArray<StoredIdentity> => {
  const ws = workspaces.find(workspace)
  if (ws === undefined) return []
  return reading(() =>
    [...new Set(contacts)]
      .flatMap((contact) => sql.identitiesOf.all({ ws, contact: encodeId(contact) }).map(readIdentity))
      .sort(byAddress),
  )
}
