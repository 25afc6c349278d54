/** What so large a part of them lie below. */
export const quantile = (values: ReadonlyArray<number>, part: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN

/** The middle one: a round that something else disturbed does not count. */
export const median = (values: ReadonlyArray<number>): number => quantile(values, 0.5)
