import { execFile, spawn } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Account, unprivileged } from './account.ts'
import { installedPostgres, program, runnablePostgres } from './binaries.ts'
import { type PostgresOptions, settingsAsArguments } from './options.ts'
import type { StopSignal } from './protocol.ts'

/** A data directory, and what runs on it. */
export interface Cluster {
  readonly native: string
  readonly account: Account
  readonly work: string
  readonly dataDirectory: string
}

export interface Server {
  readonly port: number
  kill(signal: StopSignal): void
  /** Resolves when none of its processes is left, not only the first. */
  readonly gone: Promise<void>
}

/** What tells from Postgres' messages how it stands: they have to come in English. */
const environment = () => ({ ...process.env, LC_ALL: 'C' })

/** An empty cluster. Its superuser is `postgres`, who needs no password. */
export const createCluster = async (work: string): Promise<Cluster> => {
  const account = unprivileged()
  const native = runnablePostgres(installedPostgres(), account, work)
  const dataDirectory = join(work, 'data')
  await promisify(execFile)(
    program(native, 'initdb'),
    [`--pgdata=${dataDirectory}`, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...account, cwd: work, env: environment(), windowsHide: true },
  )
  return { native, account, work, dataDirectory }
}

/** Below the ports that systems give to outgoing connections: what was ours stays free while the server is down. */
const somePort = (): number => 20_000 + Math.floor(Math.random() * 12_000)

class PortTaken extends Error {}

/** Resolves when it accepts connections; rejects with what it said when it does not come up. */
const launchOn = ({ native, account, work, dataDirectory }: Cluster, port: number, options: PostgresOptions) =>
  new Promise<Server>((resolve, reject) => {
    const server = spawn(
      program(native, 'postgres'),
      ['-D', dataDirectory, '-p', String(port), ...settingsAsArguments(options)],
      {
        ...account,
        cwd: work,
        env: { ...environment(), ...options.environment },
        stdio: ['ignore', 'ignore', 'pipe'],
        windowsHide: true,
      },
    )
    // All processes of a server share its standard error: `close` comes when the last of them has ended.
    const gone = new Promise<void>((closed) => server.once('close', () => closed()))
    let said = ''
    server.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-10_000)
      if (said.includes('ready to accept connections')) {
        resolve({ port, gone, kill: (signal) => void server.kill(signal) })
      }
    })
    server.once('error', reject)
    void gone.then(() => {
      const Reason = said.includes('could not create any TCP/IP sockets') ? PortTaken : Error
      reject(new Reason(`Postgres did not start on port ${port}: ${said}`))
    })
  })

/** Starts a server on it: on that port, or on any that is free. */
export const launch = async (cluster: Cluster, options: PostgresOptions): Promise<Server> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await launchOn(cluster, options.port ?? somePort(), options)
    } catch (error) {
      if (!(error instanceof PortTaken) || options.port !== undefined || attempt === 20) throw error
    }
  }
}
