import { postgres } from '@guichet/storage-postgres'
import { sqlite } from '@guichet/storage-sqlite'
import { withServer } from '../postgres/server.ts'
import type { BenchResult } from '../result.ts'
import { fillPostgres } from './fill-postgres.ts'
import { sqliteInbox } from './fill-sqlite.ts'
import { latencies, type Latency, type Measured, worst } from './measure.ts'
import { harderOf, pagesOf } from './pages.ts'

const small = 10_000

const measured = async (size: number) => {
  const store = sqlite({ file: await sqliteInbox(size) })
  const pages = await latencies(store, pagesOf(size))
  const harder = await latencies(store, harderOf(size))
  await store.close()
  return { pages, harder }
}

const slowest = (
  name: string,
  size: number,
  found: ReadonlyMap<string, Measured>,
  goals?: Latency,
): ReadonlyArray<BenchResult> =>
  (['p50', 'p99'] as const).map((part) => {
    const { page, value } = worst(found, (one) => one[part])
    const judged = goals === undefined ? {} : { goal: goals[part], bound: 'most' as const }
    return { name: `${name}.${part}`, value, unit: `ms (${page}, ${size})`, ...judged }
  })

/**
 * The pages of an inbox on SQLite, of so many conversations and ten times as many messages: how long the slowest of them
 * takes, and how much longer a page takes than it does where there are 10,000 conversations.
 */
export const inboxPage = async (size: number): Promise<ReadonlyArray<BenchResult>> => {
  const before = await measured(small)
  const { pages, harder } = await measured(size)
  // A page that had hardly a row among few conversations says nothing about how much longer a full one takes.
  const growth = worst(pages, ({ p50, rows }, page) => {
    const then = before.pages.get(page)
    return then === undefined || then.rows < rows * 0.9 ? 0 : p50 / then.p50
  })
  return [
    ...slowest('inbox.page', size, pages, { p50: 1, p99: 10 }),
    {
      name: 'inbox.page.growth',
      value: growth.value,
      unit: `times (${growth.page}, ${small} to ${size})`,
      goal: 10,
      bound: 'most',
    },
    ...slowest('inbox.harder_page', size, harder),
  ]
}

/** The same pages on PostgreSQL. */
export const inboxPagePostgres = (size: number): Promise<ReadonlyArray<BenchResult>> =>
  withServer(async ({ database }) => {
    const url = await database('inbox')
    await fillPostgres(url, size)
    const store = postgres({ url, listen: false })
    const pages = await latencies(store, pagesOf(size))
    const harder = await latencies(store, harderOf(size))
    await store.close()
    return [...slowest('inbox.page_postgres', size, pages), ...slowest('inbox.harder_page_postgres', size, harder)]
  })
