/**
 * Watches over one Postgres for the process that started this one: when that process is gone, in whatever way, the system
 * closes the channel between the two, and the server and its files go. The one argument is `PostgresOptions` as JSON.
 */
import { rmSync } from 'node:fs'
import { unprivileged } from './account.ts'
import { type Cluster, createCluster, launch, type Server } from './cluster.ts'
import type { PostgresOptions } from './options.ts'
import type { Order, Report } from './protocol.ts'
import { makeWorkDirectory } from './work-directory.ts'

/** Postgres itself kills after five seconds those of its processes that did not end when they were told to. */
const patience = 10_000

const options = JSON.parse(process.argv[2] ?? '{}') as PostgresOptions
let work: string | undefined
let cluster: Cluster | undefined
let server: Server | undefined
let ending: Promise<void> | undefined

const report = (what: Report): void => {
  if (process.connected) process.send?.(what, () => undefined)
}

const quit = async (running: Server): Promise<void> => {
  running.kill('SIGQUIT')
  const timer = setTimeout(() => running.kill('SIGKILL'), patience)
  await running.gone
  clearTimeout(timer)
}

const start = async (port: number | undefined): Promise<void> => {
  work ??= makeWorkDirectory(unprivileged())
  cluster ??= await createCluster(work)
  if (ending !== undefined) return
  server = await launch(cluster, port === undefined ? options : { ...options, port })
  report({ _tag: 'Started', port: server.port, dataDirectory: cluster.dataDirectory })
}

const obey = async (order: Order): Promise<void> => {
  server?.kill(order._tag === 'Kill' ? order.signal : 'SIGINT')
  await server?.gone
  if (order._tag === 'Kill') report({ _tag: 'Killed' })
  else await start(server?.port)
}

const failed = (error: unknown): void => report({ _tag: 'Failed', why: String(error) })

/** One thing at a time. */
let last = Promise.resolve()

/** What is under way ends first, quickly, as its server is gone. */
const end = (): Promise<void> =>
  (ending ??= (async () => {
    if (server !== undefined) await quit(server)
    await last
    if (server !== undefined) await quit(server)
    if (work !== undefined) rmSync(work, { recursive: true, force: true, maxRetries: 10 })
    process.exit()
  })())

process.on('message', (order: Order) => {
  last = last.then(() => obey(order)).catch(failed)
})
process.once('disconnect', () => void end())
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end())

// Whoever asked may be gone before there was anybody to hear it.
if (process.connected) last = start(options.port).catch(failed)
else void end()
