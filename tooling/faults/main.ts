/** Runs the fault harnesses of the stores that are named, or of all, one store after the other. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const programs = {
  sqlite: new URL('../../packages/storage-sqlite/test/faults/main.ts', import.meta.url),
  postgres: new URL('../../packages/storage-postgres/test/faults/main.ts', import.meta.url),
}

const args = process.argv.slice(2)
const named = Object.entries(programs).filter(([store]) => args.includes(store))
const options = args.filter((one) => !(one in programs))

for (const [, program] of named.length === 0 ? Object.entries(programs) : named) {
  const { status } = spawnSync(process.execPath, [...process.execArgv, fileURLToPath(program), ...options], {
    stdio: 'inherit',
  })
  if (status !== 0) process.exitCode = 1
}
