import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { format } from 'node:util'

/**
 * Runs the files that its arguments name, one after the other, and prints what became of each as JSON. It does not end
 * the process: an example that leaves a server or a timer behind keeps it open, and is found out by that.
 */
const patience = 5_000

const kinds = (): ReadonlyArray<string> =>
  process.getActiveResourcesInfo().filter((kind) => /^(TCP|Pipe|UDP|Timeout|Immediate|FSEvent|ChildProcess|Worker)/.test(kind))

const results: Record<string, { readonly printed: string; readonly error?: string }> = {}
const lines: Array<string> = []
console.log = (...values: ReadonlyArray<unknown>) => void lines.push(`${format(...values)}\n`)

for (const file of process.argv.slice(2)) {
  lines.length = 0
  process.chdir(dirname(file))
  const before = kinds().length
  let timer: NodeJS.Timeout | undefined
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`did not end within ${patience} ms`)), patience)
  })
  let error: string | undefined
  try {
    await Promise.race([import(pathToFileURL(file).href), late])
  } catch (thrown) {
    error = format(thrown)
  } finally {
    clearTimeout(timer)
  }
  void before
  results[file] = { printed: lines.join(''), ...(error === undefined ? {} : { error }) }
}

process.stdout.write(JSON.stringify(results))
