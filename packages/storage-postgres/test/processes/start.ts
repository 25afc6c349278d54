import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle } from '../../../../tooling/faults/bundle.ts'
import type { Asked, FromEngine, ToEngine } from './protocol.ts'

/** An engine in a process of its own. */
export interface Node {
  /** Rejects with what went wrong there, and when the process is gone. */
  readonly ask: (asked: Asked) => Promise<ReadonlyArray<unknown>>
  readonly close: () => Promise<void>
}

export interface Nodes {
  readonly all: ReadonlyArray<Node>
  readonly close: () => Promise<void>
}

const startNode = async (program: string, url: string): Promise<Node> => {
  const child = spawn(process.execPath, [program, url], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  const ended = once(child, 'exit')
  const waiting = new Map<number, { resolve: (done: ReadonlyArray<unknown>) => void; reject: (error: Error) => void }>()
  let asks = 0
  const ready = new Promise<void>((resolve, reject) => {
    child.on('message', (what: FromEngine) => {
      if (what._tag === 'Ready') return resolve()
      const asked = waiting.get(what.n)
      waiting.delete(what.n)
      if (what._tag === 'Answer') asked?.resolve(what.done)
      else asked?.reject(new Error(what.why))
    })
    void ended.then(([code, signal]) => {
      const gone = new Error(`the process of an engine has ended (${signal ?? code})`)
      reject(gone)
      for (const asked of waiting.values()) asked.reject(gone)
    })
  })
  await ready
  return {
    ask: (asked) =>
      new Promise((resolve, reject) => {
        asks += 1
        waiting.set(asks, { resolve, reject })
        const told: ToEngine = { n: asks, asked }
        child.send(told, (error) => error && reject(error))
      }),
    close: async () => {
      if (child.connected) child.disconnect()
      await ended
    },
  }
}

/** So many engines on one database, each in a process of its own. */
export const startNodes = async (count: number, url: string): Promise<Nodes> => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-processes-'))
  const program = await bundle(fileURLToPath(new URL('./engine.ts', import.meta.url)), folder, 'pg')
  const all = await Promise.all(Array.from({ length: count }, () => startNode(program, url)))
  return {
    all,
    close: async () => {
      await Promise.all(all.map((node) => node.close()))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
