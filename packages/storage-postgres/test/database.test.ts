import { Client } from 'pg'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { startPostgres } from '../../../tooling/postgres/start.ts'
import { freshDatabase } from '../../../tooling/postgres/fresh-database.ts'

const connect = async (url: string): Promise<Client> => {
  const client = new Client({ connectionString: url })
  // What is taken away under a connection is an error there; the tests see it in what they ask next.
  client.on('error', () => undefined)
  await client.connect()
  onTestFinished(() => client.end())
  return client
}

const valueOf = async (client: Client, query: string): Promise<unknown> =>
  Object.values((await client.query(query)).rows[0])[0]

describe('a database for a test file', () => {
  const server = inject('databaseUrl')

  test('orders by code points in UTF8, whatever the server does', async () => {
    const database = await freshDatabase(server)
    onTestFinished(database.drop)
    const client = await connect(database.url)
    expect(await valueOf(client, 'show server_encoding')).toBe('UTF8')
    const { rows } = await client.query(
      "select word from (values ('é'), ('z'), ('a'), ('Z')) as t (word) order by word",
    )
    expect(rows.map(({ word }) => word)).toEqual(['Z', 'a', 'z', 'é'])
  })

  test('is its own', async () => {
    const [one, other] = await Promise.all([freshDatabase(server), freshDatabase(server)])
    onTestFinished(async () => void (await Promise.all([one.drop(), other.drop()])))
    await (await connect(one.url)).query('create table thing (id int)')
    expect(await valueOf(await connect(other.url), "select to_regclass('thing')")).toBeNull()
  })

  test('goes although somebody is connected', async () => {
    const { url, drop } = await freshDatabase(server)
    const client = await connect(url)
    await drop()
    await expect(client.query('select 1')).rejects.toThrow()
    await expect(connect(url)).rejects.toThrow('does not exist')
  })
})

describe('a server of our own', () => {
  test('keeps what was committed through a crash when that was asked, and takes any setting', async () => {
    const own = await startPostgres({ durable: true, settings: { max_connections: 20 } })
    onTestFinished(() => own.stop())
    const before = await connect(own.url)
    for (const name of ['fsync', 'synchronous_commit', 'full_page_writes']) {
      expect(await valueOf(before, `show ${name}`), name).toBe('on')
    }
    expect(await valueOf(before, 'show max_connections')).toBe('20')
    await before.query('create table thing as select 1 as id')

    await own.kill('SIGKILL')
    await expect(before.query('select 1')).rejects.toThrow()
    await own.restart()
    expect(await valueOf(await connect(own.url), 'select count(*)::int from thing')).toBe(1)
  })

  test('is in haste otherwise', async () => {
    const own = await startPostgres()
    onTestFinished(() => own.stop())
    const client = await connect(own.url)
    for (const name of ['fsync', 'synchronous_commit', 'full_page_writes']) {
      expect(await valueOf(client, `show ${name}`), name).toBe('off')
    }
  })
})
