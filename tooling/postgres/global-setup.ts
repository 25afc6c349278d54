import type { TestProject } from 'vitest/node'
import './provided.ts'
import { type Postgres, startPostgres } from './start.ts'

interface Shared {
  readonly server: Promise<Postgres>
  users: number
}

/** Each project loads this file anew, in one process: what they share lies where all of them see it. */
const everywhere = globalThis as { [key: symbol]: Shared | undefined }
const place = Symbol.for('guichet.postgres')

/** For vitest's `globalSetup`: runs only where a project that names it has tests to run, and starts one server for all. */
const setup = async (project: TestProject): Promise<(() => Promise<void>) | undefined> => {
  const named = process.env['DATABASE_URL']
  if (named !== undefined && named !== '') {
    project.provide('databaseUrl', named)
    return undefined
  }
  const shared = (everywhere[place] ??= { server: startPostgres(), users: 0 })
  shared.users += 1
  project.provide('databaseUrl', (await shared.server).url)
  return async () => {
    shared.users -= 1
    if (shared.users > 0) return
    everywhere[place] = undefined
    await (await shared.server).stop()
  }
}

export default setup
