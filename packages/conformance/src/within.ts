/** Rejects when nothing has come after so long. */
export const within = async <A>(ms: number, what: string, answer: () => A | Promise<A>): Promise<A> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} after ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([(async () => answer())(), late])
  } finally {
    clearTimeout(timer)
  }
}
