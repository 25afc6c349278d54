import type { Visibility } from './access/visibility.ts'
import type { Conversation } from './conversation/state.ts'
import { type Bucket, type TabCounts, bucketsOf } from './tabs.ts'

/**
 * Tab counts are sums of counters, never counted rows. Each conversation is counted in scopes that do not overlap in
 * what they say, so that what any viewer sees is a sum of a few of them.
 */
export interface Count {
  readonly scope: string
  readonly bucket: string
  readonly by: number
}

/** Ids belong to the host and may contain anything. */
const escaped = (id: string): string =>
  id.includes('%') || id.includes(':') ? id.replaceAll('%', '%25').replaceAll(':', '%3A') : id

const under = (key: string, id: string): string => `${key}:${escaped(id)}`

const scope = (kind: string, ...ids: ReadonlyArray<string>): string => ids.reduce(under, kind)

const scopesOf = (state: Conversation): ReadonlyArray<string> => {
  const { queue, owner, offer } = state
  const others = [...new Set([...state.assignees, ...state.participants, ...(offer?.agents ?? [])])].filter(
    (id) => id !== owner,
  )
  return [
    'all',
    scope('queue', queue),
    owner === null ? scope('unowned', queue) : scope('owner', owner, queue),
    ...others.map((agent) => scope(owner === null ? 'waits-with' : 'with', agent, queue)),
  ]
}

/**
 * The scope that counts what an agent has in hand: in its bucket `open` the conversations of hers that are open and the
 * team's, in `offered` those that are offered to her. No tab is made of it; capacity is.
 *
 * @example
 * ```ts
 * import { countChanges, loadScope } from '@guichet/engine/domain'
 *
 * const claimed = { ...conversation, owner: 'ana', assignees: ['ana'] }
 * console.log(countChanges(conversation, claimed).filter(({ scope }) => scope === loadScope('ana')))
 * ```
 *
 * ```text
 * [ { bucket: 'open', scope: 'load:ana', by: 1 } ]
 * ```
 */
export const loadScope = (agent: string): string => scope('load', agent)

/**
 * Where a conversation counts that calls for an agent: once for each of them, by what it takes for her to see it. What
 * she is part of she always sees.
 */
const callScopes = (state: Conversation): ReadonlyArray<string> => {
  if (state.mentioned.length === 0 || (state.status !== 'open' && state.status !== 'pending')) return []
  const { owner, queue, assignees, participants, offer } = state
  const part = [owner, ...assignees, ...participants, ...(offer?.agents ?? [])]
  return state.mentioned.map((agent) =>
    part.includes(agent)
      ? scope('calls-part', agent)
      : scope(owner === null ? 'calls-unowned' : 'calls-owned', agent, queue),
  )
}

/**
 * The scopes whose sum, in the bucket `mentions`, is how many open and pending conversations call for a viewer and are
 * there for her.
 *
 * @example
 * ```ts
 * import { scopesCalling, visibilityOf } from '@guichet/engine/domain'
 *
 * console.log(scopesCalling('ana', visibilityOf(ana, [support]), ['support', 'billing']).join(' '))
 * ```
 *
 * ```text
 * calls-part:ana calls-unowned:ana:support calls-owned:ana:support
 * ```
 */
export const scopesCalling = (
  agent: string,
  visibility: Visibility,
  queues: ReadonlyArray<string>,
): ReadonlyArray<string> => {
  const whole = visibility._tag === 'All' ? queues : visibility.queues
  const unowned = visibility._tag === 'All' ? [] : visibility.unownedOf
  const callsUnowned = scope('calls-unowned', agent)
  const callsOwned = scope('calls-owned', agent)
  return [
    scope('calls-part', agent),
    ...[...whole, ...unowned].map((queue) => under(callsUnowned, queue)),
    ...whole.map((queue) => under(callsOwned, queue)),
  ]
}

