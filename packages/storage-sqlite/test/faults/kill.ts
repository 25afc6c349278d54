import type { Outcome, Wrong } from '../../../../tooling/faults/harness.ts'
import { audit, remove } from './audit.ts'
import { type Bench, operationsOf, spread } from './bench.ts'
import { acknowledgedIn, type Run } from './disk.ts'

/**
 * Kills a process at an operation, and looks at what it leaves; at `points` operations from the first to the last, in
 * turns before one and half way through one.
 */
export const killAtOperations = async (
  bench: Bench,
  { points, flaw }: { readonly points: number } & Pick<Run, 'flaw'>,
): Promise<Outcome> => {
  const last = operationsOf(await bench.record()).length
  const at = spread(points, last)
  const wrong: Wrong[] = []
  for (const [turn, operation] of at.entries()) {
    const file = bench.fresh()
    const half = turn % 2 === 1
    const { end, said } = await bench.workshop.run({
      file,
      kill: { at: operation, half },
      ...(flaw === undefined ? {} : { flaw }),
    })
    const after = `a kill ${half ? 'half way through' : 'before'} operation ${operation} of ${last}`
    if (end !== 'SIGKILL') wrong.push({ kind: 'stuck', what: `the process was not killed: ${end}`, after })
    else {
      const found = await audit(file, acknowledgedIn(said), bench.reference)
      if (found !== undefined) wrong.push({ ...found, after })
    }
    remove(file)
  }
  return { tried: at.length, wrong }
}
