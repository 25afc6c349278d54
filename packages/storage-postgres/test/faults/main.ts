import type { Harness } from '../../../../tooling/faults/harness.ts'
import { missingPreload } from '../../../../tooling/faults/preload.ts'
import { runFaults, type Size } from '../../../../tooling/faults/run.ts'
import { type Postgres, startPostgres } from '../../../../tooling/postgres/start.ts'
import { raceForWork } from './claim-race.ts'
import { cutCommits } from './cut.ts'
import { missingSmallDisk } from './disk.ts'
import { freezeEngine, freezeWorkers } from './frozen.ts'
import { cutOffCommits, goHalfOpen, loseNews } from './half-open.ts'
import { failingNowAndThen, fullForLog, fullForTables } from './ill-server.ts'
import { killNodes } from './kill.ts'
import { troubleDisk } from './trouble.ts'

let opened: Promise<Postgres> | undefined

/** A durable one of their own, whose processes they may kill. */
const server = (): Promise<Postgres> => (opened ??= startPostgres({ durable: true }))

const noSmallDisk = missingSmallDisk()
const noPreload = missingPreload()

const race = { processes: 8, leaseMs: 5_000 }

const harnesses = ({ of, seed }: Size): ReadonlyArray<Harness> => [
  {
    name: 'kill, every two seconds',
    run: async () => killNodes(await server(), { kills: of(50), seed, everyMs: 2_000, backWithinMs: 5_000 }),
  },
  {
    name: 'kill, acknowledging too early',
    planted: 'lost',
    run: async () => killNodes(await server(), { kills: 4, seed, flaw: 'hasty' }),
  },
  {
    name: 'kill, forgetting what has come before',
    planted: 'doubled',
    run: async () => killNodes(await server(), { kills: 4, seed, flaw: 'forgetful' }),
  },
  {
    name: 'kill, handing over again without a key',
    planted: 'doubled',
    run: async () => killNodes(await server(), { kills: 8, seed, flaw: 'bold' }),
  },
  {
    name: 'commit cut before its answer',
    run: async () => cutCommits((await server()).url, { messages: of(10_000), oneIn: 10, seed }),
  },
  {
    name: 'commit cut, forgetting what has come before',
    planted: 'doubled',
    run: async () => cutCommits((await server()).url, { messages: 1_000, oneIn: 10, seed, flaw: 'forgetful' }),
  },
  {
    name: 'commit cut, taken for done',
    planted: 'lost',
    run: async () => cutCommits((await server()).url, { messages: 1_000, oneIn: 10, seed, flaw: 'presuming' }),
  },
  {
    name: 'commit cut, done again under new ids',
    planted: 'doubled',
    run: async () => cutCommits((await server()).url, { messages: 1_000, oneIn: 10, seed, flaw: 'renaming' }),
  },
  {
    name: 'disk full, for tables',
    missing: noSmallDisk,
    run: () => troubleDisk(fullForTables, { times: of(20), code: '53100' }),
  },
  {
    name: 'disk full, for the log',
    missing: noSmallDisk,
    run: () => troubleDisk(fullForLog, { times: of(5) }),
  },
  {
    name: 'disk full, taken for done',
    missing: noSmallDisk,
    planted: 'lost',
    run: () => troubleDisk(fullForTables, { times: 2, flaw: 'presuming' }),
  },
  {
    name: 'disk error, at a write or a sync',
    missing: noPreload,
    run: () => troubleDisk(failingNowAndThen, { times: of(20) }),
  },
  {
    name: 'half-open, silent, a byte a second, late',
    run: async () => goHalfOpen((await server()).url, { rounds: of(6), noticedWithinMs: 15_000 }),
  },
  {
    name: 'half-open, waiting for ever',
    planted: 'stuck',
    run: async () => goHalfOpen((await server()).url, { rounds: 1, noticedWithinMs: 15_000, flaw: 'patient' }),
  },
  {
    name: 'half-open in the middle of a commit',
    run: async () => cutOffCommits((await server()).url, { points: of(6), noticedWithinMs: 15_000 }),
  },
  {
    name: 'half-open line for news',
    run: async () => loseNews((await server()).url, { messages: of(40), heardWithinMs: 2_000 }),
  },
  {
    name: 'half-open line for news, asking rarely',
    planted: 'stuck',
    run: async () => loseNews((await server()).url, { messages: 10, heardWithinMs: 2_000, flaw: 'rarely' }),
  },
  {
    name: 'frozen engine, for three leases',
    run: async () => freezeEngine((await server()).url, { rounds: of(2), frozenMs: 75_000, takenWithinMs: 30_000 }),
  },
  {
    name: 'frozen process, for three leases',
    run: async () => freezeWorkers((await server()).url, { rounds: of(9), leaseMs: 2_000, takenWithinMs: 30_000 }),
  },
  {
    name: 'frozen process, ending what is not its own',
    planted: 'doubled',
    run: async () =>
      freezeWorkers((await server()).url, { rounds: 3, leaseMs: 2_000, takenWithinMs: 30_000, flaw: 'unfenced' }),
  },
  {
    name: 'claims of eight processes, some killed',
    run: async () => raceForWork((await server()).url, { ...race, items: of(50_000), kills: of(8) }),
  },
  {
    name: 'claims that do not look at leases',
    planted: 'doubled',
    run: async () => raceForWork((await server()).url, { ...race, items: of(5_000), kills: 0, flaw: 'greedy' }),
  },
]

try {
  await runFaults(
    'postgres',
    '50 kills, 10,000 messages through cuts, 45 troubles with a disk, 50,000 claims',
    harnesses,
  )
} finally {
  await (await opened)?.stop()
}
