import type { CustomStrategy } from '../domain/distribution/plan-facts.ts'
import type { Blobs } from '../ports/blobs.ts'
import type { Channel } from '../ports/channel.ts'
import type { Clock } from '../ports/clock.ts'
import type { Directory as HostDirectory } from '../ports/directory.ts'
import type { Ids } from '../ports/ids.ts'
import type { Storage } from '../ports/storage.ts'
import type { Bots } from './bots/registry.ts'
import type { Bus } from './bus.ts'
import type { Committer } from './committer.ts'
import type { Directory } from './directory.ts'
import type { Looking } from './distribution/looking.ts'
import type { Elsewhere } from './elsewhere.ts'
import type { Ledger } from './signals/ledger.ts'
import type { Standings } from './standing/standings.ts'
import type { Stream } from './stream.ts'
import type { Translations } from './translation/translations.ts'
import type { Room } from './work/room.ts'
import type { Untold } from './work/untold.ts'
import type { Watchers } from './watchers.ts'

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
  readonly bots: Bots
  /** Absent when nobody translates. */
  readonly translations: Translations | undefined
  /** Strategies of the host, by the name that queues refer to. */
  readonly strategies: ReadonlyMap<string, CustomStrategy>
  /** Who is there, where the host knows it; otherwise devices say so themselves. */
  readonly hostDirectory: HostDirectory | undefined
  readonly presenceGraceMs: number
  /** Queues that are being distributed here, by workspace and queue. */
  readonly looking: Map<string, Looking>
  /** Who looks at what. */
  readonly watchers: Watchers
  /** What customers were told last that is not stored. */
  readonly ledger: Ledger
  /** Where files are brought: each is in memory until it is kept. */
  readonly fetching: Room
  readonly bus: Bus
  readonly stream: Stream
  readonly elsewhere: Elsewhere
  readonly committer: Committer
  readonly directory: Directory
  readonly standings: Standings
  /** Aborted when the engine closes: nothing new is begun any more. */
  readonly closing: AbortSignal
  /** For what nobody waits for: goes to the host, never lost in a catch. */
  readonly report: (where: string, error: unknown, untold?: Untold) => void
}
