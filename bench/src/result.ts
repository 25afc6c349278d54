/** A row of the report. */
export interface BenchResult {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** How the value compares with what it is measured beside. */
  readonly ratio: number
  /** The ratio that must be reached. */
  readonly goal: number
}
