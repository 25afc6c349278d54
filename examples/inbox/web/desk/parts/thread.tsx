import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Icon } from '../../shared/icon.tsx'
import { clockTime, daysBetween, longDate, now } from '../../shared/time.ts'
import { as, type Message, type Summary } from '../api.ts'
import { displayName } from '../state/conversations.ts'
import type { Asked } from '../state/asked-parts.ts'
import { typing } from '../state/feed.ts'
import { leavingFrom } from '../state/outbox.ts'
import { catchUp, loadOlder, sought, type Thread, threadOf } from '../state/thread.ts'
import { agentShort, firstName } from '../state/workspace.ts'
import { t } from '../words/t.ts'
import { later } from './later.tsx'
import { MessageView } from './message.tsx'
import { Words } from './message-body.tsx'
import { happened, leadsTo, SystemLine } from './system-line.tsx'
import { Looking } from './writing/looking.tsx'

const LeavingPart = later(() => import('./message/rarely.ts').then((it) => it.LeavingPart), { soon: true })

type Line =
  | { readonly kind: 'message'; readonly at: number; readonly seq: number; readonly message: Message }
  | {
      readonly kind: 'event'
      readonly at: number
      readonly seq: number
      readonly text: string
      readonly to: string | null
    }

/** One order for what was loaded and what arrived: when it was written, then as it was stored. */
const linesOf = (thread: Thread): ReadonlyArray<Line> =>
  thread.entries
    .flatMap((entry): ReadonlyArray<Line> => {
      const message = thread.messages.get(entry.seq)
      const text = happened(entry)
      if (message !== undefined) {
        const said: Line = { kind: 'message', at: message.sentAt, seq: entry.seq, message }
        return text === null
          ? [said]
          : [said, { kind: 'event', at: message.sentAt, seq: entry.seq, text, to: leadsTo(entry) }]
      }
      return text === null ? [] : [{ kind: 'event', at: entry.at, seq: entry.seq, text, to: leadsTo(entry) }]
    })
    .sort((a, b) => a.at - b.at || a.seq - b.seq)

/** What was asked and what was answered, as far as it is on the page. */
const askedIn = (thread: Thread): Asked => {
  const parts = [...thread.messages.values()].flatMap((message) => (message.deleted ? [] : message.parts))
  return {
    answered: new Set(parts.flatMap((part) => (part._tag === 'FormAnswer' ? [part.form] : []))),
    chosen: new Set(parts.flatMap((part) => (part._tag === 'Chosen' ? [part.choice] : []))),
  }
}

const dayName = (at: number): string => {
  const days = daysBetween(at, now.value)
  return days === 0 ? t().today : days === 1 ? t().yesterday : longDate(at)
}

const Lines = ({ id, thread, contact }: { readonly id: string; readonly thread: Thread; readonly contact: string }) => {
  let day: string | null = null
  const asked = askedIn(thread)
  return (
    <>
      {linesOf(thread).flatMap((line) => {
        const name = dayName(line.at)
        const newDay = name !== day
        day = name
        return [
          newDay && (
            <li key={`day-${name}`} class="day">
              {name}
            </li>
          ),
          thread.newFrom === line.seq && line.kind === 'message' && (
            <li key="new" class="new-line" id="new-line">
              <span>{t().newLine}</span>
            </li>
          ),
          line.kind === 'message' ? (
            <MessageView key={line.seq} conversation={id} message={line.message} contact={contact} asked={asked} />
          ) : (
            <SystemLine key={`event-${line.seq}`} text={line.text} at={line.at} to={line.to} />
          ),
        ]
      })}
    </>
  )
}

const LeavingLines = ({ id }: { readonly id: string }) => (
  <>
    {leavingFrom(id).map((one) => (
      <li key={one.key} class={`message pending ${one.mode === 'note' ? 'note' : 'out'}`}>
        <div class="meta">
          <span class="author">{t().you(agentShort(as))}</span>
          <time>{clockTime(one.at)}</time>
          <span class="delivery">
            <Icon name="clock" size={12} /> {one.waiting ? t().waitingToLeave : t().status_sending}
          </span>
        </div>
        <div class="bubble">
          {one.text !== '' && <Words text={one.text} />}
          {one.extras.parts.map((part, at) => (
            <LeavingPart key={at} part={part} />
          ))}
          {one.files.map((file) => (
            <span key={file.name} class="file">
              <Icon name="file" />
              <span class="file-name">{file.name}</span>
            </span>
          ))}
        </div>
      </li>
    ))}
  </>
)

