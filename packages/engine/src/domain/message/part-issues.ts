/**
 * What a rich part has to be. Parts come from a screen or from a plugin as often as from a compiler, so that every
 * field is looked at for what it is and not for what its type says.
 */

type Fields = Readonly<Record<string, unknown>>

const labelAtMost = 200
const textAtMost = 2_000
const listAtMost = 20

/** What a field has to be, in words; null when the value is that. */
type Check = (value: unknown) => string | null

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const text =
  (atMost: number): Check =>
  (value) =>
    typeof value === 'string' && value.trim() !== '' && value.length <= atMost
      ? null
      : `a text of 1 to ${atMost} characters`

const label = text(labelAtMost)

const amount: Check = (value) =>
  Number.isSafeInteger(value) && (value as number) >= 0
    ? null
    : 'a whole number of the smallest unit of the currency, 0 or more: 1250 is 12.50 euros'

const quantity: Check = (value) =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? null : 'a whole number, 0 or more'

const currency: Check = (value) =>
  typeof value === 'string' && /^[A-Z]{3}$/.test(value) ? null : 'a currency of three capital letters such as EUR'

/** Only what a browser opens without harm: no script, no file. */
const url: Check = (value) =>
  typeof value === 'string' && value.length <= textAtMost && /^https?:\/\/[^\s/\\"'<>]+[^\s"'<>]*$/i.test(value)
    ? null
    : 'an address that begins with https:// or http://'

const degrees =
  (most: number): Check =>
  (value) =>
    typeof value === 'number' && Math.abs(value) <= most ? null : `degrees from -${most} to ${most}`

const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined ? null : check(value)

const listOf =
  (check: Check, least: number): Check =>
  (value) =>
    Array.isArray(value) && value.length >= least && value.length <= listAtMost && value.every((one) => !check(one))
      ? null
      : `a list of ${least} to ${listAtMost}, each ${check(undefined) ?? 'anything'}`

const flat: Check = (value) =>
  isFields(value) &&
  Object.values(value).every(
    (one) => (typeof one === 'string' && one.length <= 10_000) || typeof one === 'boolean' || Number.isFinite(one),
  )
    ? null
    : 'texts, numbers, true or false by the names of their fields'

type Checks = Readonly<Record<string, Check>>

const issuesOf = (fields: Fields, checks: Checks, prefix = ''): ReadonlyArray<string> =>
  Object.entries(checks).flatMap(([name, check]) => {
    const wanted = check(Object.hasOwn(fields, name) ? fields[name] : undefined)
    return wanted === null ? [] : [`${prefix}${name}: ${wanted}`]
  })

const money = (price: unknown): ReadonlyArray<string> =>
  isFields(price) ? issuesOf(price, { amount, currency }, 'price.') : ['price: { amount, currency }']

const choices = (value: unknown): ReadonlyArray<string> => {
  if (!Array.isArray(value) || value.length === 0 || value.length > listAtMost) return [`choices: 1 to ${listAtMost}`]
  const given: ReadonlyArray<unknown> = value
  return given.flatMap((one, index) => {
    if (!isFields(one)) return [`choices[${index}]: { id, label }`]
    const issues = issuesOf(one, { id: label, label }, `choices[${index}].`)
    if (issues.length > 0) return issues
    const first = given.findIndex((other) => isFields(other) && other['id'] === one['id'])
    return first === index ? [] : [`choices[${index}].id: an id of its own`]
  })
}

const itemsAtMost = 200

const orderItems = (value: unknown): ReadonlyArray<string> => {
  if (!Array.isArray(value) || value.length === 0 || value.length > itemsAtMost) return [`items: 1 to ${itemsAtMost}`]
  return (value as ReadonlyArray<unknown>).flatMap((one, index) => {
    if (!isFields(one)) return [`items[${index}]: { id, quantity, price }`]
    const issues = issuesOf(one, { id: label, quantity }, `items[${index}].`)
    return one['price'] === undefined ? issues : [...issues, ...money(one['price'])]
  })
}

const simple: Readonly<Record<string, Checks>> = {
  FormAnswer: { form: label, values: flat },
  Chosen: { choice: label, label },
  CompanyDetails: { name: label, lines: listOf(label, 0), url: optional(url) },
  ContactCard: { name: label, emails: listOf(label, 0), phones: listOf(label, 0), company: optional(label) },
  Location: {
    latitude: degrees(90),
    longitude: degrees(180),
    label: optional(label),
    address: optional(text(textAtMost)),
  },
  ProviderTemplate: { name: label, language: label, values: listOf(text(textAtMost), 0), text: text(textAtMost * 2) },
  Referral: {
    source: label,
    id: optional(label),
    title: optional(text(textAtMost)),
    text: optional(text(textAtMost)),
    url: optional(url),
  },
  Unsupported: { kind: label, note: optional(text(textAtMost)) },
}

/**
 * What is wrong with a part beyond words, files and forms, each with what would be right; null when it is none of these.
 * For `checkForm` see there.
 *
 * @example
 * ```ts
 * import { partIssues } from '@guichet/engine/domain'
 *
 * console.log(partIssues({ _tag: 'Location', latitude: 48.85, longitude: 2.35 }), partIssues({ _tag: 'Text', text: '' }))
 * console.log(partIssues({ _tag: 'Location', latitude: 480, longitude: 2.35 }))
 * ```
 *
 * ```text
 * [] null
 * [ 'latitude: degrees from -90 to 90' ]
 * ```
 */
export const partIssues = (part: unknown): ReadonlyArray<string> | null => {
  if (!isFields(part)) return null
  const tag = part['_tag']
  switch (tag) {
    case 'Choices':
      return choices(part['choices'])
    case 'Product': {
      const issues = issuesOf(part, { title: label, description: optional(text(textAtMost)), url: optional(url) })
      return part['price'] === undefined ? issues : [...issues, ...money(part['price'])]
    }
    case 'Order':
      return [
        ...issuesOf(part, { text: optional(text(textAtMost)), catalog: optional(label) }),
        ...orderItems(part['items']),
      ]
    case 'PaymentLink':
      return [...issuesOf(part, { title: label, url }), ...money(part['price'])]
    default:
      return typeof tag === 'string' && Object.hasOwn(simple, tag) ? issuesOf(part, simple[tag] ?? {}) : null
  }
}
