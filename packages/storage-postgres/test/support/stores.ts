import type { Storage } from '@guichet/engine/ports'
import { Client } from 'pg'
import { postgres } from '../../src/index.ts'

/** Stores that begin with nothing in them, for cases that say what time it is. */
export interface Stores {
  readonly open: () => Promise<Storage>
  /** Closes one and opens its data again. */
  readonly reopen: (store: Storage) => Promise<Storage>
  readonly schemaOf: (store: Storage) => string
  /** The bytes and the words in every row of it. */
  readonly atRest: (store: Storage) => Promise<Uint8Array>
  readonly end: () => Promise<void>
}

/** The version of the tables is the one thing in them that a new store finds. */
const kept = 'schema_version'

/**
 * Tables are made once, and emptied for another store when theirs is closed: that takes a hundredth of the time. With one
 * connection to read through, most of what is left goes into the cases.
 */
export const storesIn = async (url: string): Promise<Stores> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  const schemas = new WeakMap<Storage, string>()
  const inUse = new Set<Storage>()
  const free: string[] = []
  let made = 0

  const schemaOf = (store: Storage): string => {
    const schema = schemas.get(store)
    if (schema === undefined) throw new Error('this store was not opened here')
    return schema
  }

  const tablesIn = async (schema: string): Promise<ReadonlyArray<string>> => {
    const { rows } = await client.query<{ readonly tablename: string }>(
      'select tablename from pg_tables where schemaname = $1 and tablename <> $2',
      [schema, kept],
    )
    return rows.map(({ tablename }) => `${schema}.${tablename}`)
  }

  const openOn = (schema: string): Storage => {
    const { close, migrate, ...store } = postgres({ url, schema, leaseClock: 'caller', connections: { readers: 1 } })
    let migrated: ReturnType<Storage['migrate']> | undefined
    const opened: Storage = {
      ...store,
      // Each engine asks for it, over a connection of its own.
      migrate: () => (migrated ??= migrate()),
      close: async () => {
        await close()
        if (inUse.delete(opened)) free.push(schema)
      },
    }
    schemas.set(opened, schema)
    inUse.add(opened)
    return opened
  }

  return {
    schemaOf,
    open: async () => {
      const schema = free.pop()
      if (schema === undefined) {
        const store = openOn(`store_${(made += 1)}`)
        await store.migrate()
        return store
      }
      await client.query((await tablesIn(schema)).map((table) => `delete from ${table}`).join(';'))
      return openOn(schema)
    },
    reopen: async (store) => {
      inUse.delete(store)
      await store.close()
      return openOn(schemaOf(store))
    },
    atRest: async (store) => {
      const found: Buffer[] = []
      for (const table of await tablesIn(schemaOf(store))) {
        const { rows } = await client.query<unknown[]>({ text: `select * from ${table}`, rowMode: 'array' })
        for (const value of rows.flat()) found.push(Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value)))
      }
      return Buffer.concat(found)
    },
    end: () => client.end(),
  }
}
