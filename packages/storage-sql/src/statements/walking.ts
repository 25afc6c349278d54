import { sql } from 'kysely'
import type { Tables } from '../tables.ts'
import { sqlite } from '../template.ts'

/**
 * Selects along an index, whatever the planner thinks: it knows nothing of how many rows an owner, a parent or a contact
 * has, and a wrong guess reads all of them.
 */
export const walking = <Table extends keyof Tables, Alias extends string>(table: Table, alias: Alias, index: string) =>
  sqlite.selectFrom(
    sql<Tables[Table]>`${sql.table(table)}`.as<Alias>(sql`${sql.ref(alias)} indexed by ${sql.ref(index)}`),
  )
