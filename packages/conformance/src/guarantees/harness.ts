import type { Storage } from '@guichet/engine/ports'
import type { ConformanceCase } from '../conformance-case.ts'

/** How the cases get at the store that the whole engine runs on. */
export interface GuaranteeHarness {
  /** A store with nothing in it. The cases close it. */
  readonly open: () => Promise<Storage>
  /** Closes a durable store and opens the same data again. Without it a new engine goes on with the open store. */
  readonly reopen?: (store: Storage) => Promise<Storage>
  /**
   * The bytes in which a store that was just reopened keeps everything, past the store itself. Without it cases about
   * what is gone look through the store only.
   */
  readonly atRest?: (store: Storage) => Promise<Uint8Array>
}

/** A case that proves a promise to people who run an engine; its name begins with the promise's id. */
export type GuaranteeConformanceCase = ConformanceCase & { readonly guarantee: string }
