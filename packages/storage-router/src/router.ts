import type { Storage } from '@guichet/engine/ports'
import { everyStore } from './every-store.ts'
import { openStores } from './opening.ts'
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
  /** Told what a store failed with where the others go on without it: starting, claiming work, indexing, listening. */
  readonly onError?: (store: string, error: unknown) => void
}

/**
 * Many stores as one: each workspace lives in one of them, and everything about it goes there and nowhere else. What one
 * store can take, several take several times. A store that is down, also while an engine starts, fails the calls about
 * its own workspaces and no other: `shardOf` lets the engine keep what goes to different stores apart.
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
  /** For what is only whispered, which nobody is told of when it is lost: undefined for whoever lives nowhere. */
  const homeOf = (workspace: string): string | undefined => {
    try {
      return shardOf(workspace)
    } catch {
      return undefined
    }
  }
  const { migrate, opened } = openStores(byName, onError)
  const storeOf = async (workspace: string): Promise<Storage> => opened(shardOf(workspace))
  const every = everyStore({ stores: byName, opened, onError })

  return {
    name: 'router',
    shardOf,
    batches: Math.max(...[...byName.values()].map((store) => store.batches ?? 1)),
    shards: [...byName.keys()],
    migrate,
    load: async (request) => loadFrom(request, shardOf, opened),
    commit: async (changesets) => commitTo(changesets, shardOf, opened),
    list: async (query) => (await storeOf(query.workspace)).list(query),
    count: async (query) => (await storeOf(query.workspace)).count(query),
    documents: async (query) => (await storeOf(query.workspace)).documents(query),
    identitiesOf: async (workspace, contacts) => (await storeOf(workspace)).identitiesOf(workspace, contacts),
    counters: async (workspace, scopes) => (await storeOf(workspace)).counters(workspace, scopes),
    timeline: async (query) => (await storeOf(query.workspace)).timeline(query),
    search: async (query) => (await storeOf(query.workspace)).search(query),
    stream: async (query) => (await storeOf(query.workspace)).stream(query),
    position: async (workspace) => (await storeOf(workspace)).position(workspace),
    upcoming: async (workspace, limit) => (await storeOf(workspace)).upcoming(workspace, limit),
    markRead: async (query) => (await storeOf(query.workspace)).markRead(query),
    parked: async (workspace, account, externalIds) =>
      (await storeOf(workspace)).parked(workspace, account, externalIds),
    draft: async (workspace, conversation, agent, mode) =>
      (await storeOf(workspace)).draft(workspace, conversation, agent, mode),
    settings: async (workspace) => (await storeOf(workspace)).settings(workspace),
    quarantined: async (workspace) => (await storeOf(workspace)).quarantined(workspace),
    ...every,
    whisper: {
      say: (workspace, text) => byName.get(homeOf(workspace) ?? '')?.whisper?.say(workspace, text),
      hear: (listener) => {
        const stops = [...byName.values()].map((store) => store.whisper?.hear(listener))
        return () => {
          for (const stop of stops) stop?.()
        }
      },
    },
  }
}
