import { useState } from 'preact/hooks'
import { clockTime, dateAndTime, timeNow } from '../../../shared/time.ts'
import {
  dayAfter,
  isZone,
  momentOf,
  ownZone,
  timeIn,
  type WallClock,
  wallClockAt,
  weekdayOf,
} from '../../../shared/zone.ts'
import type { Failure } from '../../api.ts'
import { explain } from '../../state/acts.ts'
import { useContact } from '../../state/contacts.ts'
import { conversation, displayName } from '../../state/conversations.ts'
import { closeMenu, menu } from '../../state/menus.ts'
import { type At, changeScheduled, rescheduling, scheduleDraft } from '../../state/schedule.ts'
import { toast } from '../../state/toasts.ts'
import { firstName } from '../../state/workspace.ts'
import { w } from '../../words/writing/w.ts'
import { t } from '../../words/t.ts'
import { type Choice, Choices } from '../choices.tsx'

const clock = (hour: number): number => hour * 60

/** The usual times, by the clocks of a zone, seen from now; those that have passed are not offered. */
export const times = (now: number, zone: string): ReadonlyArray<{ readonly id: string; readonly wall: WallClock }> => {
  const { date } = wallClockAt(now, zone)
  const to = (weekday: number): string => dayAfter(date, (weekday - weekdayOf(date) + 7) % 7 || 7)
  return [
    { id: '3h', wall: wallClockAt(now + 3 * 3_600_000, zone) },
    { id: 'noon', wall: { date, minute: clock(13) } },
    { id: 'evening', wall: { date, minute: clock(19) } },
    { id: 'tomorrow', wall: { date: dayAfter(date, 1), minute: clock(8) } },
    { id: 'saturday', wall: { date: to(6), minute: clock(10) } },
    { id: 'monday', wall: { date: to(1), minute: clock(8) } },
  ].filter(
    ({ wall }, at, all) =>
      momentOf(wall, zone) > now &&
      // Tomorrow may be Monday.
      all.findIndex((one) => one.wall.date === wall.date && one.wall.minute === wall.minute) === at,
  )
}

const asField = ({ date, minute }: WallClock): string =>
  `${date}T${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

const fromField = (value: string): WallClock | null => {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)/.exec(value)
  return match === null ? null : { date: match[1] ?? '', minute: Number(match[2]) * 60 + Number(match[3]) }
}

/** When an answer leaves: by one's own clock or by the customer's. */
export const ScheduleMenu = ({ id }: { readonly id: string }) => {
  const summary = conversation(id)
  const name = summary === undefined ? t().visitor : firstName(displayName(summary))
  const contact = useContact(summary?.contact.id ?? '')
  const said = contact?.timeZone ?? contact?.attributes['timezone']
  const theirs = isZone(said) && said !== ownZone() ? said : null
  const [byTheirs, setByTheirs] = useState(true)
  const [unless, setUnless] = useState(true)
  const [failure, setFailure] = useState<Failure | null>(null)
  const now = timeNow()
  const zone = theirs !== null && byTheirs ? theirs : ownZone()
  const [custom, setCustom] = useState('')
  const field = custom === '' ? asField({ date: dayAfter(wallClockAt(now, zone).date, 1), minute: clock(8) }) : custom
  const schedule = rescheduling.value
  const choose = async (wall: WallClock) => {
    // The engine knows the customer's zone as well as the desk: it is told the wall-clock time, and says the moment.
    const at: At = zone === theirs && contact?.timeZone === theirs ? wall : momentOf(wall, zone)
    const opened = menu.value
    const refused =
      schedule === null ? await scheduleDraft(id, at, unless) : await changeScheduled(id, schedule, { at })
    setFailure(refused)
    if (refused !== null) return
    // Another one may have been opened meanwhile.
    if (menu.value === opened) closeMenu()
    toast(w().scheduledFor(dateAndTime(momentOf(wall, zone))))
  }
  const choices = times(now, zone).map(
    ({ id: preset, wall }): Choice => ({
      id: preset,
      label: preset === 'noon' ? w().schedule_noon : t()[`snooze_${preset}` as 'snooze_3h'],
      hint:
        zone === theirs
          ? w().theirTime(timeIn(momentOf(wall, zone), zone), name, clockTime(momentOf(wall, zone)))
          : dateAndTime(momentOf(wall, zone)),
      icon: 'clock',
      run: () => void choose(wall),
    }),
  )
  return (
    <>
      {theirs !== null && (
        <label class="popover-check">
          <input type="checkbox" checked={byTheirs} onChange={(event) => setByTheirs(event.currentTarget.checked)} />
          {w().byTheirClock(name, theirs)}
        </label>
      )}
      {schedule === null && (
        <label class="popover-check">
          <input type="checkbox" checked={unless} onChange={(event) => setUnless(event.currentTarget.checked)} />
          {w().unlessTheyWrite(name)}
        </label>
      )}
      <Choices label={t().schedule} field={false} choices={choices} />
      <form
        class="popover-form"
        onSubmit={(event) => {
          event.preventDefault()
          const wall = fromField(field)
          if (wall !== null) void choose(wall)
        }}
      >
        <label>
          {t().snooze_custom}
          <input type="datetime-local" value={field} onInput={(event) => setCustom(event.currentTarget.value)} />
        </label>
        {failure !== null && (
          <p class="field-problem" role="alert">
            {explain(failure, id)}
          </p>
        )}
        <button type="submit" class="button primary">
          {schedule === null ? t().schedule : t().save}
        </button>
      </form>
    </>
  )
}
