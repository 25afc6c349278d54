/** Two strings as one Map key. The length in front keeps `a|b` and `|ab` apart whatever characters they hold. */
export const pair = (a: string, b: string): string => `${a.length}:${a}${b}`
