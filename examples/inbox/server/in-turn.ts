import pg from 'pg'

/**
 * Of the processes on one database only one at a time puts the shop in place and tells its story: whoever is first. The
 * server gives the turn to the next one as soon as this one has done, or died.
 */
export const inTurn = async <A>(databaseUrl: string | undefined, run: () => Promise<A>): Promise<A> => {
  if (databaseUrl === undefined) return run()
  const client = new pg.Client({ connectionString: databaseUrl })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('begin')
    await client.query("select pg_advisory_xact_lock(hashtextextended('guichet example', 0))")
    return await run()
  } finally {
    await client.end()
  }
}
