/** Those who want to hear of something. What is told arrives a moment later: nobody acts in the middle of a commit. */
export interface Hearers<Told extends ReadonlyArray<unknown>> {
  readonly count: () => number
  readonly hear: (listener: (...told: Told) => void) => () => void
  readonly tell: (...told: Told) => void
}

export const hearers = <Told extends ReadonlyArray<unknown>>(): Hearers<Told> => {
  const listeners = new Set<{ readonly listener: (...told: Told) => void }>()
  return {
    count: () => listeners.size,
    hear: (listener) => {
      const one = { listener }
      listeners.add(one)
      return () => void listeners.delete(one)
    },
    tell: (...told) => {
      if (listeners.size === 0) return
      queueMicrotask(() => {
        for (const { listener } of listeners) listener(...told)
      })
    },
  }
}
