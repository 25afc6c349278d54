import type {
  Changeset,
  CommitResult,
  LoadRequest,
  Snapshot,
  Storage,
  StoredConversation,
  StoredDelivery,
  StoredDocument,
  StoredEntry,
  StoredIdentity,
  StoredWork,
} from '@guichet/engine/ports'
import { assert, same } from '../assert.ts'
import { emptyChangeset, emptyRequest } from './empty.ts'

/**
 * Ids that the engine makes are UUIDs of version 7, and a store may keep them as such: the cases use nothing else.
 * They sort as their numbers do.
 */
export const id = (n: number): string => `01900000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`

/** A time that every row can have: 2026-01-01, in epoch milliseconds. */
export const noon = 1_767_268_800_000

/** A row to be varied, as `emptyChangeset` is to be filled in: an open conversation with its first message. */
export const plainConversation: StoredConversation = {
  id: id(0),
  version: 1,
  seq: 1,
  account: 'mail',
  channel: 'email',
  contact: id(0xc00),
  status: 'open',
  control: 'team',
  queue: 'sales',
  owner: null,
  flags: [],
  tags: [],
  involved: [],
  mentioned: [],
  inbound: 1,
  lastBy: 'contact',
  lastActivity: noon,
  subject: null,
  preview: null,
  deleted: false,
  data: '{"v":1}',
}

/** A row to be varied: the first message of `plainConversation`. */
export const plainEntry: StoredEntry = {
  conversation: id(0),
  seq: 1,
  kind: 'in',
  type: 'MessageReceived',
  actorKind: 'contact',
  actor: id(0xc00),
  at: noon,
  body: null,
  data: '{"v":1}',
}

export const conversation = (n: number, over: Partial<StoredConversation> = {}): StoredConversation => ({
  ...plainConversation,
  id: id(n),
  lastActivity: noon + n,
  ...over,
})

export const entry = (of: number, seq: number, over: Partial<StoredEntry> = {}): StoredEntry => ({
  ...plainEntry,
  conversation: id(of),
  seq,
  at: noon + seq,
  ...over,
})

export const delivery = (of: number, seq: number, over: Partial<StoredDelivery> = {}): StoredDelivery => ({
  conversation: id(of),
  seq,
  account: 'mail',
  status: 'queued',
  version: 1,
  data: '{"attempts":0}',
  ...over,
})

export const identity = (address: string, over: Partial<StoredIdentity> = {}): StoredIdentity => ({
  account: 'mail',
  address,
  contact: id(0xc00),
  conversation: null,
  verified: false,
  version: 1,
  ...over,
})

export const document = (kind: string, n: number, over: Partial<StoredDocument> = {}): StoredDocument => ({
  kind,
  id: id(n),
  version: 1,
  parent: null,
  words: '',
  data: '{"name":"Zoé"}',
  ...over,
})

export const contact = (n: number, over: Partial<StoredDocument> = {}): StoredDocument => document('contact', n, over)

export const work = (n: number, over: Partial<StoredWork> = {}): StoredWork => ({
  id: id(n),
  kind: 'deliver',
  lane: `lane ${n}`,
  due: noon,
  key: null,
  payload: `{"n":${n}}`,
  ...over,
})

export const change = (workspace: string, parts: Partial<Changeset>): Changeset => ({
  ...emptyChangeset,
  ...parts,
  workspace,
})

/** A conversation that is not there yet. */
export const opening = (row: StoredConversation) => ({ row, expected: 0 })

/** The workspace in which most cases happen. */
export const acme = 'acme'

export const commitOne = async (store: Storage, each: Changeset): Promise<CommitResult> => {
  const results = await store.commit([each])
  const [result] = results
  assert(results.length === 1 && result !== undefined, `a commit of one changeset answered ${results.length} results`)
  return result
}

/** Commits what must not conflict; answers the position. */
export const commit = async (store: Storage, parts: Partial<Changeset>, workspace = acme): Promise<number> => {
  const result = await commitOne(store, change(workspace, parts))
  assert(result._tag === 'Committed', 'a changeset whose expectations hold was refused as a conflict')
  return result.position
}

/** Commits what settles work that is gone, or in other hands. */
export const conflictOverWork = async (store: Storage, parts: Partial<Changeset>, workspace = acme): Promise<void> => {
  same(await commitOne(store, change(workspace, parts)), { _tag: 'Conflict', over: 'work' }, 'a late settlement')
}

/** Commits what must conflict. */
export const conflict = async (store: Storage, parts: Partial<Changeset>, workspace = acme): Promise<void> => {
  const result = await commitOne(store, change(workspace, parts))
  assert(result._tag === 'Conflict', 'a changeset whose expectations do not hold was committed')
}

export const load = async (store: Storage, request: Partial<LoadRequest>): Promise<Snapshot> =>
  store.load({ ...emptyRequest, ...request })

export const loadOne = async (store: Storage, n: number, workspace = acme) =>
  (await load(store, { conversations: [{ workspace, id: id(n) }] })).conversations[0]

/** Every item of a workspace's stream, in pages of a few. */
export const everything = async (store: Storage, workspace = acme, pageSize = 7) => {
  const items = []
  let after = 0
  for (;;) {
    const page = await store.stream({ workspace, after, limit: pageSize })
    if (page.items.length === 0) return items
    items.push(...page.items)
    assert(page.position > after, 'a page of the stream with items must lead on')
    after = page.position
  }
}

export const claimAll = async (store: Storage, over: Partial<Parameters<Storage['claim']>[0]> = {}) =>
  store.claim({ kinds: ['deliver'], now: noon, leaseMs: 60_000, limit: 100, ...over })

/** Work numbers by the payload that `work` gives them. */
export const numbers = (claimed: ReadonlyArray<StoredWork>): ReadonlyArray<number> =>
  claimed.map(({ payload }) => (JSON.parse(payload) as { n: number }).n)
