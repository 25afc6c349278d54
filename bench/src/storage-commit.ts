import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqlite } from '@guichet/storage-sqlite'
import { openFloor, rawInbound } from './floor-sqlite.ts'
import { median } from './median.ts'
import type { BenchResult } from './result.ts'
import { changesetFor, populate, requestFor, workload } from './storage-workload.ts'

interface Plan {
  readonly name: string
  readonly goal: number
  readonly group: number
  /** Groups in a round. */
  readonly groups: number
  readonly rounds: number
}

const plans: ReadonlyArray<Plan> = [
  { name: 'sqlite.commit64', goal: 0.7, group: 64, groups: 8, rounds: 31 },
  { name: 'sqlite.commit1', goal: 0.7, group: 1, groups: 256, rounds: 31 },
]

const warmUps = 5

/** Milliseconds. */
const timed = async (run: () => void | Promise<void>): Promise<number> => {
  const began = performance.now()
  await run()
  return performance.now() - began
}

/**
 * Inbound messages through the store (`load`, then `commit`) beside raw statements that read and write the same rows,
 * in rounds that take turns, each on a file of its own. Messages a second; the ratio is the median over the rounds.
 */
export const sqliteCommit64 = async (): Promise<BenchResult[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-bench-'))
  const [ours, raw] = [join(folder, 'ours.db'), join(folder, 'raw.db')]
  try {
    const seeded = sqlite({ file: ours })
    await seeded.migrate()
    await populate(seeded)
    await seeded.close()
    copyFileSync(ours, raw)

    const store = sqlite({ file: ours })
    const floor = openFloor(raw)
    const [toStore, toFloor] = [workload(7), workload(7)]
    const results: BenchResult[] = []
    for (const { name, goal, group, groups, rounds } of plans) {
      const figures: Array<{ readonly rate: number; readonly ratio: number }> = []
      for (let round = 0; round < rounds + warmUps; round += 1) {
        const stored = Array.from({ length: groups }, () => {
          const messages = toStore.next(group)
          return { request: requestFor(messages), changesets: messages.map(changesetFor) }
        })
        const rawly = Array.from({ length: groups }, () => toFloor.next(group).map(rawInbound))
        const runStore = () =>
          timed(async () => {
            for (const { request, changesets } of stored) {
              await store.load(request)
              const answers = await store.commit(changesets)
              if (answers.some(({ _tag }) => _tag === 'Conflict')) throw new Error('a commit conflicted')
            }
          })
        const runFloor = () =>
          timed(() => {
            for (const messages of rawly) floor.commit(messages)
          })
        const storeFirst = round % 2 === 0
        const first = await (storeFirst ? runStore() : runFloor())
        const second = await (storeFirst ? runFloor() : runStore())
        const [storeTime, floorTime] = storeFirst ? [first, second] : [second, first]
        if (round >= warmUps) {
          figures.push({ rate: (group * groups * 1_000) / storeTime, ratio: floorTime / storeTime })
        }
      }
      results.push({
        name,
        value: median(figures.map(({ rate }) => rate)),
        unit: 'messages/s',
        ratio: median(figures.map(({ ratio }) => ratio)),
        goal,
      })
    }
    await store.close()
    floor.close()
    return results
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
