import { postgres } from '@guichet/storage-postgres'
import { addWork, batch, drain, kind, later, leaseMs } from '../claiming.ts'
import { openClaims } from '../floor/postgres-claim.ts'
import type { BenchResult } from '../result.ts'
import { sideBySide } from '../rounds.ts'
import { withServer } from './server.ts'

export const schema = 'guichet'
const rows = [
  { name: 'postgres.claim50', workers: 1, items: 1_000 },
  { name: 'postgres.claim50x8', workers: 8, items: 4_000 },
]

export const openClaimStore = (url: string) => postgres({ url, schema, leaseClock: 'caller', listen: false })

/**
 * Work claimed 50 at a time and then settled, by one worker and by eight, each with a store of its own, beside raw
 * statements. Items a second; and how many of all of them went to two workers or to none.
 */
export const postgresClaim = (): Promise<ReadonlyArray<BenchResult>> =>
  withServer(async ({ database }) => {
    const [ours, raw] = [await database('ours'), await database('raw')]
    const [filler, rawFiller] = [openClaimStore(ours), openClaimStore(raw)]
    await filler.migrate()
    await rawFiller.migrate()
    const results: Array<BenchResult> = []
    let wrong = 0
    for (const { name, workers, items } of rows) {
      const stores = Array.from({ length: workers }, () => openClaimStore(ours))
      const floors = await Promise.all(
        Array.from({ length: workers }, () => openClaims(raw, schema, kind, batch, leaseMs)),
      )
      const figures = await sideBySide({ rounds: 21, warmUps: 3, amount: items }, async () => {
        await addWork(filler, items)
        await addWork(rawFiller, items)
        return {
          ours: async () => {
            const done = (await Promise.all(stores.map(drain))).flat()
            const distinct = new Set(done).size
            wrong += done.length - distinct + (items - distinct)
          },
          theirs: async () => {
            await Promise.all(floors.map((floor) => floor.drain(later)))
          },
        }
      })
      results.push({ name, unit: 'items/s', goal: 0.7, ...figures })
      await Promise.all([...stores, ...floors].map((one) => one.close()))
    }
    await Promise.all([filler.close(), rawFiller.close()])
    results.push({ name: 'postgres.claim_wrong', value: wrong, unit: 'items twice or never', goal: 0, bound: 'most' })
    return results
  })
