import { dirname } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { format } from 'node:util'
import type { Ran } from './workshop.ts'

/**
 * Runs the files that its arguments name, one after the other in this process, and prints what became of each as JSON.
 * An example has to end, and to leave nothing open: no server, no socket, no timer.
 */
const patienceMs = 20_000

const lines: Array<string> = []
console.log = (...values: ReadonlyArray<unknown>) => void lines.push(`${format(...values)}\n`)

let stray: unknown
process.on('unhandledRejection', (reason) => {
  stray = reason
})

const open = (): ReadonlyArray<string> =>
  process.getActiveResourcesInfo().filter((kind) => /^(TCP|UDP|Timeout|FSEvent|Process|Worker)/.test(kind))

const within = async (asking: Promise<unknown>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it did not end within ${patienceMs} ms`)), patienceMs)
  })
  try {
    await Promise.race([asking, late])
  } finally {
    clearTimeout(timer)
  }
}

/** What is being closed may take a few turns of the loop. */
const nothingMoreThan = async (before: number): Promise<void> => {
  const until = performance.now() + 1_000
  await setImmediate()
  while (open().length > before && performance.now() < until) await setImmediate()
  if (open().length > before) throw new Error(`it left something open: ${open().join(', ')}`)
}

const runOne = async (file: string): Promise<Ran> => {
  lines.length = 0
  stray = undefined
  process.chdir(dirname(file))
  const before = open().length
  try {
    await within(import(pathToFileURL(file).href))
    await nothingMoreThan(before)
    if (stray !== undefined) throw stray
    return { printed: lines.join('') }
  } catch (error) {
    return { printed: lines.join(''), error: format(error) }
  }
}

const results: Record<string, Ran> = {}
for (const file of process.argv.slice(2)) results[file] = await runOne(file)
process.stdout.write(JSON.stringify(results), () => process.exit())
