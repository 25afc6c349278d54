import { storageCases, titleOf } from '@guichet/conformance'
import { afterAll, beforeAll, describe, inject, test, vi } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../../tooling/postgres/fresh-database.ts'
import { rawReader } from './support/raw-reader.ts'
import { type Stores, storesIn } from './support/stores.ts'

let database: FreshDatabase
let stores: Stores
beforeAll(async () => {
  database = await freshDatabase(inject('databaseUrl'))
  stores = await storesIn(database.url)
})
afterAll(async () => {
  await stores.end()
  await database.drop()
})

/** `GUICHET_PLANS=1000` compares the store with the one in memory over so many plans, of a hundred commands each on average. */
const plans = process.env['GUICHET_PLANS']
if (plans !== undefined) vi.setConfig({ testTimeout: 3_600_000 })

describe('postgres', () => {
  const cases = storageCases({
    ...(plans === undefined ? {} : { runs: Number(plans), commands: 200 }),
    open: () => stores.open(),
    reopen: (store) => stores.reopen(store),
    raw: (store) => rawReader(database.url, stores.schemaOf(store)),
  })
  for (const each of cases) test(titleOf(each), each.run)
})
