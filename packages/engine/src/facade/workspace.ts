import { connectedOf } from '../runtime/accounts.ts'
import { EngineError } from '../runtime/error.ts'
import type { Running } from '../runtime/engine.ts'
import { type Item, feed } from '../runtime/feed.ts'
import { replay } from '../runtime/ingest.ts'
import { releaseFromQuarantine, requestOf } from '../runtime/ingest/quarantine.ts'
import { type Kept, type Kind, putAccount, putAgent, putQueue, removeSetting } from '../runtime/settings.ts'
import { asEngineError } from './refusing.ts'
import { sessionFor } from './session.ts'
import type { Outcome, Quarantine, Settings, Workspace } from './types.ts'

const outcome = <A>(kept: Kept<A>): Outcome<A> =>
  kept._tag === 'Kept' ? { ok: true, value: kept.value } : { ok: false, refusal: kept.refusal }

const settings = <A, Input>(
  { core, connections }: Running,
  workspace: string,
  kind: Kind,
  read: (setup: Awaited<ReturnType<typeof core.directory.of>>) => ReadonlyMap<string, A>,
  put: (value: Input) => Promise<Kept<A>>,
): Settings<A, Input> => ({
  put: (value) => asEngineError(async () => outcome(await put(value))),
  get: (id) => asEngineError(async () => read(await core.directory.of(workspace)).get(id)),
  list: () => asEngineError(async () => [...read(await core.directory.of(workspace)).values()]),
  remove: (id) =>
    asEngineError(async () => {
      const refusal = await removeSetting(core, workspace, kind, id)
      if (refusal !== null) return { ok: false, refusal }
      if (kind === 'account') await connections.close(workspace, id)
      return { ok: true, value: undefined }
    }),
})

const quarantine = ({ core }: Running, workspace: string): Quarantine => ({
  list: () =>
    asEngineError(async () =>
      (await core.storage.quarantined(workspace)).map(({ id, account, at, reason, body }) => ({
        id,
        account,
        at,
        reason,
        raw: body,
      })),
    ),
  replay: (id) =>
    asEngineError(async () => {
      const [kept, setup] = await Promise.all([core.storage.quarantined(workspace), core.directory.of(workspace)])
      const found = kept.find((one) => one.id === id)
      if (found === undefined) return { ok: false, refusal: { _tag: 'NotFound' } }
      const account = setup.accounts.get(found.account)
      const to = account && connectedOf(core, workspace, account)
      if (to === undefined) return { ok: false, refusal: { _tag: 'UnknownAccount', account: found.account } }
      const receipts = await replay(core, to, requestOf(found))
      // What fails again has been set aside again, under a new id and with its newest reason.
      await releaseFromQuarantine(core, workspace, id)
      return { ok: true, value: receipts }
    }),
})

/** Carries the stream to the listeners of this process, as long as there are any. */
const broadcast = ({ core, closing }: Running, workspace: string): Workspace['on'] => {
  const listeners = new Set<(item: Item) => void>()
  let pumping: AbortController | undefined
  const pump = async (signal: AbortSignal): Promise<void> => {
    for await (const item of feed(core, closing, { workspace, signal })) {
      for (const listener of listeners) {
        try {
          listener(item)
        } catch (error) {
          core.report('listener', error)
        }
      }
    }
  }
  return (listener) => {
    listeners.add(listener)
    if (pumping === undefined) {
      pumping = new AbortController()
      pump(pumping.signal).catch((error: unknown) => core.report('listener', error))
    }
    return () => {
      listeners.delete(listener)
      if (listeners.size > 0) return
      pumping?.abort()
      pumping = undefined
    }
  }
}

/** One tenant. Ids are the host's; `/` separates workspace and account in references, so it cannot be in this one. */
export const workspaceFor = (running: Running, id: string): Workspace => {
  const { core, closing, connections } = running
  if (id === '' || id.includes('/')) throw new EngineError('Misconfigured', `not a workspace id: ${JSON.stringify(id)}`)
  return {
    id,
    as: (agent) => sessionFor(running, id, agent),
    agents: settings(
      running,
      id,
      'agent',
      (setup) => setup.agents,
      (agent) => putAgent(core, id, agent),
    ),
    queues: settings(
      running,
      id,
      'queue',
      (setup) => setup.queues,
      (queue) => putQueue(core, id, queue),
    ),
    accounts: settings(
      running,
      id,
      'account',
      (setup) => setup.accounts,
      async (draft) => {
        const kept = await putAccount(core, id, draft)
        const to = kept._tag === 'Kept' ? connectedOf(core, id, kept.value) : undefined
        if (to !== undefined) await connections.open(to)
        return kept
      },
    ),
    quarantine: quarantine(running, id),
    feed: (options = {}) => feed(core, closing, { workspace: id, since: options.since, signal: options.signal }),
    on: broadcast(running, id),
    position: () => asEngineError(async () => core.storage.position()),
  }
}
