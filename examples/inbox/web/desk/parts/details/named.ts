import { language } from '../../../shared/preferences.ts'
import { now } from '../../../shared/time.ts'

/** What a code is called in the reader's language; the code itself where nobody knows. */
const named = (type: 'language' | 'region' | 'currency', code: string): string => {
  try {
    return new Intl.DisplayNames(language.value, { type }).of(code) ?? code
  } catch {
    return code
  }
}

export const languageName = (tag: string | null): string | null => (tag === null ? null : named('language', tag))

export const countryName = (code: string | null): string | null =>
  code === null ? null : `${named('region', code)} (${code})`

export const currencyName = (code: string | null): string | null =>
  code === null ? null : `${named('currency', code)} (${code})`

/** What the clock says there now, and where that is. */
export const timeIn = (zone: string | null | undefined): string | null => {
  if (zone === null || zone === undefined || zone === '') return null
  try {
    const clock = new Intl.DateTimeFormat(language.value, {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone: zone,
    })
    return `${clock.format(now.value)} (${zone})`
  } catch {
    return zone
  }
}
