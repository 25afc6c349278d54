import type { Report, ReportRow } from '@guichet/engine/domain'
import { language } from '../../../shared/preferences.ts'
import { span } from '../../../shared/time.ts'
import { p } from '../../words/people/p.ts'

const percent = (part: number | null): string =>
  part === null
    ? '–'
    : new Intl.NumberFormat(language.value, { style: 'percent', maximumFractionDigits: 0 }).format(part)

export const lasting = (ms: number | null): string => (ms === null ? '–' : span(ms))

const Figure = ({
  name,
  label,
  value,
  more,
}: Readonly<Record<'name' | 'label' | 'value', string>> & { more?: string }) => (
  <div class="figure" data-figure={name}>
    <dt>{label}</dt>
    <dd>
      {value}
      {more !== undefined && <span class="under-line">{more}</span>}
    </dd>
  </div>
)

/** The whole time in figures. */
export const Figures = ({ total }: { readonly total: ReportRow }) => (
  <dl class="figures">
    <Figure name="started" label={p().started} value={String(total.started)} />
    <Figure name="received" label={p().received} value={String(total.received)} />
    <Figure name="sent" label={p().sent} value={String(total.sent)} />
    <Figure name="closed" label={p().closed} value={String(total.closed)} />
    <Figure
      name="firstResponse"
      label={p().firstResponse}
      value={lasting(total.firstResponse.median)}
      {...(total.firstResponse.p90 === null ? {} : { more: p().p90(span(total.firstResponse.p90)) })}
    />
    <Figure
      name="resolution"
      label={p().resolution}
      value={lasting(total.resolution.median)}
      {...(total.resolution.p90 === null ? {} : { more: p().p90(span(total.resolution.p90)) })}
    />
    <Figure name="load" label={p().load} value={String(total.load)} />
    <Figure name="bot" label={p().botContainment} value={percent(total.botContainment)} />
    <Figure name="sla" label={p().slaMissed} value={String(total.slaMissed)} />
  </dl>
)

/** How much it is beside the largest; the figure itself stands next to it. */
const Bar = ({ value, most }: { readonly value: number; readonly most: number }) => (
  <svg class="bar-of" width="100%" height="6" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 100 6">
    <rect class="bar-all" width="100" height="6" rx="2" />
    <rect class="bar-part" width={most === 0 ? 0 : (value / most) * 100} height="6" rx="2" />
  </svg>
)

/** One line for each of what the report is by. */
export const Rows = ({
  report,
  by,
  nameOf,
}: {
  readonly report: Report
  readonly by: string
  readonly nameOf: (key: string) => string
}) => {
  const most = Math.max(...report.rows.map(({ received, started }) => Math.max(received, started)), 0)
  return (
    <div class="table-box" role="region" aria-label={p().reportFor(by)} tabIndex={0}>
      <table>
        <caption class="sr">{p().reportFor(by)}</caption>
        <thead>
          <tr>
            <th scope="col">{by}</th>
            <th scope="col">{p().started}</th>
            <th scope="col">{p().received}</th>
            <th scope="col">{p().sent}</th>
            <th scope="col">{p().closed}</th>
            <th scope="col">{p().firstResponse}</th>
            <th scope="col">{p().resolution}</th>
            <th scope="col">{p().load}</th>
            <th scope="col">{p().botContainment}</th>
            <th scope="col">{p().slaMissed}</th>
          </tr>
        </thead>
        <tbody>
          {report.rows.map((row) => (
            <tr key={row.key} data-key={row.key}>
              <th scope="row">{nameOf(row.key)}</th>
              <td>
                {row.started}
                <Bar value={row.started} most={most} />
              </td>
              <td>
                {row.received}
                <Bar value={row.received} most={most} />
              </td>
              <td>{row.sent}</td>
              <td>{row.closed}</td>
              <td>{lasting(row.firstResponse.median)}</td>
              <td>{lasting(row.resolution.median)}</td>
              <td>{row.load}</td>
              <td>{percent(row.botContainment)}</td>
              <td>{row.slaMissed}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
