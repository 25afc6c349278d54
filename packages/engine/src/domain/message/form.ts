import type { AttributeDefinition } from '../contact/attribute.ts'
import { attributeIssue } from '../contact/attributes.ts'
import { phoneNumber } from '../contact/fields.ts'
import type { Refusal } from '../conversation/refusal.ts'
import { isFields } from './part-issues.ts'
import { type Form, type FormField, savedFields } from './rich-part.ts'

const fieldsAtMost = 20
const choicesAtMost = 50
const labelAtMost = 200
const textAtMost = 2_000
const longTextAtMost = 10_000

const invalid = (what: string, ...issues: ReadonlyArray<string>): Refusal => ({ _tag: 'Invalid', what, issues })

const kinds: ReadonlyArray<FormField['kind']> = [
  'text',
  'longText',
  'email',
  'phone',
  'number',
  'date',
  'choice',
  'yesNo',
]

const isLabel = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= labelAtMost

const choicesIssue = ({ name, kind, choices }: FormField): ReadonlyArray<string> => {
  if (kind !== 'choice') return choices === undefined ? [] : [`${name}: only the kind choice has choices`]
  if (!Array.isArray(choices) || choices.length === 0) return [`${name}: name what can be chosen`]
  const sound = choices.length <= choicesAtMost && choices.every(isLabel) && new Set(choices).size === choices.length
  return sound ? [] : [`${name}: at most ${choicesAtMost} choices, none of them empty or there twice`]
}

/** A contact's addresses are looked at as what they are; everything else is a text. */
const saveIssue = ({ name, kind, saveTo }: FormField): ReadonlyArray<string> => {
  if (saveTo === undefined) return []
  if (isFields(saveTo) && saveTo._tag === 'Custom' && isLabel(saveTo.attribute)) return []
  const field = isFields(saveTo) && saveTo._tag === 'Field' ? saveTo.field : undefined
  if (field === undefined || !savedFields.includes(field)) {
    return [`${name}: saved to a custom attribute, or to one of ${savedFields.join(', ')}`]
  }
  if (field === 'email' || field === 'phone') {
    return kind === field ? [] : [`${name}: what is saved as ${field} is of the kind ${field}`]
  }
  return kind === 'text' || kind === 'choice'
    ? []
    : [`${name}: what is saved as ${field} is of the kind text or choice`]
}

const fieldIssues = (fields: ReadonlyArray<FormField>, field: FormField, index: number): ReadonlyArray<string> => {
  if (!isFields(field) || !isLabel(field.name)) return [`field ${index + 1}: a name`]
  const { name } = field
  if (fields.findIndex((other) => isFields(other) && other.name === name) !== index)
    return [`${name}: a name of its own`]
  if (!isLabel(field.label)) return [`${name}: a label`]
  if (!kinds.includes(field.kind)) return [`${name}: of a kind, one of ${kinds.join(', ')}`]
  if (typeof field.required !== 'boolean') return [`${name}: required, true or false`]
  return [...choicesIssue(field), ...saveIssue(field)]
}

/**
 * Why a form cannot be asked, or null.
 *
 * @example
 * ```ts
 * import { checkForm } from '@guichet/engine/domain'
 *
 * const field = { name: 'size', label: 'Size', kind: 'choice', required: true } as const
 * console.log(checkForm({ id: 'order', title: 'Your order', fields: [field] }))
 * ```
 *
 * ```text
 * {
 *   _tag: 'Invalid',
 *   what: 'form',
 *   issues: [ 'size: name what can be chosen' ]
 * }
 * ```
 */
export const checkForm = (form: Form): Refusal | null => {
  if (!isFields(form) || !isLabel(form.id)) return invalid('form', 'id: a name that the answer will carry')
  const { title, fields } = form
  if (typeof title !== 'string' || title.length > labelAtMost) {
    return invalid('form', `title: a text of at most ${labelAtMost} characters`)
  }
  if (!Array.isArray(fields) || fields.length === 0 || fields.length > fieldsAtMost) {
    return invalid('form', `fields: 1 to ${fieldsAtMost}`)
  }
  const issues = fields.flatMap((field, index) => fieldIssues(fields, field, index))
  return issues.length === 0 ? null : invalid('form', ...issues)
}

