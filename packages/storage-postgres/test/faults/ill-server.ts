import { cpSync, existsSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { compilePreload } from '../../../../tooling/faults/preload.ts'
import { unprivileged } from '../../../../tooling/postgres/account.ts'
import { type Postgres, startPostgres } from '../../../../tooling/postgres/start.ts'
import { handOver, makeWorkDirectory } from '../../../../tooling/postgres/work-directory.ts'
import { asking } from './asking.ts'
import { openSmallDisk } from './disk.ts'

/** A durable server on a disk that something is wrong with from time to time. */
export interface IllServer {
  readonly server: Postgres
  /** Whether the trouble stays until it is ended; otherwise it is one operation's. */
  readonly lasts: boolean
  /** Resolves when something is wrong. */
  readonly trouble: () => Promise<void>
  /** Resolves when all is well again, and the server runs. Nobody tells the engines. */
  readonly relieve: () => Promise<void>
  readonly close: () => Promise<void>
}

/** There is no room for its tables. It goes on without what does not fit. */
export const fullForTables = async (): Promise<IllServer> => {
  const disk = openSmallDisk('16m')
  const server = await startPostgres({ durable: true })
  await asking(server.url, `create tablespace small location '${disk.folder}'`)
  await asking(server.url, 'alter role postgres set default_tablespace = small')
  return {
    server,
    lasts: true,
    trouble: async () => disk.fill(),
    relieve: async () => disk.free(),
    close: async () => {
      await server.stop()
      disk.close()
    },
  }
}

/** Asks for new files of the log until there is no room for another one: the server does not survive that. */
const useUpLog = async (url: string): Promise<void> => {
  for (;;) {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.query('create table if not exists scratch (); select pg_switch_wal()')
      await client.query('drop table if exists scratch')
    } catch {
      return
    } finally {
      await client.end().catch(() => undefined)
    }
  }
}

/** There is no room for its log. It ends, and is started again, by whoever watches over it, when there is. */
export const fullForLog = async (): Promise<IllServer> => {
  const disk = openSmallDisk('80m')
  const server = await startPostgres({ durable: true, settings: { min_wal_size: '32MB', max_wal_size: '32MB' } })
  await server.kill('SIGINT')
  const log = join(server.dataDirectory, 'pg_wal')
  cpSync(log, disk.folder, { recursive: true })
  handOver(disk.folder, unprivileged())
  rmSync(log, { recursive: true })
  symlinkSync(disk.folder, log)
  await server.restart()
  return {
    server,
    lasts: true,
    trouble: async () => {
      disk.fill()
      await useUpLog(server.url)
    },
    relieve: async () => {
      disk.free()
      // What is left of it, if it is in the middle of starting again, is not asked to end in good order.
      await server.kill('SIGQUIT')
      await server.restart()
    },
    close: async () => {
      await server.stop()
      disk.close()
    },
  }
}

const source = fileURLToPath(new URL('./disk.c', import.meta.url))
/** Until it is looked again whether an operation has failed, in milliseconds. */
const lookMs = 5

/** Now a write of its disk fails, and now a sync. What it cannot be sure of it ends for, and starts again by itself. */
export const failingNowAndThen = async (): Promise<IllServer> => {
  const folder = makeWorkDirectory(unprivileged())
  const library = compilePreload(source, folder)
  handOver(folder, unprivileged())
  const environment = { LD_PRELOAD: library, FAULTS_TROUBLES: folder }
  const server = await startPostgres({ durable: true, environment })
  let turn = 0
  return {
    server,
    lasts: false,
    trouble: async () => {
      turn += 1
      const one = join(folder, turn % 2 === 1 ? 'sync' : 'write')
      writeFileSync(one, '')
      while (existsSync(one)) await pause(lookMs)
    },
    relieve: async () => undefined,
    close: async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
