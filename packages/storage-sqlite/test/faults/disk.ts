import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'tsup'

/** What happens to one run of the process under test. */
export interface Run {
  readonly file: string
  readonly synchronous?: 'full' | 'normal'
  /** A mistake that is made on purpose: errors swallowed, or steps acknowledged before they are done. */
  readonly flaw?: 'swallows' | 'hasty'
  /** Where its operations are recorded. */
  readonly log?: string
  /** It is killed at this operation, or half way through it. */
  readonly kill?: { readonly at: number; readonly half: boolean }
  /** So many operations fail from this one on. */
  readonly fail?: { readonly at: number; readonly times: number; readonly errno: number }
}

export interface Ran {
  readonly end: number | NodeJS.Signals | null
  /** What it said, line by line. */
  readonly said: ReadonlyArray<string>
}

/** A process to test, and a disk for it that does what it is told. */
export interface Workshop {
  /** Where databases are put. */
  readonly folder: string
  readonly run: (run: Run) => Promise<Ran>
  readonly close: () => void
}

const compiler = process.env['CC'] ?? 'gcc'

/** Why there can be no such disk here; undefined when there can. */
export const missing = (): string | undefined => {
  if (process.platform !== 'linux') return 'faults of the disk are made with LD_PRELOAD, which Linux has'
  const { status } = spawnSync(compiler, ['--version'])
  return status === 0 ? undefined : `faults of the disk need a C compiler, and ${compiler} is not here`
}

const source = fileURLToPath(new URL('./disk.c', import.meta.url))
const program = fileURLToPath(new URL('./worker.ts', import.meta.url))

const compile = (folder: string): string => {
  const library = join(folder, 'disk.so')
  const { status, stderr } = spawnSync(compiler, ['-shared', '-fPIC', '-O1', '-o', library, source])
  if (status !== 0) throw new Error(`disk.c does not compile: ${stderr}`)
  return library
}

/** As one file, the process starts twenty times faster than from its sources: it is started many times. */
const bundle = async (folder: string): Promise<string> => {
  await build({
    config: false,
    silent: true,
    entry: { worker: program },
    outDir: folder,
    outExtension: () => ({ js: '.mjs' }),
    format: ['esm'],
    platform: 'node',
    target: 'node20',
    splitting: false,
    external: ['better-sqlite3'],
    noExternal: [/^@guichet\//, 'kysely'],
    esbuildOptions: (options) => {
      options.conditions = ['@guichet/source']
    },
  })
  const driver = dirname(createRequire(import.meta.url).resolve('better-sqlite3/package.json'))
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(driver, join(folder, 'node_modules', 'better-sqlite3'))
  return join(folder, 'worker.mjs')
}

const environment = (library: string, { file, log, kill, fail }: Run): Readonly<Record<string, string>> => ({
  LD_PRELOAD: library,
  FAULTS_FILE: file,
  ...(log === undefined ? {} : { FAULTS_LOG: log }),
  ...(kill === undefined ? {} : { FAULTS_KILL: `${kill.at} ${kill.half ? 1 : 0}` }),
  ...(fail === undefined ? {} : { FAULTS_FAIL: `${fail.at} ${fail.times} ${fail.errno}` }),
})

/** The disk knows files by the names that the kernel gives them. */
const makeFolder = (parent: string): string => realpathSync(mkdtempSync(join(parent, 'guichet-faults-')))

/** All faults are of our making, so that the real disk is only in the way; memory will not run programs everywhere. */
const memory = '/dev/shm'

export const openWorkshop = async (): Promise<Workshop> => {
  const tools = makeFolder(tmpdir())
  const library = compile(tools)
  const worker = await bundle(tools)
  const folder = makeFolder(existsSync(memory) ? memory : tmpdir())
  return {
    folder,
    run: (run) =>
      new Promise((resolve, reject) => {
        const child = spawn(
          process.execPath,
          [worker, run.file, run.synchronous ?? 'full', run.flaw ?? 'none'],
          // What it complains of is for those who look into a finding.
          {
            stdio: ['ignore', 'pipe', process.env['GUICHET_FAULTS_SHOW'] === undefined ? 'ignore' : 'inherit'],
            env: { ...process.env, NODE_OPTIONS: '', ...environment(library, run) },
          },
        )
        let text = ''
        child.stdout?.setEncoding('utf8').on('data', (part: string) => {
          text += part
        })
        child.once('error', reject)
        child.once('close', (code, signal) => resolve({ end: signal ?? code, said: text.split('\n').slice(0, -1) }))
      }),
    close: () => {
      for (const made of [folder, tools]) rmSync(made, { recursive: true, force: true })
    },
  }
}

/** The last step that a process has said to be done; -1 when none. */
export const acknowledgedIn = (said: ReadonlyArray<string>): number =>
  Number(said.findLast((line) => line.startsWith('done'))?.split(' ')[1] ?? -1)
