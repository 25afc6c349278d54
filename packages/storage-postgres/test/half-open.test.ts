import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { freshDatabase } from '../../../tooling/postgres/fresh-database.ts'
import { arrival } from '../../../tooling/stores/changesets.ts'
import { postgres } from '../src/index.ts'
import { cutOffCommits, goHalfOpen, loseNews } from './faults/half-open.ts'
import { wayTo } from './faults/half-open-way.ts'

// A sample of what `npm run faults` does at full size.
const server = inject('databaseUrl')
const kinds = (wrong: ReadonlyArray<{ readonly kind: string }>) => new Set(wrong.map(({ kind }) => kind))
const promised = { noticedWithinMs: 15_000 }

describe('a way to the server that goes bad without a word', () => {
  test('G06 ends what is asked on it, by type; the engine goes on, and nothing is lost or doubled', async () => {
    const outcome = await goHalfOpen(server, { ...promised, rounds: 3, timeoutMs: 500, lateMs: 100 })
    expect(outcome).toMatchObject({ tried: 3, wrong: [] })
  })

  test('gives away a store that waits for ever', async () => {
    const { wrong } = await goHalfOpen(server, { rounds: 1, timeoutMs: 500, noticedWithinMs: 500, flaw: 'patient' })
    expect(kinds(wrong)).toContain('stuck')
  })

  test.each([{}, { pooled: true }] as const)('does not keep a workspace from others for long: %o', async (options) => {
    const outcome = await cutOffCommits(server, { ...promised, ...options, points: 1, timeoutMs: 500 })
    expect(outcome).toMatchObject({ tried: 1, wrong: [] })
  })

  test('does not keep a store from being closed', async () => {
    const database = await freshDatabase(server)
    onTestFinished(database.drop)
    const way = await wayTo(database.url)
    onTestFinished(way.close)
    const store = postgres({ url: way.url })
    await store.migrate()
    store.watch?.(() => undefined)
    await store.commit([arrival(1)])
    way.carry('silent')
    await store.close()
  })
})

describe('a line for news that dies without a word', () => {
  test('is made up for by asking, before anybody knows that it is dead', async () => {
    // Twice the time that is promised, for a machine that is busy.
    const outcome = await loseNews(server, { messages: 2, heardWithinMs: 4_000, ways: ['silent'] })
    expect(outcome).toMatchObject({ tried: 2, wrong: [] })
  })
})
