import type { Hours, Span, Weekday } from '@guichet/engine/domain'
import { zones } from '../../src/runtime/zones.ts'

/** `9:30` as minutes since midnight. */
export const minutes = (clock: string): number => {
  const [hour = 0, minute = 0] = clock.split(':').map(Number)
  return hour * 60 + minute
}

/** `9:00-12:30 14:00-18:00` as spans. */
export const spans = (text: string): ReadonlyArray<Span> =>
  text
    .split(' ')
    .filter((span) => span !== '')
    .map((span) => {
      const [from = '', to = ''] = span.split('-')
      return { from: minutes(from), to: minutes(to) }
    })

/** Hours of a place: days as ISO counts them, and holidays by date. */
export const hoursIn = (
  timeZone: string,
  week: { readonly [day in Weekday]?: string },
  holidays: Readonly<Record<string, string>> = {},
): Hours => ({
  id: 'h',
  name: 'Hours',
  timeZone,
  week: Object.fromEntries(Object.entries(week).map(([day, text]) => [day, spans(text)])),
  holidays: Object.entries(holidays).map(([date, text]) => ({ date, name: date, spans: spans(text) })),
})

/** The same every day of the week. */
export const daily = (text: string) => ({ 1: text, 2: text, 3: text, 4: text, 5: text, 6: text, 7: text })

/** What the clock there shows, as `2026-03-29 01:30`. */
export const clockIn = (timeZone: string, at: number | null): string | null => {
  if (at === null) return null
  const { date, minute } = zones.local(timeZone, at)
  return `${date} ${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

export const utc = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`)

export const minute = 60_000
export const hour = 60 * minute
