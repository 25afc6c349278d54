import type { Storage } from '@guichet/engine/ports'

/** Stores, of which some may have been out of reach when all of them were to be brought up to date. */
export interface Opening {
  /** Brings all of them up to date; rejects when none is, or when one needs somebody to repair it. */
  readonly migrate: () => Promise<void>
  /** A store, after it was brought up to date where that is still to be done; rejects when it cannot be. */
  readonly opened: (name: string) => Storage | Promise<Storage>
}

/** Unless a store says otherwise it may be tried again. */
const passes = (error: unknown): boolean =>
  !(typeof error === 'object' && error !== null && 'retryable' in error && error.retryable === false)

export const openStores = (
  stores: ReadonlyMap<string, Storage>,
  onError: (store: string, error: unknown) => void,
): Opening => {
  const storeNamed = (name: string): Storage => stores.get(name) as Storage
  /** Those that did not answer, each with the attempt that is under way. */
  const missed = new Map<string, Promise<Storage> | undefined>()

  const bringUpToDate = async (name: string): Promise<Storage> => {
    try {
      await storeNamed(name).migrate()
      missed.delete(name)
      return storeNamed(name)
    } catch (error) {
      missed.set(name, undefined)
      throw error
    }
  }

  return {
    migrate: async () => {
      const names = [...stores.keys()]
      const done = await Promise.allSettled(names.map(bringUpToDate))
      const failed = done.flatMap((one, at) =>
        one.status === 'rejected' ? [{ store: names[at] as string, error: one.reason as unknown }] : [],
      )
      const fatal = failed.length === names.length ? failed[0] : failed.find(({ error }) => !passes(error))
      if (fatal !== undefined) throw fatal.error
      for (const { store, error } of failed) onError(store, error)
    },
    opened: (name) => {
      if (!missed.has(name)) return storeNamed(name)
      const attempt = missed.get(name) ?? bringUpToDate(name)
      missed.set(name, attempt)
      return attempt
    },
  }
}
