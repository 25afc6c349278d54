import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle } from '../../../../tooling/faults/bundle.ts'
import { compilePreload } from '../../../../tooling/faults/preload.ts'

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

const source = fileURLToPath(new URL('./disk.c', import.meta.url))
const program = fileURLToPath(new URL('./worker.ts', import.meta.url))

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
  const library = compilePreload(source, tools)
  const worker = await bundle(program, tools, 'better-sqlite3')
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
