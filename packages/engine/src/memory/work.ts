import type { ClaimedWork, Settlement, StoredWork } from '../ports/storage.ts'
import { emptyHeap, type Heap, pop, push } from './heap.ts'
import { pair } from './pair.ts'

interface Item {
  readonly workspace: string
  readonly work: StoredWork
  readonly lane: Lane
  due: number
  attempts: number
  /** The end of the lease; 0 when nobody holds it. */
  lease: number
  /** Rises whenever the item is put somewhere else: what the heaps say with another stamp is out of date. */
  stamp: number
}

/** Items by rising id. Only the first can be claimed. */
interface Lane {
  readonly key: string
  readonly items: Item[]
}

interface Ticket {
  readonly at: number
  readonly id: string
  readonly item: Item
  readonly stamp: number
}

const sooner = (a: Ticket, b: Ticket): boolean => a.at < b.at || (a.at === b.at && a.id < b.id)

/** The work of one kind, of all workspaces: its lanes, and whatever heads one, by when it can be claimed. */
interface Kind {
  readonly lanes: Map<string, Lane>
  /** By due time. */
  readonly waiting: Heap<Ticket>
  /** Claimed and not settled, by the time at which somebody else may have it. */
  readonly leased: Heap<Ticket>
}

/** All the work there is. */
export interface WorkTable {
  readonly kinds: Map<string, Kind>
  readonly byId: Map<string, Item>
  readonly byKey: Map<string, Item>
}

export const emptyWork = (): WorkTable => ({ kinds: new Map(), byId: new Map(), byKey: new Map() })

const kindOf = (table: WorkTable, name: string): Kind => {
  let kind = table.kinds.get(name)
  if (kind === undefined) {
    kind = { lanes: new Map(), waiting: emptyHeap(sooner), leased: emptyHeap(sooner) }
    table.kinds.set(name, kind)
  }
  return kind
}

const isCurrent = (ticket: Ticket): boolean => ticket.stamp === ticket.item.stamp

/** Drops what is out of date from a heap that is mostly that: a timer that is often moved leaves a ticket each time. */
const compact = (heap: Heap<Ticket>, lanes: number): void => {
  if (heap.items.length < 64 || heap.items.length < 2 * lanes) return
  const current = heap.items.filter(isCurrent)
  heap.items.length = 0
  for (const ticket of current) push(heap, ticket)
}

/** Gives the head of a lane a ticket where it now belongs. */
const schedule = (kind: Kind, item: Item): void => {
  item.stamp += 1
  const heap = item.lease > 0 ? kind.leased : kind.waiting
  push(heap, { at: Math.max(item.due, item.lease), id: item.work.id, item, stamp: item.stamp })
  compact(heap, kind.lanes.size)
}

const drop = (table: WorkTable, item: Item): void => {
  const { work, workspace, lane } = item
  const kind = kindOf(table, work.kind)
  table.byId.delete(pair(workspace, work.id))
  if (work.key !== null) table.byKey.delete(pair(workspace, pair(work.kind, work.key)))
  item.stamp += 1
  const index = lane.items.indexOf(item)
  lane.items.splice(index, 1)
  const head = lane.items[0]
  if (head === undefined) kind.lanes.delete(lane.key)
  else if (index === 0) schedule(kind, head)
}

/** Adds an item; one with the same kind and key, or with the same id, makes way for it. */
export const put = (table: WorkTable, workspace: string, work: StoredWork): void => {
  const same = table.byId.get(pair(workspace, work.id))
  if (same !== undefined) drop(table, same)
  const key = work.key === null ? undefined : pair(workspace, pair(work.kind, work.key))
  const earlier = key === undefined ? undefined : table.byKey.get(key)
  if (earlier !== undefined) drop(table, earlier)

  const kind = kindOf(table, work.kind)
  const laneKey = pair(workspace, work.lane)
  let lane = kind.lanes.get(laneKey)
  if (lane === undefined) {
    lane = { key: laneKey, items: [] }
    kind.lanes.set(laneKey, lane)
  }
  const item: Item = { workspace, work, lane, due: work.due, attempts: 0, lease: 0, stamp: 0 }
  table.byId.set(pair(workspace, work.id), item)
  if (key !== undefined) table.byKey.set(key, item)

  let index = lane.items.length
  while (index > 0 && (lane.items[index - 1] as Item).work.id > work.id) index -= 1
  const formerHead = lane.items[0]
  lane.items.splice(index, 0, item)
  if (index > 0) return
  if (formerHead !== undefined) formerHead.stamp += 1
  schedule(kind, item)
}

