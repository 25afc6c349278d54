import pg, { type Client, type ClientConfig, type QueryResult } from 'pg'
import type { Shape } from './answer.ts'
import { type Answer, Chain } from './chain.ts'
import { failure, toFailure } from './failure.ts'
import { hangUp } from './hang-up.ts'
import { Prepare } from './prepare.ts'
import type { Call } from './statement.ts'

/** Mutable counts behind `stats`. */
export interface Counts {
  statements: number
  commits: number
  rows: number
  roundTrips: number
}

/** The rows of each call, in their order. */
export type Answers<Calls extends ReadonlyArray<Call<unknown>>> = {
  readonly [At in keyof Calls]: Calls[At] extends Call<infer Row> ? ReadonlyArray<Row> : never
}

/** One connection. Everything asked in one go is sent at once and answered in order: one round trip, however many calls. */
export interface Link {
  /** How many round trips are under way. */
  readonly busy: () => number
  /** Reads; each call sees the newest state. */
  readonly ask: <const Calls extends ReadonlyArray<Call<unknown>>>(calls: Calls) => Promise<Answers<Calls>>
  /** One transaction: all of it is durable when this resolves, and nothing of it is there when it rejects. */
  readonly transact: <const Calls extends ReadonlyArray<Call<unknown>>>(calls: Calls) => Promise<Answers<Calls>>
  /** One connection to stay with, where the order of several transactions matters. */
  readonly one: () => Link
  readonly close: () => Promise<void>
}

/** What the server says of a transaction that it did not commit. */
const undone = 'ROLLBACK'

/**
 * Whether the server has ended the connection with its answer: class 08, an operator's intervention short of cancelling a
 * statement, and limits on transactions. The news that it is closed come later.
 */
const isOver = (reason: unknown): boolean =>
  /^(08|57P0|25P0[34])/.test((reason as { readonly code?: string }).code ?? '')

/** What pg answers through a callback. */
const asked = <A>(ask: (answer: (error: Error | null | undefined, value?: A) => void) => void): Promise<A> =>
  new Promise((resolve, reject) => {
    ask((error, value) => (error === null || error === undefined ? resolve(value as A) : reject(error)))
  })

/** What is said on connections besides what is asked. */
export interface Manners {
  /** Said once, before anything else, on a connection that is ours alone. */
  readonly first?: string
  /** Said before each transaction, which `commit` ends. */
  readonly begin?: string
}

/**
 * With `begin`, which may set what holds for the transaction alone, nothing is left on a connection or looked for there: a
 * pooler may give it away after each transaction. Without, what is sent together is a transaction as it is, of statements
 * that the connection has been told of.
 */
export const openLink = (config: ClientConfig, counts: Counts, { first, begin }: Manners): Link => {
  let client: Promise<Client> | undefined
  let closed = false
  let busy = 0
  let idle = (): void => undefined
  const named = begin === undefined

  /** A connection that breaks, also while nothing is asked, is forgotten: the next call opens another one. */
  const connected = (): Promise<Client> => {
    if (closed) throw failure('ERR_CLOSED', 'the store is closed', false)
    if (client !== undefined) return client
    const made = new pg.Client({ ...config, pipeline: true })
    const opening = made.connect().then(() => {
      // A connection that breaks over it breaks for whoever asks next as well.
      if (first !== undefined) made.query(first).catch(() => undefined)
      return made
    })
    client = opening
    made.on('error', () => forget(opening))
    made.on('end', () => forget(opening))
    opening.catch(() => forget(opening))
    return opening
  }
  const forget = (lost: Promise<Client>): void => {
    if (client === lost) client = undefined
  }

  /** What has been said on a connection: the statements it was told of, and what it answers them with. */
  const said = new WeakMap<Client, { readonly told: Set<string>; readonly shapes: Map<string, Shape> }>()
  const saidTo = (to: Client) => {
    const known = said.get(to) ?? { told: new Set(), shapes: new Map() }
    said.set(to, known)
    return known
  }
  const tell = async (to: Client, { name = '', text }: Call<unknown>['config']): Promise<void> => {
    const { told } = saidTo(to)
    if (told.has(name)) return
    told.add(name)
    await asked<void>((answer) => to.query(new Prepare({ name, text }, answer))).catch((error: unknown) => {
      told.delete(name)
      throw error
    })
  }

  /** Nothing is awaited before all of it is sent. Of several failures the first is the cause. */
  const send = async (calls: ReadonlyArray<Call<unknown>>): Promise<ReadonlyArray<Answer>> => {
    busy += 1
    try {
      const connection = connected()
      const to = await connection
      const configs = calls.map(({ config: one }) => one)
      counts.statements += configs.length
      counts.roundTrips += 1
      const { told, shapes } = saidTo(to)
      const untold = named ? configs.filter(({ name = '' }) => !told.has(name)) : []
      const sent: ReadonlyArray<Promise<unknown>> = [
        ...untold.map((one) => tell(to, one)),
        ...(begin === undefined ? [] : [to.query(begin)]),
        asked<ReadonlyArray<Answer>>((answer) => to.query(new Chain(configs, named ? shapes : undefined, answer))),
        ...(begin === undefined ? [] : [to.query('commit')]),
      ]
      const settled = await Promise.allSettled(sent)
      const refused = settled.find((one) => one.status === 'rejected')
      if (refused !== undefined) {
        if (to.connection.stream.destroyed || isOver(refused.reason)) forget(connection)
        throw refused.reason
      }
      const answers = settled.map((one) => (one as PromiseFulfilledResult<unknown>).value)
      if (begin === undefined) return answers.at(-1) as ReadonlyArray<Answer>
      if ((answers.at(-1) as QueryResult).command === undone) {
        throw failure('ERR_UNDONE', 'the transaction was rolled back', true)
      }
      return answers.at(-2) as ReadonlyArray<Answer>
    } finally {
      busy -= 1
      if (busy === 0) idle()
    }
  }
  const rowsOf = (answers: ReadonlyArray<Answer>): ReadonlyArray<ReadonlyArray<unknown>> => {
    for (const { affected } of answers) counts.rows += affected
    return answers.map(({ rows }) => rows)
  }

  const transact: Link['transact'] = async (calls) => {
    try {
      return rowsOf(await send(calls)) as Answers<typeof calls>
    } catch (error) {
      throw toFailure(error)
    }
  }

  const link: Link = {
    one: () => link,
    busy: () => busy,
    ask: transact,
    transact,
    close: async () => {
      closed = true
      if (busy > 0) await new Promise<void>((resolve) => (idle = resolve))
      const open = await client?.catch(() => undefined)
      if (open !== undefined) await hangUp(open)
    },
  }
  return link
}

/** Several connections, of which each call takes the one with the least to do. */
export const openLinks = (size: number, open: () => Link): Link => {
  const links = Array.from({ length: size }, open)
  const idlest = (): Link => links.reduce((least, link) => (link.busy() < least.busy() ? link : least))
  return {
    one: idlest,
    busy: () => links.reduce((sum, link) => sum + link.busy(), 0),
    ask: (calls) => idlest().ask(calls),
    transact: (calls) => idlest().transact(calls),
    close: async () => {
      await Promise.all(links.map((link) => link.close()))
    },
  }
}
