import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { bundle } from '../../../../tooling/faults/bundle.ts'
import type { Outcome, Wrong } from '../../../../tooling/faults/harness.ts'
import { freshDatabase } from '../../../../tooling/postgres/fresh-database.ts'
import { finishWork } from './finish-work.ts'
import { audit } from './audit.ts'
import { startCallers } from './callers.ts'
import { auditClaims, type Line } from './claim-race-audit.ts'
import type { ClaimFlaw } from './claim-race-flaws.ts'
import { openWorkers, type Worker } from './claim-race-workers.ts'
import { furnish, openDesk } from './engine.ts'
import { startEngineProcess } from './engine-process.ts'
import { openLedger, takeIn } from './ledger.ts'

interface WorkerOptions {
  readonly rounds: number
  readonly leaseMs: number
  /** How long after a process has stopped somebody else has all that it held, in milliseconds. */
  readonly takenWithinMs: number
  readonly how?: ReadonlyArray<(typeof ways)[number]>
  readonly flaw?: ClaimFlaw
}

/** For so many leases it stands still. */
const leases = 3
/** What a process takes at once; and which part of a lease that is under way. */
const limit = 10
const underWay = 0.5
/** Processes beside the one that stands still, and how much there is to do in each round. */
const others = 2
const itemsOfRound = 60
/** Until it is looked again whether somebody has taken up what it held, in milliseconds. */
const lookMs = 20

/**
 * How a process stands still: stopped by the system, or by a loop of its own; and until when: for some leases, or until
 * another one has just taken up its work.
 */
const ways = ['stopped', 'blocked', 'stopped until then'] as const

/** What a process has begun and not ended, by what it has written down. */
const heldBy = (worker: Worker): ReadonlyArray<Line> => {
  const lines = worker.lines()
  const ended = new Set(lines.flatMap(({ word, id }) => (word === 'done' || word === 'refused' ? [id] : [])))
  return lines.filter(({ word, id }) => word === 'work' && !ended.has(id))
}

/** Stops one in the middle of something; answers what that is. */
const freeze = async (worker: Worker, workMs: number, blockMs: number | undefined): Promise<ReadonlyArray<Line>> => {
  for (;;) {
    await new Promise<void>((resolve) => worker.onBegan(() => resolve()))
    if (blockMs === undefined) worker.signal('SIGSTOP')
    else worker.say({ _tag: 'Block', ms: blockMs })
    await pause(workMs / 2)
    const held = heldBy(worker)
    if (held.length > 0) return held
    worker.signal('SIGCONT')
  }
}

/** Resolves as soon as one of them has what another one held. */
const takenUp = async (heirs: ReadonlyArray<Worker>, held: ReadonlyArray<Line>): Promise<void> => {
  const ids = new Set(held.map(({ id }) => id))
  const isTaken = ({ word, id }: Line): boolean => word === 'work' && ids.has(id)
  while (!heirs.some((worker) => worker.lines().some(isTaken))) await pause(lookMs)
}

/** Resolves when it has ended what it held, or was not allowed to. */
const ended = async (worker: Worker, held: ReadonlyArray<Line>): Promise<void> => {
  const ids = new Set(held.map(({ id }) => id))
  while (heldBy(worker).some(({ id }) => ids.has(id))) await pause(lookMs)
}

/**
 * Lets a process stand still in the middle of its work, in several ways, and then go on as if nothing had happened. Others have done its work by then, and it may not end any of it.
 */
