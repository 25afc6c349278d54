// Holds the lock to what a fresh clone needs. `npm install` silently drops optional platform packages that a registry
// cannot serve, and `npm ci` then refuses the lock ("Missing: ... from lock file"): fail early, where the lock was written.
// A lock that names a host installs from nowhere else: see omit-lockfile-registry-resolved in .npmrc.
import { readFileSync } from 'node:fs'

const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'))

/** Where Node would find `name` from `path`: beside it, or further up. */
const isFound = (path, name) => {
  for (let base = path; ; ) {
    if (`${base === '' ? '' : `${base}/`}node_modules/${name}` in packages) return true
    if (base === '') return false
    base = base.includes('/node_modules/') ? base.slice(0, base.lastIndexOf('/node_modules/')) : ''
  }
}

const problems = Object.entries(packages).flatMap(([path, meta]) => [
  ...Object.keys(meta.optionalDependencies ?? {})
    .filter((name) => !isFound(path, name))
    .map((name) => `${path || '(root)'} lacks the optional package ${name}`),
  ...(/^[a-z+]+:/.test(meta.resolved ?? '') ? [`${path} names a host: ${meta.resolved}`] : []),
])

if (problems.length > 0) {
  console.error(`package-lock.json:\n${problems.join('\n')}`)
  process.exit(1)
}
console.log(`lock complete: ${Object.keys(packages).length} entries, no host`)
