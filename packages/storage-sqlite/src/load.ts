import type { LoadRequest, Snapshot } from '@guichet/engine/ports'
import {
  encodeId,
  type Id,
  readContact,
  readConversation,
  readDelivery,
  readExternal,
  readKnown,
} from '@guichet/storage-sql'
import type { Connection } from './connection.ts'

/** Rows with their workspace, each once however often it was asked for. */
const collecting = <Row extends object>() => {
  const keys = new Set<string>()
  const rows: Array<Row & { readonly workspace: string }> = []
  return {
    rows,
    /** Whether a key is new; asked before reading. */
    wants: (workspace: string, key: string): boolean => keys.size !== keys.add(`${workspace}\n${key}`).size,
    add: (workspace: string, row: Row): void => {
      rows.push(Object.assign(row, { workspace }))
    },
  }
}

export const load = (connection: Connection, request: LoadRequest): Snapshot => {
  const { sql, workspaces } = connection
  const conversations = collecting<ReturnType<typeof readConversation>>()
  const contacts = collecting<ReturnType<typeof readContact>>()
  const identities = collecting<ReturnType<typeof readKnown>['identity']>()
  const externals = collecting<ReturnType<typeof readExternal>>()
  const deliveries = collecting<ReturnType<typeof readDelivery>>()

  const addConversation = (workspace: string, ws: number, name: string, id: Id): void => {
    if (!conversations.wants(workspace, name)) return
    const row = sql.conversation.get({ ws, id })
    if (row !== undefined) conversations.add(workspace, readConversation(name, row))
  }
  const addContact = (workspace: string, ws: number, name: string, id: Id): void => {
    if (!contacts.wants(workspace, name)) return
    const row = sql.contact.get({ ws, id })
    if (row !== undefined) contacts.add(workspace, readContact(row))
  }

  connection.reading(() => {
    for (const { workspace, id } of request.conversations) {
      const ws = workspaces.find(workspace)
      if (ws !== undefined) addConversation(workspace, ws, id, encodeId(id))
    }
    for (const { workspace, id } of request.contacts) {
      const ws = workspaces.find(workspace)
      if (ws !== undefined) addContact(workspace, ws, id, encodeId(id))
    }
    for (const { workspace, account, address } of request.identities) {
      const ws = workspaces.find(workspace)
      if (ws === undefined || !identities.wants(workspace, `${account}\n${address}`)) continue
      const row = sql.known.get({ ws, account, address })
      if (row === undefined) continue
      const { identity, contact, conversation } = readKnown(row)
      identities.add(workspace, identity)
      if (contact !== undefined && contacts.wants(workspace, contact.id)) contacts.add(workspace, contact)
      if (conversation !== undefined && conversations.wants(workspace, conversation.id)) {
        conversations.add(workspace, conversation)
      }
    }
    for (const { workspace, account, externalId } of request.externals) {
      const ws = workspaces.find(workspace)
      if (ws === undefined || !externals.wants(workspace, `${account}\n${externalId}`)) continue
      const row = sql.external.get({ ws, account, external_id: externalId })
      if (row === undefined) continue
      const external = readExternal(row)
      externals.add(workspace, external)
      addConversation(workspace, ws, external.conversation, row.conv)
    }
    for (const { workspace, conversation, seq } of request.deliveries) {
      const ws = workspaces.find(workspace)
      if (ws === undefined || !deliveries.wants(workspace, `${conversation}\n${seq}`)) continue
      const row = sql.delivery.get({ ws, conv: encodeId(conversation), seq })
      if (row !== undefined) deliveries.add(workspace, readDelivery(row))
    }
  })
  return {
    conversations: conversations.rows,
    identities: identities.rows,
    externals: externals.rows,
    contacts: contacts.rows,
    deliveries: deliveries.rows,
  }
}
