import {
  type Check,
  type Checks,
  type Fields,
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

const words = text(textAtMost)

const value: Check = (given) => {
  if (typeof given === 'string') return words(given)
  const wanted = `${words(undefined) ?? ''}, or { _tag: Text, Currency or DateTime, text } with a price and a name`
  if (!isFields(given)) return wanted
  const issues = issuesOf(given, { text: words, name: optional(label) })
  const priced = given['_tag'] === 'Currency' ? money(given['price']) : []
  const known = ['Text', 'Currency', 'DateTime'].includes(String(given['_tag']))
  return known && issues.length + priced.length === 0 ? null : wanted
}

/** What an alternative of a union has to be, by its tag. */
const issuesByTag = (
  given: unknown,
  alternatives: Readonly<Record<string, Checks>>,
  prefix: string,
): ReadonlyArray<string> => {
  const tag = isFields(given) ? given['_tag'] : undefined
  const checks = typeof tag === 'string' && Object.hasOwn(alternatives, tag) ? alternatives[tag] : undefined
  return isFields(given) && checks !== undefined
    ? issuesOf(given, checks, `${prefix}.`)
    : [`${prefix}._tag: one of ${Object.keys(alternatives).join(', ')}`]
}

const mediaKind: Check = (kind) =>
  kind === 'image' || kind === 'video' || kind === 'document' ? null : 'image, video or document'

const headers: Readonly<Record<string, Checks>> = {
  Text: { text: words, name: optional(label) },
  Media: { kind: mediaKind, url, filename: optional(label) },
  Location: place,
}

const buttonsAtMost = 10

const index: Check = (at) =>
  Number.isInteger(at) && (at as number) >= 0 && (at as number) < buttonsAtMost
    ? null
    : `its place among the buttons, 0 to ${buttonsAtMost - 1}`

const button: Readonly<Record<string, Checks>> = {
  QuickReply: { index, payload: label },
  Url: { index, suffix: words },
  CopyCode: { index, code: label },
  Flow: { index, token: optional(label) },
  Catalog: { index, product: optional(label) },
}

const buttons = (given: unknown): ReadonlyArray<string> => {
  if (given === undefined) return []
  if (!Array.isArray(given) || given.length > buttonsAtMost) return [`buttons: a list of 0 to ${buttonsAtMost}`]
  const all: ReadonlyArray<unknown> = given
  return all.flatMap((one, at) => {
    const issues = issuesByTag(one, button, `buttons[${at}]`)
    if (issues.length > 0) return issues
    const same = all.findIndex((other) => isFields(other) && other['index'] === (one as Fields)['index'])
    return same === at ? [] : [`buttons[${at}].index: a place of its own`]
  })
}

/** What is wrong with a template of the provider, each with what would be right. */
export const templateIssues = (part: Fields): ReadonlyArray<string> => [
  ...issuesOf(part, { name: label, language: label, values: listOf(value, 0), text: text(textAtMost * 2) }),
  ...(part['header'] === undefined ? [] : issuesByTag(part['header'], headers, 'header')),
  ...buttons(part['buttons']),
]
