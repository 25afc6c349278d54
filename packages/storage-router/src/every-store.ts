import type { ClaimedWork, Storage } from '@guichet/engine/ports'
import type { Opening } from './opening.ts'
import { makeResting } from './resting.ts'

type OverEvery = Pick<Storage, 'index' | 'claim' | 'nextDue' | 'workspaces' | 'stats' | 'watch' | 'close'>

interface Parts extends Pick<Opening, 'opened'> {
  readonly stores: ReadonlyMap<string, Storage>
  readonly onError: (store: string, error: unknown) => void
}

/** What is asked of all stores together. Where a store fails and the others can go on, they do. */
export const everyStore = ({ stores, opened, onError }: Parts): OverEvery => {
  const all = [...stores.values()]
  const hearers = new Set<{ readonly hear: (workspace: string) => void }>()
  const resting = makeResting({
    names: [...stores.keys()],
    opened,
    back: (workspaces) => {
      for (const workspace of workspaces) for (const { hear } of hearers) hear(workspace)
    },
  })
  const trouble = (store: string, error: unknown): void => {
    resting.failed(store)
    onError(store, error)
  }
  /** Which store is asked first rises with every claim, so that none is always asked last. */
  let turn = 0

  /** The answers of those that answer; rejects only when nobody does. */
  const fromWorking = async <A>(ask: (store: Storage) => A | Promise<A>): Promise<ReadonlyArray<A>> => {
    const names = resting.awake()
    const answers = await Promise.allSettled(names.map(async (name) => ask(await opened(name))))
    const failed = answers.flatMap((answer, at) =>
      answer.status === 'rejected' ? [{ store: names[at] as string, error: answer.reason as unknown }] : [],
    )
    const [first] = failed
    if (first !== undefined && failed.length === answers.length) throw first.error
    for (const { store, error } of failed) trouble(store, error)
    return answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
  }

  return {
    index: async (limit) => (await fromWorking((store) => store.index(limit))).reduce((sum, taken) => sum + taken, 0),
    claim: async (query) => {
      turn += 1
      const names = resting.awake()
      const claimed: Array<ClaimedWork> = []
      let failure: { readonly error: unknown } | undefined
      let answered = false
      for (let at = 0; at < names.length && claimed.length < query.limit; at += 1) {
        const name = names[(turn + at) % names.length] as string
        try {
          claimed.push(...(await (await opened(name)).claim({ ...query, limit: query.limit - claimed.length })))
          answered = true
        } catch (error) {
          failure = { error }
          trouble(name, error)
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
    workspaces: async (shard) => {
      const names = shard === undefined ? [...stores.keys()] : [shard]
      return (await Promise.all(names.map(async (name) => (await opened(name)).workspaces()))).flat()
    },
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
      const one = { hear }
      hearers.add(one)
      const stops = all.map((store) => store.watch?.(hear))
      return () => {
        hearers.delete(one)
        for (const stop of stops) stop?.()
      }
    },
    close: async () => {
      resting.close()
      const closed = await Promise.allSettled(all.map(async (store) => store.close()))
      for (const one of closed) if (one.status === 'rejected') throw one.reason
    },
  }
}
