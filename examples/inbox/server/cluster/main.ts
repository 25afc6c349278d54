import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '../../../../tooling/postgres/start.ts'
import { run } from '../run.ts'
import { settingsFrom } from '../settings.ts'
import { startCluster } from './cluster.ts'

const processes = 3

/** A server of this process's own, and a folder to go with it: both are gone when it ends. */
const throwAway = async () => {
  const server = await startPostgres()
  const dataDir = mkdtempSync(join(tmpdir(), 'guichet-cluster-'))
  return {
    databaseUrl: server.url,
    dataDir,
    stop: async () => {
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

await run(async () => {
  const { databaseUrl, dataDir, host, port, smtpPort } = settingsFrom(process.env)
  const place = databaseUrl === undefined ? await throwAway() : { databaseUrl, dataDir, stop: async () => {} }
  const nodePorts = Array.from({ length: processes }, (_, n) => (port === 0 ? 0 : port + 1 + n))
  try {
    const cluster = await startCluster({ ...place, host, port, smtpPort, nodePorts, env: process.env })
    for (const { url } of cluster.nodes) console.error(`[cluster] one of ${processes} at ${url}`)
    return {
      url: cluster.url,
      close: async () => {
        await cluster.close()
        await place.stop()
      },
    }
  } catch (error) {
    await place.stop()
    throw error
  }
})
