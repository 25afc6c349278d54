import type { DocumentQuery, StoredDocument } from '@guichet/engine/ports'
import {
  afterWord,
  compareIds,
  type DocumentTable,
  encodeId,
  hasBeginnings,
  type Id,
  readDocument,
  rowLimit,
  wordsOf,
} from '@guichet/storage-sql'
import type { Connection } from './connection.ts'

type Key = Pick<DocumentTable, 'ws' | 'kind' | 'id'>

const differentWords = (text: string): ReadonlySet<string> => new Set(text === '' ? [] : wordsOf(text))

const addWords = ({ sql }: Connection, { ws, kind, id }: Key, words: Iterable<string>): void => {
  const list = [...words]
  if (list.length > 0) sql.insertDocumentWords.run({ ws, kind, id, list: JSON.stringify(list) })
}

const removeWords = ({ sql }: Connection, { ws, kind, id }: Key, words: Iterable<string>): void => {
  const list = [...words]
  if (list.length > 0) sql.deleteDocumentWords.run({ ws, kind, id, list: JSON.stringify(list) })
}

/** Removes a document whose version is the expected one; what is not there has none. */
const remove = (connection: Connection, key: Key, expected: number): boolean => {
  const { sql } = connection
  const stored = sql.document.get(key)
  if ((stored?.version ?? 0) !== expected) return false
  if (stored === undefined) return true
  removeWords(connection, key, differentWords(stored.words))
  sql.deleteDocument.run(key)
  return true
}

/** Looks at what is there first, and writes the words that differ. */
const replace = (connection: Connection, row: DocumentTable, expected: number): boolean => {
  const { sql } = connection
  const stored = sql.document.get(row)
  if (stored?.version !== expected) return false
  sql.replaceDocument.run(row)
  const [before, after] = [differentWords(stored.words), differentWords(row.words)]
  removeWords(
    connection,
    row,
    [...before].filter((word) => !after.has(word)),
  )
  addWords(
    connection,
    row,
    [...after].filter((word) => !before.has(word)),
  )
  return true
}

/** Writes or removes a document; false when another version is there than expected. */
export const putDocument = (connection: Connection, ws: number, document: StoredDocument): boolean => {
  const { sql } = connection
  const { kind, version, words, data } = document
  const key = { ws, kind, id: encodeId(document.id) }
  if (data === null) return remove(connection, key, version - 1)
  const row = { ...key, version, words, data, parent: document.parent === null ? null : encodeId(document.parent) }
  if (version !== 1) {
    const expected = version - 1
    return sql.keepDocument.run({ ...row, expected }) > 0 || replace(connection, row, expected)
  }
  if (sql.insertDocument.run(row) === 0) return false
  addWords(connection, row, differentWords(words))
  return true
}

/** After every id there is: sixteen bytes at most, and text comes before bytes. */
const afterEveryId = Buffer.alloc(17, 0xff)

/** Fewer documents with a word than this are fetched and sorted; among more, a page is soon found on the way down. */
const fewAtMost = 1_000

/** How many documents are looked at together on the way down. */
const stride = 200

interface Wanted {
  readonly ws: number
  readonly kind: string
  readonly parent: Id | undefined
  readonly starts: ReadonlyArray<string>
  readonly below: Id
  readonly limit: number
}

const matches = (row: DocumentTable, { parent, starts }: Wanted): boolean => {
  if (parent !== undefined && (row.parent === null || compareIds(row.parent, parent) !== 0)) return false
  return hasBeginnings(row.words, starts)
}

/** The start that the fewest documents have a word with, if they are few. */
const rarestStart = ({ sql }: Connection, { ws, kind, starts }: Wanted): string | undefined => {
  let rarest: string | undefined
  let least = fewAtMost
  for (const start of starts) {
    const range = { ws, kind, from: start, before: start + afterWord }
    const n = sql.documentsWithWord.get({ ...range, limit: least })?.n ?? 0
    if (n < least) [rarest, least] = [start, n]
  }
  return rarest
}

const throughWord = ({ sql }: Connection, wanted: Wanted, start: string): ReadonlyArray<DocumentTable> => {
  const { ws, kind, below, limit } = wanted
  const ids = sql.documentIdsWithWord
    .all({ ws, kind, from: start, before: start + afterWord })
    .map(({ id }) => id)
    .filter((id) => compareIds(id, below) < 0)
    .sort((a, b) => compareIds(b, a))
  const found: DocumentTable[] = []
  let last: Id | undefined
  for (const id of ids) {
    if (found.length >= limit) break
    if (last !== undefined && compareIds(id, last) === 0) continue
    last = id
    const row = sql.document.get({ ws, kind, id })
    if (row !== undefined && matches(row, wanted)) found.push(row)
  }
  return found
}

const downwards = ({ sql }: Connection, wanted: Wanted): ReadonlyArray<DocumentTable> => {
  const { ws, kind, parent, starts, limit } = wanted
  const page = starts.length === 0 ? limit : Math.max(limit, stride)
  const found: DocumentTable[] = []
  let { below } = wanted
  for (;;) {
    const rows =
      parent === undefined
        ? sql.documents.all({ ws, kind, below, limit: page })
        : sql.documentsUnder.all({ ws, kind, parent, below, limit: page })
    for (const row of rows) if (found.length < limit && matches(row, wanted)) found.push(row)
    const last = rows.at(-1)
    if (last === undefined || rows.length < page || found.length >= limit) return found
    below = last.id
  }
}

export const documents = (connection: Connection, query: DocumentQuery): ReadonlyArray<StoredDocument> => {
  const { kind, parent, words = [], after } = query
  const ws = connection.workspaces.find(query.workspace)
  const limit = rowLimit(query.limit)
  const starts = [...new Set(words.flatMap(wordsOf))]
  if (ws === undefined || limit === 0 || (words.length > 0 && starts.length === 0)) return []
  const wanted: Wanted = {
    ws,
    kind,
    parent: parent === undefined ? undefined : encodeId(parent),
    starts,
    below: after === undefined ? afterEveryId : encodeId(after),
    limit,
  }
  return connection.reading(() => {
    const start = rarestStart(connection, wanted)
    return (start === undefined ? downwards(connection, wanted) : throughWord(connection, wanted, start)).map(
      readDocument,
    )
  })
}
