import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const scripts = {
  commitArrivals: new URL('./commit-arrivals.ts', import.meta.url),
  holdLock: new URL('./hold-lock.ts', import.meta.url),
  migrateAtOnce: new URL('./migrate-at-once.ts', import.meta.url),
}

/** Starts a script of this folder as a process of its own, on the sources. */
export const startChild = (script: keyof typeof scripts, args: ReadonlyArray<string>): ChildProcess =>
  spawn(
    process.execPath,
    ['--import', 'tsx', '--conditions=@guichet/source', fileURLToPath(scripts[script]), ...args],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )

/** Calls back for each line that a child prints; resolves with how it ended. */
export const lines = (child: ChildProcess, each: (line: string) => void): Promise<number | NodeJS.Signals | null> =>
  new Promise((resolve, reject) => {
    let rest = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      const parts = (rest + text).split('\n')
      rest = parts.pop() ?? ''
      for (const part of parts) each(part)
    })
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(signal ?? code))
  })
