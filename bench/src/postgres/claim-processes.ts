import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { addWork } from '../claiming.ts'
import type { BenchResult } from '../result.ts'
import { sideBySide } from '../rounds.ts'
import { openClaimStore } from './claim.ts'
import { withServer } from './server.ts'

/** Which of the two a worker is to do. */
export type Side = 'ours' | 'raw'

/** What a worker had; nothing is told of what it did by raw statements. */
export interface Drained {
  readonly ids: ReadonlyArray<string>
}

const processes = 8
const items = 2_000

const worker = fileURLToPath(new URL('./claim-worker.ts', import.meta.url))

const ask = async (child: ChildProcess, side: Side): Promise<ReadonlyArray<string>> => {
  const answer = once(child, 'message')
  child.send(side)
  const [{ ids }] = (await answer) as [Drained]
  return ids
}

/** Work claimed 50 at a time and then settled by eight processes at once, beside raw statements in as many. */
export const postgresClaimProcesses = (): Promise<ReadonlyArray<BenchResult>> =>
  withServer(async ({ database }) => {
    const [ours, raw] = [await database('ours'), await database('raw')]
    const [filler, rawFiller] = [openClaimStore(ours), openClaimStore(raw)]
    await filler.migrate()
    await rawFiller.migrate()
    const children = Array.from({ length: processes }, () => fork(worker, [ours, raw]))
    try {
      await Promise.all(children.map((child) => once(child, 'message')))
      let wrong = 0
      const figures = await sideBySide({ rounds: 9, warmUps: 8, amount: items }, async () => {
        await addWork(filler, items)
        await addWork(rawFiller, items)
        return {
          ours: async () => {
            const done = (await Promise.all(children.map((child) => ask(child, 'ours')))).flat()
            const distinct = new Set(done).size
            wrong += done.length - distinct + (items - distinct)
          },
          theirs: async () => {
            await Promise.all(children.map((child) => ask(child, 'raw')))
          },
        }
      })
      return [
        { name: `postgres.claim50x${processes}p`, unit: 'items/s', goal: 0.7, ...figures },
        {
          name: `postgres.claim_wrong${processes}p`,
          value: wrong,
          unit: 'items twice or never',
          goal: 0,
          bound: 'most',
        },
      ]
    } finally {
      for (const child of children) child.disconnect()
      await Promise.all([filler.close(), rawFiller.close()])
    }
  })
