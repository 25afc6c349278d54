/** Room for so many at once; whoever comes when it is full waits for who came before. */
export interface Room {
  readonly enter: <A>(doing: () => Promise<A>) => Promise<A>
  /** Whether whoever comes now would wait. */
  readonly isFull: () => boolean
}

export const makeRoom = (size: number): Room => {
  const waiting: Array<() => void> = []
  let inside = 0
  return {
    enter: async (doing) => {
      // Who leaves gives her place to the next one, so that nobody comes in between.
      if (inside < size) inside += 1
      else await new Promise<void>((resolve) => waiting.push(resolve))
      try {
        return await doing()
      } finally {
        const next = waiting.shift()
        if (next === undefined) inside -= 1
        else next()
      }
    },
    isFull: () => inside >= size,
  }
}