const add = (sums: Map<string, number>, state: Conversation | undefined, by: number): void => {
  if (state === undefined) return
  const buckets = bucketsOf(state)
  if (buckets.length === 0) return
  const addTo = (where: string, bucket: Bucket | 'offered' | 'mentions'): void => {
    const key = `${bucket} ${where}`
    const sum = (sums.get(key) ?? 0) + by
    if (sum === 0) sums.delete(key)
    else sums.set(key, sum)
  }
  for (const where of scopesOf(state)) for (const bucket of buckets) addTo(where, bucket)
  if (state.owner !== null && buckets.includes('open')) addTo(loadScope(state.owner), 'open')
  for (const agent of state.offer?.agents ?? []) addTo(loadScope(agent), 'offered')
  for (const where of callScopes(state)) addTo(where, 'mentions')
}

/** Nothing that counters look at differs: the common case of one more message. */
const sameCounts = (before: Conversation, after: Conversation): boolean =>
  before.status === after.status &&
  before.control === after.control &&
  before.owner === after.owner &&
  before.queue === after.queue &&
  before.deleted === after.deleted &&
  before.assignees === after.assignees &&
  before.participants === after.participants &&
  before.mentioned === after.mentioned &&
  before.offer === after.offer &&
  before.lastMessage?.by === after.lastMessage?.by

/**
 * What a change does to the counters; a conversation that only got one more message changes none.
 *
 * @example
 * ```ts
 * import { countChanges } from '@guichet/engine/domain'
 *
 * const claimed = { ...conversation, owner: 'ana', assignees: ['ana'] }
 * for (const { scope, bucket, by } of countChanges(conversation, claimed)) if (scope === 'all') console.log(bucket, by)
 * ```
 *
 * ```text
 * unassigned -1
 * unanswered -1
 * ```
 */
export const countChanges = (
  before: Conversation | undefined,
  after: Conversation | undefined,
): ReadonlyArray<Count> => {
  if (before !== undefined && after !== undefined && sameCounts(before, after)) return []
  const sums = new Map<string, number>()
  add(sums, after, 1)
  add(sums, before, -1)
  return [...sums].map(([key, by]) => {
    const space = key.indexOf(' ')
    return { bucket: key.slice(0, space), scope: key.slice(space + 1), by }
  })
}

/**
 * The scopes whose sum is what a viewer sees.
 *
 * @example
 * ```ts
 * import { scopesSeen, visibilityOf } from '@guichet/engine/domain'
 *
 * console.log(scopesSeen(visibilityOf(ana, [support]), ['support', 'billing']).join(' '))
 * ```
 *
 * ```text
 * queue:support owner:ana:billing with:ana:billing waits-with:ana:billing
 * ```
 */
export const scopesSeen = (visibility: Visibility, queues: ReadonlyArray<string>): ReadonlyArray<string> => {
  if (visibility._tag === 'All') return ['all']
  const { agent, queues: shared, unownedOf } = visibility
  const elsewhere = queues.filter((queue) => !shared.includes(queue))
  const owner = scope('owner', agent)
  const partOf = scope('with', agent)
  const waits = scope('waits-with', agent)
  return [
    ...shared.map((queue) => scope('queue', queue)),
    ...unownedOf.map((queue) => scope('unowned', queue)),
    ...elsewhere.flatMap((queue) => [under(owner, queue), under(partOf, queue)]),
    ...elsewhere.filter((queue) => !unownedOf.includes(queue)).map((queue) => under(waits, queue)),
  ]
}

/**
 * The scopes that count what an agent owns.
 *
 * @example
 * ```ts
 * import { scopesOwned } from '@guichet/engine/domain'
 *
 * console.log(scopesOwned('ana', ['support']))
 * ```
 *
 * ```text
 * [ 'owner:ana:support' ]
 * ```
 */
export const scopesOwned = (agent: string, queues: ReadonlyArray<string>): ReadonlyArray<string> => {
  const owner = scope('owner', agent)
  return queues.map((queue) => under(owner, queue))
}

