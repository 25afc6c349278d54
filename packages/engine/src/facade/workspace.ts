import { isFields } from '../domain/message/part-issues.ts'
import type { Clock } from '../ports/clock.ts'
import { connectedOf } from '../runtime/accounts.ts'
import { EngineError } from '../runtime/error.ts'
import type { Running } from '../runtime/engine.ts'
import { feed } from '../runtime/feed.ts'
import { replay } from '../runtime/ingest.ts'
import { releaseFromQuarantine, requestOf } from '../runtime/ingest/quarantine.ts'
import { type Kept, type Kind, putAccount, removeSetting } from '../runtime/settings.ts'
import { putAgent } from '../runtime/settings/agent.ts'
import { putAttribute } from '../runtime/settings/attribute.ts'
import { putDepartment } from '../runtime/settings/department.ts'
import { putHours } from '../runtime/settings/hours.ts'
import { putQueue } from '../runtime/settings/queue.ts'
import { putTag } from '../runtime/tags.ts'
import { resumeSending } from '../runtime/standing/change.ts'
import { readStanding } from '../runtime/standing/standings.ts'
import { putSlaPolicy } from '../runtime/sla-policies.ts'
import { keepingFor } from './keeping.ts'
import { asEngineError, invalid } from './refusing.ts'
import { routingFor } from './routing.ts'
import { sessionFor } from './session.ts'
import type { SlashCommands } from './slash.ts'
import type { AccountInput, Accounts, FeedItem, Outcome, Quarantine, Settings, Workspace } from './types.ts'

const outcome = <A>(kept: Kept<A>): Outcome<A> =>
  kept._tag === 'Kept' ? { ok: true, value: kept.value } : { ok: false, refusal: kept.refusal }

const settings = <A, Input>(
  { core, connections, closing }: Running,
  workspace: string,
  kind: Kind,
  read: (setup: Awaited<ReturnType<typeof core.directory.of>>) => ReadonlyMap<string, A>,
  put: (value: Input) => Promise<Kept<A>>,
): Settings<A, Input> => ({
  put: (value) =>
    asEngineError(closing, async () =>
      isFields(value) ? outcome(await put(value)) : invalid(kind, `an object with what the ${kind} is`),
    ),
  get: (id) => asEngineError(closing, async () => read(await core.directory.of(workspace)).get(id)),
  list: () => asEngineError(closing, async () => [...read(await core.directory.of(workspace)).values()]),
  remove: (id) =>
    asEngineError(closing, async () => {
      const refusal = await removeSetting(core, workspace, kind, id)
      if (refusal !== null) return { ok: false, refusal }
      if (kind === 'account') await connections.follow(workspace, id)
      return { ok: true, value: undefined }
    }),
})

const accountsFor = (running: Running, workspace: string): Accounts => {
  const { core, closing, connections } = running
  return {
    ...settings(
      running,
      workspace,
      'account',
      (setup) => setup.accounts,
      async (draft: AccountInput) => {
        const kept = await putAccount(core, workspace, draft)
        if (kept._tag === 'Refused') return kept
        await resumeSending(core, workspace, draft.id)
        await connections.follow(workspace, draft.id)
        return kept
      },
    ),
    health: (id) =>
      asEngineError(closing, async () => {
        const { health } = await readStanding(core, workspace, id)
        return health.map(({ over: _, ...said }) => said)
      }),
    resume: (id) =>
      asEngineError(closing, async () => {
        const known = (await core.directory.of(workspace)).accounts.has(id)
        if (!known) return { ok: false, refusal: { _tag: 'UnknownAccount', account: id } }
        if (await resumeSending(core, workspace, id)) return { ok: true, value: undefined }
        return { ok: false, refusal: { _tag: 'NothingToDo' } }
      }),
  }
}

const quarantine = ({ core, closing }: Running, workspace: string): Quarantine => ({
  list: () =>
    asEngineError(closing, async () =>
      (await core.storage.quarantined(workspace)).map(({ id, account, at, reason, body }) => ({
        id,
        account,
        at,
        reason,
        raw: body,
      })),
    ),
  replay: (id) =>
    asEngineError(closing, async () => {
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

/** Until the store is asked again that could not be reached, in milliseconds. */
const askAgainMs = 5_000

const pause = (clock: Clock, ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const cancel = clock.at(clock.now() + ms, resolve)
    const stop = (): void => {
      cancel()
      resolve()
    }
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })

/** Carries the stream to the listeners of this process, as long as there are any. */
const broadcast = ({ core, closing }: Running, workspace: string): Workspace['on'] => {
  const listeners = new Set<(item: FeedItem) => void>()
  let pumping: AbortController | undefined
  const tell = (item: FeedItem): void => {
    for (const listener of listeners) {
      try {
        listener(item)
      } catch (error) {
        core.report('listener', error)
      }
    }
  }
  /** While the store is out of reach it is asked again from where it was: nothing is passed over. */
  const pump = async (signal: AbortSignal): Promise<void> => {
    let since: number | undefined
    while (!signal.aborted && !closing.aborted) {
      try {
        since ??= await core.storage.position(workspace)
        for await (const item of feed(core, closing, { workspace, signal, since })) {
          since = item.position
          tell(item)
        }
      } catch (error) {
        core.report('listener', error)
        await pause(core.clock, askAgainMs, AbortSignal.any([signal, closing]))
      }
    }
  }
  return (listener) => {
    listeners.add(listener)
    if (pumping === undefined) {
      pumping = new AbortController()
      void pump(pumping.signal)
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
export const workspaceFor = (running: Running, id: string, slash?: SlashCommands): Workspace => {
  const { core, closing } = running
  if (typeof id !== 'string' || id === '' || id.includes('/'))
    throw new EngineError('Misconfigured', `not a workspace id: ${JSON.stringify(id)}`)
  return {
    id,
    as: (agent) => sessionFor(running, id, agent, slash),
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
    departments: settings(
      running,
      id,
      'department',
      (setup) => setup.departments,
      (department) => putDepartment(core, id, department),
    ),
    hours: settings(
      running,
      id,
      'hours',
      (setup) => setup.hours,
      (hours) => putHours(core, id, hours),
    ),
    tags: settings(
      running,
      id,
      'tag',
      (setup) => setup.tags,
      (tag) => putTag(core, id, tag),
    ),
    routing: routingFor(running, id),
    accounts: accountsFor(running, id),
    attributes: settings(
      running,
      id,
      'attribute',
      (setup) => setup.attributes,
      (definition) => putAttribute(core, id, definition),
    ),
    slaPolicies: settings(
      running,
      id,
      'sla',
      (setup) => setup.slaPolicies,
      (policy) => putSlaPolicy(core, id, policy),
    ),
    ...keepingFor(running, id),
    quarantine: quarantine(running, id),
    feed: (options = {}) => feed(core, closing, { workspace: id, since: options.since, signal: options.signal }),
    on: broadcast(running, id),
    position: () => asEngineError(closing, async () => core.storage.position(id)),
  }
}
