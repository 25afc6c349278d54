import { setImmediate } from 'node:timers/promises'
import type { SearchHit, SearchQuery, StoredEntry } from '@guichet/engine/ports'
import {
  type Condition,
  conditionParams,
  conditionsOf,
  foldText,
  hasBeginnings,
  jsonLists,
  matchWords,
  readConversation,
  readEntry,
  rowLimit,
  searchHits,
  type SeqRange,
  type WordMatch,
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

/** So many hits FTS5 reads in a few milliseconds: up to there it may read all of them. */
const fewHits = 20_000
/** From so many of the newest it is told how many there are. */
const sample = 64
/** Of so many entries, one at least is of a workspace that has much of a file. */
const nearby = 4
/** How many times as many rough hits as are asked for are looked at, the newest first, before FTS5 reads all. */
const roughPages = [1, 8]

/** How far apart the newest entries with a word are, on average; undefined where there are hardly any. */
const spacing = ({ sql }: Connection, match: string) => {
  const newest = sql.newestWith.all({ match, limit: sample })
  const [first, last] = [newest[0], newest.at(-1)]
  if (first === undefined || last === undefined || newest.length < sample) return undefined
  return { every: (first.pos - last.pos) / sample, head: first.pos }
}

/** Whether about as few have a word as can all be read. */
const areFew = (connection: Connection, match: string): boolean => {
  const found = spacing(connection, match)
  return found === undefined || found.head / found.every <= fewHits
}

/**
 * What keeps the walk within a workspace. A large one is looked at entry by entry where a word is rare: to find the
 * place of each rare hit in a long list of all that is its own takes FTS5 longer than to read whose it is.
 */
const within = (connection: Connection, { workspace, whole, last, long }: WordMatch): ReadonlyArray<string> => {
  const found = spacing(connection, workspace)
  if (found === undefined || found.every > nearby) return [workspace]
  return [...whole, long?.part ?? last].some((word) => areFew(connection, word)) ? [] : [workspace]
}

/** Whether an entry has what was asked for. */
type Passes = (entry: StoredEntry) => boolean

const always: Passes = () => true

export const search = (connection: Connection, query: SearchQuery): ReadonlyArray<SearchHit> => {
  const { sql, shaped, workspaces } = connection
  const ws = workspaces.find(query.workspace)
  const match = ws === undefined ? undefined : matchWords(ws, query.words)
  const limit = rowLimit(query.limit)
  if (ws === undefined || match === undefined || limit === 0) return []
  const { filter, visibility, before: newest = Number.MAX_SAFE_INTEGER } = query
  const visible: ReadonlyArray<Condition> = visibility._tag === 'Some' ? ['visible'] : []
  const statement = shaped(searchHits([...conditionsOf(filter), ...visible]))
  const params = conditionParams(jsonLists, ws, filter, visibility)

  const read = (pos: number, passes: Passes): ReadonlyArray<SearchHit> => {
    const found = sql.entryAt.get({ pos })
    const entry = found === undefined ? undefined : readEntry(found)
    if (found === undefined || entry === undefined || !passes(entry)) return []
    const row = sql.conversation.get({ ws, id: found.conv })
    return row === undefined ? [] : [{ position: pos, entry, row: readConversation(entry.conversation, row) }]
  }
  const joined = (...parts: ReadonlyArray<string>): string => [...parts, ...match.whole].join(' AND ')
  const exactly = (exact: string): ReadonlyArray<SearchHit> =>
    statement.all({ ...params, match: exact, before: newest, limit }).flatMap(({ pos }) => read(pos, always))
  /** The newest hits by what is indexed of the last word; undefined when too few of what that finds have all of it. */
  const roughly = (rough: string, beginning: string): ReadonlyArray<SearchHit> | undefined => {
    const passes: Passes = ({ body }) => hasBeginnings(body ?? '', [beginning])
    const hits: SearchHit[] = []
    let before = newest
    for (const pages of roughPages) {
      const most = limit * pages
      const positions = statement.all({ ...params, match: rough, before, limit: most })
      for (const { pos } of positions) {
        hits.push(...read(pos, passes))
        if (hits.length === limit) return hits
        before = pos
      }
      if (positions.length < most) return hits
    }
    return undefined
  }

  return connection.reading(() => {
    const { last, long } = match
    const own = within(connection, match)
    const roughHits =
      long === undefined || areFew(connection, long.part)
        ? undefined
        : roughly(joined(...own, long.part), long.beginning)
    return roughHits ?? exactly(joined(...own, last))
  })
}
