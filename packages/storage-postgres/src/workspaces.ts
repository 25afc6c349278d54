import { written } from '@guichet/storage-sql'
import { sql } from 'kysely'
import type { Link } from './link.ts'
import { bindAll } from './statement.ts'
import { toText } from './text.ts'
import { zeroInThisVersion } from './version.ts'

interface Workspace {
  readonly id: number
  readonly name: string
}

const templates = {
  named: written<{ readonly name: string }, Workspace>()(
    (p) => sql`select id, name from guichet.workspace where name = ${p.name}`,
  ),
  byId: written<{ readonly id: number }, Workspace>()(
    (p) => sql`select id, name from guichet.workspace where id = ${p.id}`,
  ),
  /** The next free number: two that take it at once meet at the key, and one of them asks again. */
  insert: written<{ readonly name: string }>()(
    (p) => sql`
      insert into guichet.workspace (id, name)
      select coalesce(max(id), 0) + 1 + ${zeroInThisVersion}, ${p.name} from guichet.workspace
      on conflict do nothing`,
  ),
  /** One that has only been named, by a commit that came to nothing, is not there yet. */
  all: written<object, Workspace>()(
    () => sql`
      select w.id, w.name from guichet.workspace w
      where exists (select from guichet.stream_head h where h.ws = w.id) order by w.id`,
  ),
}

/** Workspaces have names outside and numbers inside, which never change: each is asked for once. */
export interface Workspaces {
  readonly find: (name: string) => Promise<number | undefined>
  readonly findOrInsert: (name: string) => Promise<number>
  readonly name: (id: number) => Promise<string>
  readonly all: () => Promise<ReadonlyArray<string>>
}

export const openWorkspaces = (link: Link, schema: string): Workspaces => {
  const statements = bindAll(templates, schema)
  const ids = new Map<string, number>()
  const names = new Map<number, string>()
  const remember = (rows: ReadonlyArray<Workspace>): void => {
    for (const { id, name } of rows) {
      ids.set(toText(name), id)
      names.set(id, name)
    }
  }
  const find = async (given: string): Promise<number | undefined> => {
    const name = toText(given)
    const known = ids.get(name)
    if (known !== undefined) return known
    const [rows] = await link.ask([statements.named({ name: given })])
    remember(rows)
    return ids.get(name)
  }
  const findOrInsert = async (name: string): Promise<number> => {
    for (;;) {
      const known = await find(name)
      if (known !== undefined) return known
      await link.transact([statements.insert({ name })])
    }
  }
  return {
    find,
    findOrInsert,
    name: async (id) => {
      const known = names.get(id)
      if (known !== undefined) return known
      const [rows] = await link.ask([statements.byId({ id })])
      remember(rows)
      const name = names.get(id)
      if (name === undefined) throw new Error(`there is no workspace ${id}`)
      return name
    },
    all: async () => {
      const [rows] = await link.ask([statements.all({})])
      return rows.map(({ name }) => name)
    },
  }
}
