import { type Chance, chanceOf } from './chance.ts'
import { type House, build } from './house.ts'
import { type JumpingClock, jumpingClock } from './jumping-clock.ts'
import { type Ledger, newLedger } from './ledger.ts'

/** Everything that one simulated day happens in. */
export interface Town {
  readonly chance: Chance
  readonly clock: JumpingClock
  readonly ledger: Ledger
  readonly house: House
  /** One line for everything that is done: the same seed writes the same lines. */
  readonly diary: Array<string>
  /** Numbers for words that nobody has said before. */
  readonly number: () => number
}

/** Monday, before anybody is up. */
const dawn = Date.UTC(2026, 0, 5, 6)

export const found = async (seed: number): Promise<Town> => {
  const chance = chanceOf(seed)
  const clock = jumpingClock(dawn)
  const ledger = newLedger()
  const house = await build({ clock, chance, ledger })
  let said = 0
  return {
    chance,
    clock,
    ledger,
    house,
    diary: [],
    number: () => {
      said += 1
      return said
    },
  }
}
