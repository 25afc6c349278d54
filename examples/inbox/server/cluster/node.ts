import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Where a process of the example can be reached. */
export interface Reachable {
  readonly port: number
  readonly smtpPort: number
}

/** One of the processes, which is started again whenever it dies. */
export interface Node {
  readonly url: string
  /** Of the process that runs now. */
  readonly pid: () => number | undefined
  readonly stop: () => Promise<void>
}

const here = fileURLToPath(new URL('../..', import.meta.url))
const command = ['--conditions=@guichet/source', '--import', 'tsx', 'server/main.ts']

/** How long one waits that dies again and again before it is started once more, in milliseconds. */
const firstPause = 100
const longestPause = 5_000

/**
 * Starts a process of the example and keeps it running. `join` hears when it can be reached, and what it returns is
 * called when that is over. Resolves when that is so for the first time, and rejects when it dies before.
 */
export const keepRunning = (env: NodeJS.ProcessEnv, join: (at: Reachable) => () => void): Promise<Node> =>
  new Promise((resolve, reject) => {
    let child: ChildProcess | undefined
    let restart: NodeJS.Timeout | undefined
    let pause = firstPause
    let stopping = false
    let gone: Promise<void> = Promise.resolve()
    const stop = (): Promise<void> => {
      stopping = true
      clearTimeout(restart)
      child?.kill('SIGTERM')
      return gone
    }
    const start = (): void => {
      // The channel tells the process when this one dies without a word. What it says on its output is said here.
      const started = spawn(process.execPath, command, {
        cwd: here,
        env,
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      })
      child = started
      let leave = (): void => {}
      started.once('message', (at) => {
        pause = firstPause
        leave = join(at as Reachable)
        resolve({ url: `http://${env['HOST']}:${(at as Reachable).port}`, pid: () => child?.pid, stop })
      })
      gone = new Promise((ended) => {
        started.once('exit', (code, signal) => {
          leave()
          ended()
          if (stopping) return
          const died = `process ${started.pid} on port ${env['PORT']} ended (${signal ?? code})`
          // Settled already unless this was the first start.
          reject(new Error(died))
          console.error(`[cluster] ${died}, starts again`)
          restart = setTimeout(start, pause)
          pause = Math.min(longestPause, pause * 2)
        })
      })
    }
    start()
  })
