import { guaranteeCases } from '@guichet/conformance'
import { afterAll, beforeAll, describe, inject, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../../tooling/postgres/fresh-database.ts'
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

describe('on postgres', () => {
  const cases = guaranteeCases({
    open: () => stores.open(),
    reopen: (store) => stores.reopen(store),
    atRest: (store) => stores.atRest(store),
  })
  for (const { name, run } of cases) test(name, run)
})
