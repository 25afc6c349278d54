import type { Refusal } from '../conversation/refusal.ts'
import { type Issues, fieldsOf, shown, textAt } from '../shape.ts'
import { isDayDate } from './day.ts'
import type { Holiday, Hours, Span, Weekday } from './hours.ts'

/** Hours that can be stored, or why not. */
export type CheckedHours =
  | { readonly ok: true; readonly hours: Hours }
  | { readonly ok: false; readonly refusal: Refusal }

const weekdays = ['1', '2', '3', '4', '5', '6', '7'] as const

const clock = (minute: number): string => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`

const spanShown = ({ from, to }: Span): string => `${clock(from)}–${clock(to)}`

const isMinute = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 1_440

const spanAt = (value: unknown, at: string, issues: Issues): Span | null => {
  const { from, to } = fieldsOf(value, at, ['from', 'to'], issues)
  if (!isMinute(from) || !isMinute(to)) {
    issues.push(`${at} needs from and to as whole minutes since midnight, 0 to 1440 (9:00 is 540)`)
    return null
  }
  if (from >= to) {
    issues.push(
      `${at} ends at ${clock(to)}, not after its start at ${clock(from)}: split what goes over midnight in two`,
    )
    return null
  }
  return { from, to }
}

const spansAt = (value: unknown, at: string, issues: Issues): ReadonlyArray<Span> => {
  if (!Array.isArray(value)) {
    issues.push(`${at} must be a list of spans; an empty one is closed`)
    return []
  }
  const spans = value
    .map((each, index) => spanAt(each, `${at}[${index}]`, issues))
    .filter((span) => span !== null)
    .sort((a, b) => a.from - b.from || a.to - b.to)
  let widest = spans[0]
  for (const span of spans.slice(1)) {
    if (widest !== undefined && span.from < widest.to) {
      issues.push(`${at}: ${spanShown(widest)} and ${spanShown(span)} overlap: make one end where the other begins`)
    }
    if (widest === undefined || span.to > widest.to) widest = span
  }
  return spans
}

const weekAt = (value: unknown, issues: Issues): Hours['week'] => {
  const fields = fieldsOf(value, 'week', weekdays, issues, () => 'days are 1 (Monday) to 7 (Sunday)')
  const week: { [day in Weekday]?: ReadonlyArray<Span> } = {}
  for (const day of weekdays) {
    if (fields[day] !== undefined) week[Number(day) as Weekday] = spansAt(fields[day], `week.${day}`, issues)
  }
  return week
}

const holidaysAt = (value: unknown, issues: Issues): ReadonlyArray<Holiday> => {
  if (!Array.isArray(value)) {
    issues.push('holidays must be a list; an empty one when there are none')
    return []
  }
  const named = new Map<string, number>()
  return value.map((each, index) => {
    const at = `holidays[${index}]`
    const fields = fieldsOf(each, at, ['date', 'name', 'spans'], issues)
    const date = typeof fields['date'] === 'string' ? fields['date'] : ''
    const before = named.get(date)
    if (!isDayDate(date)) {
      issues.push(`${at}.date must be a day of the calendar as YYYY-MM-DD, not ${shown(fields['date'])}`)
    } else if (before !== undefined) {
      issues.push(`${at}.date ${date} is that of holidays[${before}]: put their spans in one`)
    } else named.set(date, index)
    return {
      date,
      name: textAt(fields['name'], `${at}.name`, issues),
      spans: spansAt(fields['spans'], `${at}.spans`, issues),
    }
  })
}

/**
 * Whether business hours can be stored. `Invalid` lists everything that has to change: spans that overlap (naming both),
 * that end before they begin or leave the day, days the calendar does not have, holidays named twice, fields nobody
 * knows. Which time zones there are is a fact from outside. The answer has its spans in order.
 *
 * @example
 * ```ts
 * import { checkHours } from '@guichet/engine/domain'
 *
 * const spans = [{ from: 540, to: 780 }, { from: 720, to: 1080 }]
 * const checked = checkHours({ ...office, week: { 1: spans } }, (timeZone) => timeZone === 'UTC')
 * if (!checked.ok && checked.refusal._tag === 'Invalid') console.log(checked.refusal.issues)
 * ```
 *
 * ```text
 * [
 *   'week.1: 9:00–13:00 and 12:00–18:00 overlap: make one end where the other begins'
 * ]
 * ```
 */
export const checkHours = (raw: unknown, isZone: (timeZone: string) => boolean): CheckedHours => {
  const issues: Issues = []
  const fields = fieldsOf(raw, 'hours', ['id', 'name', 'timeZone', 'week', 'holidays'], issues)
  // Not an object at all: one line says it all.
  if (issues.length === 1 && Object.keys(fields).length === 0) {
    return { ok: false, refusal: { _tag: 'Invalid', what: 'hours', issues } }
  }
  const timeZone = textAt(fields['timeZone'], 'timeZone', issues)
  if (timeZone !== '' && !isZone(timeZone)) {
    issues.push(`timeZone must be an IANA time zone such as Europe/Paris, not ${shown(timeZone)}`)
  }
  const hours: Hours = {
    id: textAt(fields['id'], 'id', issues),
    name: textAt(fields['name'], 'name', issues),
    timeZone,
    week: weekAt(fields['week'], issues),
    holidays: holidaysAt(fields['holidays'], issues),
  }
  return issues.length === 0 ? { ok: true, hours } : { ok: false, refusal: { _tag: 'Invalid', what: 'hours', issues } }
}
