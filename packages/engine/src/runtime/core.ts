import type { Blobs } from '../ports/blobs.ts'
import type { Channel } from '../ports/channel.ts'
import type { Clock } from '../ports/clock.ts'
import type { Ids } from '../ports/ids.ts'
import type { Storage } from '../ports/storage.ts'
import type { Bus } from './bus.ts'
import type { Committer } from './committer.ts'
import type { Directory } from './directory.ts'

/** What every part of the runtime works with. Built once for an engine. */
export interface Core {
  readonly storage: Storage
  readonly blobs: Blobs
  readonly clock: Clock
  readonly ids: Ids
  /** Numbers in [0, 1). */
  readonly random: () => number
  readonly fetch: typeof globalThis.fetch
  readonly channels: ReadonlyMap<string, Channel>
  readonly bus: Bus
  readonly committer: Committer
  readonly directory: Directory
  /** Aborted when the engine closes: nothing new is begun any more. */
  readonly closing: AbortSignal
  /** For what nobody waits for: goes to the host, never lost in a catch. */
  readonly report: (where: string, error: unknown) => void
}
