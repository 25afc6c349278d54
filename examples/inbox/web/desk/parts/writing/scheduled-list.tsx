import { useEffect, useState } from 'preact/hooks'
import { Icon } from '../../../shared/icon.tsx'
import { dateAndTime } from '../../../shared/time.ts'
import type { Failure } from '../../api.ts'
import { explain } from '../../state/acts.ts'
import { openMenu } from '../../state/menus.ts'
import {
  cancelScheduled,
  changeScheduled,
  loadScheduled,
  rescheduling,
  type Scheduled,
  scheduledIn,
} from '../../state/schedule.ts'
import { threadOf } from '../../state/thread.ts'
import { toast } from '../../state/toasts.ts'
import { agentShort } from '../../state/workspace.ts'
import { as } from '../../api.ts'
import { w } from '../../words/writing/w.ts'
import { t } from '../../words/t.ts'

const tell = (failure: Failure | null, id: string, done: string): boolean => {
  if (failure === null) toast(done)
  else toast(explain(failure, id), { tone: 'refused' })
  return failure === null
}

const One = ({ id, one }: { readonly id: string; readonly one: Scheduled }) => {
  const [text, setText] = useState<string | null>(null)
  const mine = one.by === as
  if (text !== null) {
    return (
      <li class="scheduled editing">
        <textarea
          aria-label={w().scheduledText}
          rows={3}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') {
              event.stopPropagation()
              setText(null)
            }
          }}
        />
        <span class="scheduled-acts">
          <button type="button" class="button small" onClick={() => setText(null)}>
            {t().cancel}
          </button>
          <button
            type="button"
            class="button small primary"
            disabled={text.trim() === ''}
            onClick={async () => {
              if (tell(await changeScheduled(id, one.id, { text }), id, w().scheduleChanged)) setText(null)
            }}
          >
            {t().save}
          </button>
        </span>
      </li>
    )
  }
  return (
    <li class="scheduled">
      <Icon name="clock" size={14} />
      <span class="grow">
        <b>{dateAndTime(one.at)}</b>
        {mine ? '' : ` · ${agentShort(one.by)}`}
        {one.unlessTheyWrite && ` · ${w().unlessTheyWriteShort}`}
        <span class="scheduled-words">{one.text}</span>
      </span>
      {mine && (
        <>
          <button
            type="button"
            class="icon-button small"
            aria-label={w().otherTime}
            title={w().otherTime}
            onClick={(event) => {
              rescheduling.value = one.id
              openMenu('schedule', id, event.currentTarget)
            }}
          >
            <Icon name="clock" size={14} />
          </button>
          <button
            type="button"
            class="icon-button small"
            aria-label={t().edit}
            title={t().edit}
            onClick={() => setText(one.text)}
          >
            <Icon name="pencil" size={14} />
          </button>
        </>
      )}
      <button
        type="button"
        class="icon-button small"
        aria-label={w().cancelSchedule}
        title={w().cancelSchedule}
        onClick={async () => tell(await cancelScheduled(id, one.id, mine ? one.text : ''), id, w().scheduleCancelled)}
      >
        <Icon name="close" size={14} />
      </button>
    </li>
  )
}

/** What waits for its time in this conversation, soonest first. */
export const ScheduledList = ({ id }: { readonly id: string }) => {
  const known = JSON.stringify(threadOf(id).full?.scheduled ?? [])
  useEffect(() => {
    if (known !== '[]' || scheduledIn(id).length > 0) void loadScheduled(id)
  }, [id, known])
  const waiting = scheduledIn(id)
  if (waiting.length === 0) return null
  return (
    <ul class="scheduled-list" aria-label={w().scheduledMessages}>
      {[...waiting]
        .sort((a, b) => a.at - b.at)
        .map((one) => (
          <One key={one.id} id={id} one={one} />
        ))}
    </ul>
  )
}
