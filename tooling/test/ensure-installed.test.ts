import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'

const script = fileURLToPath(new URL('../ensure-installed.mjs', import.meta.url))
const made: string[] = []

/** A project with one workspace and nothing to download: what npm does with it is real, and needs no network. */
const project = () => {
  const root = mkdtempSync(join(tmpdir(), 'guichet-install-'))
  made.push(root)
  mkdirSync(join(root, 'packages', 'tiny'), { recursive: true })
  const write = (path: string, value: unknown) => writeFileSync(join(root, path), JSON.stringify(value))
  const lock = (version: string) => {
    write('packages/tiny/package.json', { name: 'tiny', version })
    write('package-lock.json', {
      name: 'fresh',
      lockfileVersion: 3,
      requires: true,
      packages: {
        '': { name: 'fresh', workspaces: ['packages/*'] },
        'node_modules/tiny': { resolved: 'packages/tiny', link: true },
        'packages/tiny': { version },
      },
    })
  }
  write('package.json', { name: 'fresh', private: true, workspaces: ['packages/*'] })
  lock('1.0.0')
  const npm = (...args: ReadonlyArray<string>) => spawnSync('npm', args, { cwd: root, encoding: 'utf8' })
  const ensure = () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [script], { cwd: root, encoding: 'utf8' })
    return { status, stdout, installed: stderr.includes('npm ci'), output: stdout + stderr }
  }
  return { root, lock, npm, ensure, stamp: join(root, 'node_modules', '.guichet-installed') }
}

afterEach(() => {
  for (const root of made.splice(0)) rmSync(root, { recursive: true, force: true })
})

describe('before npm start and npm test', () => {
  test('a fresh clone is installed, and the next time nothing is said or done', () => {
    const { root, ensure } = project()
    expect(ensure()).toMatchObject({ status: 0, installed: true, stdout: '' })
    expect(existsSync(join(root, 'node_modules', 'tiny', 'package.json'))).toBe(true)
    expect(ensure()).toMatchObject({ status: 0, output: '' })
  })

  test('a changed lock is installed again; a lock that is only newer by its date is not', () => {
    const { root, lock, ensure } = project()
    ensure()
    const later = new Date(Date.now() + 60_000)
    utimesSync(join(root, 'package-lock.json'), later, later)
    expect(ensure()).toMatchObject({ status: 0, output: '' })
    lock('2.0.0')
    expect(ensure()).toMatchObject({ status: 0, installed: true })
  })

  test('what was installed by hand is recognised, and what that left out is installed', () => {
    const { lock, npm, ensure, stamp } = project()
    expect(npm('ci', '--offline').status).toBe(0)
    expect(ensure()).toMatchObject({ status: 0, output: '' })
    expect(existsSync(stamp)).toBe(true)
    lock('2.0.0')
    expect(npm('ci', '--offline').status).toBe(0)
    expect(ensure()).toMatchObject({ status: 0, output: '' })
  })

  test('native addons that were installed by another Node are installed again', () => {
    const { ensure, stamp } = project()
    ensure()
    const stamped = readFileSync(stamp, 'utf8')
    writeFileSync(stamp, stamped.replace(/abi-\d+/, 'abi-1'))
    expect(ensure()).toMatchObject({ status: 0, installed: true })
    expect(readFileSync(stamp, 'utf8')).toBe(stamped)
  })

  test('an install that fails says so and fails', () => {
    const { root, ensure } = project()
    writeFileSync(join(root, 'package-lock.json'), '{ "lockfileVersion": 3, "packages": {} }')
    const { status, output } = ensure()
    expect(status).not.toBe(0)
    expect(output).toContain('npm ci failed')
  })

  test('outside of the repository it refuses', () => {
    const { root, ensure } = project()
    rmSync(join(root, 'package-lock.json'))
    expect(ensure()).toMatchObject({ status: 1, installed: false })
  })
})
