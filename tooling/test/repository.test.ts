import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { paths, root } from '../architecture/sources.ts'

interface Manifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly type?: string
  readonly license?: string
  readonly description?: string
  readonly engines?: { readonly node?: string }
  readonly files?: ReadonlyArray<string>
  readonly exports?: Readonly<Record<string, Readonly<Record<string, string>> | string>>
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const read = (path: string): Manifest => JSON.parse(readFileSync(join(root, path), 'utf8'))
const workspaces = paths()
  .filter((path) => /^(packages\/[^/]+|examples\/[^/]+|bench)\/package\.json$/.test(path))
  .map((path) => ({ folder: path.replace('/package.json', ''), manifest: read(path) }))
const all = [{ folder: '.', manifest: read('package.json') }, ...workspaces]
const dependenciesOf = ({ dependencies, devDependencies, peerDependencies, optionalDependencies }: Manifest) => ({
  ...peerDependencies,
  ...optionalDependencies,
  ...devDependencies,
  ...dependencies,
})

describe('every package', () => {
  test.each(all)('$folder is ESM, MIT and for Node 20.19 or newer', ({ folder, manifest }) => {
    expect(manifest).toMatchObject({ type: 'module', license: 'MIT' })
    if (folder === '.' || folder.startsWith('packages/')) expect(manifest.engines?.node).toBe('>=20.19.0')
  })

  test.each(workspaces.filter(({ folder }) => folder.startsWith('packages/')))(
    '$folder leads to sources here and to the build elsewhere',
    ({ folder, manifest }) => {
      expect(manifest.files).toEqual(expect.arrayContaining(['dist', 'src']))
      for (const [subpath, target] of Object.entries(manifest.exports ?? {})) {
        if (typeof target === 'string') continue
        const { '@guichet/source': source = '', types = '', default: built = '' } = target
        expect(Object.keys(target), subpath).toEqual(['@guichet/source', 'types', 'default'])
        expect(existsSync(join(root, folder, source)), `${folder} ${source}`).toBe(true)
        expect(types).toBe(source.replace('./src/', './dist/').replace(/\.ts$/, '.d.ts'))
        expect(built).toBe(types.replace(/\.d\.ts$/, '.js'))
      }
    },
  )

  test.each(workspaces)('$folder is type-checked', ({ manifest }) => {
    expect(manifest.scripts?.['typecheck']).toContain('tsc')
  })

  test('all of them carry one version', () => {
    expect(new Set(workspaces.map(({ manifest }) => manifest.version)).size).toBe(1)
  })

  test('none asks for a package of ours that is not published', () => {
    const hidden = new Set(workspaces.filter(({ manifest }) => manifest.private).map(({ manifest }) => manifest.name))
    for (const { manifest } of workspaces.filter((each) => each.manifest.private !== true)) {
      const asked = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
      expect(
        asked.filter((name) => hidden.has(name)),
        manifest.name,
      ).toEqual([])
    }
  })
})

describe('dependencies', () => {
  const page = readFileSync(join(root, 'docs/dependencies.md'), 'utf8')
  const described = [...page.matchAll(/^\| ([^ |]+) \| [^|]+ \| [^|]+ \|$/gm)]
    .map(([, name]) => name)
    .filter((name) => name !== 'dependency')
  const used = new Set(
    all
      .flatMap(({ manifest }) => Object.keys(dependenciesOf(manifest)))
      .filter((name) => !name.startsWith('@guichet/')),
  )

  test('each has its line in docs/dependencies.md, and each line has its dependency', () => {
    expect([...described].sort()).toEqual([...used].sort())
  })

  test('are exact where nobody else has to share them', () => {
    const loose = all
      .filter(({ folder, manifest }) => folder === '.' || manifest.private === true)
      .flatMap(({ folder, manifest }) =>
        Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
          .filter(([, version]) => !/^(npm:[^@]+@)?\d+\.\d+\.\d+$/.test(version))
          .map(([name, version]) => `${folder} ${name} ${version}`),
      )
    expect(loose.filter((line) => !line.startsWith('packages/storage-sql kysely '))).toEqual([])
  })

  test('have one version across the packages', () => {
    const versions = new Map<string, Set<string>>()
    for (const { manifest } of all) {
      for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
        versions.set(name, (versions.get(name) ?? new Set()).add(version.replace(/^\^/, '')))
      }
    }
    expect([...versions].filter(([, found]) => found.size > 1).map(([name, found]) => `${name} ${[...found]}`)).toEqual(
      [],
    )
  })
})

describe('the lock', () => {
  test('is complete and names no host', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'tooling/check-lock.mjs')], {
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    expect(stdout).toContain('no host')
    expect(status).toBe(0)
  })

  test('knows every workspace as it is', () => {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
    for (const { folder, manifest } of all) {
      const locked: Manifest = lock.packages[folder === '.' ? '' : folder] ?? {}
      expect({ folder, ...dependenciesOf(locked) }).toEqual({ folder, ...dependenciesOf(manifest) })
    }
  })
})
