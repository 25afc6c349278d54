/** A row of the report. */
export interface BenchResult {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** How the value compares with what it is measured beside; absent where the value itself is what counts. */
  readonly ratio?: number
  /** What the ratio, or the value where there is none, must reach; absent where it is only reported. */
  readonly goal?: number
  /** `most` where it must not pass its goal. `least` when absent. */
  readonly bound?: 'least' | 'most'
}

/** What is held against the goal. */
export const judged = ({ ratio, value }: BenchResult): number => ratio ?? value

export const isReached = (result: BenchResult): boolean => {
  const { goal, bound } = result
  if (goal === undefined) return true
  return bound === 'most' ? judged(result) <= goal : judged(result) >= goal
}
