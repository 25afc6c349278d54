/** Does something and says how long, at the longest, nobody else had a turn meanwhile, in milliseconds. */
export const longestBlock = async <A>(
  work: () => Promise<A>,
): Promise<{ readonly result: A; readonly blocked: number }> => {
  let blocked = 0
  let running = true
  let last = performance.now()
  const turn = () => {
    const now = performance.now()
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
