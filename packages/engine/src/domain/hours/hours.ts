/** Minutes since midnight on the wall clock of a place: 540 is 9:00, 1440 the end of the day. */
export type MinuteOfDay = number

/** Open from one minute up to another, the end not included. A span over midnight is two spans. */
export interface Span {
  readonly from: MinuteOfDay
  readonly to: MinuteOfDay
}

/** Days of the week as ISO 8601 counts them: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

/** A day of the calendar, `YYYY-MM-DD`. */
export type DayDate = string

/** A day that is unlike its weekday: closed when it has no spans. */
export interface Holiday {
  readonly date: DayDate
  readonly name: string
  readonly spans: ReadonlyArray<Span>
}

/** When somebody is there: the week of a place, in its own time zone, and the days that differ. */
export interface Hours {
  readonly id: string
  readonly name: string
  /** An IANA time zone, such as `Europe/Paris`. */
  readonly timeZone: string
  /** What is not named is closed. */
  readonly week: { readonly [day in Weekday]?: ReadonlyArray<Span> }
  readonly holidays: ReadonlyArray<Holiday>
}

/** A moment as the clock on the wall of a place shows it. */
export interface LocalTime {
  readonly date: DayDate
  readonly weekday: Weekday
  readonly minute: MinuteOfDay
}

/**
 * The arithmetic of time zones: a fact, supplied from outside, because rules of zones change and a kept library knows
 * them. `instant` answers the earlier of two moments that the clock shows twice, and the first moment after a gap for
 * one that it never shows. Times are epoch milliseconds.
 */
export interface Zones {
  readonly local: (timeZone: string, at: number) => LocalTime
  readonly instant: (timeZone: string, date: DayDate, minute: MinuteOfDay) => number
}
