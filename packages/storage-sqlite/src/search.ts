import { setImmediate } from 'node:timers/promises'
import type { SearchHit, SearchQuery } from '@guichet/engine/ports'
import {
  type Condition,
  conditionParams,
  conditionsOf,
  foldText,
  jsonLists,
  matchWords,
  readConversation,
  readEntry,
  rowLimit,
  searchHits,
  type SeqRange,
  workspaceWord,
} from '@guichet/storage-sql'
import type { Connection } from './connection.ts'

const wordsOf = (ws: number, { pos, body }: { readonly pos: number; readonly body: string | null }) => ({
  rowid: pos,
  ws: workspaceWord(ws),
  body: foldText(body ?? ''),
})

/** Takes entries out of the full text, before their words are gone. */
export const forget = ({ sql }: Connection, range: SeqRange): void => {
  const mark = sql.searchMark.get({})?.pos ?? 0
  for (const entry of sql.indexed.all({ ...range, mark })) sql.deleteWords.run(wordsOf(range.ws, entry))
}

/** Takes the next entries that say something into the full text; answers how many. */
export const index = (connection: Connection, limit: number): number => {
  const { sql } = connection
  const most = rowLimit(limit)
  const isBehind = (): boolean => (sql.position.get({})?.pos ?? 0) > (sql.searchMark.get({})?.pos ?? 0)
  if (most === 0 || !isBehind()) return 0
  return connection.writing(() => {
    const entries = sql.unindexed.all({ after: sql.searchMark.get({})?.pos ?? 0, limit: most })
    for (const entry of entries) sql.insertWords.run(wordsOf(entry.ws, entry))
    const last = entries.length < most ? sql.position.get({}) : entries.at(-1)
    if (last !== undefined) sql.moveSearchMark.run({ pos: last.pos })
    return entries.length
  })
}

/** How many entries a search takes in at a time: between them the lock is free and the process does other things. */
const batch = 1_000

/** Takes in everything that is not there yet; after an import that can be much. */
export const indexAll = async (connection: () => Connection): Promise<void> => {
  while (index(connection(), batch) > 0) await setImmediate()
}

export const search = (connection: Connection, query: SearchQuery): ReadonlyArray<SearchHit> => {
  const { sql, shaped, workspaces } = connection
  const ws = workspaces.find(query.workspace)
  const match = ws === undefined ? undefined : matchWords(ws, query.words)
  const limit = rowLimit(query.limit)
  if (ws === undefined || match === undefined || limit === 0) return []
  const { filter, visibility, before = Number.MAX_SAFE_INTEGER } = query
  const visible: ReadonlyArray<Condition> = visibility._tag === 'Some' ? ['visible'] : []
  return connection.reading(() =>
    shaped(searchHits([...conditionsOf(filter), ...visible]))
      .all({ ...conditionParams(jsonLists, ws, filter, visibility), match, before, limit })
      .flatMap(({ pos }) => {
        const found = sql.entryAt.get({ pos })
        const row = found === undefined ? undefined : sql.conversation.get({ ws, id: found.conv })
        if (found === undefined || row === undefined) return []
        const entry = readEntry(found)
        return [{ position: pos, entry, row: readConversation(entry.conversation, row) }]
      }),
  )
}
