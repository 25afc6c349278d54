import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { PostgresOptions } from './options.ts'
import type { Order, Report, StopSignal } from './protocol.ts'

/** A server of our own. It ends with this process, in whatever way that ends, and its files with it. */
export interface Postgres {
  /** Its superuser in the database `postgres`. */
  readonly url: string
  readonly port: number
  readonly dataDirectory: string
  /** The process that sees to it that nothing is left behind. */
  readonly supervisor: number
  /** Ends the server and keeps its data; resolves when the last of its processes is gone. */
  kill(signal: StopSignal): Promise<void>
  /** Starts it again, on the same port and data; stops it before, as an operator would, when it runs. */
  restart(): Promise<void>
  /** Ends the server and removes its data. */
  stop(): Promise<void>
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const supervisor = fileURLToPath(new URL('./supervisor.ts', import.meta.url))

/** What the supervisor says is answered in the order it was asked; once it is gone, nothing is. */
const conversation = (child: ChildProcess) => {
  const waiting: Array<{ resolve: (report: Report) => void; reject: (error: Error) => void }> = []
  let over: Error | undefined
  const giveUp = (error: Error): void => {
    over = error
    for (const one of waiting.splice(0)) one.reject(error)
  }
  child.on('message', (report: Report) => waiting.shift()?.resolve(report))
  child.once('error', giveUp)
  child.once('exit', (code, signal) => giveUp(new Error(`The supervisor of Postgres is gone (${signal ?? code}).`)))

  /** Keeps this process alive until the answer is there, and no longer. */
  return async (order?: Order): Promise<Exclude<Report, { _tag: 'Failed' }>> => {
    if (over !== undefined) throw over
    child.ref()
    child.channel?.ref()
    try {
      const report = await new Promise<Report>((resolve, reject) => {
        waiting.push({ resolve, reject })
        if (order !== undefined) child.send(order)
      })
      if (report._tag === 'Failed') throw new Error(report.why)
      return report
    } finally {
      if (waiting.length === 0) {
        child.unref()
        child.channel?.unref()
      }
    }
  }
}

const stopped = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.ref()
  const exit = once(child, 'exit')
  if (child.connected) child.disconnect()
  await exit
}

/**
 * Starts a real Postgres from the binaries that npm installed, on an empty cluster in UTF8 with collation C.
 * @throws Error when there are none for this platform, when the port is taken or when a setting is not understood.
 */
export const startPostgres = async (options: PostgresOptions = {}): Promise<Postgres> => {
  const child = spawn(process.execPath, ['--import', 'tsx', supervisor, JSON.stringify(options)], {
    cwd: root,
    // Of its own session: what is sent to our process group, such as Ctrl-C or a kill, does not reach it.
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    windowsHide: true,
  })
  const ask = conversation(child)
  let stopping: Promise<void> | undefined
  const stop = (): Promise<void> => (stopping ??= stopped(child))
  try {
    const started = await ask()
    if (started._tag !== 'Started') throw new Error(`The supervisor of Postgres said ${started._tag} first.`)
    const { port, dataDirectory } = started
    return {
      url: `postgres://postgres@127.0.0.1:${port}/postgres`,
      port,
      dataDirectory,
      supervisor: child.pid ?? 0,
      kill: async (signal) => void (await ask({ _tag: 'Kill', signal })),
      restart: async () => void (await ask({ _tag: 'Restart' })),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
