import * as fc from 'fast-check'
import { it } from 'vitest'
import { type Lived, type Step, history, live } from './history.ts'

/** What holds over every history of commands. */
export const law = (name: string, holds: (lived: Lived, steps: ReadonlyArray<Step>) => void): void => {
  it(name, () => {
    fc.assert(
      fc.property(history, (steps) => holds(live(steps), steps)),
      { numRuns: 400 },
    )
  })
}
