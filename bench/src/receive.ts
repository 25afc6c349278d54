import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEngine, type Engine } from '@guichet/engine'
import { sqlite } from '@guichet/storage-sqlite'
import Database from 'better-sqlite3'
import { openFloor, type RawInbound } from './floor-sqlite.ts'
import { median } from './median.ts'
import { receiveChannel, requestOf } from './receive-channel.ts'
import type { BenchResult } from './result.ts'
import { population } from './storage-workload.ts'

/** As many conversations as the row for commits has, at random: both stand beside the same raw statements. */
const contacts = population
const callers = 64
/** One after the other, for each caller, in a round. */
const requestsPerCaller = 8
const rounds = 31
const warmUps = 5

const text =
  'Bonjour, I ordered two chairs last week and only one has arrived. Could you tell me where the other is? '.repeat(2)
const addressOf = (n: number): string => `customer${n}@example.com`

const open = async (file: string): Promise<Engine> => {
  const engine = await createEngine({
    storage: sqlite({ file }),
    channels: { bench: receiveChannel },
    onError: ({ where, error }) => {
      throw new Error(`failed in ${where}`, { cause: error })
    },
  })
  const acme = engine.workspace('acme')
  await acme.queues.put({ id: 'support', name: 'Support', mode: 'shared', claimOnReply: true })
  await acme.accounts.put({ id: 'support', channel: 'bench', queue: 'support' })
  return engine
}

let sent = 0
const request = (n: number): Request => {
  sent += 1
  return requestOf(`message-${sent}@mail.example.com`, addressOf(n), text, Date.now())
}

/** All callers at once, each waiting for its answer before it sends the next; an answer that is not 200 is an error. */
const receiveAll = async (engine: Engine, work: ReadonlyArray<ReadonlyArray<Request>>): Promise<void> => {
  const call = async (requests: ReadonlyArray<Request>) => {
    for (const one of requests) {
      const response = await engine.receive('acme/support', one)
      if (response.status !== 200) throw new Error(`answered ${response.status}: ${await response.text()}`)
    }
  }
  await Promise.all(work.map(call))
}

/** What the engine wrote for a message of each contact, for raw statements to write again. */
const templates = (file: string): ReadonlyArray<RawInbound> => {
  const db = new Database(file, { readonly: true })
  const rows = db
    .prepare<
      [],
      {
        id: Buffer
        contact: Buffer
        version: number
        preview: string
        state: string
        at: number
        body: string
        data: string
        address: string
      }
    >(
      `select c.id, i.contact, c.version, c.preview, c.data as state, e.at, e.body, e.data, i.address
       from identity i join conversation c on c.ws = i.ws and c.id = i.conv
       join entry e on e.ws = c.ws and e.conv = c.id and e.seq = c.seq`,
    )
    .all()
  db.close()
  if (rows.length !== contacts) throw new Error(`${rows.length} conversations instead of ${contacts}`)
  return rows.map(({ id, contact, version, preview, state, at, body, data, address }, n) => ({
    id,
    contact,
    message: {
      n,
      id: '',
      contact: '',
      address,
      externalId: '',
      version,
      at,
      preview,
      body,
      state,
      data,
      counts: false,
    },
  }))
}

const timed = async (run: () => void | Promise<void>): Promise<number> => {
  const began = performance.now()
  await run()
  return performance.now() - began
}

/**
 * Messages through the whole engine, a web Request in and a Response out, from 64 callers at once, beside raw
 * statements that write the same rows in groups of 64: on files of their own, in rounds that take turns.
 */
export const sqliteReceive64 = async (): Promise<BenchResult> => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-bench-'))
  const [ours, raw] = [join(folder, 'ours.db'), join(folder, 'raw.db')]
  try {
    const seeding = await open(ours)
    const everybody = Array.from({ length: contacts }, (_, n) => n)
    await receiveAll(
      seeding,
      Array.from({ length: callers }, (_, i) => everybody.filter((n) => n % callers === i).map(request)),
    )
    await seeding.settle()
    await seeding.close()
    copyFileSync(ours, raw)

    const known = templates(raw).map((template) => ({ template, version: template.message.version }))
    const engine = await open(ours)
    const floor = openFloor(raw)
    const figures: Array<{ readonly rate: number; readonly ratio: number }> = []
    let random = 7
    const pick = (): number => {
      random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0
      return random % contacts
    }
    for (let round = 0; round < rounds + warmUps; round += 1) {
      const groups = Array.from({ length: requestsPerCaller }, () => Array.from({ length: callers }, pick))
      const requests = Array.from({ length: callers }, (_, caller) =>
        groups.map((group) => request(group[caller] ?? 0)),
      )
      const rawly = groups.map((group, at) =>
        group.map((n, caller): RawInbound => {
          const one = known[n]
          if (one === undefined) throw new Error('no such contact')
          const { template } = one
          const version = one.version++
          return {
            ...template,
            message: {
              ...template.message,
              version,
              externalId: `raw-${round}-${at}-${caller}@mail.example.com`,
              // The lists are sorted by the last activity: it has to move here as it does there.
              at: Date.now(),
            },
          }
        }),
      )
      const engineFirst = round % 2 === 0
      const runEngine = () => timed(() => receiveAll(engine, requests))
      const runFloor = () =>
        timed(() => {
          for (const group of rawly) floor.commit(group)
        })
      const first = await (engineFirst ? runEngine() : runFloor())
      const second = await (engineFirst ? runFloor() : runEngine())
      const [engineTime, floorTime] = engineFirst ? [first, second] : [second, first]
      if (round >= warmUps) {
        figures.push({ rate: (callers * requestsPerCaller * 1_000) / engineTime, ratio: floorTime / engineTime })
      }
    }
    floor.close()
    await engine.close()
    return {
      name: 'sqlite.receive64',
      value: median(figures.map(({ rate }) => rate)),
      unit: 'messages/s',
      ratio: median(figures.map(({ ratio }) => ratio)),
      goal: 0.5,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
