import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import type { Answer, Asked, Handed } from './asked.ts'
import type { Flaw } from './flaws.ts'
import type { FromWorker, ToWorker } from './worker.ts'

/** How long a provider waits for an answer before it comes again, in milliseconds. */
const silenceMs = 5_000
/** How long the provider takes to take a message in, in milliseconds. */
const handingMs = 250

export interface EngineProcess {
  /** Resolves when it takes questions; also when it ends before. */
  readonly ready: Promise<void>
  readonly isReady: () => boolean
  /** Nobody answers for one that is gone: that is to come again. */
  readonly ask: (asked: Asked) => Promise<Answer>
  /** As the system does when memory runs out: it cannot do anything about it. */
  readonly kill: () => Promise<void>
  /** It stands still and does not know it, as on a machine that sleeps, until it is thawed. */
  readonly freeze: () => void
  readonly thaw: () => void
  readonly close: () => Promise<void>
}

export interface ProcessParts {
  /** The bundled worker. */
  readonly program: string
  readonly url: string
  readonly take: (handed: Handed) => void
  readonly flaw?: Flaw | undefined
}

export const startEngineProcess = ({ program, url, take, flaw }: ProcessParts): EngineProcess => {
  const child = spawn(process.execPath, [program, url, flaw ?? ''], {
    stdio: ['ignore', 'inherit', process.env['GUICHET_FAULTS_SHOW'] === undefined ? 'ignore' : 'inherit', 'ipc'],
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  const ended = once(child, 'exit').then(() => undefined)
  const waiting = new Map<number, (answer: Answer) => void>()
  let isReady = false
  let asks = 0
  let begin = (): void => undefined
  const ready = new Promise<void>((resolve) => {
    begin = resolve
  })

  const say = (what: ToWorker): void => void child.send(what, () => undefined)
  const answer = (n: number, what: Answer): void => {
    waiting.get(n)?.(what)
    waiting.delete(n)
  }
  void ended.then(() => {
    isReady = false
    begin()
    for (const n of waiting.keys()) answer(n, { _tag: 'Again', why: 'its process is gone' })
  })
  child.on('message', (what: FromWorker) => {
    switch (what._tag) {
      case 'Ready':
        isReady = true
        return begin()
      case 'Answer':
        return answer(what.n, what.answer)
      case 'Hand':
        take(what.handed)
        void pause(handingMs).then(() => say({ _tag: 'Taken', n: what.n }))
    }
  })

  return {
    ready,
    isReady: () => isReady,
    ask: (asked) =>
      new Promise((resolve) => {
        if (!isReady) return resolve({ _tag: 'Again', why: 'its process is not there' })
        asks += 1
        const n = asks
        const late = setTimeout(() => answer(n, { _tag: 'Again', why: 'silence' }), silenceMs)
        waiting.set(n, (what) => {
          clearTimeout(late)
          resolve(what)
        })
        say({ _tag: 'Ask', n, asked })
      }),
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    close: async () => {
      if (isReady) say({ _tag: 'Close' })
      else child.kill('SIGKILL')
      await ended
    },
  }
}
