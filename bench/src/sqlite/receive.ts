import { copyFileSync } from 'node:fs'
import { sqlite } from '@guichet/storage-sqlite'
import Database from 'better-sqlite3'
import { openFloor } from '../floor/sqlite.ts'
import { inFolder } from '../folder.ts'
import { again, greet, type Greeting, greetings, openEngine, picking, receiveAll, requestFrom } from '../receiving.ts'
import type { BenchResult } from '../result.ts'
import { sideBySide } from '../rounds.ts'

const callers = 64
/** One after the other, for each caller, in a round. */
const requestsPerCaller = 8

const greetingsIn = (file: string): ReadonlyArray<Greeting> => {
  const db = new Database(file, { readonly: true })
  const rows = db.prepare<[], Greeting>(greetings).all()
  db.close()
  return rows
}

/**
 * Messages through the whole engine, a web Request in and a Response out, from 64 callers at once, beside raw
 * statements that write the same rows in groups of 64, each on a file of its own. Messages a second.
 */
export const sqliteReceive = (): Promise<ReadonlyArray<BenchResult>> =>
  inFolder(async (path) => {
    const [ours, raw] = [path('ours.db'), path('raw.db')]
    await greet(sqlite({ file: ours }))
    copyFileSync(ours, raw)
    const rawAgain = again(greetingsIn(raw))
    const engine = await openEngine(sqlite({ file: ours }))
    const floor = openFloor(raw)
    const pick = picking(7)
    const figures = await sideBySide({ rounds: 31, warmUps: 40, amount: callers * requestsPerCaller }, () => {
      const groups = Array.from({ length: requestsPerCaller }, () => Array.from({ length: callers }, pick))
      const requests = Array.from({ length: callers }, (_, caller) =>
        groups.map((group) => requestFrom(group[caller] ?? 0)),
      )
      const rawly = groups.map((group) => group.map(rawAgain))
      return {
        ours: () => receiveAll(engine, requests),
        theirs: () => {
          for (const group of rawly) floor.commit(group)
        },
      }
    })
    floor.close()
    await engine.close()
    return [{ name: 'sqlite.receive64', unit: 'messages/s', goal: 0.6, ...figures }]
  })
