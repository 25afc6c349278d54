import { constants } from 'node:os'
import type { Outcome, Wrong } from '../../../../tooling/faults/harness.ts'
import { audit, remove } from './audit.ts'
import { type Bench, operationsOf, spread } from './bench.ts'
import { acknowledgedIn, type Ran, type Run } from './disk.ts'
import { steps } from './steps.ts'

/** A disk that is unwell for one operation, and one that is full for a while. */
const troubles = [
  { name: 'EIO', errno: constants.errno.EIO, times: 1, code: /^SQLITE_(IOERR|CANTOPEN)/ },
  { name: 'ENOSPC', errno: constants.errno.ENOSPC, times: 25, code: /^SQLITE_(FULL|IOERR|CANTOPEN)/ },
] as const

/** What is wrong with what a process said, whose disk refused some operations and then no more. */
const complaint = ({ end, said }: Ran, code: RegExp, reference: ReadonlyArray<string>): string | undefined => {
  for (const line of said) {
    const [word, step, third = '', retryable] = line.split(' ')
    if (word === 'done' && third !== reference[Number(step)]) return `step ${step} was acknowledged and is not there`
    if (word === 'failed' && !(code.test(third) && retryable === 'true')) return `it said "${line}"`
  }
  return end === 0 ? undefined : `the process ended with ${end}, and last said "${said.at(-1)}"`
}

/**
 * Lets operations of a process fail, that tries again what it is told to try again; at `points` operations from the
 * first to the last. `felt` is how many of these the process noticed: the others were not in anybody's way.
 */
export const refuseOperations = async (
  bench: Bench,
  { points, flaw }: { readonly points: number } & Pick<Run, 'flaw'>,
): Promise<Outcome & { readonly felt: number }> => {
  const last = operationsOf(await bench.record()).length
  const at = spread(points, last)
  const wrong: Wrong[] = []
  let felt = 0
  for (const [turn, operation] of at.entries()) {
    const { name, errno, times, code } = troubles[turn % troubles.length] as (typeof troubles)[number]
    const file = bench.fresh()
    const fail = { at: operation, times, errno }
    const ran = await bench.workshop.run({ file, fail, ...(flaw === undefined ? {} : { flaw }) })
    const after = `${name} at operation ${operation} of ${last}, ${times} times`
    if (ran.said.some((line) => line.startsWith('failed'))) felt += 1
    const what = complaint(ran, code, bench.reference)
    if (what !== undefined) wrong.push({ kind: 'lost', what, after })
    else {
      const found = await audit(file, acknowledgedIn(ran.said), bench.reference)
      if (found !== undefined) wrong.push({ ...found, after })
      else if (acknowledgedIn(ran.said) !== steps.length)
        wrong.push({ kind: 'stuck', what: 'steps are missing', after })
    }
    remove(file)
  }
  return { tried: at.length, wrong, felt }
}
