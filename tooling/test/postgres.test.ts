import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { unprivileged } from '../postgres/account.ts'
import { installedPostgres, program, runnablePostgres } from '../postgres/binaries.ts'
import { startPostgres } from '../postgres/start.ts'
import { makeWorkDirectory } from '../postgres/work-directory.ts'

const scratch = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'guichet-test-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

/** Of a machine that does much else. */
const patience = { timeout: 60_000 }

/** The main process of the server on it. */
const postmaster = (dataDirectory: string): number =>
  Number(readFileSync(join(dataDirectory, 'postmaster.pid'), 'utf8').split('\n')[0])

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  // Where the first process of a container never asks how orphans ended, they stay on the list.
  const status = `/proc/${pid}/status`
  return !existsSync(status) || !/^State:\s+Z/m.test(readFileSync(status, 'utf8'))
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => socket.end(() => resolve(true))).once('error', () => resolve(false))
  })

/** Starts a process that starts a server. Its temporary files are in a directory of its own. */
const holder = (...args: ReadonlyArray<string>): { child: ChildProcess; temporary: string } => {
  const temporary = scratch()
  chmodSync(temporary, 0o755)
  const script = fileURLToPath(new URL('./support/hold-postgres.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: temporary },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return { child, temporary }
}

interface Held {
  readonly dataDirectory: string
  readonly supervisor: number
}

const held = async ({ child }: { child: ChildProcess }): Promise<Held & { postmaster: number }> => {
  if (child.stdout === null) throw new Error('started without a pipe')
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const said = JSON.parse(line) as Held
  return { ...said, postmaster: postmaster(said.dataDirectory) }
}

const nothingIsLeft = async (of: Held & { postmaster: number }): Promise<void> => {
  await expect.poll(() => isAlive(of.postmaster), patience).toBe(false)
  await expect.poll(() => isAlive(of.supervisor), patience).toBe(false)
  expect(existsSync(join(of.dataDirectory, '..'))).toBe(false)
}

const serverDirectories = (temporary: string) =>
  readdirSync(temporary).filter((name) => name.startsWith('guichet-postgres-'))

describe('a Postgres for tests leaves nothing behind', () => {
  test('when the process that started it is killed', async () => {
    const one = holder('--stay')
    const its = await held(one)
    expect(isAlive(its.postmaster)).toBe(true)
    one.child.kill('SIGKILL')
    await nothingIsLeft(its)
  })

  test('when that process is killed while the server is being made', async () => {
    const { child, temporary } = holder('--stay')
    await expect.poll(() => serverDirectories(temporary), patience).toHaveLength(1)
    child.kill('SIGKILL')
    await expect.poll(() => serverDirectories(temporary), patience).toEqual([])
  })

  test('when nobody stops it: the process ends all the same', async () => {
    const one = holder()
    const its = await held(one)
    if (one.child.exitCode === null) await once(one.child, 'exit')
    expect(one.child.exitCode).toBe(0)
    await nothingIsLeft(its)
  })

  test('when it cannot start', async () => {
    const temporary = scratch()
    const before = process.env['TMPDIR']
    process.env['TMPDIR'] = temporary
    chmodSync(temporary, 0o755)
    onTestFinished(() => {
      if (before === undefined) delete process.env['TMPDIR']
      else process.env['TMPDIR'] = before
    })
    await expect(startPostgres({ settings: { no_such_setting: 1 } })).rejects.toThrow('no_such_setting')
    expect(serverDirectories(temporary)).toEqual([])
  })
})

describe('a Postgres for tests', () => {
  test('goes down and comes back on its port and data, until it is stopped', async () => {
    const server = await startPostgres()
    onTestFinished(() => server.stop())
    for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
      const before = postmaster(server.dataDirectory)
      await server.kill(signal)
      expect(isAlive(before), signal).toBe(false)
      expect(await answers(server.port), signal).toBe(false)
      await server.restart()
      expect(await answers(server.port), signal).toBe(true)
      expect(postmaster(server.dataDirectory)).not.toBe(before)
    }
    await expect(startPostgres({ port: server.port })).rejects.toThrow(`port ${server.port}`)

    const its = { ...server, postmaster: postmaster(server.dataDirectory) }
    await Promise.all([server.stop(), server.stop()])
    await nothingIsLeft(its)
    await expect(server.restart()).rejects.toThrow('gone')
  })

  test('stops at once while it is told to start again', async () => {
    const server = await startPostgres()
    const restarted = server.restart().catch(String)
    await server.stop()
    expect(await restarted).toMatch(/gone/)
    expect(existsSync(join(server.dataDirectory, '..'))).toBe(false)
  })

  const isRoot = process.getuid?.() === 0
  test.skipIf(!isRoot)('runs for root as somebody who cannot enter the checkout', () => {
    const closed = join(scratch(), 'native')
    cpSync(installedPostgres(), closed, { recursive: true, verbatimSymlinks: true })
    chmodSync(closed, 0o700)
    const account = unprivileged()
    const work = makeWorkDirectory(account)
    onTestFinished(() => rmSync(work, { recursive: true, force: true }))
    const native = runnablePostgres(closed, account, work)
    expect(native).toBe(join(work, 'native'))
    expect(statSync(program(native, 'postgres')).uid).toBe(account.uid)
  })
})
