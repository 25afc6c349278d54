import { setImmediate } from 'node:timers/promises'
import type { SearchHit, SearchQuery } from '@guichet/engine/ports'
import {
  type Condition,
  conditionParams,
  conditionsOf,
  foldText,
  hasBeginnings,
  type HitValues,
  jsonLists,
  matchWords,
  readHit,
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

interface Stretch {
  readonly newest: number
  readonly oldest: number
  readonly entries: number
}

/** How far apart the newest entries are, on average; undefined where there are hardly any. */
const spacing = (found: Stretch | undefined): number | undefined =>
  found === undefined || found.entries < sample ? undefined : (found.newest - found.oldest) / sample

/** Whether about as few have a word as can all be read. */
const areFew = ({ sql }: Connection, match: string): boolean => {
  const found = sql.stretchWith.get({ match, limit: sample })
  const every = spacing(found)
  return found === undefined || every === undefined || found.newest / every <= fewHits
}

/**
 * What keeps the walk within a workspace. A large one is looked at entry by entry where a word is rare: to find the
 * place of each rare hit in a long list of all that is its own takes FTS5 longer than to read whose it is.
 */
const within = (
  connection: Connection,
  ws: number,
  { workspace, whole, last, long }: WordMatch,
): ReadonlyArray<string> => {
  const every = spacing(connection.sql.stretchIn.get({ ws, limit: sample }))
  if (every === undefined || every > nearby) return [workspace]
  return [...whole, long?.part ?? last].some((word) => areFew(connection, word)) ? [] : [workspace]
}

export const search = (connection: Connection, query: SearchQuery): ReadonlyArray<SearchHit> => {
  const { shaped, workspaces } = connection
  const ws = workspaces.find(query.workspace)
  const match = ws === undefined ? undefined : matchWords(ws, query.words)
  const limit = rowLimit(query.limit)
  if (ws === undefined || match === undefined || limit === 0) return []
  const { filter, visibility, before: newest = Number.MAX_SAFE_INTEGER } = query
  const visible: ReadonlyArray<Condition> = visibility._tag === 'Some' ? ['visible'] : []
  const statement = shaped(searchHits([...conditionsOf(filter), ...visible]))
  const params = conditionParams(jsonLists, ws, filter, visibility)

  const hitsOf = (words: string, before: number, most: number): ReadonlyArray<HitValues> =>
    statement.all({ ...params, match: words, before, limit: most })
  const joined = (...parts: ReadonlyArray<string>): string => [...parts, ...match.whole].join(' AND ')
  const exactly = (exact: string): ReadonlyArray<SearchHit> =>
    hitsOf(exact, newest, limit).map((values) => readHit(ws, values))
  /** The newest hits by what is indexed of the last word; undefined when too few of what that finds have all of it. */
  const roughly = (rough: string, beginning: string): ReadonlyArray<SearchHit> | undefined => {
    const hits: SearchHit[] = []
    let before = newest
    for (const pages of roughPages) {
      const most = limit * pages
      const found = hitsOf(rough, before, most)
      for (const values of found) {
        const hit = readHit(ws, values)
        if (hasBeginnings(hit.entry.body ?? '', [beginning])) hits.push(hit)
        if (hits.length === limit) return hits
        before = hit.position
      }
      if (found.length < most) return hits
    }
    return undefined
  }

  return connection.reading(() => {
    const { last, long } = match
    const own = within(connection, ws, match)
    const roughHits =
      long === undefined || areFew(connection, long.part)
        ? undefined
        : roughly(joined(...own, long.part), long.beginning)
    return roughHits ?? exactly(joined(...own, last))
  })
}
