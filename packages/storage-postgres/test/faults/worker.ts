import { setTimeout as pause } from 'node:timers/promises'
import type { Answer, Asked, Handed } from './asked.ts'
import { type Desk, openDesk } from './engine.ts'
import type { Flaw } from './flaws.ts'

// An engine in a process of its own. Whoever started it asks, and stands for the provider as well.

/** What is said to it. */
export type ToWorker =
  | { readonly _tag: 'Ask'; readonly n: number; readonly asked: Asked }
  /** The provider has it. */
  | { readonly _tag: 'Taken'; readonly n: number }
  | { readonly _tag: 'Close' }

/** What it says. */
export type FromWorker =
  | { readonly _tag: 'Ready' }
  | { readonly _tag: 'Answer'; readonly n: number; readonly answer: Answer }
  | { readonly _tag: 'Hand'; readonly n: number; readonly handed: Handed }

const [url = '', flaw = ''] = process.argv.slice(2)
/** Until a database that is away is asked again, in milliseconds. */
const pauseMs = 50

const say = (what: FromWorker): void => void process.send?.(what, () => undefined)

const taken = new Map<number, () => void>()
let hands = 0

const hand = (handed: Handed): Promise<void> =>
  new Promise((resolve) => {
    hands += 1
    taken.set(hands, resolve)
    say({ _tag: 'Hand', n: hands, handed })
  })

const open = async (): Promise<Desk> => {
  for (;;) {
    try {
      return await openDesk({ url, hand, flaw: flaw === '' ? undefined : (flaw as Flaw) })
    } catch {
      await pause(pauseMs)
    }
  }
}

// Nobody is to outlive who started it.
process.once('disconnect', () => process.exit())
const desk = await open()
process.on('message', async (what: ToWorker) => {
  switch (what._tag) {
    case 'Ask':
      return say({ _tag: 'Answer', n: what.n, answer: await desk.ask(what.asked) })
    case 'Taken':
      taken.get(what.n)?.()
      taken.delete(what.n)
      return
    case 'Close':
      await desk.close()
      process.disconnect()
  }
})
say({ _tag: 'Ready' })
