/** Asks again until there is an answer: for what another process or another clock decides. */
export const until = async <A>(ask: () => A | undefined | Promise<A | undefined>, deadline = 15_000): Promise<A> => {
  const end = performance.now() + deadline
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (performance.now() > end) throw new Error(`nothing came within ${deadline} ms`)
    await new Promise((resolve) => {
      setTimeout(resolve, 20)
    })
  }
}
