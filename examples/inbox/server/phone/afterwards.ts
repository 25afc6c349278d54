/** Work that goes on when its answer has been given. */
export interface Afterwards {
  readonly start: (work: () => Promise<void>) => void
  /** Resolves when all of it is done. */
  readonly done: () => Promise<void>
}

export const afterwards = (complain: (error: unknown) => void): Afterwards => {
  const running = new Set<Promise<void>>()
  return {
    start: (work) => {
      const one = work()
        .catch(complain)
        .finally(() => running.delete(one))
      running.add(one)
    },
    done: async () => {
      while (running.size > 0) await Promise.all(running)
    },
  }
}
