import pg, { type Client, type ClientConfig, type QueryArrayResult, type QueryResult } from 'pg'
import { failure, toFailure } from './failure.ts'
import { decodeKey } from './keys.ts'
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
} as ClientConfig['types']

type Result = QueryResult | QueryArrayResult

/** What the server says of a transaction that it did not commit. */
const undone = 'ROLLBACK'

/** `begin` may set what holds for the transaction alone, so that nothing stays on a connection that a pooler gives away. */
export const openLink = (config: ClientConfig, counts: Counts, begin: string): Link => {
  let client: Promise<Client> | undefined
  let closed = false
  let busy = 0

  /** A connection that breaks, also while nothing is asked, is forgotten: the next call opens another one. */
  const connected = (): Promise<Client> => {
    if (closed) throw failure('ERR_CLOSED', 'the store is closed', false)
    if (client !== undefined) return client
    // @types/pg does not know pipelining yet.
    const made = new pg.Client({ ...config, types, pipeline: true } as ClientConfig)
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

  const send = async (to: Client, queries: ReadonlyArray<string | Call<unknown>['config']>): Promise<Array<Result>> => {
    counts.statements += queries.length
    counts.roundTrips += 1
    busy += 1
    try {
      const asked = queries.map((query) => to.query(query as string))
      const answered = await Promise.allSettled(asked)
      const refused = answered.find((one) => one.status === 'rejected')
      if (refused !== undefined) throw refused.reason
      return answered.map((one) => (one as PromiseFulfilledResult<Result>).value)
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
        const results = await send(
          await connected(),
          calls.map((call) => call.config),
        )
        return rowsOf(results) as Answers<typeof calls>
      } catch (error) {
        throw toFailure(error)
      }
    },
    transact: async (calls) => {
      try {
        const results = await send(await connected(), [begin, ...calls.map((call) => call.config), 'commit'])
        if (results.at(-1)?.command === undone) throw failure('ERR_UNDONE', 'the transaction was rolled back', true)
        return rowsOf(results.slice(1, -1)) as Answers<typeof calls>
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
