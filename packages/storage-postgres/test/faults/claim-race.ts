import type { Outcome } from '../../../../tooling/faults/harness.ts'
import { auditClaims } from './claim-race-audit.ts'
import type { ClaimFlaw } from './claim-race-flaws.ts'
import { openWorkers, type Worker } from './claim-race-workers.ts'

interface Options {
  readonly items: number
  readonly processes: number
  /** How many of the processes are killed on the way, each replaced by a new one. */
  readonly kills: number
  readonly leaseMs: number
  readonly flaw?: ClaimFlaw
}

/** So much is taken at once, as an engine does. */
const limit = 50

/**
 * Lets processes take and do all of the work at once, kills some of them in the middle of it, and compares what each has
 * written down: everything is done, and nothing is with two of them at a time.
 */
export const raceForWork = async (server: string, options: Options): Promise<Outcome> => {
  const { items, processes, kills, leaseMs, flaw } = options
  const workers = await openWorkers(server, items, { leaseMs, limit, workMs: 0, holds: false, flaw })
  try {
    const all: Worker[] = []
    const killed = new Set<number>()
    let begun = 0
    const start = (): Worker => {
      const worker = workers.start()
      all.push(worker)
      worker.onBegan((many) => {
        begun += many
        if (killed.has(worker.by) || killed.size >= kills || begun < ((killed.size + 1) * items) / (kills + 1)) return
        // Whoever says so has something in hand.
        killed.add(worker.by)
        worker.signal('SIGKILL')
        begin(start())
      })
      return worker
    }
    const begin = (worker: Worker): void => void worker.ready.then(() => worker.say({ _tag: 'Begin' }))
    // All at once: who is there first would do it all alone.
    const first = Array.from({ length: processes }, start)
    await Promise.all(first.map(({ ready }) => ready))
    const began = performance.now()
    first.forEach(begin)
    for (const worker of all) await worker.ended
    const seconds = (performance.now() - began) / 1_000
    const lines = all.flatMap((worker) => worker.lines())
    const after = `${items} pieces of work, ${processes} processes, ${killed.size} kills`
    const left = await workers.left()
    return {
      tried: items,
      wrong: [
        ...auditClaims(workers.ids, lines, leaseMs, killed).map((finding) => ({ ...finding, after })),
        ...(left === 0 ? [] : [{ kind: 'stuck' as const, what: `${left} are left`, after }]),
        ...(killed.size === kills ? [] : [{ kind: 'stuck' as const, what: `only ${killed.size} kills`, after }]),
      ],
      measured:
        `${after}; ${lines.filter(({ word, attempts }) => word === 'claim' && attempts > 1).length} taken up again; ` +
        `${Math.round(items / seconds)} done a second, waiting for leases included`,
    }
  } finally {
    await workers.close()
  }
}
