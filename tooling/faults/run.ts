import { parseArgs } from 'node:util'
import { type Harness, kinds, type Outcome } from './harness.ts'

/** How many of everything, and which chances are drawn. */
export interface Size {
  /** A share of what is done at full size; at least one. */
  readonly of: (full: number) => number
  readonly seed: number
}

/** What is printed of a harness: whether all is as it should be, and how that reads. */
const judge = ({ planted }: Harness, { wrong }: Outcome): readonly [right: boolean, verdict: string] => {
  if (planted === undefined) return wrong.length === 0 ? [true, 'holds'] : [false, 'FAILED']
  return wrong.some(({ kind }) => kind === planted) ? [true, 'found'] : [false, 'NOT FOUND']
}

const counted = ({ wrong }: Outcome): string =>
  kinds.map((kind) => `${String(wrong.filter((one) => one.kind === kind).length).padStart(5)} ${kind}`).join('')

const runOne = async (harness: Harness): Promise<boolean> => {
  const { name, missing, run } = harness
  if (missing !== undefined) {
    console.warn(`${name.padEnd(44)} SKIPPED: ${missing}`)
    return true
  }
  const began = performance.now()
  const outcome = await run()
  const seconds = ((performance.now() - began) / 1_000).toFixed(0).padStart(5)
  const [right, verdict] = judge(harness, outcome)
  console.log(`${name.padEnd(44)}${String(outcome.tried).padStart(6)} tried${counted(outcome)}${seconds} s  ${verdict}`)
  if (outcome.measured !== undefined) console.log(`  ${outcome.measured}`)
  if (!right) {
    for (const { kind, what, after } of outcome.wrong.slice(0, 5)) console.log(`  ${kind}: ${what}; after ${after}`)
  }
  return right
}

/** The program that runs a store's harnesses, one after the other; it fails when one of them is not as it should be. */
export const runFaults = async (
  store: string,
  sizes: string,
  harnesses: (size: Size) => ReadonlyArray<Harness>,
): Promise<void> => {
  const { values } = parseArgs({
    options: {
      scale: { type: 'string', default: '1' },
      seed: { type: 'string', default: '7' },
      only: { type: 'string', default: '' },
      help: { type: 'boolean', default: false },
    },
  })
  const [scale, seed] = [Number(values.scale), Number(values.seed)]
  if (values.help || !(scale > 0) || !Number.isInteger(seed)) {
    console.log(`npm run faults -- ${store} [--scale 1] [--seed 7] [--only text]

  --scale   how many of everything: 1 is ${sizes}
  --seed    which chances are drawn
  --only    those alone whose name holds the text`)
    return
  }
  const of = (full: number): number => Math.max(1, Math.round(full * scale))
  console.log(store)
  const chosen = harnesses({ of, seed }).filter(({ name }) => name.includes(values.only))
  const right: boolean[] = []
  for (const harness of chosen) right.push(await runOne(harness))
  // Who asks for faults is not served when none is tried.
  if (right.includes(false) || chosen.every(({ missing }) => missing !== undefined)) process.exitCode = 1
}
