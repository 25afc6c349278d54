import { writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import type { Outcome, Wrong } from '../../../../tooling/faults/harness.ts'
import { audit, remove } from './audit.ts'
import { type Bench, operationsOf, spread } from './bench.ts'
import type { DiskFile, DiskOp } from './op-log.ts'
import { diskAfter, type PowerCutDisk, powerCuts } from './power-cut.ts'

const endings: Readonly<Record<Exclude<DiskFile, 'n'>, string>> = { d: '', w: '-wal', j: '-journal' }

const lay = (file: string, { files }: PowerCutDisk): void => {
  for (const [name, bytes] of files) if (name !== 'n') writeFileSync(file + endings[name], bytes)
}

/** Cuts the power of a recorded run `cuts` times, and looks at each disk that is left. `deaf`: one that ignores syncs. */
export const cutPower = async (
  bench: Bench,
  ops: ReadonlyArray<DiskOp>,
  { cuts, seed, deaf = false }: { readonly cuts: number; readonly seed: number; readonly deaf?: boolean },
): Promise<Outcome> => {
  const wrong: Wrong[] = []
  const file = bench.fresh()
  const drawn = powerCuts(ops.length, cuts, seed)
  for (const cut of drawn) {
    const disk = diskAfter(ops, cut, deaf)
    lay(file, disk)
    const found = await audit(file, disk.acknowledged, bench.reference)
    if (found !== undefined) wrong.push({ ...found, after: `a power cut ${JSON.stringify(cut)}, seed ${seed}` })
    remove(file)
  }
  return { tried: drawn.length, wrong }
}

/**
 * Lets a sync of the log fail, once in a run, and cuts the power of what the process did about it: what was written
 * before a failed sync may be gone though the next one succeeds, so that it has to be written again. At `syncs` places
 * of the run, `cuts` each.
 */
export const cutPowerAfterFailedSync = async (
  bench: Bench,
  { syncs, cuts, seed }: { readonly syncs: number; readonly cuts: number; readonly seed: number },
): Promise<Outcome> => {
  const places = operationsOf(await bench.record()).flatMap((one, index) =>
    one.op === 'sync' && one.file === 'w' ? [index + 1] : [],
  )
  const outcomes: Outcome[] = []
  for (const place of spread(syncs, places.length)) {
    const at = places[place - 1] as number
    const ops = await bench.record({ fail: { at, times: 1, errno: constants.errno.EIO } })
    outcomes.push(await cutPower(bench, ops, { cuts, seed: seed + at }))
  }
  return {
    tried: outcomes.reduce((sum, { tried }) => sum + tried, 0),
    wrong: outcomes.flatMap(({ wrong }) => wrong),
  }
}
