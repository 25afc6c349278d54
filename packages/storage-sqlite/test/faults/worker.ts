import { writeSync } from 'node:fs'
import type { Storage } from '@guichet/engine/ports'
import { presuming } from '../../../../tooling/faults/presuming.ts'
import { sqlite } from '../../src/index.ts'
import { digest } from './inspect.ts'
import { perform, steps } from './steps.ts'

// Does all steps on a file, and says after each that it is done and what the file then holds. What fails and may be
// tried again is tried again, without a restart. It can be given a flaw, which has to be found out.
const [file = '', synchronous = 'full', flaw = 'none'] = process.argv.slice(2)
const attemptsAtMost = 1_000

/** Not buffered: what is said has left the process. */
const say = (line: string): void => void writeSync(1, `${line}\n`)

const open = (): Storage => {
  const store = sqlite({ file, synchronous: synchronous === 'normal' ? 'normal' : 'full' })
  return flaw === 'swallows' ? presuming(store) : store
}

const patiently = async (step: number, run: () => unknown): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await run()
      return
    } catch (error) {
      const { code, retryable } = error as { readonly code?: string; readonly retryable?: boolean }
      say(`failed ${step} ${code} ${retryable}`)
      if (retryable !== true || attempt === attemptsAtMost) throw error
    }
  }
}

let store = open()
await patiently(0, () => store.migrate())
say(`done 0 ${digest(file)}`)
for (const [index, step] of steps.entries()) {
  const number = index + 1
  if (flaw === 'hasty') say(`done ${number} unseen`)
  if (step._tag === 'Reopen') {
    await store.close()
    store = open()
    await patiently(number, () => store.migrate())
  } else if (step._tag === 'Checkpoint') {
    // Nobody waits for it: one that fails is made up for by a later one.
    await perform(store, file, step).catch(() => undefined)
  } else {
    await patiently(number, () => perform(store, file, step))
  }
  if (flaw !== 'hasty') say(`done ${number} ${digest(file)}`)
}
await store.close()
