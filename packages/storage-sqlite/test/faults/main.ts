import type { Harness, Outcome } from '../../../../tooling/faults/harness.ts'
import { missingPreload } from '../../../../tooling/faults/preload.ts'
import { runFaults, type Size } from '../../../../tooling/faults/run.ts'
import { type Bench, openBench } from './bench.ts'
import { killAtOperations } from './kill.ts'
import { cutPower, cutPowerAfterFailedSync } from './power.ts'
import { refuseOperations } from './refuse.ts'

const missing = missingPreload()
let opened: Promise<Bench> | undefined

const on = (run: (bench: Bench) => Promise<Outcome>) => async (): Promise<Outcome> =>
  run(await (opened ??= openBench()))

const harnesses = ({ of, seed }: Size): ReadonlyArray<Harness> => [
  { name: 'kill at an operation', missing, run: on((bench) => killAtOperations(bench, { points: of(500) })) },
  {
    name: 'kill, acknowledging too early',
    missing,
    planted: 'lost',
    run: on((bench) => killAtOperations(bench, { points: of(50), flaw: 'hasty' })),
  },
  {
    name: 'power cut',
    missing,
    run: on(async (bench) => cutPower(bench, await bench.record(), { cuts: of(2_000), seed })),
  },
  {
    name: 'power cut, not waiting for the disk',
    missing,
    planted: 'lost',
    run: on(async (bench) => cutPower(bench, await bench.record({ synchronous: 'normal' }), { cuts: of(500), seed })),
  },
  {
    name: 'power cut, a disk that ignores syncs',
    missing,
    planted: 'lost',
    run: on(async (bench) => cutPower(bench, await bench.record(), { cuts: of(500), seed, deaf: true })),
  },
  {
    name: 'power cut after a sync that failed',
    missing,
    run: on((bench) => cutPowerAfterFailedSync(bench, { syncs: of(20), cuts: 50, seed })),
  },
  { name: 'disk error or full disk', missing, run: on((bench) => refuseOperations(bench, { points: of(200) })) },
  {
    name: 'disk error, swallowed',
    missing,
    planted: 'lost',
    run: on((bench) => refuseOperations(bench, { points: of(50), flaw: 'swallows' })),
  },
]

try {
  await runFaults('sqlite', '500 kills, 2,000 power cuts, 200 refusals', harnesses)
} finally {
  ;(await opened)?.workshop.close()
}
