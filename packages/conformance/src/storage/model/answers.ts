import type { Changeset, Storage, StreamItem } from '@guichet/engine/ports'
import { assert } from '../../assert.ts'
import { everything, id, load, noon } from '../rows.ts'
import type { World } from './changeset.ts'
import {
  addresses,
  agents,
  contactNumbers,
  conversationNumbers,
  documentKinds,
  externalIds,
  kinds,
  type Op,
  scopes,
  workspaces,
} from './plan.ts'

/** A store in a run, and the positions that it has named: they are its own, only their order can be compared. */
export interface Side {
  readonly store: Storage
  /** By workspace: the positions after each commit so far. */
  readonly marks: Map<string, number[]>
  /** Whether one of the two is made of several, which have no order among each other. */
  readonly sharded: boolean
}

const claims = async ({ store, sharded }: Side, query: Parameters<Storage['claim']>[0]) => {
  const claimed = await store.claim(query)
  return sharded ? claimed.toSorted((a, b) => (a.id < b.id ? -1 : 1)) : claimed
}

/** What an operation needs to know, worked out once for both sides. */
export type Prepared =
  | Exclude<Op, { readonly op: 'commit' }>
  | { readonly op: 'commit'; readonly changes: ReadonlyArray<Changeset> }

const all = { _tag: 'All' } as const

/** Rows in an order that does not depend on the store, where the port names none. */
const sorted = (rows: ReadonlyArray<unknown>): ReadonlyArray<string> => rows.map((row) => canonical(row)).sort()

const canonical = (row: unknown): string =>
  JSON.stringify(row, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )

/** Stream items without their positions, which must rise from `after` on. */
const inOrder = (items: ReadonlyArray<StreamItem>, after: number): ReadonlyArray<unknown> => {
  let last = after
  return items.map(({ position, ...item }) => {
    assert(position > last, `positions must rise: ${position} comes after ${last}`)
    last = position
    return item
  })
}

const commit = async (side: Side, changes: ReadonlyArray<Changeset>): Promise<unknown> => {
  const { store, marks } = side
  const results = await store.commit(changes)
  const adds = (change: Changeset): boolean => change.entries.length + change.deliveries.length > 0
  for (const workspace of workspaces) {
    const own = marks.get(workspace) ?? []
    marks.set(workspace, own)
    const before = own.at(-1) ?? 0
    let last = before
    let added = before
    changes.forEach((change, n) => {
      const result = results[n]
      if (change.workspace !== workspace || result?._tag !== 'Committed') return
      const { position } = result
      assert(adds(change) ? position > last : position >= added, `a commit answered position ${position} after ${last}`)
      last = position
      if (adds(change)) added = position
    })
    const position = await store.position(workspace)
    assert(position === added, `the last thing was added at ${added}, and the store says ${position}`)
    own.push(position)
  }
  return results.map(({ _tag }) => _tag)
}

const search = async ({ store }: Side, op: Extract<Op, { readonly op: 'search' }>): Promise<unknown> => {
  const { workspace, visibility, filter, words, limit } = op
  const pages = []
  let before: number | undefined
  for (let page = 0; page < 3; page += 1) {
    const query = { workspace, visibility, filter, words, limit }
    const hits = await store.search(before === undefined ? query : { ...query, before })
    pages.push(hits.map(({ entry, row }) => ({ entry, row })))
    before = hits.at(-1)?.position ?? 0
  }
  return pages
}

const list = async ({ store }: Side, op: Extract<Op, { readonly op: 'list' }>): Promise<unknown> => {
  const { workspace, visibility, filter, reader, limit } = op
  const pages = []
  let after: { readonly lastActivity: number; readonly id: string } | undefined
  for (let page = 0; page < 3; page += 1) {
    const query = { workspace, visibility, filter, reader, limit }
    const rows = await store.list(after === undefined ? query : { ...query, after })
    pages.push(rows)
    const last = rows.at(-1)?.row
    if (last === undefined) break
    after = { lastActivity: last.lastActivity, id: last.id }
  }
  return pages
}

const documents = async ({ store }: Side, op: Extract<Op, { readonly op: 'documents' }>): Promise<unknown> => {
  const { workspace, kind, parent, words, limit } = op
  const pages = []
  let after: string | undefined
  for (let page = 0; page < 3; page += 1) {
    const rows = await store.documents({
      workspace,
      kind,
      limit,
      ...(parent === null ? {} : { parent: id(parent) }),
      ...(words === null ? {} : { words }),
      ...(after === undefined ? {} : { after }),
    })
    pages.push(rows)
    after = rows.at(-1)?.id
    if (after === undefined) break
  }
  return pages
}

