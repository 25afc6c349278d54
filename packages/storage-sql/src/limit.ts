/** A number of rows as databases take it: whole, not negative (which would mean none), and finite. */
export const rowLimit = (limit: number): number => Math.max(0, Math.min(Math.floor(limit), 2 ** 31 - 1))

/** A whole number as columns hold it, however far away the one is that was asked for. */
export const wholeNumber = (given: number): number =>
  Math.max(Number.MIN_SAFE_INTEGER, Math.min(given, Number.MAX_SAFE_INTEGER))
