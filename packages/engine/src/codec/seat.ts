import type { Presence, Seat } from '../domain/presence/seat.ts'
import type { StoredDocument } from '../ports/storage.ts'

/** A seat and what was last made of it: coming and going is noticed by comparing. */
export interface KeptSeat {
  readonly seat: Seat
  /** As it was when its consequences were last seen to. */
  readonly was: Presence
  /** 0 while nothing is known of her. */
  readonly version: number
}

/** A seat is a document of the kind `seat`, under the agent's id; `v` is the shape's version. */
export const encodeSeat = ({ seat, was }: Omit<KeptSeat, 'version'>, version: number): StoredDocument => {
  const { agent, ...rest } = seat
  return {
    kind: 'seat',
    id: agent,
    version,
    parent: null,
    words: '',
    data: JSON.stringify({ v: 1, was, ...rest }),
  }
}

export const decodeSeat = (stored: StoredDocument | undefined, agent: string): KeptSeat => {
  if (stored === undefined) {
    return { seat: { agent, override: null, devices: [], lastAssignedAt: null }, was: 'offline', version: 0 }
  }
  const {
    v: _,
    was,
    ...rest
  } = JSON.parse(stored.data ?? '{}') as Omit<Seat, 'agent'> & {
    readonly v: 1
    readonly was: Presence
  }
  return { seat: { agent, ...rest }, was, version: stored.version }
}
