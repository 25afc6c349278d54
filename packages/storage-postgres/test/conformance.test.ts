import { storageCases, titleOf } from '@guichet/conformance'
import type { Storage } from '@guichet/engine/ports'
import { afterAll, beforeAll, describe, inject, test } from 'vitest'
import { postgres } from '../src/index.ts'
import { type FreshDatabase, freshDatabase } from './support/database.ts'
import { rawReader } from './support/raw-reader.ts'

let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase(inject('databaseUrl'))
})
afterAll(() => database.drop())

const schemas = new WeakMap<Storage, string>()
let opened = 0

/** Each store has a schema of its own, and the cases say what time it is. */
const open = async (schema: string): Promise<Storage> => {
  const store = postgres({ url: database.url, schema, leaseClock: 'caller' })
  schemas.set(store, schema)
  await store.migrate()
  return store
}

const schemaOf = (store: Storage): string => {
  const schema = schemas.get(store)
  if (schema === undefined) throw new Error('this store was not opened here')
  return schema
}

describe('postgres', () => {
  const cases = storageCases({
    open: () => open(`store_${(opened += 1)}`),
    reopen: async (store) => {
      await store.close()
      return open(schemaOf(store))
    },
    raw: (store) => rawReader(database.url, schemaOf(store)),
  })
  for (const each of cases) test(titleOf(each), each.run)
})