export const freezeWorkers = async (server: string, options: WorkerOptions): Promise<Outcome> => {
  const { rounds, leaseMs, takenWithinMs, how = ways, flaw } = options
  const workMs = leaseMs * underWay
  const wrong: Wrong[] = []
  let latest = 0
  let refused = 0
  let held = 0
  for (let round = 0; round < rounds; round += 1) {
    const way = how[round % how.length] as (typeof ways)[number]
    const after = `a process was ${way}, with leases of ${leaseMs} ms`
    const workers = await openWorkers(server, itemsOfRound, { leaseMs, limit, workMs, holds: true, flaw })
    try {
      const start = (): Worker => {
        const worker = workers.start()
        void worker.ready.then(() => worker.say({ _tag: 'Begin' }))
        return worker
      }
      const victim = start()
      const mine = await freeze(victim, workMs, way === 'blocked' ? leases * leaseMs : undefined)
      const stoppedAt = Date.now()
      const heirs = Array.from({ length: others }, start)
      const all = [victim, ...heirs]
      if (way === 'stopped until then') {
        await takenUp(heirs, mine)
        // They have it in their hands while it is ended.
        for (const heir of heirs) heir.signal('SIGSTOP')
        victim.signal('SIGCONT')
        await ended(victim, mine)
        for (const heir of heirs) heir.signal('SIGCONT')
      } else {
        await pause(leases * leaseMs)
        victim.signal('SIGCONT')
      }
      for (const worker of all) await worker.ended
      const lines = all.flatMap((worker) => worker.lines())
      for (const { id, attempts } of mine) {
        held += 1
        const next = lines.find((line) => line.word === 'claim' && line.id === id && line.attempts === attempts + 1)
        const took = (next?.got ?? Infinity) - stoppedAt
        latest = Math.max(latest, took)
        if (took > takenWithinMs) wrong.push({ kind: 'stuck', what: `${id} was taken up after ${took} ms`, after })
        const ends = lines.filter((line) => line.id === id && line.attempts === attempts)
        if (ends.some(({ word }) => word === 'refused')) refused += 1
        else if (!ends.some(({ word }) => word === 'done')) {
          wrong.push({ kind: 'lost', what: `${id} was neither ended nor refused to who had it first`, after })
        }
      }
      for (const finding of auditClaims(workers.ids, lines, leaseMs, new Set())) wrong.push({ ...finding, after })
      const left = await workers.left()
      if (left > 0) wrong.push({ kind: 'stuck', what: `${left} are left`, after })
    } finally {
      await workers.close()
    }
  }
  return {
    tried: rounds,
    wrong,
    measured:
      `${held} pieces of work were in the hands of who stood still: the last was taken up after ${latest} ms, ` +
      `with leases of ${leaseMs} ms; ${refused} late ends were refused`,
  }
}

interface EngineOptions {
  readonly rounds: number
  /** How long it stands still, in milliseconds: longer than an engine's leases. */
  readonly frozenMs: number
  readonly takenWithinMs: number
}

const callersAtOnce = 16
const program = fileURLToPath(new URL('./worker.ts', import.meta.url))

/**
 * The same with engines: one stands still with messages on their way out. Another one sends those again that may be sent
 * again, and says of the others that nobody knows; nothing that the first does when it goes on counts.
 */
export const freezeEngine = async (
  server: string,
  { rounds, frozenMs, takenWithinMs }: EngineOptions,
): Promise<Outcome> => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-faults-'))
  const { url, drop } = await freshDatabase(server)
  const ledger = openLedger()
  const wrong: Wrong[] = []
  let latest = 0
  let freezing: (() => void) | undefined
  /** What the one that stands still was sending, by its key, and what others have sent of it since. */
  const sending = new Set<string>()
  const taken = new Map<string, number>()
  try {
    const bundled = await bundle(program, folder, 'pg')
    const first = await openDesk({ url, hand: async () => undefined })
    await furnish(first.engine)
    await first.close()
    const start = (by: 'victim' | 'other') =>
      startEngineProcess({
        program: bundled,
        url,
        take: (handed) => {
          takeIn(ledger, handed)
          if (by === 'other') taken.set(handed.key, Date.now())
          else if (handed.account === 'exact' && freezing !== undefined) {
            sending.add(handed.key)
            freezing()
          }
        },
      })
    const [victim, other] = [start('victim'), start('other')]
    await Promise.all([victim.ready, other.ready])
    let turn = 0
    let still = false
    const callers = startCallers({
      ask: (asked) => (!still && (turn += 1) % 2 === 0 ? victim : other).ask(asked),
      ledger,
      many: callersAtOnce,
    })
    for (let round = 0; round < rounds; round += 1) {
      sending.clear()
      await callers.more(callersAtOnce)
      await new Promise<void>((resolve) => {
        freezing = () => {
          victim.freeze()
          resolve()
        }
      })
      freezing = undefined
      still = true
      const stoppedAt = Date.now()
      await pause(frozenMs)
      for (const key of sending) {
        const took = (taken.get(key) ?? Infinity) - stoppedAt
        latest = Math.max(latest, took)
        if (took > takenWithinMs) {
          wrong.push({
            kind: 'stuck',
            what: `${key} was sent again after ${took} ms`,
            after: 'an engine that stood still',
          })
        }
      }
      victim.thaw()
      still = false
      await callers.caughtUp()
    }
    callers.stop()
    await callers.done
    await Promise.all([victim.close(), other.close()])
    await finishWork(url, ledger)
    const { findings, entries, uncertain } = await audit(url, ledger)
    const after = `${rounds} times an engine stood still for ${frozenMs} ms`
    return {
      tried: rounds,
      wrong: [...ledger.wrong, ...wrong, ...findings.map((finding) => ({ ...finding, after }))],
      measured:
        `${ledger.received.size} messages and ${ledger.replied.size} answers acknowledged, ${entries} there; what was being ` +
        `sent was sent by another engine after ${latest} ms; ${uncertain} answers in doubt`,
    }
  } finally {
    await drop()
    rmSync(folder, { recursive: true, force: true })
  }
}
