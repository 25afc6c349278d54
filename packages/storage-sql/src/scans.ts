import type { Filter, ListQuery, Visibility } from '@guichet/engine/ports'
import { facetKinds, statuses } from './codes.ts'
import { wholeNumber } from './limit.ts'
import { type Condition, conditionsOf } from './statements/conditions.ts'

/** What finds the rows, in the order of the list; conditions narrow them down. */
export type Driver = 'all' | 'queue' | 'owner' | 'unowned' | 'facet' | 'contact' | 'id'

export interface ScanShape {
  readonly driver: Driver
  readonly conditions: ReadonlyArray<Condition>
}

/** One way to rows of a list, narrowed down by conditions. */
export interface Scan extends ScanShape {
  readonly value?: string
  /** The contact or conversation that drives it. */
  readonly key?: string
  readonly facet?: number
  /** Instead of the viewer's. */
  readonly unownedOf?: ReadonlyArray<string>
}

/** Conditions without some of them. */
export const except = (
  conditions: ReadonlyArray<Condition>,
  ...names: ReadonlyArray<Condition>
): ReadonlyArray<Condition> => conditions.filter((condition) => !names.includes(condition))

/** What most narrows a list down, if the filter names it. */
const drivenByFilter = (
  filter: Filter,
  visibility: Visibility,
  rest: ReadonlyArray<Condition>,
): ReadonlyArray<Scan> | undefined => {
  const visible: ReadonlyArray<Condition> = visibility._tag === 'Some' ? ['visible'] : []
  const status: ReadonlyArray<Condition> = filter.status === undefined ? [] : ['status']
  if (filter.ids !== undefined) {
    const conditions = [...except(rest, 'ids'), ...status, ...visible]
    return [...new Set(filter.ids)].map((key) => ({ driver: 'id', key, conditions }))
  }
  if (filter.contacts !== undefined) {
    const conditions = [...except(rest, 'contacts'), ...status, ...visible]
    return [...new Set(filter.contacts)].map((key) => ({ driver: 'contact', key, conditions }))
  }
  if (typeof filter.owner === 'string') {
    const isHers = visibility._tag === 'Some' && visibility.agent === filter.owner
    const conditions = [...except(rest, 'owner'), ...(isHers ? [] : visible)]
    return [{ driver: 'owner', value: filter.owner, conditions }]
  }
  const facets = [
    ['mentions', 'mentioned', filter.mentions],
    ['tag', 'tag', filter.tag],
    ['flag', 'flag', filter.flag],
  ] as const
  for (const [condition, kind, value] of facets) {
    if (value === undefined) continue
    const conditions = [...except(rest, condition), ...visible]
    return [{ driver: 'facet', facet: facetKinds.encode(kind), value, conditions }]
  }
  return undefined
}

/** Whole queues: each is a range of an index, and the newest of all of them are merged. */
const inQueues = (queues: ReadonlyArray<string>, rest: ReadonlyArray<Condition>): ReadonlyArray<Scan> =>
  [...new Set(queues)].map((value) => ({ driver: 'queue', value, conditions: except(rest, 'queues') }))

/** What a viewer sees, as separate ways: each is a range of an index, which their disjunction would not be. */
const drivenByVisibility = (
  { queues: wanted, owner }: Filter,
  { agent, queues, unownedOf }: Extract<Visibility, { readonly _tag: 'Some' }>,
  rest: ReadonlyArray<Condition>,
): ReadonlyArray<Scan> => {
  const involved: Scan = { driver: 'facet', facet: facetKinds.encode('involved'), value: agent, conditions: rest }
  const unowned = (of: ReadonlyArray<string>): ReadonlyArray<Scan> =>
    of.length === 0 ? [] : [{ driver: 'unowned', conditions: [...except(rest, 'unowned'), 'unownedOf'], unownedOf: of }]
  if (owner === null) return [involved, ...unowned([...queues, ...unownedOf])]
  const whole = inQueues(wanted === undefined ? queues : wanted.filter((queue) => queues.includes(queue)), rest)
  if (wanted?.every((queue) => queues.includes(queue)) === true) return whole
  // What most stands in comes first: with it a page is soon full, and says how far down the others matter.
  return [...whole, ...unowned(unownedOf), { driver: 'owner', value: agent, conditions: rest }, involved]
}

/** The ways that together lead to everything that a list shows. Status and time are part of each way. */
export const scansFor = (filter: Filter, visibility: Visibility): ReadonlyArray<Scan> => {
  const rest = except(conditionsOf(filter), 'status', 'from', 'to')
  const driven = drivenByFilter(filter, visibility, rest)
  if (driven !== undefined) return driven
  if (visibility._tag === 'Some') return drivenByVisibility(filter, visibility, rest)
  if (filter.owner === null) return [{ driver: 'unowned', conditions: except(rest, 'unowned') }]
  if (filter.queues !== undefined) return inQueues(filter.queues, rest)
  return [{ driver: 'all', conditions: rest }]
}

/** From where a list goes down: below the last row of the page before, or below the end of the time asked for. */
export const below = ({
  filter: { to },
  after,
}: Pick<ListQuery, 'filter' | 'after'>): { readonly activity: number; readonly id: string | undefined } => {
  const end = to === undefined ? Number.MAX_SAFE_INTEGER : wholeNumber(Math.floor(to) + 1)
  return after === undefined || after.lastActivity >= end
    ? { activity: end, id: undefined }
    : { activity: wholeNumber(Math.ceil(after.lastActivity)), id: after.id }
}

/** What is closed is most of what there is: with it a page is soon full, and says how far down the others matter. */
const fullestFirst = (one: number): number => (one === statuses.encode('closed') ? 0 : 1)

/** Each way is walked once for each status, unless it finds few rows at once, whatever their status. */
export const statusesAlong = ({ driver }: Scan, { status = statuses.words }: Filter): ReadonlyArray<number> => {
  const wanted = [...new Set(status)].map(statuses.encode).sort((a, b) => fullestFirst(a) - fullestFirst(b))
  return driver === 'contact' || driver === 'id' ? wanted.slice(0, 1) : wanted
}
