import type { Changeset } from '../ports/storage.ts'
import { pair } from './pair.ts'
import { entryIndex, type Tables } from './tables.ts'
import { canSettle, type WorkTable } from './work.ts'

/** Whether versions follow on each other: what is stored, or what the changeset itself has put before. */
const follows = <A>(
  puts: ReadonlyArray<A>,
  keyOf: (put: A) => string,
  stored: (key: string, put: A) => number,
  step: (put: A) => { readonly from: number; readonly to: number },
): boolean => {
  const ahead = puts.length > 1 ? new Map<string, number>() : undefined
  for (const put of puts) {
    const key = keyOf(put)
    const { from, to } = step(put)
    if ((ahead?.get(key) ?? stored(key, put)) !== from) return false
    ahead?.set(key, to)
  }
  return true
}

const byOne = (put: { readonly version: number }) => ({ from: put.version - 1, to: put.version })

/** Whether keys are new, in the store and among themselves. */
const areNew = <A>(puts: ReadonlyArray<A>, keyOf: (put: A) => string, isStored: (key: string, put: A) => boolean) => {
  const seen = puts.length > 1 ? new Set<string>() : undefined
  for (const put of puts) {
    const key = keyOf(put)
    if (seen?.has(key) === true || isStored(key, put)) return false
    seen?.add(key)
  }
  return true
}

/** Whether everything that a changeset expects is so. Nothing is touched before this says yes. */
export const holds = (tables: Tables | undefined, work: WorkTable, change: Changeset): boolean =>
  follows(
    change.conversations,
    (put) => put.row.id,
    (id) => tables?.conversations.get(id)?.row?.version ?? 0,
    (put) => ({ from: put.expected, to: put.row.version }),
  ) &&
  follows(
    change.identities,
    (put) => pair(put.account, put.address),
    (key) => tables?.identities.get(key)?.version ?? 0,
    byOne,
  ) &&
  follows(
    change.contacts,
    (put) => put.id,
    (id) => tables?.contacts.get(id)?.version ?? 0,
    byOne,
  ) &&
  follows(
    change.deliveries,
    (put) => pair(put.conversation, String(put.seq)),
    (_, put) => tables?.conversations.get(put.conversation)?.deliveries.get(put.seq)?.delivery?.version ?? 0,
    byOne,
  ) &&
  areNew(
    change.externals,
    (put) => pair(put.account, put.externalId),
    (key) => tables?.externals.has(key) === true,
  ) &&
  areNew(
    change.entries,
    (put) => pair(put.conversation, String(put.seq)),
    (_, put) => {
      const entries = tables?.conversations.get(put.conversation)?.entries
      return entries !== undefined && entries[entryIndex(entries, put.seq)]?.entry?.seq === put.seq
    },
  ) &&
  canSettle(work, change.workspace, change.settle)
