import type { MaybePromise } from '../ports/channel.ts'
import type { Core } from './core.ts'

/** What a channel works out by itself, without asking anybody outside, is there at once or never, in milliseconds. */
export const thinkingMs = 20_000

/**
 * A plugin's answer, or a rejection when it has not come in time. A late one is not heard any more. Most channels answer
 * at once: for them no timer is set and nothing is waited for.
 */
export const inTime = <A>(core: Core, answer: MaybePromise<A>, ms: number = thinkingMs): MaybePromise<A> =>
  isPending(answer) ? orLate(core, answer, ms) : answer

const orLate = async <A>(core: Core, answer: Promise<A>, ms: number): Promise<A> => {
  let cancel = (): void => undefined
  const late = new Promise<never>((_, reject) => {
    cancel = core.clock.at(core.clock.now() + ms, () => reject(new Error(`no answer within ${ms} ms`)))
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    cancel()
  }
}

const isPending = <A>(answer: MaybePromise<A>): answer is Promise<A> =>
  typeof answer === 'object' && answer !== null && 'then' in answer
