import pg, { type Client, type ClientConfig, type CustomTypesConfig } from 'pg'
import { Chain, type Result } from './chain.ts'
import { failure, toFailure } from './failure.ts'
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

/** What pg answers through a callback. */
const asked = <A>(ask: (answer: (error: Error | null | undefined, value?: A) => void) => void): Promise<A> =>
  new Promise((resolve, reject) => {
    ask((error, value) => (error === null || error === undefined ? resolve(value as A) : reject(error)))
  })

/**
 * With `begin`, which may set what holds for the transaction alone, nothing stays on a connection that a pooler gives
 * away. Without, what is sent together is a transaction as it is.
 */
export const openLink = (config: ClientConfig, counts: Counts, begin?: string): Link => {
  let client: Promise<Client> | undefined
  let closed = false
  let busy = 0

  /** A connection that breaks, also while nothing is asked, is forgotten: the next call opens another one. */
  const connected = (): Promise<Client> => {
    if (closed) throw failure('ERR_CLOSED', 'the store is closed', false)
    if (client !== undefined) return client
    const made = new pg.Client({ ...config, types, pipeline: true })
    const opening = made.connect().then(() => made)
    const forget = (): void => {
      if (client === opening) client = undefined
    }
    client = opening
    made.on('error', forget)
    made.on('end', forget)
    opening.catch(forget)
    return opening
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
  const send = async (calls: ReadonlyArray<Call<unknown>>, around?: string): Promise<ReadonlyArray<Result>> => {
    const to = await connected()
    const configs = calls.map(({ config: one }) => one)
    counts.statements += configs.length
    counts.roundTrips += 1
    busy += 1
    try {
      const sent: ReadonlyArray<Promise<unknown>> = [
        ...configs.map((one) => prepare(to, one)),
        ...(around === undefined ? [] : [to.query(around)]),
        asked<ReadonlyArray<Result>>((answer) => to.query(new Chain(configs, types, answer))),
        ...(around === undefined ? [] : [to.query('commit')]),
      ]
      const settled = await Promise.allSettled(sent)
      const refused = settled.find((one) => one.status === 'rejected')
      if (refused !== undefined) throw refused.reason
      const answers = settled.map((one) => (one as PromiseFulfilledResult<unknown>).value)
      if (around === undefined) return answers.at(-1) as ReadonlyArray<Result>
      if ((answers.at(-1) as Result).command === undone) {
        throw failure('ERR_UNDONE', 'the transaction was rolled back', true)
      }
      return answers.at(-2) as ReadonlyArray<Result>
    } finally {
      busy -= 1
    }
  }
  const rowsOf = (results: ReadonlyArray<Result>): ReadonlyArray<ReadonlyArray<unknown>> => {
    for (const result of results) counts.rows += result.rowCount ?? 0
    return results.map((result) => result.rows as ReadonlyArray<unknown>)
  }

  const link: Link = {
    one: () => link,
    busy: () => busy,
    ask: async (calls) => {
      try {
        return rowsOf(await send(calls)) as Answers<typeof calls>
      } catch (error) {
        throw toFailure(error)
      }
    },
    transact: async (calls) => {
      try {
        return rowsOf(await send(calls, begin)) as Answers<typeof calls>
      } catch (error) {
        throw toFailure(error)
      }
    },
    close: async () => {
      closed = true
      const open = await client?.catch(() => undefined)
      await open?.end()
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
