import { postgres } from '@guichet/storage-postgres'
import pg from 'pg'
import { openNaive } from '../floor/postgres-naive.ts'
import { median } from '../median.ts'
import { again, greet, type Greeting, greetings, openEngine, picking, receiveAll, requestFrom } from '../receiving.ts'
import type { BenchResult } from '../result.ts'
import { sideBySide } from '../rounds.ts'
import { withServer } from './server.ts'

const schema = 'guichet'

/**
 * The goals of the ratio and of the round trips a message. Node compiles what it runs often: a single caller needs more
 * rounds until all of either side is.
 */
const rows = [
  { callers: 64, requestsPerCaller: 8, warmUps: 3, goal: 6, roundTrips: 0.1 },
  { callers: 32, requestsPerCaller: 8, warmUps: 3, goal: 4.5 },
  { callers: 8, requestsPerCaller: 16, warmUps: 3, goal: 2.5 },
  { callers: 1, requestsPerCaller: 64, warmUps: 80, goal: 1.4, roundTrips: 2 },
]

const greetingsIn = async (url: string): Promise<ReadonlyArray<Greeting>> => {
  const client = new pg.Client({ connectionString: url, options: `-c search_path=${schema}` })
  await client.connect()
  const { rows: found } = await client.query<Greeting>(greetings)
  await client.end()
  return found
}

/**
 * Messages through the whole engine, a web Request in and a Response out, from so many callers at once, beside as many
 * callers who write the same rows in a transaction for each message, each in a database of its own on one server.
 * Messages a second; and the round trips that the engine's store has made for one.
 */
export const postgresReceive = (): Promise<ReadonlyArray<BenchResult>> =>
  withServer(async ({ database, copy }) => {
    const ours = await database('ours')
    await greet(postgres({ url: ours, schema }))
    const raw = await copy('ours', 'raw')
    const rawAgain = again(await greetingsIn(raw))
    const storage = postgres({ url: ours, schema })
    const engine = await openEngine(storage)
    const pick = picking(7)
    const results: Array<BenchResult> = []
    for (const { callers, requestsPerCaller, warmUps, goal, roundTrips } of rows) {
      const naive = openNaive(raw, schema, callers)
      const messages = callers * requestsPerCaller
      /** A message, in each round: the engine looks after itself once a second, which is in few of them. */
      const trips: Array<number> = []
      const figures = await sideBySide({ rounds: 15, warmUps, amount: messages }, () => {
        const contacts = Array.from({ length: callers }, () => Array.from({ length: requestsPerCaller }, pick))
        const requests = contacts.map((each) => each.map(requestFrom))
        const rawly = contacts.map((each) => each.map(rawAgain))
        return {
          ours: async () => {
            const before = storage.stats().roundTrips
            await receiveAll(engine, requests)
            trips.push((storage.stats().roundTrips - before) / messages)
          },
          theirs: () => naive.storeAll(rawly),
        }
      })
      await naive.close()
      results.push({ name: `postgres.receive${callers}`, unit: 'messages/s', goal, ...figures })
      if (roundTrips !== undefined) {
        results.push({
          name: `postgres.round_trips${callers}`,
          value: median(trips),
          unit: 'a message',
          goal: roundTrips,
          bound: 'most',
        })
      }
    }
    await engine.close()
    return results
  })
