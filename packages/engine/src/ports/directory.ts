import type { Device } from '../domain/presence/seat.ts'
import type { MaybePromise } from './channel.ts'

/**
 * Who is there, as the host knows it: the devices of agents. Without one the engine keeps what sessions tell it. The
 * manual override and the grace period stay the engine's.
 */
export interface Directory {
  /** The devices of these agents; who is not in the answer has none. */
  readonly devices: (
    workspace: string,
    agents: ReadonlyArray<string>,
  ) => MaybePromise<ReadonlyMap<string, ReadonlyArray<Device>>>
  /** Tells when somebody came or went. Returns how to stop. */
  readonly watch: (listener: (change: { readonly workspace: string; readonly agent: string }) => void) => () => void
}
