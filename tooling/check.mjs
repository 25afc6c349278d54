// `npm run check`: everything that a change has to pass, all parts even when one fails, fastest first.
// `--without-tests` leaves out what `npm test` runs as well. Exits with the number of parts that failed.
import { spawnSync } from 'node:child_process'

/** The name of a part is the npm script that runs it alone. */
const parts = [
  { script: 'check:lock', holds: 'the lock is complete and names no host' },
  { script: 'check:format', holds: 'biome' },
  { script: 'check:lint', holds: 'oxlint' },
  { script: 'check:imports', holds: 'the import graph', test: true },
  { script: 'check:unused', holds: 'knip' },
  { script: 'typecheck', holds: 'tsc' },
  { script: 'build', holds: 'tsup and declarations' },
  { script: 'check:packages', holds: 'publint and attw' },
  { script: 'test', holds: 'all tests', test: true },
]

const chosen = process.argv.includes('--without-tests') ? parts.filter((part) => part.test !== true) : parts
const failed = []
for (const { script, holds } of chosen) {
  console.log(`\n> ${script} (${holds})`)
  const began = performance.now()
  const { status } = spawnSync('npm', ['run', '--silent', script], {
    stdio: 'inherit',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
    shell: process.platform === 'win32',
  })
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${script} ${seconds} s`)
  if (status !== 0) failed.push(script)
}
console.log(
  failed.length === 0 ? `\ncheck: all ${chosen.length} parts hold` : `\ncheck: failed in ${failed.join(', ')}`,
)
process.exit(failed.length)
