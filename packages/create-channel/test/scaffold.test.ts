import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scaffold } from '../src/index.ts'

const run = promisify(execFile)
const home = fileURLToPath(new URL('..', import.meta.url))
const bin = (name: string): string => fileURLToPath(new URL(`../../../node_modules/${name}`, import.meta.url))

/** Below the packages, so that what a scaffold asks for is found as if it had been installed. */
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(home, '.scaffold-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Packages are taken from their sources: nothing has been built. */
const config = `const conditions = ['@guichet/source', 'module', 'node', 'development|production', 'default']
export default { resolve: { conditions }, ssr: { resolve: { conditions } }, test: { testTimeout: 120_000 } }
`

const without = ({ VITEST: _, VITEST_POOL_ID: __, VITEST_WORKER_ID: ___, ...rest }: NodeJS.ProcessEnv) => rest

describe('a scaffolded channel', () => {
  it('is a package in which no word of the template is left', () => {
    const done = scaffold('smoke-signal', folder)
    expect(done).toMatchObject({ ok: true, folder: join(folder, 'smoke-signal') })
    const files = done.ok ? done.files : []
    expect(files).toEqual(
      expect.arrayContaining([
        'README.md',
        'package.json',
        'src/index.ts',
        'src/settings.ts',
        'test/conformance.test.ts',
      ]),
    )
    for (const file of files) {
      const text = readFileSync(join(folder, 'smoke-signal', file), 'utf8')
      expect(text).not.toMatch(/example-?channel|0\.0\.0-guichet/i)
    }
    const manifest = JSON.parse(readFileSync(join(folder, 'smoke-signal', 'package.json'), 'utf8'))
    expect(manifest.name).toBe('guichet-channel-smoke-signal')
    const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
    expect(Object.values(manifest.dependencies)).toEqual([`^${version}`, `^${version}`])
  })

  it('passes its own conformance test', async () => {
    writeFileSync(join(folder, 'vitest.config.mjs'), config)
    const at = join(folder, 'smoke-signal')
    const args = [bin('vitest/vitest.mjs'), 'run', '--root', at, '--config', join(folder, 'vitest.config.mjs')]
    const { stdout } = await run(process.execPath, [...args, '--reporter', 'json'], {
      cwd: at,
      env: without(process.env),
    })
    const report = JSON.parse(stdout.slice(stdout.indexOf('{')))
    expect(report.success).toBe(true)
    expect(report.numPassedTests).toBeGreaterThan(35)
  })

  it('is right for the type checker', async () => {
    const args = ['-p', join(folder, 'smoke-signal'), '--customConditions', '@guichet/source']
    const found = await run(bin('.bin/tsc'), args, { shell: process.platform === 'win32' }).catch(
      (error: { readonly stdout: string }) => error,
    )
    expect(found.stdout).toBe('')
  })
})

describe('a folder is left alone', () => {
  it('when something is in it', () => {
    mkdirSync(join(folder, 'taken'))
    writeFileSync(join(folder, 'taken', 'notes.txt'), 'mine')
    const done = scaffold('taken', folder)
    expect(done).toEqual({ ok: false, reason: `The folder is not empty: ${join(folder, 'taken')}` })
    expect(readdirSync(join(folder, 'taken'))).toEqual(['notes.txt'])
  })

  it('when it is a file', () => {
    writeFileSync(join(folder, 'file'), 'mine')
    expect(scaffold('file', folder)).toMatchObject({ ok: false })
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('mine')
  })

  it('and an empty one is taken', () => {
    mkdirSync(join(folder, 'empty'))
    expect(scaffold('empty', folder)).toMatchObject({ ok: true })
  })
})

describe('a name', () => {
  it.each(['', 'Pager', 'smoke signal', '9lives', '-x', 'x-', 'a--b', 'päger', '../', 'x'.repeat(41)])(
    'is refused in words when it is %j, and nothing is written',
    (name) => {
      const before = readdirSync(folder)
      const done = scaffold(name, join(folder))
      expect(done).toMatchObject({ ok: false })
      expect(done.ok ? '' : done.reason).toMatch(/name/)
      expect(readdirSync(folder)).toEqual(before)
    },
  )
})

describe('the command', () => {
  const command = (...args: ReadonlyArray<string>) =>
    run(process.execPath, ['--import', import.meta.resolve('tsx'), join(home, 'src', 'main.ts'), ...args], {
      cwd: folder,
    })

  it('says what it has written and what to do now', async () => {
    const { stdout } = await command('semaphore')
    expect(stdout).toContain('src/channel.ts')
    expect(stdout).toContain('cd semaphore')
    expect(existsSync(join(folder, 'semaphore', 'src', 'channel.ts'))).toBe(true)
  })

  it('fails with the reason alone when it cannot', async () => {
    const failed = await command('Not A Name').catch(
      (error: { readonly code: number; readonly stderr: string }) => error,
    )
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringMatching(/^A channel's name is in lower case.*\n$/) })
  })
})
