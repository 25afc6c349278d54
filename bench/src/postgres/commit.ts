import { postgres } from '@guichet/storage-postgres'
import { rawInbound } from '../floor/inbound.ts'
import { openBatching } from '../floor/postgres-batch.ts'
import type { BenchResult } from '../result.ts'
import { sideBySide } from '../rounds.ts'
import { populate, workload } from '../workload.ts'
import { groupOf, writeAll } from '../writing.ts'
import { withServer } from './server.ts'

const size = 64
const groups = 8
/** At once, on as many connections: the store's own number of them. */
const hands = 2

/**
 * Inbound messages through the store (`load`, then `commit`) beside a hand-written batch that reads and writes the same
 * rows, two at once, each in a database of its own on one server. Messages a second.
 */
export const postgresCommit = (): Promise<ReadonlyArray<BenchResult>> =>
  withServer(async ({ database, copy }) => {
    const ours = await database('ours')
    const seeding = postgres({ url: ours })
    await seeding.migrate()
    await populate(seeding)
    await seeding.close()
    const floor = await openBatching(await copy('ours', 'raw'), 'guichet')
    const store = postgres({ url: ours })
    const [toStore, toFloor] = [workload(7), workload(7)]
    /** A round at once, cut into groups: none has a conversation that another one has, so that they may go side by side. */
    const cut = <A>(messages: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> =>
      Array.from({ length: groups }, (_, at) => messages.slice(at * size, (at + 1) * size))
    const figures = await sideBySide({ rounds: 31, warmUps: 8, amount: size * groups }, () => {
      const stored = cut(toStore.next(size * groups)).map(groupOf)
      const rawly = cut(toFloor.next(size * groups).map(rawInbound))
      return { ours: () => writeAll(store, stored, hands), theirs: () => floor.writeAll(rawly) }
    })
    await store.close()
    await floor.close()
    return [{ name: 'postgres.commit64', unit: 'messages/s', goal: 0.8, ...figures }]
  })
