import type { SearchHit, SearchQuery } from '../ports/storage.ts'
import { indexAfter, type Logged, placeAt } from './log.ts'
import { matches } from './match.ts'
import { type Database, type Tables, unreadOf } from './tables.ts'
import { wordsOf } from './words.ts'

/** The index of the first position that is at least this. */
const lowerBound = (positions: ReadonlyArray<number>, position: number): number => {
  let low = 0
  let high = positions.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((positions[middle] as number) < position) low = middle + 1
    else high = middle
  }
  return low
}

const has = (positions: ReadonlyArray<number>, position: number): boolean =>
  positions[lowerBound(positions, position)] === position

/** What search knows of an entry: nothing, when it is about something else than a conversation. */
const searchable = ({ entry }: Logged): string | undefined =>
  entry === undefined || entry.kind === 'record' ? undefined : (entry.body ?? undefined)

/** Takes up to `limit` entries into the index, in the order of the stream; answers how many. */
export const indexEntries = (db: Database, limit: number): number => {
  let taken = 0
  for (let at = indexAfter(db.log, db.indexed); at < db.log.items.length && taken < limit; at += 1) {
    const place = db.log.items[at] as Logged
    db.indexed = place.position
    const body = searchable(place)
    if (body === undefined) continue
    taken += 1
    const tables = db.workspaces.get(place.workspace) as Tables
    for (const word of new Set(wordsOf(body))) {
      const positions = tables.words.get(word)
      if (positions === undefined) tables.words.set(word, [place.position])
      else positions.push(place.position)
    }
  }
  return taken
}

/** Takes the words of an entry out of the index, so that nothing of them is left. */
export const forgetWords = (tables: Tables, place: Logged): void => {
  const body = searchable(place)
  if (body === undefined) return
  for (const word of new Set(wordsOf(body))) {
    const positions = tables.words.get(word)
    if (positions === undefined || !has(positions, place.position)) continue
    positions.splice(lowerBound(positions, place.position), 1)
    if (positions.length === 0) tables.words.delete(word)
  }
}

const startingWith = (tables: Tables, start: string): ReadonlyArray<ReadonlyArray<number>> => {
  const lists: Array<ReadonlyArray<number>> = []
  for (const [word, positions] of tables.words) if (word.startsWith(start)) lists.push(positions)
  return lists
}

/** Positions that have all the words, newest first, found as they are asked for. */
function* candidates(tables: Tables, words: ReadonlyArray<string>): Generator<number> {
  const whole = words.slice(0, -1).map((word) => tables.words.get(word) ?? [])
  const begun = startingWith(tables, words.at(-1) ?? '')
  const [rarest, ...others] = whole.toSorted((a, b) => a.length - b.length)
  if (rarest === undefined) {
    yield* [...new Set(begun.flat())].sort((a, b) => b - a)
    return
  }
  for (let index = rarest.length - 1; index >= 0; index -= 1) {
    const at = rarest[index] as number
    if (others.every((list) => has(list, at)) && begun.some((list) => has(list, at))) yield at
  }
}

export const search = (db: Database, query: SearchQuery): ReadonlyArray<SearchHit> => {
  indexEntries(db, Number.POSITIVE_INFINITY)
  const tables = db.workspaces.get(query.workspace)
  const words = query.words.flatMap(wordsOf)
  if (tables === undefined || words.length === 0) return []
  const hits: SearchHit[] = []
  for (const position of candidates(tables, words)) {
    if (hits.length >= query.limit) break
    if (query.before !== undefined && position >= query.before) continue
    const entry = placeAt(tables.log, position)?.entry
    const cell = entry === undefined ? undefined : tables.conversations.get(entry.conversation)
    if (entry === undefined || cell?.row === undefined) continue
    if (!matches(cell.row, query.visibility, query.filter, (agent) => unreadOf(cell, agent))) continue
    hits.push({ position, entry, row: cell.row })
  }
  return hits
}
