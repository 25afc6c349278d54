import type { StoredConversation } from '@guichet/engine/ports'
import { type ConversationPut, encodeId, facetsOf, writeConversation } from '@guichet/storage-sql'
import type { Connection } from './connection.ts'

const insertFacets = ({ sql }: Connection, row: ConversationPut): void => {
  if (row.facets === null || row.deleted === 1) return
  for (const [kind, values] of facetsOf(row)) {
    for (const value of values) {
      const { ws, id: conv, status, last_activity } = row
      sql.insertFacet.run({ ws, conv, kind, value, status, last_activity })
    }
  }
}

const moveFacets = ({ sql }: Connection, row: ConversationPut): void => {
  const { ws, id: conv, status, last_activity } = row
  if (row.facets !== null) sql.moveFacets.run({ ws, conv, status, last_activity })
}

/** Looks at what is there first, and writes every column and, where they differ, the facets: what is deleted has none. */
const replace = (connection: Connection, row: ConversationPut): boolean => {
  const { sql } = connection
  const stored = sql.conversationVersion.get(row)
  if (stored?.version !== row.expected) return false
  sql.replaceConversation.run(row)
  if (stored.facets === row.facets && stored.deleted === row.deleted) {
    moveFacets(connection, row)
  } else {
    if (stored.facets !== null) sql.deleteFacets.run({ ws: row.ws, conv: row.id })
    insertFacets(connection, row)
  }
  return true
}

/**
 * Writes a conversation; false when another version is there than expected. `moves` says whether it probably changes
 * its place in lists: the two common cases are one statement each, and a wrong guess only costs two more.
 */
export const putConversation = (
  connection: Connection,
  ws: number,
  conversation: StoredConversation,
  expected: number,
  moves: boolean,
): boolean => {
  const { sql } = connection
  const row = writeConversation(ws, encodeId(conversation.id), conversation, expected)
  if (expected === 0) {
    if (sql.insertConversation.run(row) === 0) return false
    insertFacets(connection, row)
    return true
  }
  if (row.deleted === 0) {
    if (!moves && sql.keepConversation.run(row) > 0) return true
    if (moves && sql.touchConversation.run(row) > 0) {
      moveFacets(connection, row)
      return true
    }
  }
  return replace(connection, row)
}
