import type { SearchHit, SearchQuery } from '@guichet/engine/ports'
import { type Condition, conditionParams, conditionsOf, readHit, rowLimit } from '@guichet/storage-sql'
import { numbers, texts } from './arrays.ts'
import type { Connection } from './connection.ts'
import { lists } from './list/ways.ts'
import { matchOf, vectorOf, windowsBefore } from './search/lexemes.ts'
import { backlog, hits, lagging, takeIn } from './search/statements.ts'

/** The full text of what entries say, filled behind the commits. */
export interface Index {
  /** That something has been committed there. */
  readonly note: (workspaces: Iterable<string>) => void
  /** Takes in the next entries that say something, where this process knows of any; answers how many. */
  readonly index: (limit: number) => Promise<number>
  /** Takes in what its workspace has not taken in yet, and looks. */
  readonly search: (query: SearchQuery) => Promise<ReadonlyArray<SearchHit>>
}

/** How many entries a search takes in at a time: commits are let through between them. */
const batch = 1_000

export const makeIndex = ({ readers, writers, workspaces, statement }: Connection): Index => {
  const behind = new Set<string>()
  /** What a process that is gone has left behind; asked for once. */
  let inherited: Promise<void> | undefined

  const inherit = async (): Promise<void> => {
    const [rows] = await readers.ask([statement(lagging)({})])
    for (const { ws } of rows) behind.add(await workspaces.name(ws))
  }

  /** Takes in the next entries of a workspace. `head` is up to where its stream went when all of it was taken in. */
  const advance = async (ws: number, most: number): Promise<{ readonly taken: number; readonly head?: number }> => {
    const [rows] = await writers.ask([statement(backlog)({ ws, limit: most })])
    const [first] = rows
    if (first === undefined || first.mark >= first.head) return { taken: 0, head: first?.head ?? 0 }
    const entries = rows.flatMap(({ pos, body }) => (pos === null || body === null ? [] : [{ pos, body }]))
    const vectors = entries.flatMap(({ pos, body }) => {
      const vector = vectorOf(ws, pos, body)
      return vector === undefined ? [] : [{ pos, vector }]
    })
    const isAll = entries.length < most
    const [[done]] = await writers.transact([
      statement(takeIn)({
        ws,
        from: first.mark,
        to: isAll ? first.head : (entries.at(-1)?.pos ?? first.head),
        positions: numbers(vectors.map(({ pos }) => pos)),
        vectors: texts(vectors.map(({ vector }) => vector)),
      }),
    ])
    if (done?.moved !== 1) return { taken: 0 }
    return isAll ? { taken: entries.length, head: first.head } : { taken: entries.length }
  }

  /** Takes in everything; after an import that can be much. Answers where the stream ends. */
  const catchUp = async (ws: number): Promise<number> => {
    for (;;) {
      const { head } = await advance(ws, batch)
      if (head !== undefined) return head
    }
  }

  return {
    note: (names) => {
      for (const name of names) behind.add(name)
    },
    index: async (limit) => {
      const most = rowLimit(limit)
      if (most === 0) return 0
      inherited ??= inherit()
      try {
        await inherited
      } catch (error) {
        inherited = undefined
        throw error
      }
      let taken = 0
      for (const name of behind) {
        // Before it is looked at: what is committed meanwhile puts it back.
        behind.delete(name)
        try {
          const ws = await workspaces.find(name)
          for (let isBehind = ws !== undefined; isBehind && ws !== undefined; ) {
            if (taken >= most) {
              behind.add(name)
              return taken
            }
            const step = await advance(ws, most - taken)
            taken += step.taken
            isBehind = step.head === undefined
          }
        } catch (error) {
          behind.add(name)
          throw error
        }
      }
      return taken
    },
    search: async ({ workspace, words, visibility, filter, ...query }) => {
      const limit = rowLimit(query.limit)
      const ws = limit === 0 || words.length === 0 ? undefined : await workspaces.find(workspace)
      const match = ws === undefined ? undefined : matchOf(ws, words)
      if (ws === undefined || match === undefined) return []
      const head = await catchUp(ws)
      const before = Math.min(Math.ceil(query.before ?? Infinity), head + 1)
      if (before <= 0) return []
      const windows = windowsBefore(ws, match, before)
      const visible: ReadonlyArray<Condition> = visibility._tag === 'Some' ? ['visible'] : []
      const conditions = [...conditionsOf(filter), ...visible]
      const [rows] = await readers.ask([
        statement(hits({ windows: windows.length, conditions }))({
          ...conditionParams(lists, ws, filter, visibility),
          matches: texts(windows.map((window) => window.match)),
          starts: numbers(windows.map((window) => window.from)),
          ends: numbers(windows.map((window) => window.before)),
          limit,
        }),
      ])
      return rows.map((values) => readHit(ws, values))
    },
  }
}
