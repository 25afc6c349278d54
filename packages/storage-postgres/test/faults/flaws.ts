import type { Storage } from '@guichet/engine/ports'
import { presuming } from '../../../../tooling/faults/presuming.ts'

/**
 * Mistakes that can be planted: to acknowledge before it is stored; to forget which messages have come before; to take a
 * commit that failed for one that is done, or for one that is not and to do it again under new ids; to hand a message
 * over again where that makes a second one.
 */
export type Flaw = 'hasty' | 'forgetful' | 'presuming' | 'renaming' | 'bold'

/** Keeps nothing by which a message that comes again is known. */
const forgetful = (store: Storage): Storage => ({
  ...store,
  load: async (request) => ({ ...(await store.load(request)), externals: [] }),
  commit: (changesets) => store.commit(changesets.map((changeset) => ({ ...changeset, externals: [] }))),
})

export const withFlaw = (store: Storage, flaw: Flaw | undefined): Storage => {
  if (flaw === 'forgetful') return forgetful(store)
  return flaw === 'presuming' ? presuming(store) : store
}
