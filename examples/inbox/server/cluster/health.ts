import type { Reachable } from './node.ts'
import type { Pool } from './pool.ts'

/** How often each process is asked, in milliseconds. */
const everyMs = 250
/** Who is busy is slow to answer, and not ill. */
const patienceMs = 5_000

const isWell = async (host: string, { port }: Reachable): Promise<boolean> => {
  try {
    return (await fetch(`http://${host}:${port}/health`, { signal: AbortSignal.timeout(patienceMs) })).ok
  } catch {
    return false
  }
}

/** A process takes its turns from now on, as long as it says that it is well. Returns how it leaves for good. */
export const joinWhileWell =
  (pool: Pool<Reachable>, host: string) =>
  (at: Reachable): (() => void) => {
    let leave: (() => void) | undefined = pool.join(at)
    let next: NodeJS.Timeout | undefined
    let gone = false
    const ask = async () => {
      const well = await isWell(host, at)
      if (gone) return
      if (well) leave ??= pool.join(at)
      else {
        leave?.()
        leave = undefined
      }
      next = setTimeout(ask, everyMs)
    }
    next = setTimeout(ask, everyMs)
    return () => {
      gone = true
      clearTimeout(next)
      leave?.()
    }
  }
