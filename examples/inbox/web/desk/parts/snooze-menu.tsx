import { useState } from 'preact/hooks'
import { dateAndTime } from '../../shared/time.ts'
import { t } from '../words/t.ts'
import { type Choice, Choices } from './choices.tsx'

const at = (days: number, hour: number, now: number): number => {
  const date = new Date(now)
  date.setDate(date.getDate() + days)
  return date.setHours(hour, 0, 0, 0)
}

/** Days from today to the next such weekday; 0 is Sunday. */
const daysTo = (weekday: number, now: number): number => (weekday - new Date(now).getDay() + 7) % 7 || 7

/** The usual ends of a snooze, seen from now. */
export const presets = (now: number): ReadonlyArray<{ readonly id: string; readonly until: number }> =>
  [
    { id: '3h', until: now + 3 * 3_600_000 },
    { id: 'evening', until: at(0, 19, now) },
    { id: 'tomorrow', until: at(1, 8, now) },
    { id: 'saturday', until: at(daysTo(6, now), 10, now) },
    { id: 'monday', until: at(daysTo(1, now), 8, now) },
  ]
    .filter(({ until }) => until > now)
    .sort((a, b) => a.until - b.until)

/** As `datetime-local` writes a time. */
const localTime = (time: number): string => {
  const date = new Date(time)
  return new Date(time - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

export const SnoozeMenu = ({ run }: { readonly run: (until: number | null) => void }) => {
  const [custom, setCustom] = useState(localTime(at(1, 8, Date.now())))
  const choices: ReadonlyArray<Choice> = [
    ...presets(Date.now()).map(({ id, until }) => ({
      id,
      label: t()[`snooze_${id}` as 'snooze_3h'],
      hint: dateAndTime(until),
      icon: 'clock' as const,
      run: () => run(until),
    })),
    { id: 'endless', label: t().snooze_endless, icon: 'clock' as const, run: () => run(null) },
  ]
  return (
    <>
      <Choices label={t().snooze} field={false} choices={choices} />
      <form
        class="popover-form"
        onSubmit={(event) => {
          event.preventDefault()
          const until = new Date(custom).getTime()
          if (Number.isFinite(until)) run(until)
        }}
      >
        <label>
          {t().snooze_custom}
          <input
            type="datetime-local"
            value={custom}
            min={localTime(Date.now())}
            onInput={(event) => setCustom(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="button primary">
          {t().snoozeDo}
        </button>
      </form>
    </>
  )
}
