import { createHash } from 'node:crypto'
import { createEngine, type Engine } from '@guichet/engine'
import type { Storage } from '@guichet/engine/ports'
import type { RawInbound } from './floor/inbound.ts'
import { receiveChannel, requestOf } from './receive-channel.ts'
import { population } from './workload.ts'

/** As many as the benches of the stores have: all stand beside the same raw statements. */
const contacts = population

const text =
  'Bonjour, I ordered two chairs last week and only one has arrived. Could you tell me where the other is? '.repeat(2)

export const openEngine = async (storage: Storage): Promise<Engine> => {
  const engine = await createEngine({
    storage,
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
/** The next message of a contact. */
export const requestFrom = (contact: number): Request => {
  sent += 1
  return requestOf(`message-${sent}@mail.example.com`, `customer${contact}@example.com`, text, Date.now())
}

/** All callers at once, each waiting for its answer before it sends the next; an answer that is not 200 is an error. */
export const receiveAll = async (engine: Engine, work: ReadonlyArray<ReadonlyArray<Request>>): Promise<void> => {
  const call = async (requests: ReadonlyArray<Request>) => {
    for (const one of requests) {
      const response = await engine.receive('acme/support', one)
      if (response.status !== 200) throw new Error(`answered ${response.status}: ${await response.text()}`)
    }
  }
  await Promise.all(work.map(call))
}

/** A first message of every contact. */
export const greet = async (storage: Storage): Promise<void> => {
  const callers = 64
  const engine = await openEngine(storage)
  const everybody = Array.from({ length: contacts }, (_, n) => n)
  await receiveAll(
    engine,
    Array.from({ length: callers }, (_, caller) => everybody.filter((n) => n % callers === caller).map(requestFrom)),
  )
  await engine.settle()
  await engine.close()
}

/** Contacts at random, the same in every run. */
export const picking = (seed: number): (() => number) => {
  let random = seed
  return () => {
    random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0
    return random % contacts
  }
}

/** What the engine wrote when everybody had been greeted, in either store. */
export const greetings = `select c.id, i.contact, c.version, c.preview, c.data as state, e.at, e.body, e.data, i.address
  from identity i join conversation c on c.ws = i.ws and c.id = i.conv
  join entry e on e.ws = c.ws and e.conv = c.id and e.seq = c.seq`

export interface Greeting {
  readonly id: Buffer
  readonly contact: Buffer
  readonly version: number
  readonly preview: string
  readonly state: string
  readonly at: number
  readonly body: string
  readonly data: string
  readonly address: string
}

/** The next message of a conversation, for raw statements to write it as the engine would. */
export type Again = (contact: number) => RawInbound

export const again = (rows: ReadonlyArray<Greeting>): Again => {
  if (rows.length !== contacts) throw new Error(`${rows.length} conversations instead of ${contacts}`)
  const versions = rows.map(({ version }) => version)
  let written = 0
  return (contact) => {
    const row = rows[contact]
    const version = versions[contact]
    if (row === undefined || version === undefined) throw new Error('no such contact')
    versions[contact] = version + 1
    written += 1
    const { id, contact: author, preview, state, body, data, address } = row
    return {
      id,
      contact: author,
      message: {
        n: contact,
        id: '',
        contact: '',
        address,
        // What the engine stores of an id: its digest, so that each goes to a page of its own.
        externalId: createHash('sha256').update(String(written)).digest('hex'),
        version,
        // The lists are sorted by the last activity: it has to move here as it does there.
        at: Date.now(),
        preview,
        body,
        state,
        data,
        counts: false,
      },
    }
  }
}
