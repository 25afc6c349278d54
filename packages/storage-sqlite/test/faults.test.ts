import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { missingPreload } from '../../../tooling/faults/preload.ts'
import { type Bench, openBench } from './faults/bench.ts'
import { killAtOperations } from './faults/kill.ts'
import { cutPower, cutPowerAfterFailedSync } from './faults/power.ts'
import { refuseOperations } from './faults/refuse.ts'

// A sample of what `npm run faults` does at full size.
const why = missingPreload()
if (why !== undefined) console.warn(`The faults of the disk are not tried: ${why}.`)

describe.skipIf(why !== undefined)(why === undefined ? 'a disk' : `a disk (skipped: ${why})`, () => {
  let bench: Bench
  const seed = 7
  const kinds = (wrong: ReadonlyArray<{ readonly kind: string }>) => new Set(wrong.map(({ kind }) => kind))

  beforeAll(async () => {
    bench = await openBench()
  })
  afterAll(() => bench.workshop.close())

  describe('whose process is killed at an operation', () => {
    test('G06 keeps what was acknowledged, and nothing half', async () => {
      expect(await killAtOperations(bench, { points: 25 })).toEqual({ tried: 25, wrong: [] })
    })

    test('gives away a store that acknowledges before it is done', async () => {
      const { wrong } = await killAtOperations(bench, { points: 12, flaw: 'hasty' })
      expect(kinds(wrong)).toEqual(new Set(['lost']))
    })
  })

  describe('whose power is cut', () => {
    test('G06 keeps what was acknowledged, and nothing half, whatever it had not yet written', async () => {
      expect(await cutPower(bench, await bench.record(), { cuts: 60, seed })).toEqual({ tried: 60, wrong: [] })
    })

    test('keeps it also when a sync had failed before, and took with it what was to be written', async () => {
      const outcome = await cutPowerAfterFailedSync(bench, { syncs: 3, cuts: 8, seed })
      expect(outcome).toEqual({ tried: 24, wrong: [] })
    })

    test('loses the last steps, and never a part of one, when commits do not wait for it', async () => {
      const ops = await bench.record({ synchronous: 'normal' })
      expect(kinds((await cutPower(bench, ops, { cuts: 30, seed })).wrong)).toEqual(new Set(['lost']))
    })

    test('gives itself away when it ignores syncs', async () => {
      const { wrong } = await cutPower(bench, await bench.record(), { cuts: 20, seed, deaf: true })
      expect(kinds(wrong)).toContain('lost')
    })
  })

  describe('that refuses operations', () => {
    test('makes a commit fail by type, to be tried again, and the process goes on when it has recovered', async () => {
      const outcome = await refuseOperations(bench, { points: 12 })
      expect(outcome).toMatchObject({ tried: 12, wrong: [] })
      expect(outcome.felt).toBeGreaterThan(6)
    })

    test('gives away a store that swallows the error', async () => {
      const { wrong } = await refuseOperations(bench, { points: 6, flaw: 'swallows' })
      expect(kinds(wrong)).toContain('lost')
    })
  })
})
