import type { Client } from 'pg'

/** How long a goodbye may take, in milliseconds: behind a line that is dead nobody hears it. */
const goodbyeMs = 1_000

/** Ends a connection on which nothing is under way. */
export const hangUp = async (client: Client): Promise<void> => {
  const late = setTimeout(() => client.connection.stream.destroy(), goodbyeMs)
  await client.end().catch(() => undefined)
  clearTimeout(late)
}
