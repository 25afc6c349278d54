/** A look at a queue that is under way here, and whether new work has taken the place of what it holds. */
export interface Looking {
  readonly done: Promise<void>
  overtaken: boolean
}
