import { median } from './median.ts'

/** One round of both sides, each with its work ready to be done. */
export interface Round {
  readonly ours: () => void | Promise<void>
  readonly theirs: () => void | Promise<void>
}

export interface Plan {
  readonly rounds: number
  readonly warmUps: number
  /** How much each side does in a round. */
  readonly amount: number
}

/** Milliseconds. */
const timed = async (run: () => void | Promise<void>): Promise<number> => {
  const began = performance.now()
  await run()
  return performance.now() - began
}

/**
 * Both sides in turns, the first of a round changing every time, so that whatever else the machine does meets both. What
 * we do in a second, and the median over the rounds of how that compares.
 */
export const sideBySide = async (
  { rounds, warmUps, amount }: Plan,
  prepare: () => Round | Promise<Round>,
): Promise<{ readonly value: number; readonly ratio: number }> => {
  const figures: Array<{ readonly value: number; readonly ratio: number }> = []
  for (let round = 0; round < rounds + warmUps; round += 1) {
    const { ours, theirs } = await prepare()
    const oursFirst = round % 2 === 0
    const first = await timed(oursFirst ? ours : theirs)
    const second = await timed(oursFirst ? theirs : ours)
    const [our, their] = oursFirst ? [first, second] : [second, first]
    if (round >= warmUps) figures.push({ value: (amount * 1_000) / our, ratio: their / our })
  }
  return { value: median(figures.map(({ value }) => value)), ratio: median(figures.map(({ ratio }) => ratio)) }
}