const fits: Readonly<Record<AttributeDefinition['kind'], ReadonlyArray<FormField['kind']>>> = {
  text: ['text', 'longText', 'email', 'phone', 'choice', 'date'],
  number: ['number'],
  boolean: ['yesNo'],
  date: ['date'],
  choice: ['choice'],
}

/** Why the answers to a form could not be kept where it says, or null. */
export const savesInto = ({ fields }: Form, definitions: ReadonlyMap<string, AttributeDefinition>): Refusal | null => {
  const issues = fields.flatMap(({ name, kind, choices = [], saveTo }) => {
    if (saveTo?._tag !== 'Custom') return []
    const definition = definitions.get(saveTo.attribute)
    if (definition?.on !== 'contact') {
      const known = [...definitions.values()].filter(({ on }) => on === 'contact').map(({ id }) => id)
      return [`${name}: contacts have no attribute "${saveTo.attribute}"; there are ${known.join(', ') || 'none'}`]
    }
    if (!fits[definition.kind].includes(kind)) return [`${name}: "${definition.id}" holds a ${definition.kind}`]
    const missing = kind === 'choice' ? choices.find((one) => attributeIssue(definition, one) !== null) : undefined
    return missing === undefined ? [] : [`${name}: "${missing}" is not among what "${definition.id}" can be`]
  })
  return issues.length === 0 ? null : invalid('form', ...issues)
}

/** RFC 5321 allows more than anybody types: something, an at sign, something with a dot. */
const email = /^[^\s@<>",;]+@[^\s@<>",;]+\.[^\s@<>",;.]+$/
const phone = /^\+?[\d\s().-]{4,30}$/
const day = { id: 'day', name: 'Day', on: 'contact', kind: 'date' } as const

const wrong = (field: FormField, value: string | number | boolean): string | null => {
  const text = typeof value === 'string'
  switch (field.kind) {
    case 'text':
      return text && value.length <= textAtMost ? null : `a text of at most ${textAtMost} characters`
    case 'longText':
      return text && value.length <= longTextAtMost ? null : `a text of at most ${longTextAtMost} characters`
    case 'email':
      return text && value.length <= 254 && email.test(value.trim()) ? null : 'an email address'
    case 'phone':
      return text && phone.test(value.trim()) && phoneNumber(value) !== null ? null : 'a telephone number'
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? null : 'a number'
    case 'date':
      return attributeIssue(day, value) === null ? null : 'a date, YYYY-MM-DD'
    case 'choice':
      return text && (field.choices ?? []).includes(value) ? null : `one of ${(field.choices ?? []).join(', ')}`
    case 'yesNo':
      return typeof value === 'boolean' ? null : 'yes or no'
  }
}

/**
 * Why these values do not answer a form, or null: unknown fields, missing ones, and values of the wrong kind, each by
 * the name of its field and with what it should be.
 *
 * @example
 * ```ts
 * import { checkAnswer } from '@guichet/engine/domain'
 *
 * const field = { name: 'email', label: 'Your email', kind: 'email', required: true } as const
 * const form = { id: 'who', title: 'Who are you?', fields: [field] }
 * console.log(checkAnswer(form, { email: 'zoe@example.org' }), checkAnswer(form, { email: 'zoe' }))
 * ```
 *
 * ```text
 * null {
 *   _tag: 'Invalid',
 *   what: 'answer',
 *   issues: [ 'email: an email address' ]
 * }
 * ```
 */
export const checkAnswer = (
  form: Form,
  values: Readonly<Record<string, string | number | boolean>>,
): Refusal | null => {
  const unknown = Object.keys(values).filter((name) => !form.fields.some((field) => field.name === name))
  const issues = [
    ...unknown.map((name) => `${name}: the form does not ask for it`),
    ...form.fields.flatMap((field) => {
      const value = Object.hasOwn(values, field.name) ? values[field.name] : undefined
      const nothing = value === undefined || (typeof value === 'string' && value.trim() === '')
      if (nothing) return field.required ? [`${field.name}: an answer`] : []
      const problem = wrong(field, value)
      return problem === null ? [] : [`${field.name}: ${problem}`]
    }),
  ]
  return issues.length === 0 ? null : invalid('answer', ...issues)
}
