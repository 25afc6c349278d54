import type { MaybePromise } from './channel.ts'

/**
 * Where the bytes of attachments are kept. Keys are made by the engine, never from a sender's file name; a key is
 * written once and only ever deleted.
 */
export interface Blobs {
  readonly put: (workspace: string, key: string, bytes: Uint8Array) => MaybePromise<void>
  /** Undefined when there is none under this key in this workspace. */
  readonly get: (workspace: string, key: string) => MaybePromise<Uint8Array | undefined>
  readonly delete: (workspace: string, key: string) => MaybePromise<void>
}
