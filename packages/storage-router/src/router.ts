import type { Storage } from '@guichet/engine/ports'
import { everyStore } from './every-store.ts'
import { commitTo, loadFrom } from './parted.ts'

/** Which stores there are, and which of them a workspace lives in. */
export interface RouterOptions {
  /** By a name of yours; each store belongs to the router from now on, which migrates and closes it. */
  readonly stores: Readonly<Record<string, Storage>>
  /**
   * The name of the store that a workspace lives in. It must answer the same for as long as the workspace is there, in
   * every process; a name that is none of `stores` makes the call reject with an error that is not `retryable`.
   */
  readonly route: (workspace: string) => string
  /** Told what a store failed with where the others go on without it: claiming work, indexing, listening. */
  readonly onError?: (store: string, error: unknown) => void
}

/**
 * Many stores as one: each workspace lives in one of them, and everything about it goes there and nowhere else. What one
 * store can take, several take several times. A store that is down fails the calls about its own workspaces and no other:
 * `shardOf` lets the engine keep what goes to different stores apart.
 *
 * Nothing is ever written to two stores at once, so nothing has to be agreed between them.
 *
 * @example
 * ```ts
 * import { createEngine } from '@guichet/engine'
 * import { memoryStorage } from '@guichet/engine/memory'
 * import { router } from '@guichet/storage-router'
 *
 * const storage = router({
 *   stores: { europe: memoryStorage(), america: memoryStorage() },
 *   route: (workspace) => (workspace.startsWith('us-') ? 'america' : 'europe'),
 * })
 * const engine = await createEngine({ storage })
 * await engine.workspace('us-acme').queues.put({ id: 'support', name: 'Support', mode: 'shared', claimOnReply: true })
 * console.log(await storage.workspaces())
 * await engine.close()
 * ```
 *
 * ```text
 * [ 'us-acme' ]
 * ```
 */
export const router = ({ stores, route, onError = () => undefined }: RouterOptions): Storage => {
  const byName = new Map(Object.entries(stores))
  if (byName.size === 0) throw new TypeError('a router needs at least one store')
  const shardOf = (workspace: string): string => {
    const name = route(workspace)
    if (!byName.has(name)) {
      const problem = `workspace "${workspace}" goes to "${name}", which is none of ${[...byName.keys()].join(', ')}`
      throw Object.assign(new TypeError(problem), { retryable: false })
    }
    return name
  }
  const storeNamed = (name: string): Storage => byName.get(name) as Storage
  const storeOf = (workspace: string): Storage => storeNamed(shardOf(workspace))
  const every = everyStore(byName, onError)

  return {
    name: 'router',
    shardOf,
    batches: Math.max(...[...byName.values()].map((store) => store.batches ?? 1)),
    migrate: async () => {
      await Promise.all([...byName.values()].map((store) => store.migrate()))
    },
    load: async (request) => loadFrom(request, shardOf, storeNamed),
    commit: async (changesets) => commitTo(changesets, shardOf, storeNamed),
    list: async (query) => storeOf(query.workspace).list(query),
    count: async (query) => storeOf(query.workspace).count(query),
    documents: async (query) => storeOf(query.workspace).documents(query),
    identitiesOf: async (workspace, contacts) => storeOf(workspace).identitiesOf(workspace, contacts),
    counters: async (workspace, scopes) => storeOf(workspace).counters(workspace, scopes),
    timeline: async (query) => storeOf(query.workspace).timeline(query),
    search: async (query) => storeOf(query.workspace).search(query),
    stream: async (query) => storeOf(query.workspace).stream(query),
    position: async (workspace) => storeOf(workspace).position(workspace),
    upcoming: async (workspace, limit) => storeOf(workspace).upcoming(workspace, limit),
    markRead: async (query) => storeOf(query.workspace).markRead(query),
    parked: async (workspace, account, externalIds) => storeOf(workspace).parked(workspace, account, externalIds),
    draft: async (workspace, conversation, agent, mode) =>
      storeOf(workspace).draft(workspace, conversation, agent, mode),
    settings: async (workspace) => storeOf(workspace).settings(workspace),
    quarantined: async (workspace) => storeOf(workspace).quarantined(workspace),
    ...every,
    whisper: {
      say: (workspace, text) => storeOf(workspace).whisper?.say(workspace, text),
      hear: (listener) => {
        const stops = [...byName.values()].map((store) => store.whisper?.hear(listener))
        return () => {
          for (const stop of stops) stop?.()
        }
      },
    },
  }
}
