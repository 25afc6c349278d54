import type { Visibility } from '../../domain/access/visibility.ts'
import { scopesOwned, scopesSeen, tabCounts, tabScopes } from '../../domain/counting.ts'
import type { StoredSetting } from '../../ports/storage.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'

const first = (all: Iterable<string>): string | null => {
  for (const one of all) return one
  return null
}

function* onQueue({ accounts, departments, queues, rules, slaPolicies }: Setup, id: string): Generator<string> {
  for (const account of accounts.values()) if (account.queue === id) yield `account ${account.id}`
  for (const department of departments.values()) if (department.queue === id) yield `department ${department.id}`
  for (const queue of queues.values()) {
    if (queue.id === id) continue
    const leads = queue.overflow?.to === id || (queue.outside?._tag === 'Move' && queue.outside.to === id)
    if (leads) yield `queue ${queue.id}`
  }
  for (const rule of rules) if (rule.to.queue === id) yield `rule ${rule.id}`
  for (const policy of slaPolicies.values()) if (policy.when.queues?.includes(id) === true) yield `policy ${policy.id}`
}

function* onDepartment({ queues }: Setup, id: string): Generator<string> {
  for (const queue of queues.values()) if (queue.department === id) yield `queue ${queue.id}`
}

function* onHours({ queues, agents, rules, slaPolicies }: Setup, id: string): Generator<string> {
  for (const queue of queues.values()) if (queue.hours === id) yield `queue ${queue.id}`
  for (const agent of agents.values()) if (agent.shift === id) yield `agent ${agent.id}`
  for (const rule of rules) if (rule.when.hours?.id === id) yield `rule ${rule.id}`
  for (const policy of slaPolicies.values()) if (policy.hours === id) yield `policy ${policy.id}`
}

const everythingIn = (queue: string): Visibility => ({ _tag: 'Some', agent: '', queues: [queue], unownedOf: [] })

const conversations = async (
  core: Core,
  workspace: string,
  setup: Setup,
  kind: 'queue' | 'agent',
  id: string,
): Promise<string | null> => {
  const scopes = tabScopes(
    kind === 'queue' ? scopesSeen(everythingIn(id), []) : scopesOwned(id, [...setup.queues.keys()]),
  )
  const counts = tabCounts(await core.storage.counters(workspace, [...scopes.keys()]), scopes)
  const count = kind === 'queue' ? counts.all : counts.open + counts.automated + counts.pending
  return count === 0 ? null : `${count} conversations`
}

/** What still rests on something that is to be removed, in words; null when nothing does. */
export const restsOn = async (
  core: Core,
  workspace: string,
  kind: StoredSetting['kind'],
  id: string,
): Promise<string | null> => {
  const setup = await core.directory.of(workspace)
  switch (kind) {
    case 'queue':
      return first(onQueue(setup, id)) ?? conversations(core, workspace, setup, kind, id)
    case 'agent':
      return conversations(core, workspace, setup, kind, id)
    case 'department':
      return first(onDepartment(setup, id))
    case 'hours':
      return first(onHours(setup, id))
    default:
      return null
  }
}
