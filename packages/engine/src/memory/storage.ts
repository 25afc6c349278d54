import type { Changeset, CommitResult, Storage, StoredIdentity, StoredSetting } from '../ports/storage.ts'
import { apply } from './apply.ts'
import { documents } from './documents.ts'
import { hearers } from './hearers.ts'
import { holds } from './expect.ts'
import { matches } from './match.ts'
import { pair } from './pair.ts'
import { count, list, load, stream, timeline } from './read.ts'
import { indexEntries, search } from './search.ts'
import { emptyDatabase, unreadOf } from './tables.ts'
import { canSettle, claim, nextDue, upcoming } from './work.ts'

const byAddress = (a: StoredIdentity, b: StoredIdentity): number =>
  a.account === b.account ? (a.address < b.address ? -1 : 1) : a.account < b.account ? -1 : 1

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1)

/**
 * A workspace's data in memory: nothing outlives it. It answers at once (no method returns a promise), runs wherever
 * JavaScript runs, and is what other stores are measured against, answer for answer.
 *
 * After `close` every call throws.
 *
 * @example
 * ```ts
 * import { createEngine } from '@guichet/engine'
 * import { memoryStorage } from '@guichet/engine/memory'
 *
 * const storage = memoryStorage()
 * const engine = await createEngine({ storage })
 * await engine.workspace('acme').queues.put({ id: 'support', name: 'Support', mode: 'shared', claimOnReply: true })
 * console.log(await storage.workspaces())
 * await engine.close()
 * ```
 *
 * ```text
 * [ 'acme' ]
 * ```
 */
export const memoryStorage = (): Storage => {
  let db = emptyDatabase()
  let closed = false
  const news = hearers<[workspace: string]>()
  const whispers = hearers<[workspace: string, text: string]>()
  let statements = 0
  let commits = 0
  let rows = 0

  /** Every call passes here: counted, and refused once the store is closed. */
  const open = () => {
    if (closed) throw new Error('the store is closed')
    statements += 1
    return db
  }
  const counted = <A extends { readonly length: number }>(found: A): A => {
    rows += found.length
    return found
  }

  const commitOne = (change: Changeset): CommitResult => {
    if (!holds(db.workspaces.get(change.workspace), change)) return { _tag: 'Conflict' }
    if (!canSettle(db.work, change.workspace, change.settle)) return { _tag: 'Conflict', over: 'work' }
    apply(db, change)
    // One engine alone has nobody to hear of.
    if (news.count() > 1) news.tell(change.workspace)
    rows +=
      change.conversations.length +
      change.identities.length +
      change.documents.length +
      change.externals.length +
      change.entries.length +
      change.deliveries.length +
      change.work.length
    return { _tag: 'Committed', position: db.position }
  }

  return {
    name: 'memory',
    migrate: () => {
      open()
    },
    load: (request) => load(open(), request),
    commit: (changesets) => {
      open()
      commits += 1
      return changesets.map(commitOne)
    },
    list: (query) =>
      list(open(), query, (looked) => {
        rows += looked
      }),
    count: (query) =>
      count(open(), query, (looked) => {
        rows += looked
      }),
    documents: (query) => counted(documents(open().workspaces.get(query.workspace), query)),
    identitiesOf: (workspace, contacts) => {
      const wanted = new Set(contacts)
      const identities = open().workspaces.get(workspace)?.identities.values() ?? []
      return counted([...identities].filter((row) => wanted.has(row.contact)).sort(byAddress))
    },
    counters: (workspace, scopes) => {
      const counters = open().workspaces.get(workspace)?.counters
      return [...new Set(scopes)].flatMap((scope) =>
        [...(counters?.get(scope) ?? [])].map(([bucket, by]) => ({ scope, bucket, by })),
      )
    },
    timeline: (query) => {
      const found = timeline(open(), query)
      counted(found.entries)
      return found
    },
    search: (query) => counted(search(open(), query)),
    index: (limit) => indexEntries(open(), limit),
    stream: (query) => {
      const page = stream(open(), query)
      counted(page.items)
      return page
    },
    position: (workspace) => open().workspaces.get(workspace)?.log.items.at(-1)?.position ?? 0,
    watch: news.hear,
    whisper: { say: whispers.tell, hear: whispers.hear },
    claim: (query) => counted(claim(open().work, query)),
    nextDue: (kinds) => nextDue(open().work, kinds),
    upcoming: (workspace, limit) => counted(upcoming(open().work, workspace, limit)),
    markRead: ({ workspace, agent, visibility, filter, conversation, unread = 0 }) => {
      const tables = open().workspaces.get(workspace)
      if (tables === undefined) return
      const one = conversation === undefined ? undefined : tables.conversations.get(conversation)
      const cells = conversation === undefined ? tables.conversations.values() : one === undefined ? [] : [one]
      for (const cell of cells) {
        if (cell.row === undefined || !matches(cell.row, visibility, filter, (of) => unreadOf(cell, of))) continue
        cell.read.set(agent, Math.max(0, cell.row.inbound - unread))
        rows += 1
      }
    },
    parked: (workspace, account, externalIds) => {
      const wanted = new Set(externalIds)
      const parked = open().workspaces.get(workspace)?.parked.values() ?? []
      return [...parked].filter((row) => row.account === account && wanted.has(row.externalId)).sort(byId)
    },
    draft: (workspace, conversation, agent, mode) =>
      open()
        .workspaces.get(workspace)
        ?.drafts.get(pair(conversation, pair(agent, mode)))?.data ?? undefined,
    settings: (workspace): ReadonlyArray<StoredSetting> => [
      ...(open().workspaces.get(workspace)?.settings.values() ?? []),
    ],
    workspaces: () => [...open().workspaces.keys()],
    quarantined: (workspace) =>
      [...(open().workspaces.get(workspace)?.quarantine.values() ?? [])]
        .map((row) => ({ ...row, body: row.body.slice() }))
        .sort(byId),
    stats: () => ({ statements, commits, rows, roundTrips: 0 }),
    close: () => {
      closed = true
      db = emptyDatabase()
    },
  }
}
