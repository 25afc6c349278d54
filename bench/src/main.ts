// `npm run bench`: what we promise to be fast, beside the peers it is measured against, in one run; the packages as they
// are built and published.
// `-- --json` prints [{ name, value, unit, ratio, goal, bound }]; `-- --only postgres` runs those whose name contains the
// word; `-- --full` reads inboxes of a million conversations, which take minutes and 5 GiB to make and are kept in the
// system's directory for temporary files. Reports; it is for the reader to judge a noisy machine.
import { parseArgs } from 'node:util'
import { distributionPlan } from './distribution-plan.ts'
import { domainStep } from './domain-step.ts'
import { inboxCounts } from './inbox/counting.ts'
import { inboxPage, inboxPagePostgres } from './inbox/page.ts'
import { burstOnOneThread } from './peer/burst.ts'
import { memoryReceive, postgresReceiveChat } from './peer/receive.ts'
import { postgresClaim } from './postgres/claim.ts'
import { postgresClaimProcesses } from './postgres/claim-processes.ts'
import { postgresCommit } from './postgres/commit.ts'
import { postgresFeed } from './postgres/feed.ts'
import { postgresReceive } from './postgres/receive.ts'
import { type BenchResult, isReached } from './result.ts'
import { sqliteClaim } from './sqlite/claim.ts'
import { sqliteCommit } from './sqlite/commit.ts'
import { sqliteDurability } from './sqlite/durability.ts'
import { sqliteReceive } from './sqlite/receive.ts'
import { sqliteWal } from './sqlite/wal.ts'
import { whatsAppParse } from './whatsapp/parse.ts'

const { values: asked } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    full: { type: 'boolean', default: false },
  },
})
const [conversations, inPostgres, operations] = asked.full ? [1_000_000, 100_000, 100_000] : [100_000, 10_000, 10_000]

type Bench = () => ReadonlyArray<BenchResult> | Promise<ReadonlyArray<BenchResult>>

const benches: Readonly<Record<string, Bench>> = {
  'domain.step': () => [domainStep()],
  'distribution.plan': distributionPlan,
  'sqlite.commit': sqliteCommit,
  'sqlite.full_vs_normal': sqliteDurability,
  'sqlite.wal': sqliteWal,
  'sqlite.receive': sqliteReceive,
  'sqlite.claim': sqliteClaim,
  'postgres.commit': postgresCommit,
  'postgres.receive': postgresReceive,
  'postgres.claim': postgresClaim,
  'postgres.claim_processes': postgresClaimProcesses,
  'postgres.feed': postgresFeed,
  'inbox.page': () => inboxPage(conversations),
  'inbox.counts': () => inboxCounts(conversations, operations),
  'inbox.postgres': () => inboxPagePostgres(inPostgres),
  'memory.receive': memoryReceive,
  'postgres.chat': postgresReceiveChat,
  burst: burstOnOneThread,
  'whatsapp.parse': () => [whatsAppParse()],
}

const chosen = Object.entries(benches).filter(([name]) => name.includes(asked.only))
if (chosen.length === 0) {
  console.error(`No bench is called ${asked.only}: there are ${Object.keys(benches).join(', ')}.`)
  process.exitCode = 1
}

const results: Array<BenchResult> = []
for (const [, run] of chosen) results.push(...(await run()))

/** Four digits are more than such a measurement holds. */
const short = (value: number): number => Number(value.toPrecision(4))

if (asked.json) {
  const rounded = results.map((row) => ({
    ...row,
    value: short(row.value),
    ...(row.ratio === undefined ? {} : { ratio: short(row.ratio) }),
  }))
  console.log(JSON.stringify(rounded, null, 2))
} else if (results.length > 0) {
  const lines = results.map((row) => [
    row.name,
    `${short(row.value)} ${row.unit}`,
    row.ratio === undefined ? '' : row.ratio.toFixed(2),
    row.goal === undefined ? '' : `${row.bound === 'most' ? 'at most ' : ''}${row.goal}`,
    isReached(row) ? '' : `${row.bound === 'most' ? 'above' : 'below'} its goal`,
  ])
  for (const line of [['benchmark', 'value', 'ratio', 'goal', ''], ...lines]) {
    console.log(
      line
        .map((cell, at) => (at === 0 ? cell.padEnd(26) : cell.padStart(20)))
        .join('')
        .trimEnd(),
    )
  }
}
