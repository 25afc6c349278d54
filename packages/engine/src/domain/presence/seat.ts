/** Whether somebody can be given work: `online` yes, `away` not now, `offline` not there. */
export type Presence = 'online' | 'away' | 'offline'

/**
 * A device of an agent, as it last said of itself: `active` in use, `idle` open and untouched, `asleep` suspended by
 * its system, `closed` gone on purpose. `before` is how one that is asleep was when it fell asleep, active unless it
 * says. `seenAt` in epoch milliseconds.
 */
export interface Device {
  readonly id: string
  readonly state: 'active' | 'idle' | 'asleep' | 'closed'
  readonly before?: 'active' | 'idle'
  readonly seenAt: number
}

/** What an agent has said of herself; it stands above her devices until it ends. */
export interface Override {
  readonly presence: Presence
  /** Epoch milliseconds; null until she says otherwise. */
  readonly until: number | null
}

/** An agent's place at the counter: what is known of her being there. */
export interface Seat {
  readonly agent: string
  readonly override: Override | null
  readonly devices: ReadonlyArray<Device>
  /** When she was last given a conversation, epoch milliseconds; null when never. */
  readonly lastAssignedAt: number | null
}
