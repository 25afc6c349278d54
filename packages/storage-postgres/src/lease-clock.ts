import { sql } from 'kysely'

/**
 * By whose clock leases end. Machines whose clocks differ agree on the `database`'s. Where time is made up, as in tests,
 * it is the `caller`'s.
 */
export type LeaseClock = 'database' | 'caller'

/** In epoch milliseconds. */
export const databaseNow = sql`floor(extract(epoch from clock_timestamp()) * 1000)::bigint`
