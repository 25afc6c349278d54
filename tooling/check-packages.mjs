// After a build: what would be published stands on its own. Every package that its JavaScript or its declarations ask for
// is one that an installation brings, every relative import leads to a file, and a strict project can use all of it.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('..', import.meta.url))
const packages = readdirSync(join(root, 'packages'))
  .map((folder) => join(root, 'packages', folder))
  .filter((folder) => existsSync(join(folder, 'package.json')))
  .map((folder) => ({ folder, manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) }))
  .filter(({ manifest }) => manifest.private !== true)

const specifiersIn = (file) =>
  ts.preProcessFile(readFileSync(file, 'utf8'), true, true).importedFiles.map(({ fileName }) => fileName)

/** Declarations of other files stay in a package without being reached; what they name concerns nobody. */
const problemsOf = ({ folder, manifest }) => {
  const brought = new Set(Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }))
  const problems = []
  const seen = new Set()
  const visit = (file, from) => {
    if (seen.has(file)) return
    seen.add(file)
    if (!existsSync(file)) {
      problems.push(`${relative(root, from)} leads to ${relative(root, file)}, where nothing is`)
      return
    }
    for (const specifier of specifiersIn(file)) {
      if (specifier.startsWith('.')) {
        const target = join(dirname(file), specifier)
        visit(file.endsWith('.d.ts') ? target.replace(/\.[jt]s$/, '.d.ts') : target, file)
        continue
      }
      const [bare = specifier] = /^(?:@[^/]+\/)?[^/]+/.exec(specifier) ?? []
      if (specifier.startsWith('node:') || bare === manifest.name || brought.has(bare)) continue
      problems.push(`${relative(root, file)} asks for ${specifier}, which an installation does not bring`)
    }
  }
  for (const entry of Object.values(manifest.exports)) {
    if (typeof entry === 'string') continue
    visit(join(folder, entry.default), folder)
    visit(join(folder, entry.types), folder)
  }
  return problems
}

const problems = packages.flatMap(problemsOf)

const scratch = mkdtempSync(join(tmpdir(), 'guichet-consumer-'))
try {
  const subpaths = packages.flatMap(({ manifest }) =>
    Object.keys(manifest.exports)
      .filter((subpath) => subpath !== './package.json')
      .map((subpath) => manifest.name + subpath.slice(1)),
  )
  symlinkSync(join(root, 'node_modules'), join(scratch, 'node_modules'), 'junction')
  writeFileSync(join(scratch, 'package.json'), '{ "type": "module" }')
  writeFileSync(
    join(scratch, 'consumer.ts'),
    subpaths.map((subpath, at) => `export * as p${at} from '${subpath}'\n`).join(''),
  )
  const base = { strict: true, noEmit: true, target: 'ES2022', skipLibCheck: true, exactOptionalPropertyTypes: true }
  for (const [module, moduleResolution] of [
    ['NodeNext', 'NodeNext'],
    ['ESNext', 'Bundler'],
  ]) {
    const compilerOptions = {
      ...base,
      module,
      moduleResolution,
      lib: ['ES2023', 'DOM', 'DOM.Iterable'],
      types: ['node'],
    }
    writeFileSync(join(scratch, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.ts'] }))
    try {
      execFileSync(join(root, 'node_modules', '.bin', 'tsc'), ['-p', scratch], {
        encoding: 'utf8',
        shell: process.platform === 'win32',
      })
    } catch (error) {
      problems.push(`a project with ${moduleResolution} resolution: ${error.stdout}`)
    }
  }
  if (problems.length === 0)
    console.log(`${packages.length} packages with ${subpaths.length} entries stand on their own`)
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

if (problems.length > 0) {
  console.error(problems.join('\n'))
  process.exit(1)
}
