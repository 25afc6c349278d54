import type { RawReader } from '@guichet/conformance'
import { Client } from 'pg'
import { rawReaderOf } from '../../../../tooling/stores/raw-reader.ts'

/** Reads a schema through a connection of its own. */
export const rawReader = (url: string, schema: string): RawReader =>
  rawReaderOf(
    async (query, values) => {
      const client = new Client({ connectionString: url, options: `-c search_path=${schema}` })
      await client.connect()
      try {
        return (await client.query(query, [...values])).rows[0]
      } finally {
        await client.end()
      }
    },
    (id, isUuid) =>
      isUuid
        ? Buffer.from(id.replaceAll('-', ''), 'hex')
        : Buffer.concat([Buffer.of(0), Buffer.from(id), Buffer.alloc(id.length === 15 ? 1 : 0)]),
    // A counter that has come to zero may keep its row.
    { counters: '(select * from counter where n <> 0) as counter' },
  )