/** Runs one operation on one store; what comes back must be the same on both. */
export const answer = async (side: Side, op: Prepared, world: World): Promise<unknown> => {
  const { store, marks } = side
  switch (op.op) {
    case 'commit':
      return commit(side, op.changes)
    case 'claim': {
      const claimed = await claims(side, { kinds: op.kinds, now: world.now, leaseMs: op.leaseMs, limit: op.limit })
      const coming = []
      for (const workspace of workspaces) coming.push(await store.upcoming(workspace, 3))
      return [claimed, await store.nextDue(op.kinds), await store.nextDue(kinds), coming]
    }
    case 'list':
      return list(side, op)
    case 'count': {
      const { workspace, visibility, filter, atMost } = op
      return store.count({ workspace, visibility, filter, atMost })
    }
    case 'documents':
      return documents(side, op)
    case 'look':
      return store.timeline({
        workspace: op.workspace,
        conversation: id(op.of),
        limit: op.limit,
        ...op.page,
        ...(op.kinds === null ? {} : { kinds: op.kinds }),
      })
    case 'search':
      return search(side, op)
    case 'stream': {
      const own = marks.get(op.workspace) ?? []
      const after = own[op.mark % Math.max(1, own.length)] ?? 0
      const page = await store.stream({ workspace: op.workspace, after, limit: op.limit })
      assert(page.position === (page.items.at(-1)?.position ?? after), 'a page must lead on from its last item')
      return inOrder(page.items, after)
    }
    case 'markRead':
      await store.markRead({
        workspace: op.workspace,
        agent: op.agent,
        visibility: op.visibility,
        filter: op.filter,
        ...(op.of === null ? {} : { conversation: id(op.of) }),
        ...(op.unread === null ? {} : { unread: op.unread }),
      })
      return undefined
    case 'index':
      await store.index(op.limit)
      return undefined
  }
}

/** Everything that a store holds, as far as it can be asked. */
export const picture = async (side: Side, world: World): Promise<unknown> => {
  const { store } = side
  const houses = []
  for (const workspace of workspaces) {
    const found = await load(store, {
      conversations: conversationNumbers.map((n) => ({ workspace, id: id(n) })),
      documents: documentKinds.flatMap((kind) => contactNumbers.map((n) => ({ workspace, kind, id: id(n) }))),
      counters: scopes.map((scope) => ({ workspace, scope })),
      identities: addresses.map((address) => ({ workspace, account: 'mail', address })),
      externals: externalIds.map((externalId) => ({ workspace, account: 'mail', externalId })),
      deliveries: conversationNumbers.flatMap((n) => [1, 2, 3].map((seq) => ({ workspace, conversation: id(n), seq }))),
    })
    const drafts = []
    const timelines = []
    for (const n of conversationNumbers) {
      timelines.push(await store.timeline({ workspace, conversation: id(n), limit: 100 }))
      for (const agent of agents) {
        for (const mode of ['reply', 'note'] as const)
          drafts.push((await store.draft(workspace, id(n), agent, mode)) ?? null)
      }
    }
    const unread = []
    for (const reader of agents)
      unread.push(await store.list({ workspace, visibility: all, filter: {}, reader, limit: 100 }))
    const hits = []
    for (const word of ['bon', 'commande', 'ete', 'livree']) {
      const some = await store.search({ workspace, visibility: all, words: [word], filter: {}, limit: 100 })
      hits.push(some.map(({ entry, row }) => [entry, row.id, row.version]))
    }
    houses.push({
      hits,
      loaded: Object.values(found).map(sorted),
      timelines,
      drafts,
      unread,
      stream: inOrder(await everything(store, workspace), 0),
      counters: sorted(await store.counters(workspace, scopes)),
      identities: await store.identitiesOf(workspace, contactNumbers.map(id)),
      parked: await store.parked(workspace, 'mail', externalIds),
      settings: sorted(await store.settings(workspace)),
      quarantined: await store.quarantined(workspace),
    })
  }
  return {
    houses,
    workspaces: (await store.workspaces()).toSorted(),
    due: await store.nextDue(kinds),
    // Whatever is left, lane by lane: the last question, for it changes the leases.
    left: await claims(side, { kinds, now: world.now + noon, leaseMs: 1, limit: 1000 }),
  }
}
