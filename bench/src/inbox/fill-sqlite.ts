import { createHash } from 'node:crypto'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqliteMigrations, workspaceWord } from '@guichet/storage-sql'
import { sqlite } from '@guichet/storage-sqlite'
import Database from 'better-sqlite3'
import { type Put, putAll, type Values } from './rows.ts'

/** Rises with what is put into the tables. */
const edition = 1

/** A file with other tables, or with something else in them, is not used again. */
const key = createHash('sha256')
  .update(JSON.stringify([edition, sqliteMigrations]))
  .digest('hex')
  .slice(0, 8)

const positioned = new Set(['entry', 'delivery'])

/** Statements by table, of the columns that its rows have. */
const inserting = (db: Database.Database) => {
  const statements = new Map<string, Database.Statement>()
  return (table: string, row: Values): void => {
    let statement = statements.get(table)
    if (statement === undefined) {
      const columns = Object.keys(row)
      statement = db.prepare(
        `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
      )
      statements.set(table, statement)
    }
    statement.run(Object.values(row))
  }
}

const fill = (file: string, size: number): void => {
  const db = new Database(file)
  // What is in the file when a transaction begins is next to nothing, and only that is kept for undoing.
  db.pragma('journal_mode = memory')
  db.pragma('synchronous = off')
  db.pragma('locking_mode = exclusive')
  db.pragma(`cache_size = -${2 * 1024 * 1024}`)
  // Made when everything is there: one sort each.
  const indexes = db
    .prepare<[], { name: string; sql: string }>(
      `select name, sql from sqlite_schema where type = 'index' and sql is not null`,
    )
    .all()
  for (const { name } of indexes) db.exec(`drop index ${name}`)
  db.exec('begin')
  const insert = inserting(db)
  let position = 0
  const put: Put = (table, row) => {
    if (!positioned.has(table)) return insert(table, row)
    position += 1
    insert(table, { ...row, pos: position })
    if (table === 'entry') {
      insert('search', { rowid: position, ws: workspaceWord(row['ws'] as number), body: row['body'] })
    }
  }
  for (const _ of putAll(size, put));
  db.prepare('update search_mark set pos = ?').run(position)
  db.exec('commit')
  for (const { sql } of indexes) db.exec(sql)
  db.close()
}

/**
 * A file with so many conversations and ten times as many messages, by raw statements. It is large and takes minutes to
 * make: it stays in the system's directory for temporary files, and the next run finds it there.
 */
export const sqliteInbox = async (size: number): Promise<string> => {
  const file = join(tmpdir(), `guichet-bench-inbox-${size}-${key}.db`)
  if (existsSync(file)) return file
  const unfinished = `${file}.unfinished`
  for (const end of ['', '-wal', '-shm']) rmSync(`${unfinished}${end}`, { force: true })
  const store = sqlite({ file: unfinished })
  await store.migrate()
  await store.close()
  fill(unfinished, size)
  renameSync(unfinished, file)
  return file
}
