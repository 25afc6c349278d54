import { manualClock } from '@guichet/engine/memory'
import type { Clock } from '@guichet/engine/ports'

/** A machine's clock: it goes on, and now and then somebody sets it. */
export interface JumpingClock extends Clock {
  readonly advance: (ms: number) => void
  /** Sets it forward or back at once, as a time server does: nothing fires on the way. */
  readonly jump: (ms: number) => void
}

export const jumpingClock = (start: number): JumpingClock => {
  const steady = manualClock(start)
  let offset = 0
  return {
    now: () => steady.now() + offset,
    at: (at, fire) => steady.at(at - offset, fire),
    advance: steady.advance,
    jump: (ms) => {
      offset += ms
    },
  }
}
