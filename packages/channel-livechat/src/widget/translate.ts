import type { en } from './strings/en.ts'

/** Every text of the widget, by key. */
export type Strings = Readonly<Record<keyof typeof en, string>>

export interface Language {
  /** BCP 47. */
  readonly locale: string
  readonly dir: 'ltr' | 'rtl'
  /** A number with its unit, such as `megabyte` or `second`. */
  readonly amount: (value: number, unit: string) => string
  readonly t: (key: keyof Strings, values?: Readonly<Record<string, string | number>>) => string
}

const rightToLeft = /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/

/**
 * The language in which the widget speaks: the dictionary of the locale, else of its first subtag, else the first one there
 * is; single texts of the host go before. A locale without dictionary still decides the direction, the dates and the numbers.
 */
export const language = (
  dictionaries: Readonly<Record<string, Strings>>,
  wanted: string,
  own: Partial<Strings>,
): Language => {
  const locale = known(wanted)
  const strings = {
    ...(dictionaries[locale] ?? dictionaries[locale.slice(0, 2)] ?? Object.values(dictionaries)[0]),
    ...own,
  } as Strings
  const plural = new Intl.PluralRules(locale)
  return {
    locale,
    dir: rightToLeft.test(locale) ? 'rtl' : 'ltr',
    amount: (value, unit) =>
      new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value),
    t: (key, values = {}) => {
      const [one = '', other] = strings[key].split('|')
      const form = other !== undefined && plural.select(Number(values['n'])) !== 'one' ? other : one
      return form.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
    },
  }
}

/** A malformed tag would make every `Intl` constructor throw. */
const known = (wanted: string): string => {
  try {
    return new Intl.Locale(wanted).baseName
  } catch {
    return 'en'
  }
}
