import type { AttributeValue } from '../contact/attribute.ts'
import { contactKinds } from '../contact/contact.ts'
import { type Issues, fieldsOf, listAt, oneOfAt, shown, textAt } from '../shape.ts'
import type { Conditions } from './rule.ts'
import { plainWords } from './words.ts'

type Reader<A> = (value: unknown, at: string, issues: Issues) => A

const texts: Reader<ReadonlyArray<string>> = (value, at, issues) =>
  listAt(value, at, issues, (each, place) => textAt(each, place, issues))

/** RFC 5646: subtags of letters and digits, the first a language. */
const languageTag = /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i

const languages: Reader<ReadonlyArray<string>> = (value, at, issues) =>
  listAt(value, at, issues, (each, place) => {
    const tag = textAt(each, place, issues)
    if (tag !== '' && !languageTag.test(tag)) {
      issues.push(`${place} must be a language tag such as fr or pt-BR, not ${shown(tag)}`)
    }
    return tag
  })

const words: Reader<ReadonlyArray<string>> = (value, at, issues) =>
  listAt(value, at, issues, (each, place) => {
    const phrase = textAt(each, place, issues)
    if (phrase !== '' && plainWords(phrase) === '') {
      issues.push(`${place} must have a letter or a digit: ${shown(phrase)} is found nowhere`)
    }
    return phrase
  })

const attributeValue = (value: unknown, at: string, issues: Issues): AttributeValue => {
  if (typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return value as AttributeValue
  issues.push(`${at} must be a text, a number, true or false, not ${shown(value)}`)
  return ''
}

const attributes: Reader<NonNullable<Conditions['attributes']>> = (value, at, issues) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || Object.keys(value).length === 0) {
    issues.push(`${at} must be an object that names at least one attribute, each with a list of values`)
    return {}
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, values]) => [
      name,
      listAt(values, `${at}.${name}`, issues, (each, place) => attributeValue(each, place, issues)),
    ]),
  )
}

const hours: Reader<NonNullable<Conditions['hours']>> = (value, at, issues) => {
  const fields = fieldsOf(value, at, ['id', 'open'], issues)
  if (typeof fields['open'] !== 'boolean') issues.push(`${at}.open must be true (inside the hours) or false (outside)`)
  return { id: textAt(fields['id'], `${at}.id`, issues), open: fields['open'] === true }
}

/** How each condition is read: what has no line here is not known. */
export const conditionReaders: { readonly [name in keyof Conditions]-?: Reader<NonNullable<Conditions[name]>> } = {
  account: texts,
  channel: texts,
  language: languages,
  contactKind: (value, at, issues) =>
    listAt(value, at, issues, (each, place) => oneOfAt(each, place, contactKinds, issues) ?? 'visitor'),
  attributes,
  formerOwner: texts,
  hours,
  source: texts,
  words,
}
