/** Whole numbers from 0 up to a bound, the same ones for the same seed: Mulberry32, by Tommy Ettinger. */
export const chanceOf = (seed: number): ((below: number) => number) => {
  let state = seed | 0
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    const once = Math.imul(state ^ (state >>> 15), 1 | state)
    const twice = (once + Math.imul(once ^ (once >>> 7), 61 | once)) ^ once
    return Math.floor((((twice ^ (twice >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}
