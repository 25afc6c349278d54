import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeReference, type Reference, remove } from './audit.ts'
import { openWorkshop, type Run, type Workshop } from './disk.ts'
import { type DiskOp, readOpLog } from './op-log.ts'

/** What all harnesses work with. */
export interface Bench {
  readonly workshop: Workshop
  readonly reference: Reference
  /** A path where nothing is yet. */
  readonly fresh: () => string
  /** What a process that nothing happens to asks of the disk. */
  readonly record: (run?: Pick<Run, 'synchronous' | 'fail'>) => Promise<ReadonlyArray<DiskOp>>
}

export const openBench = async (): Promise<Bench> => {
  const workshop = await openWorkshop()
  let made = 0
  const fresh = (): string => {
    made += 1
    return join(workshop.folder, `${made}.db`)
  }
  return {
    workshop,
    fresh,
    reference: await makeReference(fresh()),
    record: async (run = {}) => {
      const file = fresh()
      const log = `${file}.log`
      const { end, said } = await workshop.run({ ...run, file, log })
      if (end !== 0) throw new Error(`the process ended with ${end}, after it said: ${said.at(-1)}`)
      try {
        return readOpLog(log)
      } finally {
        remove(file)
        rmSync(log)
      }
    },
  }
}

/** What counts as an operation on the disk, the first being number 1. */
export const operationsOf = (ops: ReadonlyArray<DiskOp>): ReadonlyArray<DiskOp> => ops.filter(({ op }) => op !== 'done')

/** `many` numbers from 1 to `last`, spread over all of them. */
export const spread = (many: number, last: number): ReadonlyArray<number> =>
  Array.from({ length: Math.min(many, last) }, (_, n) => 1 + Math.floor(((n + 0.5) * last) / Math.min(many, last)))
