import { setTimeout as pause } from 'node:timers/promises'
import type { Answer, Asked } from './asked.ts'
import { accounts, workspaces } from './engine.ts'
import type { Ledger } from './ledger.ts'

/** Until somebody who was told to come again does, in milliseconds, twice as long each time: sooner than any provider. */
const firstPauseMs = 25
const longestPauseMs = 200
/** Who has not been acknowledged for so long will not be any more, in milliseconds. */
const patienceMs = 60_000
/** A customer writes so often before another one does; and is answered after every so many messages. */
const messagesOfOne = 20
const messagesToAnAnswer = 3

export interface Callers {
  /** Resolves when all have done their part; `stop` ends it. */
  readonly done: Promise<void>
  readonly stop: () => void
  readonly acknowledged: () => number
  /** How often one of them had to ask again. */
  readonly again: () => number
  /** Resolves when so many more have been acknowledged, or told to come again. */
  readonly more: (acknowledgements: number) => Promise<void>
  readonly refused: (times: number) => Promise<void>
  /**
   * Resolves when everybody who waits for an answer now has been acknowledged, with how long that took, in milliseconds.
   */
  readonly caughtUp: () => Promise<number>
}

interface Options {
  readonly ask: (asked: Asked) => Promise<Answer>
  readonly ledger: Ledger
  readonly many: number
  /** How many messages each brings; endless when absent. */
  readonly each?: number
}

/**
 * Providers with customers behind them: each brings one message after the other, and asks again until it is
 * acknowledged, as providers do, before it goes on. Now and then an agent answers.
 */
export const startCallers = ({ ask, ledger, many, each = Infinity }: Options): Callers => {
  const waiting = new Set<Promise<void>>()
  const watchers = new Set<() => void>()
  let stopped = false
  let times = 0
  let acknowledged = 0

  const notice = (): void => {
    for (const watch of watchers) watch()
  }
  const reached = (count: () => number, goal: number): Promise<void> =>
    new Promise((resolve) => {
      const watch = (): void => {
        if (count() < goal) return
        watchers.delete(watch)
        resolve()
      }
      watchers.add(watch)
      watch()
    })
  const insist = async (asked: Asked): Promise<Extract<Answer, { readonly _tag: 'Done' }> | undefined> => {
    const began = performance.now()
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      const answer = await ask(asked)
      if (answer._tag === 'Done') return answer
      times += 1
      notice()
      const late = performance.now() - began > patienceMs
      if (answer._tag === 'Never' || late) {
        const what = `${late ? 'it was never acknowledged' : 'it was refused for good'}: ${answer.why}`
        ledger.wrong.push({ kind: 'stuck', what, after: `"${asked.text}" was brought` })
        return undefined
      }
      await pause(pauseMs)
    }
  }
  const acknowledge = async (asked: Asked, among: Set<string>): Promise<string | undefined> => {
    const insisting = insist(asked)
    const answered = insisting.then(() => undefined)
    waiting.add(answered)
    const done = await insisting
    waiting.delete(answered)
    if (done !== undefined) among.add(asked.text)
    acknowledged += 1
    notice()
    return done?.conversation
  }

  const call = async (caller: number): Promise<void> => {
    const workspace = workspaces[caller % workspaces.length] as string
    const account = accounts[Math.floor(caller / workspaces.length) % accounts.length] as string
    for (let n = 0; n < each && !stopped; n += 1) {
      const id = `${caller}.${n}`
      const from = `${caller}.${Math.floor(n / messagesOfOne)}`
      const conversation = await acknowledge(
        { _tag: 'Receive', to: `${workspace}/${account}`, id, from, text: `message ${id}` },
        ledger.received,
      )
      if (conversation === undefined || n % messagesToAnAnswer !== messagesToAnAnswer - 1) continue
      await acknowledge({ _tag: 'Reply', workspace, conversation, key: id, text: `answer ${id}` }, ledger.replied)
    }
  }

  return {
    done: Promise.all(Array.from({ length: many }, (_, caller) => call(caller))).then(() => undefined),
    stop: () => {
      stopped = true
    },
    acknowledged: () => acknowledged,
    again: () => times,
    more: (acknowledgements) => reached(() => acknowledged, acknowledged + acknowledgements),
    refused: (more) => reached(() => times, times + more),
    caughtUp: async () => {
      const began = performance.now()
      await Promise.all(waiting)
      return performance.now() - began
    },
  }
}
