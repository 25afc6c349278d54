import type { Report, ReportRow } from './report.ts'

const columns: ReadonlyArray<readonly [name: string, of: (row: ReportRow) => number | null]> = [
  ['started', (row) => row.started],
  ['received', (row) => row.received],
  ['sent', (row) => row.sent],
  ['closed', (row) => row.closed],
  ['first responses', (row) => row.firstResponse.count],
  ['first response median (s)', (row) => seconds(row.firstResponse.median)],
  ['first response p90 (s)', (row) => seconds(row.firstResponse.p90)],
  ['resolutions', (row) => row.resolution.count],
  ['resolution median (s)', (row) => seconds(row.resolution.median)],
  ['resolution p90 (s)', (row) => seconds(row.resolution.p90)],
  ['load', (row) => row.load],
  ['bot containment', (row) => row.botContainment],
  ['SLA missed', (row) => row.slaMissed],
]

const seconds = (ms: number | null): number | null => (ms === null ? null : Math.round(ms / 1_000))

/** A spreadsheet takes a text that begins so for a formula; a quote in front keeps it a text. */
const formula = /^[=+\-@\t\r]/

const cell = (text: string): string => {
  const safe = formula.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const line = (first: string, rest: ReadonlyArray<string>): string => `${[first, ...rest].map(cell).join(',')}\r\n`

const rowLine = (name: string, row: ReportRow): string =>
  line(
    name,
    columns.map(([, of]) => String(of(row) ?? '')),
  )

/**
 * A report as CSV (RFC 4180): a header, a line for each row, and the total. Durations are seconds; what is not known is
 * empty. Keys are other people's words, so none of them can become a formula.
 *
 * @example
 * ```ts
 * import { csvOf, reportOf } from '@guichet/engine/domain'
 *
 * const report = reportOf([], { from: 0, to: 1, by: 'queue', departmentOf: () => undefined })
 * console.log(csvOf(report).split('\r\n')[1])
 * ```
 *
 * ```text
 * total,0,0,0,0,0,,,0,,,0,,0
 * ```
 */
export const csvOf = (report: Report): string =>
  [
    line(
      report.by,
      columns.map(([name]) => name),
    ),
    ...report.rows.map((row) => rowLine(row.key, row)),
    rowLine('total', report.total),
  ].join('')
