import type { Screen } from '../../state/place.ts'

const dayMs = 86_400_000
export const periods = [1, 7, 30, 90] as const

export interface Period {
  readonly from: number
  /** Not included. */
  readonly to: number
}

/** The day of a moment as a date field writes it, in the reader's time zone. */
export const dayField = (at: number): string => {
  const date = new Date(at)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

const startOf = (day: string): number | null => {
  const at = new Date(`${day}T00:00:00`).getTime()
  return Number.isNaN(at) ? null : at
}

const nextDay = (at: number): number => new Date(at).setHours(24, 0, 0, 0)

/** Whole days of the reader, the last one today unless another is named; null when they mean nothing. */
export const periodOf = (of: Screen['of'], now: number): Period | null => {
  if (of['from'] !== undefined && of['from'] !== '') {
    const [from, to] = [startOf(of['from']), startOf(of['to'] ?? '')]
    return from === null || to === null || to < from ? null : { from, to: nextDay(to) }
  }
  const asked = Number(of['days'] ?? 7)
  const days = periods.find((one) => one === asked) ?? 7
  return { from: new Date(now - (days - 1) * dayMs).setHours(0, 0, 0, 0), to: nextDay(now) }
}
