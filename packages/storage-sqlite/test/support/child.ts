import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Starts a script of this folder as a process of its own, on the sources. */
export const startChild = (
  script: 'commit-arrivals.ts' | 'migrate-at-once.ts' | 'hold-lock.ts',
  args: ReadonlyArray<string>,
  command: ReadonlyArray<string> = [],
): ChildProcess => {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const line = [...command, process.execPath, '--import', 'tsx', '--conditions=@guichet/source', path, ...args]
  return spawn(line[0] as string, line.slice(1), { stdio: ['pipe', 'pipe', 'inherit'] })
}

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
