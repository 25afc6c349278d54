import { parseArgs } from 'node:util'
import { type Bench, openBench, type Outcome } from './bench.ts'
import { missing } from './disk.ts'
import { killAtOperations } from './kill.ts'
import { cutPower, cutPowerAfterFailedSync } from './power.ts'
import { refuseOperations } from './refuse.ts'

const usage = `npm run faults -- [--scale 1] [--seed 7]

  --scale   how many of everything: 1 is 500 kills, 2,000 power cuts, 200 refusals
  --seed    which power cuts are drawn`

interface Harness {
  readonly name: string
  readonly run: (bench: Bench) => Promise<Outcome>
  /** A mistake is planted, which has to be found. */
  readonly planted?: true
}

const harnesses = (scale: number, seed: number): ReadonlyArray<Harness> => {
  const of = (full: number): number => Math.max(1, Math.round(full * scale))
  const cuts = of(2_000)
  return [
    { name: 'kill at an operation', run: (bench) => killAtOperations(bench, { points: of(500) }) },
    {
      name: 'kill, acknowledging too early',
      planted: true,
      run: (bench) => killAtOperations(bench, { points: of(50), flaw: 'hasty' }),
    },
    { name: 'power cut', run: async (bench) => cutPower(bench, await bench.record(), { cuts, seed }) },
    {
      name: 'power cut, not waiting for the disk',
      planted: true,
      run: async (bench) => cutPower(bench, await bench.record({ synchronous: 'normal' }), { cuts: of(500), seed }),
    },
    {
      name: 'power cut, a disk that ignores syncs',
      planted: true,
      run: async (bench) => cutPower(bench, await bench.record(), { cuts: of(500), seed, deaf: true }),
    },
    {
      name: 'power cut after a sync that failed',
      run: (bench) => cutPowerAfterFailedSync(bench, { syncs: of(20), cuts: 50, seed }),
    },
    { name: 'disk error or full disk', run: (bench) => refuseOperations(bench, { points: of(200) }) },
    {
      name: 'disk error, swallowed',
      planted: true,
      run: (bench) => refuseOperations(bench, { points: of(50), flaw: 'swallows' }),
    },
  ]
}

const counted = ({ wrong }: Outcome): string =>
  ['lost', 'broken', 'stuck']
    .map((kind) => [kind, wrong.filter((one) => one.kind === kind).length] as const)
    .map(([kind, n]) => `${String(n).padStart(5)} ${kind}`)
    .join('')

/** Runs all harnesses at full size; answers how many of them are not as they should be. */
const run = async (scale: number, seed: number): Promise<number> => {
  const bench = await openBench()
  let failed = 0
  try {
    for (const { name, run: start, planted } of harnesses(scale, seed)) {
      const began = performance.now()
      const outcome = await start(bench)
      const seconds = ((performance.now() - began) / 1_000).toFixed(0).padStart(5)
      const right = outcome.wrong.length > 0 === (planted === true)
      const verdict = right ? (planted === true ? 'found' : 'holds') : planted === true ? 'NOT FOUND' : 'FAILED'
      console.log(
        `${name.padEnd(38)}${String(outcome.tried).padStart(6)} tried${counted(outcome)}${seconds} s  ${verdict}`,
      )
      if (right) continue
      failed += 1
      for (const { kind, what, after } of outcome.wrong.slice(0, 5)) console.log(`  ${kind}: ${what}; after ${after}`)
    }
  } finally {
    bench.workshop.close()
  }
  return failed
}

const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: '1' },
    seed: { type: 'string', default: '7' },
    help: { type: 'boolean', default: false },
  },
})
const [scale, seed] = [Number(values.scale), Number(values.seed)]
const why = missing()

if (values.help || !(scale > 0) || !Number.isInteger(seed)) console.log(usage)
else if (why === undefined) process.exitCode = (await run(scale, seed)) === 0 ? 0 : 1
else {
  console.error(`nothing was tried: ${why}`)
  process.exitCode = 1
}
