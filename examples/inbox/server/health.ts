/** What a load balancer is told of this process. */
export interface Health {
  /** 200, and 503 from when it leaves. */
  readonly answer: () => Response
  /** Resolves when the balancer has heard of it and sends nobody any more: until then everything is served. */
  readonly leave: () => Promise<void>
}

/** A balancer that has not asked for so long is not there, in milliseconds. */
const unheardMs = 10_000

/** With how long, in milliseconds, what was sent before the balancer heard may take to get here; 0 where there is none. */
export const makeHealth = (graceMs: number): Health => {
  let leaving = false
  let hear = (): void => {}
  const heard = new Promise<void>((resolve) => {
    hear = resolve
  })
  const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
  return {
    answer: () => {
      if (leaving) hear()
      return new Response(null, { status: leaving ? 503 : 200 })
    },
    leave: async () => {
      leaving = true
      if (graceMs === 0) return
      await Promise.race([heard, pause(unheardMs)])
      await pause(graceMs)
    },
  }
}
