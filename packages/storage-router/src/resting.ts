import type { Opening } from './opening.ts'

/** Stores that failed: they are not asked for what all are asked together, so that nobody waits for their time-outs. */
export interface Resting {
  /** Those to ask: all that have not failed lately, or all where that is nobody. */
  readonly awake: () => ReadonlyArray<string>
  readonly failed: (store: string) => void
  readonly close: () => void
}

/** Until a store that failed is looked at, in milliseconds; twice as long each time. */
const firstPauseMs = 100
const longestPauseMs = 5_000

interface Parts extends Pick<Opening, 'opened'> {
  readonly names: ReadonlyArray<string>
  /** A store answers again; what it told meanwhile has not been heard. */
  readonly back: (workspaces: ReadonlyArray<string>) => void
}

export const makeResting = ({ names, opened, back }: Parts): Resting => {
  const resting = new Map<string, NodeJS.Timeout>()
  let closed = false

  const lookIn = (name: string, pauseMs: number): void => {
    const look = async (): Promise<void> => {
      try {
        const workspaces = await (await opened(name)).workspaces()
        resting.delete(name)
        if (!closed) back(workspaces)
      } catch {
        if (!closed) lookIn(name, Math.min(pauseMs * 2, longestPauseMs))
      }
    }
    resting.set(name, setTimeout(() => void look(), pauseMs).unref())
  }

  return {
    awake: () => {
      const awake = names.filter((name) => !resting.has(name))
      return awake.length === 0 ? names : awake
    },
    failed: (name) => {
      if (!closed && !resting.has(name)) lookIn(name, firstPauseMs)
    },
    close: () => {
      closed = true
      for (const timer of resting.values()) clearTimeout(timer)
    },
  }
}
