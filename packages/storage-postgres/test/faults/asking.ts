import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'

/** Until a server that starts is asked again, in milliseconds. */
const pauseMs = 50
/** A server that has not come back by then will not, in milliseconds. */
const patienceMs = 60_000

/** Asks a server around the store, as soon as it answers: it may have been killed a moment ago. */
export const asking = async <Row extends object>(
  url: string,
  query: string,
  values: ReadonlyArray<unknown> = [],
): Promise<ReadonlyArray<Row>> => {
  const began = performance.now()
  for (;;) {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => undefined)
    try {
      await client.connect()
      return (await client.query<Row>(query, [...values])).rows
    } catch (error) {
      if (performance.now() - began > patienceMs) throw error
      await pause(pauseMs)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
}
