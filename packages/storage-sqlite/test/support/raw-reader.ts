import type { RawReader } from '@guichet/conformance'
import Database from 'better-sqlite3'
import { rawReaderOf } from '../../../../tooling/stores/raw-reader.ts'

/** Reads the file through a connection of its own. */
export const rawReader = (file: string): RawReader =>
  rawReaderOf(
    async (query, values) => {
      const db = new Database(file, { readonly: true })
      try {
        return db.prepare<[object], any>(query).get(Object.fromEntries(values.map((value, at) => [at + 1, value])))
      } finally {
        db.close()
      }
    },
    (id, isUuid) => (isUuid ? Buffer.from(id.replaceAll('-', ''), 'hex') : id),
  )
