import { shown } from '../../domain/shape.ts'
import type { Strategy } from '../../domain/distribution/strategy.ts'
import type { Refusal } from '../../domain/conversation/refusal.ts'
import type { Queue } from '../../domain/queue/queue.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { needsWork } from '../distribution/needs-work.ts'
import { distributeNow } from '../distribution/schedule.ts'
import { type Kept, invalid, isName, keepSetting } from '../settings.ts'

const tags: ReadonlyArray<Strategy['_tag']> = [
  'Everyone',
  'FirstN',
  'RoundRobin',
  'LeastBusy',
  'LongestIdle',
  'Manual',
  'Custom',
]

/** A year: whoever means longer means never. */
const longestMs = 366 * 24 * 60 * 60 * 1_000

const isSpan = (ms: unknown): boolean => typeof ms === 'number' && Number.isFinite(ms) && ms > 0 && ms <= longestMs

const strategyIssue = (core: Core, strategy: Strategy | null): string | null => {
  if (strategy === null) return `strategy: one of ${tags.join(', ')}; leave it out for Everyone`
  const { _tag } = strategy
  if (!tags.includes(_tag)) return `strategy: one of ${tags.join(', ')}, not ${shown(_tag)}`
  if (_tag === 'FirstN' && !(Number.isInteger(strategy.n) && strategy.n >= 1)) {
    return `strategy.n: a whole number from 1, not ${shown(strategy.n)}`
  }
  return _tag === 'Custom' && !core.strategies.has(strategy.name)
    ? `strategy.name: ${shown(strategy.name)} is not registered; there is ${[...core.strategies.keys()].join(', ') || 'none'}`
    : null
}

const oneOf = (name: string, value: unknown, words: ReadonlyArray<string>): string | null =>
  value === undefined || words.includes(value as string) ? null : `${name}: one of ${words.join(', ')}`

const issuesOf = (core: Core, setup: Setup, queue: Queue): ReadonlyArray<string> => {
  const { id, strategy, offerMs, sticky, away, overflow, hours, outside } = queue
  return [
    isName(id) ? null : 'id: a name of 1 to 200 characters',
    isName(queue.name) ? null : 'name: a name of 1 to 200 characters',
    oneOf('mode', queue.mode ?? '', ['shared', 'exclusive']),
    strategy === undefined ? null : strategyIssue(core, strategy),
    offerMs === undefined || isSpan(offerMs) ? null : 'offerMs: milliseconds, more than 0 and at most a year',
    oneOf('sticky', sticky, ['always', 'ifAvailable', 'never']),
    oneOf('away', away, ['keep', 'return', 'reassign']),
    overflow === undefined || isSpan(overflow?.afterMs)
      ? null
      : 'overflow.afterMs: milliseconds, more than 0 and at most a year',
    overflow?.to === id ? 'overflow.to: another queue than this one' : null,
    hours === undefined || setup.hours.has(hours)
      ? null
      : `hours: there are no hours ${shown(hours)}; create them first`,
    oneOf('outside', outside?._tag, ['Wait', 'Move']),
    outside?._tag === 'Move' && outside.to === id ? 'outside.to: another queue than this one' : null,
    outside !== undefined && hours === undefined ? 'outside: needs hours to be outside of' : null,
  ].filter((issue) => issue !== null)
}

const unknownIn = (setup: Setup, { department, overflow, outside }: Queue): Refusal | null => {
  const targets = [overflow?.to, outside?._tag === 'Move' ? outside.to : undefined]
  const queue = targets.find((target) => target !== undefined && !setup.queues.has(target))
  if (queue !== undefined) return { _tag: 'UnknownQueue', queue }
  return department === undefined || setup.departments.has(department)
    ? null
    : { _tag: 'UnknownDepartment', department }
}

/** A queue as it is stored: what nobody asked for is not in it. */
const written = (queue: Queue): Queue => {
  const { id, name, mode, claimOnReply, department, strategy, offerMs, sticky, away, overflow, hours, outside } = queue
  return {
    id,
    name,
    mode,
    claimOnReply: claimOnReply === true,
    ...(department === undefined ? {} : { department }),
    ...(strategy === undefined ? {} : { strategy }),
    ...(offerMs === undefined ? {} : { offerMs }),
    ...(sticky === undefined ? {} : { sticky }),
    ...(away === undefined ? {} : { away }),
    ...(overflow === undefined ? {} : { overflow: { afterMs: overflow.afterMs, to: overflow.to } }),
    ...(hours === undefined ? {} : { hours }),
    ...(outside === undefined ? {} : { outside }),
  }
}

/** Stores a queue; what waits in it is looked at by the new rules at once. */
export const putQueue = async (core: Core, workspace: string, queue: Queue): Promise<Kept<Queue>> => {
  const setup = await core.directory.of(workspace)
  const issues = issuesOf(core, setup, queue)
  if (issues.length > 0) return invalid('queue', ...issues)
  const refusal = unknownIn(setup, queue)
  if (refusal !== null) return { _tag: 'Refused', refusal }
  const kept = await keepSetting(core, workspace, 'queue', written(queue))
  if (setup.queues.has(queue.id) && needsWork(queue)) await distributeNow(core, workspace, [queue.id])
  return kept
}
