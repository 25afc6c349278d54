// `npm run guarantees`: runs the tests whose titles name a guarantee and says which are kept. `-- --json` prints
// [{ id, title, status, tests, stores }]; `-- --write` brings docs/guarantees.md up to date with what was found.
// Fails when the page calls something kept that was not proven.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { guaranteesOf, idsIn, page, pageWith, root, testSources } from './promises.ts'
import { proofsById, type Report, reasonsOf, verdictOf } from './verdict.ts'

/** Runs the tests that name an id, and no others, in these files. What vitest says goes to stderr. */
const run = (files: ReadonlyArray<string>): Report => {
  if (files.length === 0) return { testResults: [] }
  const scratch = mkdtempSync(join(tmpdir(), 'guichet-guarantees-'))
  try {
    const output = join(scratch, 'report.json')
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
    const options = ['--reporter=json', `--outputFile=${output}`, '--testNamePattern', '\\bG\\d\\d\\b']
    spawnSync(process.execPath, [vitest, 'run', ...options, ...files], { cwd: root, stdio: ['ignore', 2, 2] })
    return JSON.parse(readFileSync(output, 'utf8'))
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

const before = readFileSync(page, 'utf8')
const guarantees = guaranteesOf(before)
const sources = testSources().map((source) => ({ ...source, ids: idsIn(source.text) }))

// The cases of the conformance kit are named there and run where it is used.
const files = sources
  .filter(({ path }) => /\.test\.tsx?$/.test(path))
  .filter(
    ({ path, text, ids }) =>
      ids.size > 0 || path.startsWith('packages/conformance/') || text.includes('@guichet/conformance'),
  )
  .map(({ path }) => path)

const proofs = proofsById(run(files))
const verdicts = guarantees.map((guarantee) => verdictOf(guarantee, proofs))

if (process.argv.includes('--write')) {
  const found = guarantees.map((guarantee, at) => ({
    ...guarantee,
    status: verdicts[at]?.status ?? 'open',
    links: sources.filter(({ ids }) => ids.has(guarantee.id)).map(({ path }) => path),
  }))
  writeFileSync(page, pageWith(before, found))
}

if (process.argv.includes('--json')) console.log(JSON.stringify(verdicts, null, 2))
else {
  for (const { id, status, tests, stores, title } of verdicts) {
    console.log(`${id}  ${status}  ${String(tests).padStart(3)} tests  ${stores.join(', ').padEnd(24)}  ${title}`)
  }
  console.log(`\n${verdicts.filter(({ status }) => status === 'kept').length} of ${verdicts.length} kept`)
}

for (const reason of guarantees.flatMap((guarantee) => reasonsOf(guarantee, proofs))) console.error(reason)

const claimed = guaranteesOf(readFileSync(page, 'utf8')).filter(({ status }) => status === 'kept')
const broken = claimed.filter(({ id }) => verdicts.some((verdict) => verdict.id === id && verdict.status === 'open'))
for (const { id, title } of broken)
  console.error(`docs/guarantees.md calls ${id} kept, and it was not proven: ${title}`)
process.exit(broken.length > 0 ? 1 : 0)
