import type { Storage } from '@guichet/engine/ports'

/** What rows are counted by, whatever a store calls its tables. */
export type RawTable =
  | 'conversations'
  | 'identities'
  | 'documents'
  | 'externals'
  | 'entries'
  | 'deliveries'
  | 'amendments'
  | 'work'
  | 'parked'
  | 'drafts'
  | 'settings'
  | 'quarantine'
  | 'counters'

/**
 * Looks at what is really kept, around the adapter (a second connection, say), so that a store is not its own witness.
 */
export interface RawReader {
  /** How many rows a workspace has. */
  readonly count: (table: RawTable, workspace: string) => Promise<number>
  readonly conversation: (
    workspace: string,
    id: string,
  ) => Promise<{ readonly version: number; readonly status: string; readonly owner: string | null } | undefined>
  readonly entry: (
    workspace: string,
    conversation: string,
    seq: number,
  ) => Promise<{ readonly body: string | null; readonly data: string } | undefined>
}

/** How the cases get at the store under test. */
export interface StorageHarness {
  /** A store with nothing in it, migrated. The cases close it. */
  readonly open: () => Promise<Storage>
  /** Closes a durable store and opens the same data again. Without it the cases about durability are left out. */
  readonly reopen?: (store: Storage) => Promise<Storage>
  /** Without it the cases that look around the adapter are left out. */
  readonly raw?: (store: Storage) => RawReader
  /** How many generated plans the model case runs; 100 when not said. */
  readonly runs?: number
  /** How many commands such a plan has at most, half as many on average; 30 when not said. */
  readonly commands?: number
}

/** What a case gets to work with. */
export interface Bench {
  readonly store: Storage
  readonly reopen: () => Promise<Storage>
  readonly raw: () => RawReader
  readonly runs: number
  readonly commands: number
  /** Another store with nothing in it; closed with the first. */
  readonly another: () => Promise<Storage>
}

export interface StorageCase {
  readonly area: string
  readonly name: string
  readonly guarantee?: string
  readonly needs?: 'reopen' | 'raw'
  readonly body: (bench: Bench) => Promise<void>
}
