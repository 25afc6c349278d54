// `npm run bench`: what we promise to be fast, beside the peers it is measured against, in one run.
// `-- --json` prints [{ name, value, unit, ratio, goal }]. Reports; it is for the reader to judge a noisy machine.
import { distributionPlan } from './distribution-plan.ts'
import { domainStep } from './domain-step.ts'
import { sqliteReceive64 } from './receive.ts'
import type { BenchResult } from './result.ts'
import { sqliteCommit64 } from './storage-commit.ts'

const results: ReadonlyArray<BenchResult> = [
  domainStep(),
  ...distributionPlan(),
  ...(await sqliteCommit64()),
  await sqliteReceive64(),
]

/** Four digits are more than such a measurement holds. */
const short = (value: number): number => Number(value.toPrecision(4))

if (process.argv.includes('--json')) {
  console.log(
    JSON.stringify(
      results.map((row) => ({ ...row, value: short(row.value), ratio: short(row.ratio) })),
      null,
      2,
    ),
  )
} else {
  const lines = results.map(({ name, value, unit, ratio, goal }) => [
    name,
    `${short(value)} ${unit}`,
    `${ratio.toFixed(2)}`,
    `${goal}`,
    ratio >= goal ? '' : 'below its goal',
  ])
  for (const line of [['benchmark', 'value', 'ratio', 'goal', ''], ...lines]) {
    console.log(
      line
        .map((cell, at) => (at === 0 ? cell.padEnd(24) : cell.padStart(20)))
        .join('')
        .trimEnd(),
    )
  }
}
