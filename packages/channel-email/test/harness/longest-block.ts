import { worked } from '../../../../tooling/worked.ts'

/**
 * Does something and says how long, at the longest, nobody else had a turn meanwhile, in milliseconds of this process's
 * own work.
 */
export const longestBlock = async <A>(
  work: () => Promise<A>,
): Promise<{ readonly result: A; readonly blocked: number }> => {
  let blocked = 0
  let running = true
  let last = worked()
  const turn = () => {
    const now = worked()
    blocked = Math.max(blocked, now - last)
    last = now
    if (running) setImmediate(turn)
  }
  setImmediate(turn)
  const result = await work()
  await new Promise((resolve) => setImmediate(resolve))
  running = false
  return { result, blocked }
}
