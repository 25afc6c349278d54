import type { StoredDelivery, StoredEntry } from '../ports/storage.ts'

/**
 * A place in the stream. An entry keeps its place for ever, a delivery leaves it when it changes: then neither field
 * is set, and the place is skipped.
 */
export interface Logged {
  readonly position: number
  readonly workspace: string
  entry: StoredEntry | undefined
  delivery: StoredDelivery | undefined
}

/** Places by rising position. */
export interface Log {
  items: Logged[]
  /** Places that nothing is left of. */
  left: number
}

export const emptyLog = (): Log => ({ items: [], left: 0 })

/** The index of the first place after a position. */
export const indexAfter = (log: Log, position: number): number => {
  const { items } = log
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((items[middle] as Logged).position <= position) low = middle + 1
    else high = middle
  }
  return low
}

/** The place at a position, if it is still there. */
export const placeAt = (log: Log, position: number): Logged | undefined => {
  const place = log.items[indexAfter(log, position) - 1]
  return place?.position === position ? place : undefined
}

const compactFrom = 1024

/** Counts one place as left; what is mostly empty is made dense again. */
export const leave = (log: Log): void => {
  log.left += 1
  if (log.left < compactFrom || log.left * 2 < log.items.length) return
  log.items = log.items.filter((place) => place.entry !== undefined || place.delivery !== undefined)
  log.left = 0
}
