// Runs before `npm start` and `npm test` with plain Node: installs what is missing, and says nothing when nothing is.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = process.cwd()
const read = (...path) => {
  try {
    return readFileSync(join(root, ...path), 'utf8')
  } catch {
    return undefined
  }
}

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node 20.19 or newer is needed; this is ${process.versions.node}.`)
  process.exit(1)
}

const lock = read('package-lock.json')
if (lock === undefined) {
  console.error('package-lock.json is missing: run this in the root of the repository.')
  process.exit(1)
}

const hash = createHash('sha256').update(lock).digest('hex')
/** Native addons are bound to the ABI of the Node that installed them. */
const abi = `abi-${process.versions.modules}`
const stamp = ['node_modules', '.guichet-installed']
const [stampedHash, stampedAbi] =
  read(...stamp)
    ?.trim()
    .split(' ') ?? []

/**
 * Whether what is installed is what the lock asks for, also when npm was run by hand: npm leaves a copy of what it
 * installed. The root, and packages for other platforms, are in the lock alone.
 */
const inStep = () => {
  if (stampedAbi !== undefined && stampedAbi !== abi) return false
  if (stampedHash === hash) return true
  const installed = read('node_modules', '.package-lock.json')
  if (installed === undefined) return false
  const there = JSON.parse(installed).packages
  return Object.entries(JSON.parse(lock).packages).every(([path, wants]) => {
    if (path === '') return true
    const has = there[path]
    if (has === undefined) return wants.optional === true || wants.devOptional === true || wants.peer === true
    return has.version === wants.version && has.integrity === wants.integrity
  })
}

if (!inStep()) {
  console.error('Installing dependencies (npm ci) ...')
  // npm's own words go to stderr: what follows may print JSON on stdout.
  const { status, error } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    console.error(`npm ci failed${error === undefined ? '' : `: ${error.message}`}.`)
    process.exit(status ?? 1)
  }
}
if (stampedHash !== hash || stampedAbi !== abi) writeFileSync(join(root, ...stamp), `${hash} ${abi}\n`)
