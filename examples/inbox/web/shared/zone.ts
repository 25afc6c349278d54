import { language } from './preferences.ts'

/** A wall-clock time: a day, and minutes since midnight. */
export interface WallClock {
  readonly date: string
  readonly minute: number
}

export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** What the clocks of a zone show at a moment. */
export const wallClockAt = (at: number, zone: string): WallClock => {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '0'
  return { date: `${of('year')}-${of('month')}-${of('day')}`, minute: Number(of('hour')) * 60 + Number(of('minute')) }
}

const asUtc = ({ date, minute }: WallClock): number => Date.parse(`${date}T00:00:00Z`) + minute * 60_000

/** The moment at which the clocks of a zone show this; twice, since the first guess may fall beyond a change of clocks. */
export const momentOf = (wall: WallClock, zone: string): number => {
  const wanted = asUtc(wall)
  const first = wanted - (asUtc(wallClockAt(wanted, zone)) - wanted)
  return first - (asUtc(wallClockAt(first, zone)) - wanted)
}

export const dayAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** 0 is Sunday. */
export const weekdayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay()

/** As clocks of that zone show it, with the day. */
export const timeIn = (at: number, zone: string): string =>
  new Intl.DateTimeFormat(language.value, {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at)

/** Whether this is a zone that the browser knows. */
export const isZone = (zone: string | null | undefined): zone is string => {
  if (zone === null || zone === undefined || zone === '') return false
  try {
    return Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
