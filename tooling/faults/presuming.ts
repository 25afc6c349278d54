import type { Storage } from '@guichet/engine/ports'

/** A flaw to be found out: a store that takes what failed for done. */
export const presuming = (store: Storage): Storage => ({
  ...store,
  commit: async (changesets) => {
    try {
      return await store.commit(changesets)
    } catch {
      return changesets.map(() => ({ _tag: 'Committed', position: 0 }))
    }
  },
})
