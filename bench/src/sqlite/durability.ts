import { copyFileSync } from 'node:fs'
import { sqlite } from '@guichet/storage-sqlite'
import { inFolder } from '../folder.ts'
import type { BenchResult } from '../result.ts'
import { sideBySide } from '../rounds.ts'
import { workload } from '../workload.ts'
import { groupOf, writeAll } from '../writing.ts'
import { populatedFile } from './populated.ts'

const size = 64
const groups = 8

/** Commits of 64 messages that wait for the disk beside such that do not. Messages a second. */
export const sqliteDurability = (): Promise<ReadonlyArray<BenchResult>> =>
  inFolder(async (path) => {
    const [waiting, hasty] = [await populatedFile(path('full.db')), path('normal.db')]
    copyFileSync(waiting, hasty)
    const full = sqlite({ file: waiting, synchronous: 'full' })
    const normal = sqlite({ file: hasty, synchronous: 'normal' })
    const [toFull, toNormal] = [workload(7), workload(7)]
    const figures = await sideBySide({ rounds: 31, warmUps: 5, amount: size * groups }, () => {
      const durable = Array.from({ length: groups }, () => groupOf(toFull.next(size)))
      const fleeting = Array.from({ length: groups }, () => groupOf(toNormal.next(size)))
      return { ours: () => writeAll(full, durable), theirs: () => writeAll(normal, fleeting) }
    })
    await full.close()
    await normal.close()
    return [{ name: 'sqlite.full_vs_normal64', unit: 'messages/s', goal: 0.85, ...figures }]
  })
