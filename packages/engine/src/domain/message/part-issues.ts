import {
  type Check,
  type Checks,
  isFields,
  issuesOf,
  label,
  listOf,
  money,
  optional,
  place,
  text,
  textAtMost,
  url,
} from './field-checks.ts'
import { templateIssues } from './template-issues.ts'

export { isFields } from './field-checks.ts'

/**
 * What a rich part has to be. Parts come from a screen or from a plugin as often as from a compiler, so that every
 * field is looked at for what it is and not for what its type says.
 */

const choicesAtMost = 20

const quantity: Check = (value) =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? null : 'a whole number, 0 or more'

const flat: Check = (value) =>
  isFields(value) &&
  Object.values(value).every(
    (one) => (typeof one === 'string' && one.length <= 10_000) || typeof one === 'boolean' || Number.isFinite(one),
  )
    ? null
    : 'texts, numbers, true or false by the names of their fields'

const choices = (value: unknown): ReadonlyArray<string> => {
  if (!Array.isArray(value) || value.length === 0 || value.length > choicesAtMost)
    return [`choices: 1 to ${choicesAtMost}`]
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
  Location: place,
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
    case 'ProviderTemplate':
      return templateIssues(part)
    case 'PaymentLink':
      return [...issuesOf(part, { title: label, url }), ...money(part['price'])]
    default:
      return typeof tag === 'string' && Object.hasOwn(simple, tag) ? issuesOf(part, simple[tag] ?? {}) : null
  }
}
