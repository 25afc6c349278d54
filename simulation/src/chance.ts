import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** Everything that is left to chance comes from here: the same seed gives the same numbers in the same order. */
export interface Chance {
  /** In [0, 1). */
  readonly next: () => number
  /** Both ends included. */
  readonly between: (from: number, to: number) => number
  readonly one: <A>(of: ReadonlyArray<A>) => A
  /** So many times in a hundred. */
  readonly percent: (of: number) => boolean
  /** Waiting times with this mean, in milliseconds: often short, at times long. */
  readonly wait: (meanMs: number) => number
  /** A stream of its own: what one draws does not change what another gets. */
  readonly apart: () => Chance
}

export const chanceOf = (seed: number): Chance => {
  const generator = xoroshiro128plus(seed)
  const between = (from: number, to: number): number => uniformInt(generator, from, to)
  const next = (): number => uniformFloat64(generator)
  return {
    next,
    between,
    one: (of) => {
      const chosen = of[between(0, of.length - 1)]
      if (chosen === undefined) throw new Error('nothing to choose from')
      return chosen
    },
    percent: (of) => next() * 100 < of,
    wait: (meanMs) => Math.round(-Math.log(1 - next()) * meanMs),
    apart: () => chanceOf(between(0, 0x7fffffff)),
  }
}