const TypingLine = ({ current }: { readonly current: Summary }) => {
  const heard = typing.value.get(current.id)
  const shown = heard !== undefined && heard.by.id !== as
  const name = heard?.by.kind === 'agent' ? agentShort(heard.by.id) : firstName(displayName(current))
  return (
    <p class="typing" aria-live="polite">
      {shown ? t().writing(name) : ''}
    </p>
  )
}

/** Where each conversation was left, in pixels from the top; absent for those left at the bottom. */
const positions = new Map<string, number>()
const nearBottom = 48

const below = (box: HTMLElement): number => box.scrollHeight - box.scrollTop - box.clientHeight
const isNearBottom = (box: HTMLElement): boolean => below(box) < nearBottom

/**
 * Lands on what was looked for, else on what is new, else where it was left, else at the bottom; sticks to the bottom
 * only when it is there.
 */
const usePosition = (id: string, ready: boolean, size: number, newFrom: number | null) => {
  const box = useRef<HTMLDivElement>(null)
  const stuck = useRef(true)
  const landed = useRef<string | null>(null)
  const landedNew = useRef<number | null>(null)
  const found = useRef<typeof sought.value>(null)
  const wanted = sought.value?.conversation === id ? sought.value : null
  const [away, setAway] = useState(false)
  const toBottom = () => {
    if (box.current !== null) box.current.scrollTop = box.current.scrollHeight
  }
  useLayoutEffect(() => {
    if (!ready || box.current === null) return
    const there = (seq: number) => box.current?.querySelector(`[data-seq="${seq}"]`) ?? null
    const looked = wanted === null || wanted === found.current ? null : there(wanted.seq)
    if (looked !== null) {
      found.current = wanted
      landed.current = id
      landedNew.current = newFrom
      looked.scrollIntoView({ block: 'center' })
      stuck.current = isNearBottom(box.current)
      return
    }
    const line = document.getElementById('new-line')
    if (landed.current === id && line !== null && landedNew.current !== newFrom) {
      // It was shown as it had been left, and now it is known what came since.
      landedNew.current = newFrom
      line.scrollIntoView({ block: 'center' })
      return
    }
    landedNew.current = newFrom
    if (landed.current !== id) {
      landed.current = id
      const kept = positions.get(id)
      if (line !== null) line.scrollIntoView({ block: 'center' })
      else if (kept !== undefined) box.current.scrollTop = kept
      else toBottom()
      stuck.current = isNearBottom(box.current)
      return
    }
    if (stuck.current) toBottom()
  }, [id, ready, size, newFrom, wanted])
  useEffect(() => {
    const element = box.current
    if (element === null) return
    // Pictures and frames grow after they are placed.
    const grown = new ResizeObserver(() => {
      if (stuck.current) toBottom()
    })
    for (const child of element.children) grown.observe(child)
    grown.observe(element)
    return () => grown.disconnect()
  }, [id])
  const onScroll = () => {
    const element = box.current
    if (element === null || landed.current !== id) return
    stuck.current = isNearBottom(element)
    setAway(below(element) > 240)
    if (stuck.current) positions.delete(id)
    else positions.set(id, element.scrollTop)
  }
  return { box, onScroll, away, toBottom }
}

export const ThreadView = ({ current }: { readonly current: Summary }) => {
  const { id } = current
  const thread = threadOf(id)
  const pending = leavingFrom(id).length
  const { box, onScroll, away, toBottom } = usePosition(
    id,
    thread.state === 'ready',
    thread.entries.length + pending,
    thread.newFrom,
  )
  if (thread.state === 'failed') {
    return (
      <div class="thread">
        <div class="empty">
          <p>{thread.failure?._tag === 'NotFound' ? t().no_NotFound : t().no_network}</p>
          <button type="button" class="button" onClick={() => void catchUp(id)}>
            {t().tryAgain}
          </button>
        </div>
      </div>
    )
  }
  return (
    <div class="thread-box">
      <Looking current={current} />
      <div class="thread" ref={box} onScroll={onScroll} role="region" aria-label={t().conversation} tabIndex={0}>
        <ol class="lines">
          {thread.before !== null && (
            <li class="older">
              <button type="button" class="link" onClick={() => void loadOlder(id)}>
                {t().older}
              </button>
            </li>
          )}
          <Lines id={id} thread={thread} contact={displayName(current)} />
          <LeavingLines id={id} />
        </ol>
        <TypingLine current={current} />
      </div>
      {away && (
        <button type="button" class="to-bottom icon-button" aria-label={t().jumpDown} onClick={toBottom}>
          <Icon name="back" />
        </button>
      )}
    </div>
  )
}
