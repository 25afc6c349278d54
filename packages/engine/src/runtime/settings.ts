import { type Account, type InboundPolicy, defaultInboundPolicy } from '../domain/account.ts'
import type { Agent } from '../domain/actor.ts'
import type { Visibility } from '../domain/access/visibility.ts'
import type { Refusal } from '../domain/conversation/refusal.ts'
import { scopesOwned, scopesSeen, tabCounts } from '../domain/counting.ts'
import type { Queue } from '../domain/queue/queue.ts'
import type { StoredSetting } from '../ports/storage.ts'
import type { Core } from './core.ts'

export type Kind = StoredSetting['kind']

export type Kept<A> =
  | { readonly _tag: 'Kept'; readonly value: A }
  | { readonly _tag: 'Refused'; readonly refusal: Refusal }

const invalid = (
  what: string,
  ...issues: ReadonlyArray<string>
): { readonly _tag: 'Refused'; readonly refusal: Refusal } => ({
  _tag: 'Refused',
  refusal: { _tag: 'Invalid', what, issues },
})

const store = async (core: Core, workspace: string, kind: Kind, id: string, value: unknown): Promise<void> => {
  const data = value === null ? null : JSON.stringify(value)
  await core.committer.submit({
    needs: {},
    decide: () => ({ _tag: 'Decided', value: undefined, changes: { workspace, settings: [{ kind, id, data }] } }),
  })
  core.directory.forget(workspace)
  core.bus.emit('settings', { workspace })
}

/** What still rests on a queue or an agent, in words; null when nothing does. */
const restsOn = async (core: Core, workspace: string, kind: Kind, id: string): Promise<string | null> => {
  if (kind === 'account') return null
  const setup = await core.directory.of(workspace)
  const account = kind === 'queue' ? [...setup.accounts.values()].find(({ queue }) => queue === id) : undefined
  if (account !== undefined) return `account ${account.id}`
  const scopes = kind === 'queue' ? scopesSeen(everythingIn(id), []) : scopesOwned(id, [...setup.queues.keys()])
  const counters = await core.storage.counters(workspace, scopes)
  const counts = tabCounts(counters, [])
  const conversations = kind === 'queue' ? counts.all : counts.open + counts.automated + counts.pending
  return conversations === 0 ? null : `${conversations} conversations`
}

const everythingIn = (queue: string): Visibility => ({ _tag: 'Some', agent: '', queues: [queue], unownedOf: [] })

/** Removes a setting, or says what still rests on it. */
export const removeSetting = async (core: Core, workspace: string, kind: Kind, id: string): Promise<Refusal | null> => {
  const by = await restsOn(core, workspace, kind, id)
  if (by !== null) return { _tag: 'InUse', by }
  await store(core, workspace, kind, id, null)
  return null
}

const keep = async <A extends { readonly id: string }>(
  core: Core,
  workspace: string,
  kind: Kind,
  value: A,
): Promise<Kept<A>> => {
  await store(core, workspace, kind, value.id, value)
  return { _tag: 'Kept', value }
}

const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= 200

export const putQueue = async (core: Core, workspace: string, queue: Queue): Promise<Kept<Queue>> => {
  const { id, name, mode, claimOnReply } = queue
  if (!isName(id)) return invalid('queue', 'id: a name of 1 to 200 characters')
  if (mode !== 'shared' && mode !== 'exclusive') return invalid('queue', 'mode: shared or exclusive')
  return keep(core, workspace, 'queue', { id, name, mode, claimOnReply: claimOnReply === true })
}

export const putAgent = async (core: Core, workspace: string, agent: Agent): Promise<Kept<Agent>> => {
  const { id, name, role, queues } = agent
  if (!isName(id)) return invalid('agent', 'id: a name of 1 to 200 characters')
  if (role !== 'agent' && role !== 'manager' && role !== 'owner')
    return invalid('agent', 'role: agent, manager or owner')
  const setup = await core.directory.of(workspace)
  const unknown = queues.find((queue) => !setup.queues.has(queue))
  if (unknown !== undefined) return { _tag: 'Refused', refusal: { _tag: 'UnknownQueue', queue: unknown } }
  return keep(core, workspace, 'agent', { id, name, role, queues: [...new Set(queues)] })
}

/** An account before its defaults are filled in and its settings are checked. */
export interface AccountDraft {
  readonly id: string
  readonly channel: string
  readonly queue: string
  readonly name?: string
  readonly bots?: boolean
  readonly settings?: unknown
  readonly policy?: Partial<InboundPolicy>
}

const checked = async (core: Core, draft: AccountDraft): Promise<Kept<unknown>> => {
  const channel = core.channels.get(draft.channel)
  if (channel === undefined) return invalid('account', `channel: there is no channel ${draft.channel}`)
  const result = await channel.settings['~standard'].validate(draft.settings ?? {})
  if (result.issues === undefined) return { _tag: 'Kept', value: result.value }
  return invalid('account', ...result.issues.map((issue) => `settings: ${issue.message}`))
}

export const putAccount = async (core: Core, workspace: string, draft: AccountDraft): Promise<Kept<Account>> => {
  if (!isName(draft.id)) return invalid('account', 'id: a name of 1 to 200 characters')
  const setup = await core.directory.of(workspace)
  if (!setup.queues.has(draft.queue)) return { _tag: 'Refused', refusal: { _tag: 'UnknownQueue', queue: draft.queue } }
  const settings = await checked(core, draft)
  if (settings._tag === 'Refused') return settings
  return keep(core, workspace, 'account', {
    id: draft.id,
    channel: draft.channel,
    name: draft.name ?? draft.id,
    queue: draft.queue,
    bots: draft.bots ?? false,
    policy: { ...defaultInboundPolicy, ...draft.policy },
    settings: settings.value,
  })
}
