import { describe, expect, inject, test } from 'vitest'
import { freezeWorkers } from './faults/frozen.ts'

// A sample of what `npm run faults` does at full size, with leases that are shorter.
const server = inject('databaseUrl')

describe('a process that stands still for three leases', () => {
  test('G17 finds that others have its work, and what it ends is refused', async () => {
    const outcome = await freezeWorkers(server, {
      rounds: 2,
      leaseMs: 1_000,
      takenWithinMs: 30_000,
      how: ['stopped', 'stopped until then'],
    })
    expect(outcome).toMatchObject({ tried: 2, wrong: [] })
  })

  test('gives away a store that lets anybody end work', async () => {
    const { wrong } = await freezeWorkers(server, {
      rounds: 1,
      leaseMs: 2_000,
      takenWithinMs: 30_000,
      how: ['stopped until then'],
      flaw: 'unfenced',
    })
    expect(wrong).toContainEqual(expect.objectContaining({ kind: 'doubled' }))
  })
})
