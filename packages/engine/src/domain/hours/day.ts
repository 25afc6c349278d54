import type { DayDate, Weekday } from './hours.ts'

/** Days in 400 years of the Gregorian calendar, after which it repeats. */
const era = 146_097
/** From 0000-03-01 to 1970-01-01. */
const epoch = 719_468

/**
 * Days since 1970-01-01. Years begin in March here, so that the leap day is their last: months from March on then begin
 * after 0, 31, 61, 92 … days, which is (153 m + 2) / 5.
 */
export const dayNumber = (date: DayDate): number => {
  const month = Number(date.slice(5, 7))
  const year = Number(date.slice(0, 4)) - (month <= 2 ? 1 : 0)
  const inYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + Number(date.slice(8, 10)) - 1
  return 365 * year + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + inYear - epoch
}

/** The date of a day number. */
export const dayDate = (day: number): DayDate => {
  const shifted = day + epoch
  const cycle = Math.floor(shifted / era)
  const inCycle = shifted - cycle * era
  const year = Math.floor(
    (inCycle - Math.floor(inCycle / 1_460) + Math.floor(inCycle / 36_524) - Math.floor(inCycle / (era - 1))) / 365,
  )
  const inYear = inCycle - (365 * year + Math.floor(year / 4) - Math.floor(year / 100))
  const fromMarch = Math.floor((5 * inYear + 2) / 153)
  const month = ((fromMarch + 2) % 12) + 1
  const fullYear = year + cycle * 400 + (month <= 2 ? 1 : 0)
  const inMonth = inYear - Math.floor((153 * fromMarch + 2) / 5) + 1
  return `${pad(fullYear, 4)}-${pad(month, 2)}-${pad(inMonth, 2)}`
}

const pad = (value: number, digits: number): string => String(value).padStart(digits, '0')

/** 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): Weekday => (((((day + 3) % 7) + 7) % 7) + 1) as Weekday

/** Whether it is a day that the calendar has. */
export const isDayDate = (value: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(value) && dayDate(dayNumber(value)) === value
