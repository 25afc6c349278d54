import { sqlite } from '@guichet/storage-sqlite'
import { addWork, batch, drain, kind, later, leaseMs } from '../claiming.ts'
import { openClaims } from '../floor/sqlite-claim.ts'
import { inFolder } from '../folder.ts'
import type { BenchResult } from '../result.ts'
import { sideBySide } from '../rounds.ts'

const items = 1_000

/** Work claimed 50 at a time and then settled, beside raw statements, each on a file of its own. Items a second. */
export const sqliteClaim = (): Promise<ReadonlyArray<BenchResult>> =>
  inFolder(async (path) => {
    const store = sqlite({ file: path('ours.db') })
    const rawFiller = sqlite({ file: path('raw.db') })
    await store.migrate()
    await rawFiller.migrate()
    const floor = openClaims(path('raw.db'), kind, batch, leaseMs)
    const figures = await sideBySide({ rounds: 31, warmUps: 5, amount: items }, async () => {
      await addWork(store, items)
      await addWork(rawFiller, items)
      return {
        ours: async () => {
          await drain(store)
        },
        theirs: () => floor.drain(later),
      }
    })
    floor.close()
    await rawFiller.close()
    await store.close()
    return [{ name: 'sqlite.claim50', unit: 'items/s', goal: 0.7, ...figures }]
  })
