import type { ClaimedWork, Storage } from '@guichet/engine/ports'

type OverEvery = Pick<Storage, 'index' | 'claim' | 'nextDue' | 'workspaces' | 'stats' | 'watch' | 'close'>

/** What is asked of all stores together. Where a store fails and the others can go on, they do. */
export const everyStore = (
  stores: ReadonlyMap<string, Storage>,
  onError: (store: string, error: unknown) => void,
): OverEvery => {
  const all = [...stores.values()]
  /** Which store is asked first rises with every claim, so that none is always asked last. */
  let turn = 0

  /** The answers of those that answer; rejects only when nobody does. */
  const fromWorking = async <A>(ask: (store: Storage) => A | Promise<A>): Promise<ReadonlyArray<A>> => {
    const answers = await Promise.allSettled([...stores].map(async ([, store]) => ask(store)))
    const failed = answers.flatMap((answer, at) =>
      answer.status === 'rejected'
        ? [{ store: [...stores.keys()][at] as string, error: answer.reason as unknown }]
        : [],
    )
    const [first] = failed
    if (first !== undefined && failed.length === answers.length) throw first.error
    for (const { store, error } of failed) onError(store, error)
    return answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
  }

  return {
    index: async (limit) => (await fromWorking((store) => store.index(limit))).reduce((sum, taken) => sum + taken, 0),
    claim: async (query) => {
      turn += 1
      const names = [...stores.keys()]
      const claimed: Array<ClaimedWork> = []
      let failure: { readonly error: unknown } | undefined
      let answered = false
      for (let at = 0; at < names.length && claimed.length < query.limit; at += 1) {
        const name = names[(turn + at) % names.length] as string
        try {
          claimed.push(
            ...(await (stores.get(name) as Storage).claim({ ...query, limit: query.limit - claimed.length })),
          )
          answered = true
        } catch (error) {
          failure = { error }
          onError(name, error)
        }
      }
      if (failure !== undefined && !answered) throw failure.error
      // Where two are due at once, the order stays that of their store.
      return claimed.sort((a, b) => a.due - b.due)
    },
    nextDue: async (kinds) => {
      const times = (await fromWorking((store) => store.nextDue(kinds))).filter((time) => time !== undefined)
      return times.length === 0 ? undefined : Math.min(...times)
    },
    /** All of them, or a rejection: a list that leaves some out would look complete. */
    workspaces: async () => (await Promise.all(all.map((store) => store.workspaces()))).flat(),
    stats: () =>
      all
        .map((store) => store.stats())
        .reduce((sum, stats) => ({
          statements: sum.statements + stats.statements,
          commits: sum.commits + stats.commits,
          rows: sum.rows + stats.rows,
          roundTrips: sum.roundTrips + stats.roundTrips,
        })),
    watch: (hear) => {
      const stops = all.map((store) => store.watch?.(hear))
      return () => {
        for (const stop of stops) stop?.()
      }
    },
    close: async () => {
      const closed = await Promise.allSettled(all.map(async (store) => store.close()))
      for (const one of closed) if (one.status === 'rejected') throw one.reason
    },
  }
}
