import { copyFileSync } from 'node:fs'
import { sqlite } from '@guichet/storage-sqlite'
import { rawInbound } from '../floor/inbound.ts'
import { openFloor } from '../floor/sqlite.ts'
import { inFolder } from '../folder.ts'
import type { BenchResult } from '../result.ts'
import { sideBySide } from '../rounds.ts'
import { workload } from '../workload.ts'
import { groupOf, writeAll } from '../writing.ts'
import { populatedFile } from './populated.ts'

const rows = [
  { name: 'sqlite.commit64', goal: 0.8, size: 64, groups: 8 },
  { name: 'sqlite.commit1', goal: 0.7, size: 1, groups: 256 },
]

/**
 * Inbound messages through the store (`load`, then `commit`) beside raw statements that read and write the same rows,
 * each on a file of its own. Messages a second.
 */
export const sqliteCommit = (): Promise<ReadonlyArray<BenchResult>> =>
  inFolder(async (path) => {
    const [ours, raw] = [await populatedFile(path('ours.db')), path('raw.db')]
    copyFileSync(ours, raw)
    const store = sqlite({ file: ours })
    const floor = openFloor(raw)
    const [toStore, toFloor] = [workload(7), workload(7)]
    const results: Array<BenchResult> = []
    for (const { name, goal, size, groups } of rows) {
      const figures = await sideBySide({ rounds: 31, warmUps: 5, amount: size * groups }, () => {
        const stored = Array.from({ length: groups }, () => groupOf(toStore.next(size)))
        const rawly = Array.from({ length: groups }, () => toFloor.next(size).map(rawInbound))
        return {
          ours: () => writeAll(store, stored),
          theirs: () => {
            for (const messages of rawly) floor.commit(messages)
          },
        }
      })
      results.push({ name, unit: 'messages/s', goal, ...figures })
    }
    await store.close()
    floor.close()
    return results
  })
