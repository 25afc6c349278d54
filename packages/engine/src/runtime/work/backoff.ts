/** How often a message is offered to a channel that asks to try again: the last pauses add up to about a day. */
export const attemptsAtMost = 20

/**
 * Work of a process that died, or that nothing is heard of, is taken up again after so long, in milliseconds; work that
 * takes longer is held on to meanwhile.
 */
export const leaseMs = 25_000

const firstMs = 1_000
const longestMs = 2 * 60 * 60 * 1_000

/**
 * The pause before the next attempt: doubling from a second to two hours, with full jitter over its upper half, so
 * that what failed together does not come back together. A channel that names a pause gets at least that.
 *
 * @param attempts how many there have been, from 1.
 * @param random a number in [0, 1).
 * @returns milliseconds.
 */
export const pauseAfter = (attempts: number, random: number, afterMs = 0): number => {
  const doubled = Math.min(longestMs, firstMs * 2 ** Math.min(attempts - 1, 30))
  return Math.max(afterMs, Math.round(doubled / 2 + (doubled / 2) * random))
}
