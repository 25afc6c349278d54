import { dayDate } from '../hours/day.ts'
import type { Measures, ReportTime } from './measure.ts'
import type { Durations, Report, ReportBy, ReportRow } from './report.ts'

/** Which figures are asked for. */
export interface ReportRequest extends ReportTime {
  readonly by: ReportBy
  /** Only what happened in this queue, on this channel, in conversations with this tag. */
  readonly queue?: string
  readonly channel?: string
  readonly tag?: string
  /** The department that a queue belongs to. */
  readonly departmentOf: (queue: string) => string | undefined
}

interface Sums {
  readonly counts: Record<
    'started' | 'received' | 'sent' | 'closed' | 'slaMissed' | 'load' | 'bots' | 'contained',
    number
  >
  readonly answered: Array<number>
  readonly resolved: Array<number>
}

/**
 * Figures in the making. It is filled in place, because a report goes over more conversations than fit into memory:
 * what stays of each is a few numbers.
 */
export interface Tally {
  readonly request: ReportRequest
  readonly rows: Map<string, Sums>
  readonly total: Sums
}

const noSums = (): Sums => ({
  counts: { started: 0, received: 0, sent: 0, closed: 0, slaMissed: 0, load: 0, bots: 0, contained: 0 },
  answered: [],
  resolved: [],
})

export const emptyTally = (request: ReportRequest): Tally => ({ request, rows: new Map(), total: noSums() })

const dayMs = 24 * 60 * 60 * 1_000
const dayOf = (at: number): string => dayDate(Math.floor(at / dayMs))

/** Where something stood when it was counted. */
interface Stands {
  readonly at: number
  readonly queue: string
  readonly channel: string
  readonly agent: string | null
}

const keysOf = (
  { by, departmentOf }: ReportRequest,
  tags: ReadonlyArray<string>,
  stands: Stands,
): ReadonlyArray<string> => {
  switch (by) {
    case 'tag':
      return tags.length === 0 ? [''] : tags
    case 'department':
      return [departmentOf(stands.queue) ?? '']
    case 'queue':
      return [stands.queue]
    case 'agent':
      return [stands.agent ?? '']
    case 'channel':
      return [stands.channel]
    case 'day':
      return [dayOf(stands.at)]
  }
}

/** Days at whose end it was open: of the time alone, its last day ending with it. */
function* loadDays({ from, to }: ReportTime, span: Measures['open'][number]): Generator<number> {
  for (let day = Math.floor(Math.max(from, span.from) / dayMs) * dayMs; day < to; day += dayMs) {
    const end = Math.min(day + dayMs, to)
    if (span.to !== null && span.to < end) return
    yield day
  }
}

/** Adds what one conversation has to say. */
export const count = (tally: Tally, { tags, events, open }: Measures): void => {
  const { request, rows, total } = tally
  if (request.tag !== undefined && !tags.includes(request.tag)) return
  const within = ({ queue, channel }: Stands): boolean =>
    (request.queue === undefined || queue === request.queue) &&
    (request.channel === undefined || channel === request.channel)
  const sumsOf = (stands: Stands): ReadonlyArray<Sums> =>
    keysOf(request, tags, stands).map((key) => {
      const known = rows.get(key)
      if (known !== undefined) return known
      const sums = noSums()
      rows.set(key, sums)
      return sums
    })
  for (const event of events) {
    if (!within(event)) continue
    for (const sums of [total, ...sumsOf(event)]) {
      if (event.what === 'answered' || event.what === 'resolved') sums[event.what].push(event.ms ?? 0)
      else sums.counts[event.what] += 1
      if (event.contained !== undefined) sums.counts.bots += 1
      if (event.contained === true) sums.counts.contained += 1
    }
  }
  for (const span of open) {
    if (!within({ at: 0, ...span })) continue
    if (span.to === null) total.counts.load += 1
    if (request.by === 'day') {
      for (const at of loadDays(request, span)) for (const sums of sumsOf({ at, ...span })) sums.counts.load += 1
    } else if (span.to === null) {
      for (const sums of sumsOf({ at: 0, ...span })) sums.counts.load += 1
    }
  }
}

/** The value that so much of all lies at or below, of sorted values: the nearest rank. */
const rank = (sorted: ReadonlyArray<number>, part: number): number =>
  sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0

const durations = (values: ReadonlyArray<number>): Durations => {
  if (values.length === 0) return { count: 0, median: null, p90: null }
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  const median = Number.isInteger(half)
    ? Math.round(((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2)
    : rank(sorted, 0.5)
  return { count: sorted.length, median, p90: rank(sorted, 0.9) }
}

const rowOf = (key: string, { counts, answered, resolved }: Sums): ReportRow => ({
  key,
  started: counts.started,
  received: counts.received,
  sent: counts.sent,
  closed: counts.closed,
  firstResponse: durations(answered),
  resolution: durations(resolved),
  load: counts.load,
  botContainment: counts.bots === 0 ? null : counts.contained / counts.bots,
  slaMissed: counts.slaMissed,
})

/** What has none comes last. */
const byKey = ([a]: readonly [string, Sums], [b]: readonly [string, Sums]): number =>
  a === b ? 0 : a === '' ? 1 : b === '' || a < b ? -1 : 1

export const reportFrom = ({ request, rows, total }: Tally): Report => ({
  from: request.from,
  to: request.to,
  by: request.by,
  rows: [...rows].sort(byKey).map(([key, sums]) => rowOf(key, sums)),
  total: rowOf('', total),
})

/**
 * The figures of these conversations, by rising key; what has none comes last, with an empty key.
 *
 * @example
 * ```ts
 * import { measure, reportOf } from '@guichet/engine/domain'
 *
 * const time = { from: facts.now, to: facts.now + 60_000 }
 * const measured = [measure(journal, time, (_, from, to) => to - from)]
 * const { rows, total } = reportOf(measured, { ...time, by: 'queue', departmentOf: () => undefined })
 * console.log(rows.map(({ key, started, load }) => ({ key, started, load })), total.received)
 * ```
 *
 * ```text
 * [ { key: 'support', started: 1, load: 1 } ] 1
 * ```
 */
export const reportOf = (measured: Iterable<Measures>, request: ReportRequest): Report => {
  const tally = emptyTally(request)
  for (const measures of measured) count(tally, measures)
  return reportFrom(tally)
}
