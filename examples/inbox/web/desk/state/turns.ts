const turns = new Map<string, Promise<unknown>>()

/**
 * Requests travel side by side, and a later one may overtake: what belongs together is asked one after the other, in the
 * order in which it was done here. One that fails holds up nothing.
 */
export const inTurn = <A>(about: string, run: () => Promise<A>): Promise<A> => {
  const turn = (turns.get(about) ?? Promise.resolve()).then(run, run)
  turns.set(about, turn)
  const over = () => {
    if (turns.get(about) === turn) turns.delete(about)
  }
  void turn.then(over, over)
  return turn
}

/** Says whether an answer may be shown: not when one that was asked for later is there already. */
export const overtaking = (): (() => () => boolean) => {
  let asked = 0
  let shown = 0
  return () => {
    asked += 1
    const mine = asked
    return () => {
      if (mine < shown) return false
      shown = mine
      return true
    }
  }
}

/** What a request of this window is about, when its place among others counts; undefined for what stands alone. */
export const aboutOf = (path: string, body: object): string | undefined => {
  if (path === '/api/look') return path
  if (path !== '/api/call') return /^\/api\/conversations\/([^/]+)\//.exec(path)?.[1]
  const { call, args } = body as { readonly call: string; readonly args: ReadonlyArray<unknown> }
  if (call.startsWith('presence.')) return 'presence'
  return call.startsWith('conversations.') && typeof args[0] === 'string' ? encodeURIComponent(args[0]) : undefined
}
