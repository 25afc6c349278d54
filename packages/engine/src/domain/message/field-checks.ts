/** What fields have to be: parts come from a screen or from a plugin as often as from a compiler. */

export type Fields = Readonly<Record<string, unknown>>

export const textAtMost = 2_000
const labelAtMost = 200
const listAtMost = 20

/** What a field has to be, in words; null when the value is that. */
export type Check = (value: unknown) => string | null

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const text =
  (atMost: number): Check =>
  (value) =>
    typeof value === 'string' && value.trim() !== '' && value.length <= atMost
      ? null
      : `a text of 1 to ${atMost} characters`

export const label = text(labelAtMost)

const amount: Check = (value) =>
  Number.isSafeInteger(value) && (value as number) >= 0
    ? null
    : 'a whole number of the smallest unit of the currency, 0 or more: 1250 is 12.50 euros'

const currency: Check = (value) =>
  typeof value === 'string' && /^[A-Z]{3}$/.test(value) ? null : 'a currency of three capital letters such as EUR'

/** Only what a browser opens without harm: no script, no file. */
export const url: Check = (value) =>
  typeof value === 'string' && value.length <= textAtMost && /^https?:\/\/[^\s/\\"'<>]+[^\s"'<>]*$/i.test(value)
    ? null
    : 'an address that begins with https:// or http://'

const degrees =
  (most: number): Check =>
  (value) =>
    typeof value === 'number' && Math.abs(value) <= most ? null : `degrees from -${most} to ${most}`

export const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined ? null : check(value)

export const listOf =
  (check: Check, least: number): Check =>
  (value) =>
    Array.isArray(value) && value.length >= least && value.length <= listAtMost && value.every((one) => !check(one))
      ? null
      : `a list of ${least} to ${listAtMost}, each ${check(undefined) ?? 'anything'}`

export type Checks = Readonly<Record<string, Check>>

export const issuesOf = (fields: Fields, checks: Checks, prefix = ''): ReadonlyArray<string> =>
  Object.entries(checks).flatMap(([name, check]) => {
    const wanted = check(Object.hasOwn(fields, name) ? fields[name] : undefined)
    return wanted === null ? [] : [`${prefix}${name}: ${wanted}`]
  })

export const money = (price: unknown, prefix = 'price'): ReadonlyArray<string> =>
  isFields(price) ? issuesOf(price, { amount, currency }, `${prefix}.`) : [`${prefix}: { amount, currency }`]

export const place: Checks = {
  latitude: degrees(90),
  longitude: degrees(180),
  label: optional(label),
  address: optional(text(textAtMost)),
}
