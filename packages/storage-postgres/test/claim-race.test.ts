import { describe, expect, inject, test } from 'vitest'
import { raceForWork } from './faults/claim-race.ts'

// A sample of what `npm run faults` does at full size.
const server = inject('databaseUrl')
const small = { items: 2_000, processes: 4, leaseMs: 1_000 }

describe('work that many processes take', () => {
  test('G17 G33 is done by one of them, and by another when that one is killed', async () => {
    expect(await raceForWork(server, { ...small, kills: 2 })).toMatchObject({ tried: 2_000, wrong: [] })
  })

  test('gives away a store that does not look at leases', async () => {
    // Enough for the others to come by, however late, before one has done it all alone.
    const { wrong } = await raceForWork(server, { ...small, kills: 0, flaw: 'greedy' })
    expect(wrong).toContainEqual(expect.objectContaining({ kind: 'doubled' }))
  })
})