/**
 * The scopes whose sum, in the bucket `open`, is what a viewer may know an agent to have in hand: everything of her own,
 * everything where she leads, and otherwise what stands in the queues that she sees the whole of.
 *
 * @example
 * ```ts
 * import { scopesInHand, visibilityOf } from '@guichet/engine/domain'
 *
 * const seen = visibilityOf(ana, [support])
 * console.log(scopesInHand('ben', seen), scopesInHand('ana', seen), scopesInHand('ben', { _tag: 'All' }))
 * ```
 *
 * ```text
 * [ 'owner:ben:support' ] [ 'load:ana' ] [ 'load:ben' ]
 * ```
 */
export const scopesInHand = (agent: string, visibility: Visibility): ReadonlyArray<string> =>
  visibility._tag === 'All' || visibility.agent === agent ? [loadScope(agent)] : scopesOwned(agent, visibility.queues)

/** To what the counters of a scope are added; one scope may be part of several sums. */
const part = { seen: 1, owned: 2, calling: 4 } as const

/** The scopes that tab counts are made of, each once, and to what its counters are added. */
export type TabScopes = ReadonlyMap<string, number>

/**
 * The scopes that tab counts are made of: all of them of `scopesSeen`, for `mine` of `scopesOwned`, and for `mentions` of
 * `scopesCalling`.
 *
 * @example
 * ```ts
 * import { scopesOwned, scopesSeen, tabScopes, visibilityOf } from '@guichet/engine/domain'
 *
 * const seen = scopesSeen(visibilityOf(ana, [support]), ['support', 'billing'])
 * console.log([...tabScopes(seen, scopesOwned('ana', ['support', 'billing'])).keys()].join(' '))
 * ```
 *
 * ```text
 * queue:support owner:ana:billing with:ana:billing waits-with:ana:billing owner:ana:support
 * ```
 */
export const tabScopes = (
  seen: ReadonlyArray<string>,
  owned: ReadonlyArray<string> = [],
  calling: ReadonlyArray<string> = [],
): TabScopes => {
  const scopes = new Map<string, number>()
  for (const one of seen) scopes.set(one, part.seen)
  for (const one of owned) scopes.set(one, (scopes.get(one) ?? 0) | part.owned)
  for (const one of calling) scopes.set(one, (scopes.get(one) ?? 0) | part.calling)
  return scopes
}

/**
 * Tab counts from the counters of their scopes.
 *
 * @example
 * ```ts
 * import { countChanges, tabCounts, tabScopes } from '@guichet/engine/domain'
 *
 * const { open, unanswered, mine } = tabCounts(countChanges(undefined, conversation), tabScopes(['all']))
 * console.log({ open, unanswered, mine })
 * ```
 *
 * ```text
 * { open: 1, unanswered: 1, mine: 0 }
 * ```
 */
export const tabCounts = (counters: ReadonlyArray<Count>, scopes: TabScopes): TabCounts => {
  const sums = new Map<string, number>()
  let mine = 0
  let mentions = 0
  for (const { scope: where, bucket, by } of counters) {
    const its = scopes.get(where) ?? 0
    if ((its & part.seen) !== 0) sums.set(bucket, (sums.get(bucket) ?? 0) + by)
    if ((its & part.owned) !== 0 && bucket === 'open') mine += by
    if ((its & part.calling) !== 0 && bucket === 'mentions') mentions += by
  }
  const of = (bucket: Bucket): number => sums.get(bucket) ?? 0
  const parts = {
    open: of('open'),
    automated: of('automated'),
    pending: of('pending'),
    closed: of('closed'),
    spam: of('spam'),
    archived: of('archived'),
    internal: of('internal'),
  }
  return {
    ...parts,
    unanswered: of('unanswered'),
    unassigned: of('unassigned'),
    mine,
    mentions,
    all: Object.values(parts).reduce((total, count) => total + count, 0),
  }
}
