import { readFileSync } from 'node:fs'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../../tooling/postgres/fresh-database.ts'
import { postgres } from '../src/index.ts'

let database: FreshDatabase
let client: Client

beforeAll(async () => {
  database = await freshDatabase(inject('databaseUrl'))
  const store = postgres({ url: database.url })
  await store.migrate()
  await store.close()
  client = new Client({ connectionString: database.url })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

/** The first column of what a query finds. */
const namesIn = async (query: string): Promise<ReadonlyArray<string>> =>
  (await client.query<{ name: string }>(query)).rows.map(({ name }) => name)

const ours = `relnamespace = 'guichet'::regnamespace`

const page = readFileSync(new URL('../../../docs/scale.md', import.meta.url), 'utf8')
/** What the page says of each table: the last name in a statement's first parentheses. */
const saidTo = (make: string): ReadonlyArray<string> =>
  [...page.matchAll(new RegExp(`^select ${make}\\('guichet\\.(\\w+)'`, 'gm'))].map(([, name = '']) => name)

describe('the tables can be spread over machines by workspace', () => {
  const distributed = saidTo('create_distributed_table')
  const reference = saidTo('create_reference_table')

  test('as the page says: each of them is named there, once', async () => {
    const tables = await namesIn(`select relname as name from pg_class where ${ours} and relkind in ('r', 'p')`)
    expect([...distributed, ...reference].toSorted()).toEqual([...tables].toSorted())
  })

  test('since every primary key and unique index begins with the workspace', async () => {
    const keys = await client.query<{ table: string; index: string; first: string }>(
      `select t.relname as table, c.relname as index, a.attname as first
       from pg_index i
       join pg_class c on c.oid = i.indexrelid
       join pg_class t on t.oid = i.indrelid
       left join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
       where t.${ours} and i.indisunique`,
    )
    const elsewhere = keys.rows.filter(({ table, first }) => first !== 'ws' && !reference.includes(table))
    expect(elsewhere).toEqual([])
    // Each has one.
    expect([...new Set(keys.rows.map(({ table }) => table))].toSorted()).toEqual(
      [...distributed, 'workspace'].toSorted(),
    )
  })

  test('since nothing in them belongs to one machine: no sequence, no trigger, no foreign key, no function', async () => {
    expect(await namesIn(`select relname as name from pg_class where ${ours} and relkind = 'S'`)).toEqual([])
    expect(
      await namesIn(`select tgname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid where c.${ours}`),
    ).toEqual([])
    expect(
      await namesIn(
        `select conname as name from pg_constraint where contype = 'f' and connamespace = 'guichet'::regnamespace`,
      ),
    ).toEqual([])
    expect(await namesIn(`select proname as name from pg_proc where pronamespace = 'guichet'::regnamespace`)).toEqual(
      [],
    )
  })
})
