/** What may go wrong in front of a fault. */
export const kinds = ['lost', 'doubled', 'broken', 'stuck'] as const

export interface Finding {
  /**
   * What was acknowledged is not there, or is there twice; what is there is damaged, half or contradicts itself; what is
   * there cannot be worked on, or not in time.
   */
  readonly kind: (typeof kinds)[number]
  readonly what: string
}

/** Something that was found wrong, and the fault that led to it. */
export interface Wrong extends Finding {
  readonly after: string
}

export interface Outcome {
  /** How many faults were tried. */
  readonly tried: number
  readonly wrong: ReadonlyArray<Wrong>
  /** What was measured on the way, to be printed. */
  readonly measured?: string
}

export interface Harness {
  readonly name: string
  readonly run: () => Promise<Outcome>
  /** A mistake is planted, which has to be found as this. */
  readonly planted?: Finding['kind']
  /** Why it cannot be tried on this machine. */
  readonly missing?: string | undefined
}
