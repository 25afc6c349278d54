import pg, { type Client, type ClientConfig, type CustomTypesConfig } from 'pg'
import { Chain, type Result } from './chain.ts'
import { failure, toFailure } from './failure.ts'
import { hangUp } from './hang-up.ts'
import { decodeKey } from './keys.ts'
import { Prepare } from './prepare.ts'
import type { Call } from './statement.ts'
import { fromText } from './text.ts'

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

/**
 * Columns come as the rows of the port have them: numbers, which are all below 2^53, ids and texts. Bytes that are no id
 * are therefore asked for as `encode(…, 'hex')`.
 */
const readers: Readonly<Record<number, (written: string) => unknown>> = {
  [pg.types.builtins.INT8]: Number,
  [pg.types.builtins.BYTEA]: decodeKey,
  [pg.types.builtins.TEXT]: fromText,
}

const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    readers[oid] ?? pg.types.getTypeParser(oid, format as 'text'),
} as CustomTypesConfig

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
    const made = new pg.Client({ ...config, types, pipeline: true })
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

  /** The statements that a connection has been told of. */
  const prepared = new WeakMap<Client, Set<string>>()
  const prepare = async (to: Client, { name = '', text }: Call<unknown>['config']): Promise<void> => {
    const known = prepared.get(to) ?? new Set()
    prepared.set(to, known)
    if (known.has(name)) return
    known.add(name)
    await asked<void>((answer) => to.query(new Prepare({ name, text }, answer))).catch((error: unknown) => {
      known.delete(name)
      throw error
    })
  }

  /** Nothing is awaited before all of it is sent. Of several failures the first is the cause. */
  const send = async (calls: ReadonlyArray<Call<unknown>>): Promise<ReadonlyArray<Result>> => {
    busy += 1
    try {
      const connection = connected()
      const to = await connection
      const configs = calls.map(({ config: one }) => one)
      counts.statements += configs.length
      counts.roundTrips += 1
      const sent: ReadonlyArray<Promise<unknown>> = [
        ...(named ? configs.map((one) => prepare(to, one)) : []),
        ...(begin === undefined ? [] : [to.query(begin)]),
        asked<ReadonlyArray<Result>>((answer) => to.query(new Chain(configs, { named, types }, answer))),
        ...(begin === undefined ? [] : [to.query('commit')]),
      ]
      const settled = await Promise.allSettled(sent)
      const refused = settled.find((one) => one.status === 'rejected')
      if (refused !== undefined) {
        if (to.connection.stream.destroyed || isOver(refused.reason)) forget(connection)
        throw refused.reason
      }
      const answers = settled.map((one) => (one as PromiseFulfilledResult<unknown>).value)
      if (begin === undefined) return answers.at(-1) as ReadonlyArray<Result>
      if ((answers.at(-1) as Result).command === undone) {
        throw failure('ERR_UNDONE', 'the transaction was rolled back', true)
      }
      return answers.at(-2) as ReadonlyArray<Result>
    } finally {
      busy -= 1
      if (busy === 0) idle()
    }
  }
  const rowsOf = (results: ReadonlyArray<Result>): ReadonlyArray<ReadonlyArray<unknown>> => {
    for (const result of results) counts.rows += result.rowCount ?? 0
    return results.map((result) => result.rows as ReadonlyArray<unknown>)
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
