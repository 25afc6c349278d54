import { rmSync } from 'node:fs'
import type { Finding } from '../../../../tooling/faults/harness.ts'
import { sqlite } from '../../src/index.ts'
import { digest, inspect } from './inspect.ts'
import { perform, steps } from './steps.ts'

/** What a file holds after each step, when nothing goes wrong; the first is that of the empty tables. */
export type Reference = ReadonlyArray<string>

export const makeReference = async (file: string): Promise<Reference> => {
  const store = sqlite({ file })
  await store.migrate()
  const contents = [inspect(file)]
  for (const step of steps) {
    await perform(store, file, step)
    contents.push(inspect(file))
  }
  await store.close()
  const faults = contents.flatMap((found) => found.faults)
  if (faults.length > 0) throw new Error(`already without a fault, ${faults[0]}`)
  return contents.map((found) => found.digest)
}

const reason = (error: unknown): string => {
  const { code, message } = error as { readonly code?: string; readonly message?: string }
  return `${code ?? ''} ${message ?? String(error)}`.trim()
}

/** The step that a file stands at: the last that was acknowledged, or the one that had begun; or what is wrong. */
const standsAt = (file: string, acknowledged: number, reference: Reference): number | Finding => {
  const found = inspect(file)
  const [fault] = found.faults
  if (fault !== undefined) return { kind: 'broken', what: fault }
  if (found.digest === reference[Math.max(0, acknowledged)]) return Math.max(0, acknowledged)
  if (found.digest === reference[acknowledged + 1]) return acknowledged + 1
  const step = reference.lastIndexOf(found.digest)
  return step < 0
    ? { kind: 'broken', what: `it holds a part of a step after step ${acknowledged}` }
    : { kind: 'lost', what: `step ${acknowledged} was acknowledged, and it stands at step ${step}` }
}

/**
 * Opens what a fault has left, as a process that starts anew does, and says what is wrong with it. `acknowledged` is
 * the last step that was said to be done; -1 when not even the tables were.
 */
export const audit = async (file: string, acknowledged: number, reference: Reference): Promise<Finding | undefined> => {
  const store = sqlite({ file })
  try {
    await store.migrate()
    const at = standsAt(file, acknowledged, reference)
    if (typeof at !== 'number') return at
    // Whoever was not answered tries again.
    const next = steps[at]
    if (next !== undefined) await perform(store, file, next)
    const after = digest(file)
    return after === (reference[at + 1] ?? after) ? undefined : { kind: 'stuck', what: `step ${at + 1} goes wrong` }
  } catch (error) {
    return { kind: 'stuck', what: reason(error) }
  } finally {
    await store.close()
  }
}

/** Takes a database away, and what stands beside it. */
export const remove = (file: string): void => {
  for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(file + ending, { force: true })
}
