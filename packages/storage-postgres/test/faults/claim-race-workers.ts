import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle } from '../../../../tooling/faults/bundle.ts'
import { freshDatabase } from '../../../../tooling/postgres/fresh-database.ts'
import { changeset, id } from '../../../../tooling/stores/changesets.ts'
import { postgres } from '../../src/index.ts'
import { type Line, readLedger } from './claim-race-audit.ts'
import { type FromWorker, kinds, type ToWorker, type WorkerOptions } from './claim-race-protocol.ts'

/** A process that takes work until there is none, from when it is told to begin. */
export interface Worker {
  readonly by: number
  /** Resolves when it can begin at once; also when it ends before. */
  readonly ready: Promise<void>
  /** Calls back when it has begun with what it took. */
  readonly onBegan: (hear: (many: number) => void) => void
  readonly signal: (signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT') => void
  readonly say: (what: ToWorker) => void
  readonly lines: () => ReadonlyArray<Line>
  readonly ended: Promise<void>
}

export interface Workers {
  /** The ids of all work. */
  readonly ids: ReadonlyArray<string>
  readonly start: () => Worker
  /** How much is still to be done, as the server says. */
  readonly left: () => Promise<number>
  readonly close: () => Promise<void>
}

const program = fileURLToPath(new URL('./claim-race-worker.ts', import.meta.url))
const workspaces = ['north', 'south', 'east', 'west'] as const
const atOnce = 1_000

/** A database with so much work in it, and processes that do it. */
export const openWorkers = async (
  server: string,
  items: number,
  options: Omit<WorkerOptions, 'url' | 'ledger'>,
): Promise<Workers> => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-faults-'))
  const { url, drop } = await freshDatabase(server)
  const store = postgres({ url, listen: false })
  const running = new Set<Worker>()
  const close = async (): Promise<void> => {
    for (const worker of running) worker.signal('SIGKILL')
    await Promise.all([...running].map(({ ended }) => ended))
    await store.close()
    await drop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const bundled = await bundle(program, folder, 'pg')
    await store.migrate()
    const ids = Array.from({ length: items }, (_, n) => id(n))
    for (let from = 0; from < items; from += atOnce) {
      const work = ids.slice(from, from + atOnce).map((one, n) => ({
        id: one,
        kind: kinds[n % kinds.length] as string,
        lane: one,
        due: 0,
        key: null,
        payload: '{}',
      }))
      await store.commit([changeset({ workspace: workspaces[(from / atOnce) % workspaces.length] as string, work })])
    }
    let started = 0
    return {
      ids,
      start: () => {
        const by = (started += 1)
        const ledger = join(folder, `${by}.txt`)
        writeFileSync(ledger, '')
        const child = spawn(process.execPath, [bundled, JSON.stringify({ ...options, url, ledger })], {
          stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
          env: { ...process.env, NODE_OPTIONS: '' },
        })
        let hear = (_many: number): void => undefined
        const ended = once(child, 'exit').then(() => undefined)
        const ready = new Promise<void>((resolve) => {
          void ended.then(resolve)
          child.on('message', (what: FromWorker) => {
            if (what._tag === 'Ready') resolve()
            else hear(what.many)
          })
        })
        const worker: Worker = {
          by,
          onBegan: (listener) => {
            hear = listener
          },
          signal: (signal) => void child.kill(signal),
          say: (what) => void child.send(what, () => undefined),
          lines: () => readLedger(ledger, by),
          ready,
          ended: ended.then(() => void running.delete(worker)),
        }
        running.add(worker)
        return worker
      },
      left: async () => (await Promise.all(workspaces.map((name) => store.upcoming(name, items)))).flat().length,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
