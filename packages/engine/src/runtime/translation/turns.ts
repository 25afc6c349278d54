/** Lets so many do something at a time; the others wait for their turn, in order, or until they give up. */
export interface Turns {
  readonly take: (signal: AbortSignal) => Promise<() => void>
}

export const makeTurns = (atOnce: number): Turns => {
  const waiting = new Set<() => void>()
  let taken = 0
  const leave = (): void => {
    taken -= 1
    const [next] = waiting
    if (next === undefined) return
    waiting.delete(next)
    next()
  }
  const enter = (): (() => void) => {
    taken += 1
    let left = false
    return () => {
      if (!left) leave()
      left = true
    }
  }
  return {
    take: (signal) => {
      if (signal.aborted) return Promise.reject(signal.reason)
      if (taken < atOnce) return Promise.resolve(enter())
      return new Promise((resolve, reject) => {
        const begin = (): void => {
          signal.removeEventListener('abort', giveUp)
          resolve(enter())
        }
        const giveUp = (): void => {
          waiting.delete(begin)
          reject(signal.reason)
        }
        waiting.add(begin)
        signal.addEventListener('abort', giveUp, { once: true })
      })
    },
  }
}
