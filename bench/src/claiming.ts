import { emptyChangeset } from '@guichet/conformance'
import type { Storage, StoredWork } from '@guichet/engine/ports'
import { workspace } from './workload.ts'

export const kind = 'deliver'
export const leaseMs = 60_000
/** Claimed at once, then settled at once. */
export const batch = 50

const noon = Date.UTC(2026, 0, 1, 12)
/** When all of it is due. */
export const later = noon + 86_400_000

let made = 0

/** Work in lanes of its own, as most is: a message to be delivered in each of so many conversations. */
const workOf = (count: number): ReadonlyArray<StoredWork> =>
  Array.from({ length: count }, () => {
    made += 1
    const id = `0198c0de-0003-7000-8000-${made.toString(16).padStart(12, '0')}`
    return { id, kind, lane: id, due: noon + made, key: null, payload: JSON.stringify({ v: 1, seq: made }) }
  })

export const addWork = async (store: Storage, count: number): Promise<void> => {
  const atOnce = 1_000
  for (let left = count; left > 0; left -= atOnce) {
    await store.commit([{ ...emptyChangeset, workspace, work: workOf(Math.min(left, atOnce)) }])
  }
}

/** Claims and settles until nothing is left. What it was given, in order. */
export const drain = async (store: Storage): Promise<ReadonlyArray<string>> => {
  const done: Array<string> = []
  for (;;) {
    const claimed = await store.claim({ kinds: [kind], now: later, leaseMs, limit: batch })
    if (claimed.length === 0) return done
    const settle = claimed.map(({ id, attempts }) => ({ id, attempts }))
    const [answer] = await store.commit([{ ...emptyChangeset, workspace, settle }])
    if (answer?._tag !== 'Committed') throw new Error('somebody else had it')
    for (const { id } of claimed) done.push(id)
  }
}
