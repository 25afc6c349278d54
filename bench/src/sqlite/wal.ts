import { statSync } from 'node:fs'
import { sqlite } from '@guichet/storage-sqlite'
import Database from 'better-sqlite3'
import { inFolder } from '../folder.ts'
import type { BenchResult } from '../result.ts'
import { workload } from '../workload.ts'
import { groupOf, writeAll } from '../writing.ts'
import { populatedFile } from './populated.ts'

const size = 64
/** So many that the log, which begins empty, is not taken into the file before the last of them. */
const groups = 16

/**
 * KiB that a message adds to the log, in groups of 64 that go to conversations at random, without the indexes of the
 * lists: each of them adds its own. The same on every machine.
 */
export const sqliteWal = (): Promise<ReadonlyArray<BenchResult>> =>
  inFolder(async (path) => {
    const file = await populatedFile(path('ours.db'))
    const db = new Database(file)
    const lists = db
      .prepare<[], { name: string }>(
        "select name from sqlite_schema where type = 'index' and name like 'list\\_%' escape '\\'",
      )
      .all()
    for (const { name } of lists) db.exec(`drop index ${name}`)
    db.close()

    const store = sqlite({ file })
    const messages = workload(7)
    await writeAll(
      store,
      Array.from({ length: groups }, () => groupOf(messages.next(size))),
    )
    const { size: bytes } = statSync(`${file}-wal`)
    await store.close()
    return [
      {
        name: 'sqlite.wal_per_message',
        value: bytes / 1024 / (size * groups),
        unit: 'KiB',
        goal: 12,
        bound: 'most',
      },
    ]
  })