export const cancel = (table: WorkTable, workspace: string, kind: string, key: string): void => {
  const item = table.byKey.get(pair(workspace, pair(kind, key)))
  if (item !== undefined) drop(table, item)
}

/** Whether these settlements hold, one after the other: the item is there and nobody has claimed it since. */
export const canSettle = (table: WorkTable, workspace: string, settle: ReadonlyArray<Settlement>): boolean => {
  const done = new Set<string>()
  for (const { id, attempts, retryAt, hold } of settle) {
    const item = table.byId.get(pair(workspace, id))
    if (done.has(id) || item?.attempts !== attempts || (hold !== undefined && item.lease === 0)) return false
    if (retryAt === undefined && hold === undefined) done.add(id)
  }
  return true
}

export const settle = (table: WorkTable, workspace: string, { id, retryAt, hold }: Settlement): void => {
  const item = table.byId.get(pair(workspace, id))
  if (item === undefined) return
  if (hold !== undefined) {
    item.lease = hold.now + hold.leaseMs
  } else if (retryAt !== undefined) {
    item.due = retryAt
    item.lease = 0
  } else {
    drop(table, item)
    return
  }
  if (item.lane.items[0] === item) schedule(kindOf(table, item.work.kind), item)
}

/** Pops what is current and can be claimed by `now`, up to a limit. */
const take = (heap: Heap<Ticket>, now: number, limit: number): Item[] => {
  const items: Item[] = []
  for (let top = heap.items[0]; top !== undefined && items.length < limit; top = heap.items[0]) {
    if (isCurrent(top)) {
      if (top.at > now) break
      items.push(top.item)
    }
    pop(heap)
  }
  return items
}

const byDue = (a: Item, b: Item): number => a.due - b.due || (a.work.id < b.work.id ? -1 : 1)

const inHand = ({ work, workspace, due, attempts }: Item): ClaimedWork => ({ ...work, due, workspace, attempts })

export const claim = (
  table: WorkTable,
  query: {
    readonly kinds: ReadonlyArray<string>
    readonly now: number
    readonly leaseMs: number
    readonly limit: number
  },
): ReadonlyArray<ClaimedWork> => {
  const found: Item[] = []
  for (const name of new Set(query.kinds)) {
    const kind = table.kinds.get(name)
    if (kind === undefined) continue
    // Ended leases are rare and not in due order: all of them are looked at, and what is not taken goes back.
    found.push(...take(kind.waiting, query.now, query.limit), ...take(kind.leased, query.now, Number.POSITIVE_INFINITY))
  }
  found.sort(byDue)
  const claimed = found.slice(0, Math.max(0, query.limit))
  for (const item of claimed) {
    item.attempts += 1
    item.lease = query.now + query.leaseMs
  }
  for (const item of found) schedule(kindOf(table, item.work.kind), item)
  return claimed.map(inHand)
}

/** The earliest time at which a lane head of these kinds can be claimed. */
export const nextDue = (table: WorkTable, kinds: ReadonlyArray<string>): number | undefined => {
  let next: number | undefined
  for (const name of kinds) {
    const kind = table.kinds.get(name)
    for (const heap of kind === undefined ? [] : [kind.waiting, kind.leased]) {
      while (heap.items[0] !== undefined && !isCurrent(heap.items[0])) pop(heap)
      const at = heap.items[0]?.at
      if (at !== undefined && (next === undefined || at < next)) next = at
    }
  }
  return next
}

/** What a workspace has still to do, soonest first. */
export const upcoming = (table: WorkTable, workspace: string, limit: number): ReadonlyArray<ClaimedWork> =>
  [...table.byId.values()]
    .filter((item) => item.workspace === workspace)
    .sort(byDue)
    .slice(0, Math.max(0, limit))
    .map(inHand)
