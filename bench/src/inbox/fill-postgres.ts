import { postgres } from '@guichet/storage-postgres'
import pg from 'pg'
import { type Put, putAll, type Values } from './rows.ts'

const schema = 'guichet'
const rowsAtOnce = 5_000
const positioned = new Set(['entry', 'delivery'])
/** Of the driver's connection: statements over arrays of thousands of rows, and indexes over a million. */
const noLimit = 0

interface Statement {
  readonly columns: ReadonlyArray<string>
  readonly text: string
}

/** One statement for many rows of a table, from an array for each column. */
const inserting = (client: pg.Client) => {
  const statements = new Map<string, Statement>()
  const statementFor = async (table: string, row: Values): Promise<Statement> => {
    const known = statements.get(table)
    if (known !== undefined) return known
    const { rows } = await client.query<{ name: string; type: string }>(
      `select attname as name, format_type(atttypid, null) as type from pg_attribute
       where attrelid = $1::regclass and attnum > 0`,
      [`${schema}.${table}`],
    )
    const types = new Map(rows.map(({ name, type }) => [name, type]))
    const columns = Object.keys(row)
    const arrays = columns.map((column, at) => `$${at + 1}::${types.get(column)}[]`)
    const text = `insert into ${schema}.${table} (${columns.join(', ')}) select * from unnest(${arrays.join(', ')})`
    statements.set(table, { columns, text })
    return { columns, text }
  }
  return async (table: string, rows: ReadonlyArray<Values>): Promise<void> => {
    const [first] = rows
    if (first === undefined) return
    const { columns, text } = await statementFor(table, first)
    await client.query(
      text,
      columns.map((column) => rows.map((row) => row[column])),
    )
  }
}

/** Fills an empty database with so many conversations and ten times as many messages, and takes them into the search. */
export const fillPostgres = async (url: string, size: number): Promise<void> => {
  const store = postgres({ url, listen: false, timeoutMs: 60_000 })
  await store.migrate()
  const client = new pg.Client({ connectionString: url, statement_timeout: noLimit })
  await client.connect()
  const insert = inserting(client)
  const waiting = new Map<string, Array<Values>>()
  const positions = new Map<number, number>()
  const put: Put = (table, row) => {
    const rows = waiting.get(table) ?? []
    waiting.set(table, rows)
    if (!positioned.has(table)) return rows.push(row)
    const ws = row['ws'] as number
    const pos = (positions.get(ws) ?? 0) + 1
    positions.set(ws, pos)
    return rows.push({ ...row, pos })
  }
  for (const step of putAll(size, put)) {
    if (step % rowsAtOnce !== 0) continue
    for (const [table, rows] of waiting) await insert(table, rows.splice(0))
  }
  for (const [table, rows] of waiting) await insert(table, rows.splice(0))
  await insert(
    'stream_head',
    [...positions].map(([ws, pos]) => ({ ws, pos })),
  )
  await client.query('vacuum analyze')
  await client.end()
  while ((await store.index(rowsAtOnce)) > 0);
  await store.close()
}
