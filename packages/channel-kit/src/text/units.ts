import { graphemesOf } from './graphemes.ts'
import { type Measure, measureOf } from './measure.ts'

/** Where a text can be cut: before each grapheme, and before each code point of one that is too large by itself. */
export interface Units {
  readonly count: number
  /** Of a unit, in UTF-16 code units; that of `count` is the end of the text. */
  readonly offset: (unit: number) => number
  readonly text: (unit: number) => string
  /** Whether the units from one to before the other are within the limit. */
  readonly fits: (from: number, to: number) => boolean
}

export const unitsOf = (text: string, limit: number, measure: Measure): Units => {
  const measured = measureOf(measure)
  const offsets = [0]
  /** What is before each offset, where a whole measures what its parts do. */
  const sums = typeof measure === 'function' ? undefined : [0]
  let sum = 0
  const add = (unit: string, size: number): void => {
    sum += size
    offsets.push((offsets.at(-1) ?? 0) + unit.length)
    sums?.push(sum)
  }
  for (const grapheme of graphemesOf(text)) {
    const size = measured(grapheme)
    if (size <= limit) add(grapheme, size)
    else for (const point of grapheme) add(point, measured(point))
  }
  const at = (unit: number): number => offsets[unit] ?? text.length
  return {
    count: offsets.length - 1,
    offset: at,
    text: (unit) => text.slice(at(unit), at(unit + 1)),
    fits: (from, to) =>
      (sums === undefined ? measured(text.slice(at(from), at(to))) : (sums[to] ?? 0) - (sums[from] ?? 0)) <= limit,
  }
}
