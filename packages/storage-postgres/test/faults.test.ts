import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import '../../../tooling/postgres/provided.ts'
import { missingPreload } from '../../../tooling/faults/preload.ts'
import { type Postgres, startPostgres } from '../../../tooling/postgres/start.ts'
import { cutCommits } from './faults/cut.ts'
import { missingSmallDisk } from './faults/disk.ts'
import { failingNowAndThen, fullForTables } from './faults/ill-server.ts'
import { killNodes } from './faults/kill.ts'
import { troubleDisk } from './faults/trouble.ts'

// A sample of what `npm run faults -- postgres` does at full size.
const seed = 7
const kinds = (wrong: ReadonlyArray<{ readonly kind: string }>) => new Set(wrong.map(({ kind }) => kind))

describe('engines and a server whose processes are killed under callers', () => {
  let server: Postgres
  beforeAll(async () => {
    server = await startPostgres({ durable: true })
  })
  afterAll(() => server.stop())

  test('G06 G17 keep what was acknowledged, once, and send every answer once or say that they do not know', async () => {
    expect(await killNodes(server, { kills: 4, seed })).toMatchObject({ tried: 4, wrong: [] })
  })

  test('give away an engine that acknowledges before it has stored', async () => {
    expect(kinds((await killNodes(server, { kills: 1, seed, flaw: 'hasty' })).wrong)).toContain('lost')
  })
})

describe('a server whose connection is cut at the end of commits', () => {
  test('G06 keeps what was acknowledged, once, whether the commit was done or not', async () => {
    const { tried, wrong } = await cutCommits(inject('databaseUrl'), { messages: 320, oneIn: 3, seed })
    expect(wrong).toEqual([])
    expect(tried).toBeGreaterThan(0)
  })

  test.each([
    ['a store that forgets what has come before', 'forgetful', 'doubled'],
    ['who does what has failed again under new ids', 'renaming', 'doubled'],
    ['who takes what has failed for done', 'presuming', 'lost'],
  ] as const)('gives away %s', async (_, flaw, kind) => {
    const { wrong } = await cutCommits(inject('databaseUrl'), { messages: 320, oneIn: 3, seed, flaw })
    expect(kinds(wrong)).toContain(kind)
  })
})

const noSmallDisk = missingSmallDisk()
if (noSmallDisk !== undefined) console.warn(`A full disk is not tried: ${noSmallDisk}.`)

describe.skipIf(noSmallDisk !== undefined)('a server whose disk is full', () => {
  test('acknowledges nothing that is not there, says what is wrong, and goes on when there is room', async () => {
    expect(await troubleDisk(fullForTables, { times: 1, code: '53100' })).toMatchObject({ tried: 1, wrong: [] })
  })
})

const noPreload = missingPreload()
if (noPreload !== undefined) console.warn(`A failing disk is not tried: ${noPreload}.`)

describe.skipIf(noPreload !== undefined)('a server whose disk fails', () => {
  test('acknowledges nothing that is not there, and goes on when it has started again', async () => {
    expect(await troubleDisk(failingNowAndThen, { times: 2 })).toMatchObject({ tried: 2, wrong: [] })
  })
})
