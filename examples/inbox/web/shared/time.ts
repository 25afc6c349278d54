import { signal } from '@preact/signals'
import { language } from './preferences.ts'

/** How far the engine's clock is ahead of this machine's, in milliseconds. */
let ahead = 0

/** What time it is for the engine. */
export const timeNow = (): number => Date.now() + ahead

/** Ticks twice a minute: ages on the screen stay true. */
export const now = signal(timeNow())
setInterval(() => {
  now.value = timeNow()
}, 30_000)

/** Less than this is the way of an answer through the network, in milliseconds. */
const jitter = 1500

/** The engine has said what time it is, some time after `asked`, by this page's own reckoning; whether that was news. */
export const setTime = (at: number, asked = timeNow()): boolean => {
  if (at > asked - jitter && at < timeNow() + jitter) return false
  ahead = at - Date.now()
  now.value = at
  return true
}

const minute = 60_000
const day = 86_400_000

const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0)

/** Whole calendar days between two moments, in the reader's time zone. */
export const daysBetween = (from: number, to: number): number => Math.round((startOfDay(to) - startOfDay(from)) / day)

export const clockTime = (at: number): string =>
  new Intl.DateTimeFormat(language.value, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)

export const shortDate = (at: number): string =>
  new Intl.DateTimeFormat(language.value, { day: 'numeric', month: 'short' }).format(at)

export const longDate = (at: number): string =>
  new Intl.DateTimeFormat(language.value, { weekday: 'long', day: 'numeric', month: 'long' }).format(at)

/** With its year: for what may be long ago. */
export const fullDate = (at: number): string =>
  new Intl.DateTimeFormat(language.value, { day: 'numeric', month: 'short', year: 'numeric' }).format(at)

export const dateAndTime = (at: number): string => `${shortDate(at)} ${clockTime(at)}`

/** Minutes within the hour, the time within the day, the date before that. */
export const age = (at: number): string => {
  const past = Math.max(0, now.value - at)
  if (past < minute) return language.value === 'fr' ? 'à l’instant' : 'now'
  if (past < 60 * minute) return `${Math.floor(past / minute)} min`
  return daysBetween(at, now.value) === 0 ? clockTime(at) : shortDate(at)
}

/** How long something lasts: 12 s, 4 min, 3 h, 2 j. */
export const span = (ms: number): string => {
  if (ms < minute) return `${Math.max(1, Math.floor(ms / 1000))} s`
  if (ms < 60 * minute) return `${Math.floor(ms / minute)} min`
  if (ms < 2 * day) return `${Math.floor(ms / (60 * minute))} h`
  return `${Math.floor(ms / day)} ${language.value === 'fr' ? 'j' : 'd'}`
}

export const fileSize = (bytes: number): string => {
  const units = language.value === 'fr' ? ['o', 'Ko', 'Mo'] : ['B', 'KB', 'MB']
  const step = bytes < 1024 ? 0 : bytes < 1024 * 1024 ? 1 : 2
  const value = bytes / 1024 ** step
  return `${new Intl.NumberFormat(language.value, { maximumFractionDigits: step === 2 ? 1 : 0 }).format(value)} ${units[step]}`
}
