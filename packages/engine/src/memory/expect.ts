import type { Changeset } from '../ports/storage.ts'
import { pair } from './pair.ts'
import { entryIndex, type Tables } from './tables.ts'

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

/** Identities that a changeset drops are gone before it puts any. */
const identityVersion = (tables: Tables | undefined, change: Changeset): ((key: string) => number) => {
  const dropped = new Set(change.dropIdentities.map(({ account, address }) => pair(account, address)))
  return (key) => (dropped.has(key) ? 0 : (tables?.identities.get(key)?.version ?? 0))
}

/** What is moved must exist; what the changeset itself has just added does. */
const canMove = (tables: Tables | undefined, { externals, moveExternals }: Changeset): boolean =>
  moveExternals.every(
    ({ account, externalId }) =>
      tables?.externals.has(pair(account, externalId)) === true ||
      externals.some((row) => row.account === account && row.externalId === externalId),
  )

/** Whether no counter ends up above what the changeset allows. */
const withinLimits = (tables: Tables | undefined, { counters, limits }: Changeset): boolean =>
  limits.every(({ scope, bucket, atMost }) => {
    const added = counters.reduce((sum, one) => (one.scope === scope && one.bucket === bucket ? sum + one.by : sum), 0)
    return (tables?.counters.get(scope)?.get(bucket) ?? 0) + added <= atMost
  })

/** Whether everything that a changeset expects of a workspace is so. Nothing is touched before this says yes. */
export const holds = (tables: Tables | undefined, change: Changeset): boolean =>
  follows(
    change.conversations,
    (put) => put.row.id,
    (id) => tables?.conversations.get(id)?.row?.version ?? 0,
    (put) => ({ from: put.expected, to: put.row.version }),
  ) &&
  follows(change.identities, (put) => pair(put.account, put.address), identityVersion(tables, change), byOne) &&
  follows(
    change.documents,
    (put) => pair(put.kind, put.id),
    (_, put) => tables?.documents.get(put.kind)?.get(put.id)?.version ?? 0,
    (put) => ({ from: put.version - 1, to: put.data === null ? 0 : put.version }),
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
  canMove(tables, change) &&
  withinLimits(tables, change)
