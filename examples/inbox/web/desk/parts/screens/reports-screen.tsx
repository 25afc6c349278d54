import { csvOf, type Report, type ReportBy } from '@guichet/engine/domain'
import { useEffect, useState } from 'preact/hooks'
import { Icon } from '../../../shared/icon.tsx'
import { fullDate } from '../../../shared/time.ts'
import type { Failure } from '../../api.ts'
import { call } from '../../engine.ts'
import { narrowScreen, screen } from '../../state/place.ts'
import { loadTags, tagDefinitions } from '../../state/tags.ts'
import { agentName, queueName, setup } from '../../state/workspace.ts'
import { contactSentence } from '../../words/people/refused.ts'
import { p } from '../../words/people/p.ts'
import { t } from '../../words/t.ts'
import { channelName } from '../../words/channel-name.ts'
import { download } from '../download.ts'
import { Pick } from './pick.tsx'
import { Figures, Rows } from './report-figures.tsx'
import { dayField, periodOf, periods } from './report-period.ts'
import { ScreenFrame } from './screen.tsx'

const kinds: ReadonlyArray<ReportBy> = ['day', 'queue', 'department', 'agent', 'channel', 'tag']

const nameOf =
  (by: ReportBy) =>
  (key: string): string => {
    if (key === '') return p().none
    switch (by) {
      case 'tag':
        return key
      case 'department':
        return setup.value?.departments.find(({ id }) => id === key)?.name ?? key
      case 'queue':
        return queueName(key)
      case 'agent':
        return agentName(key)
      case 'channel':
        return channelName(key)
      case 'day':
        return fullDate(Date.parse(`${key}T12:00:00`))
    }
  }

/** What was read last, so that coming back shows it at once. */
let kept: Report | null = null

const Controls = ({ by, to }: { readonly by: ReportBy; readonly to: number }) => {
  const of = screen.value?.of ?? {}
  const own = (of['from'] ?? '') !== ''
  const days = own ? 'own' : (of['days'] ?? '7')
  const channels = [...new Set(setup.value?.accounts.map(({ channel }) => channel))]
  return (
    <div class="controls">
      <Pick
        label={p().by}
        value={by}
        options={kinds.map((one) => [one, `${p().by} : ${p()[`by_${one}`].toLowerCase()}`])}
        onPick={(one) => narrowScreen({ by: one })}
      />
      <Pick
        label={p().period}
        value={days}
        options={[...periods.map((one) => [String(one), p()[`period_${one}`]] as const), ['own', p().ownPeriod]]}
        onPick={(one) =>
          narrowScreen(
            one === 'own' ? { from: dayField(to - 7 * 86_400_000), to: dayField(to) } : { days: one, from: '', to: '' },
          )
        }
      />
      {own && (
        <>
          {(['from', 'to'] as const).map((one) => (
            <input
              key={one}
              class="pick"
              type="date"
              aria-label={p()[one]}
              value={of[one]}
              onChange={(event) => narrowScreen({ [one]: event.currentTarget.value })}
            />
          ))}
        </>
      )}
      <Pick
        label={p().by_queue}
        value={of['queue'] ?? ''}
        options={[['', p().allQueues], ...(setup.value?.queues.map(({ id, name }) => [id, name] as const) ?? [])]}
        onPick={(queue) => narrowScreen({ queue })}
      />
      <Pick
        label={p().by_channel}
        value={of['channel'] ?? ''}
        options={[['', p().allChannels], ...channels.map((one) => [one, channelName(one)] as const)]}
        onPick={(channel) => narrowScreen({ channel })}
      />
      <Pick
        label={p().by_tag}
        value={of['tag'] ?? ''}
        options={[['', p().allTags], ...(tagDefinitions.value?.map(({ id }) => [id, id] as const) ?? [])]}
        onPick={(tag) => narrowScreen({ tag })}
      />
    </div>
  )
}

/** What happened over a time, by one thing, as figures and as a file. */
export const ReportsScreen = () => {
  const of = screen.value?.of ?? {}
  const by = kinds.find((one) => one === of['by']) ?? 'queue'
  const now = setup.value?.now
  const [report, setReport] = useState<Report | null>(kept)
  const [failure, setFailure] = useState<Failure | null>(null)
  const period = now === undefined ? undefined : periodOf(of, now)
  const asked = period && JSON.stringify({ ...period, by, queue: of['queue'], channel: of['channel'], tag: of['tag'] })
  useEffect(() => void loadTags(), [])
  useEffect(() => {
    if (asked === undefined || asked === null) return
    let stale = false
    const wanted = Object.entries(JSON.parse(asked) as Record<string, unknown>).filter(([, value]) => value !== '')
    void call('report', Object.fromEntries(wanted) as never).then((answer) => {
      if (stale) return
      setFailure(answer.ok ? null : answer.failure)
      if (answer.ok) setReport((kept = answer.value))
    })
    return () => {
      stale = true
    }
  }, [asked])
  const forbidden = failure?._tag === 'Forbidden'
  const shown = failure === null && report?.by === by ? report : null
  return (
    <ScreenFrame
      name="reports"
      title={t().screen_reports}
      acts={
        shown !== null && (
          <button
            type="button"
            class="button"
            aria-label={p().csv}
            onClick={() => download(`report-${by}-${dayField(shown.from)}.csv`, 'text/csv', csvOf(shown))}
          >
            <Icon name="download" />
            <span class="button-label">{p().csv}</span>
          </button>
        )
      }
    >
      {!forbidden && <Controls by={by} to={now ?? Date.now()} />}
      {period === null && <p class="screen-note">{p().bad_period}</p>}
      {failure !== null && (
        <p class="screen-note" role="alert">
          {forbidden ? p().reportForbidden : contactSentence(failure)}
        </p>
      )}
      {shown !== null && period !== null && (
        <>
          <Figures total={shown.total} />
          {shown.rows.length === 0 ? (
            <p class="screen-note">{p().reportEmpty}</p>
          ) : (
            <Rows report={shown} by={p()[`by_${by}`]} nameOf={nameOf(by)} />
          )}
        </>
      )}
    </ScreenFrame>
  )
}
