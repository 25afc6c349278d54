import { join } from 'node:path'
import type { Storage } from '@guichet/engine/ports'
import { postgres } from '@guichet/storage-postgres'
import { sqlite } from '@guichet/storage-sqlite'

/**
 * PostgreSQL where a database is named, for any number of processes, and else a file. This host moves its clock for show,
 * in all processes alike: leases go by that clock, and end when it is moved beyond them.
 */
export const storageFor = (settings: { readonly databaseUrl?: string; readonly dataDir: string }): Storage =>
  settings.databaseUrl === undefined
    ? sqlite({ file: join(settings.dataDir, 'inbox.db') })
    : postgres({ url: settings.databaseUrl, leaseClock: 'caller' })
