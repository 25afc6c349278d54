import type { AttributeValue } from '../../domain/contact/attribute.ts'
import type { HandoverField } from '../../domain/conversation/state.ts'
import { checkForm } from '../../domain/message/form.ts'
import type { Json } from '../../domain/message/message.ts'
import type { Part } from '../../domain/message/part.ts'
import type { BotAction } from '../../ports/bot.ts'
import { handoverFields } from './known.ts'

/** What a bot answers, held to what its type says; see `work/sensible.ts`. */

/** More than this in one answer is nonsense. */
export const actionsAtMost = 10
const partsAtMost = 20
const listAtMost = 50
const wordsAtMost = 200
/** What a bot may put beside a message, as JSON, in characters. */
const memoryAtMost = 8_000

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown): value is string => typeof value === 'string'
const isName = (value: unknown): value is string => isText(value) && value.trim() !== '' && value.length <= wordsAtMost
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
const isOptional = (value: unknown, is: (given: unknown) => boolean): boolean => value === undefined || is(value)
const isListOf = (value: unknown, is: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.length > 0 && value.length <= listAtMost && value.every(is)
const isMoney = (value: unknown): boolean => isFields(value) && isNumber(value['amount']) && isName(value['currency'])
const isChoice = (value: unknown): boolean => isFields(value) && isName(value['id']) && isName(value['label'])
/** What a customer can open without harm. */
const isUrl = (value: unknown): boolean => isText(value) && /^https?:\/\/\S+$/i.test(value)

const isForm = (value: unknown): boolean => {
  if (!isFields(value) || !isText(value['id']) || !isText(value['title'])) return false
  const fields = value['fields']
  const shaped = isListOf(
    fields,
    (field) => isFields(field) && isText(field['name']) && isText(field['label']) && isText(field['kind']),
  )
  return shaped && checkForm(value as unknown as Parameters<typeof checkForm>[0]) === null
}

/** What only customers do, and what needs the approval of a provider, is not for a bot to say. */
const isPart = (value: unknown): value is Part => {
  if (!isFields(value)) return false
  switch (value['_tag'] as Part['_tag']) {
    case 'Text':
      return isText(value['text'])
    case 'Html':
      return isText(value['html'])
    case 'File': {
      const file = value['file']
      return (
        isFields(file) && isName(file['blob']) && isName(file['name']) && isName(file['mime']) && isNumber(file['size'])
      )
    }
    case 'Form':
      return isForm(value['form'])
    case 'Choices':
      return isListOf(value['choices'], isChoice)
    case 'Product':
      return isName(value['title']) && isOptional(value['price'], isMoney) && isOptional(value['url'], isUrl)
    case 'PaymentLink':
      return isName(value['title']) && isMoney(value['price']) && isUrl(value['url'])
    case 'CompanyDetails':
      return isName(value['name']) && isListOf(value['lines'], isText) && isOptional(value['url'], isUrl)
    case 'ContactCard':
      return (
        isName(value['name']) &&
        [value['emails'], value['phones']].every((list) => Array.isArray(list) && list.every(isText))
      )
    case 'Location':
      return isNumber(value['latitude']) && isNumber(value['longitude'])
    case 'FormAnswer':
    case 'Chosen':
    case 'ProviderTemplate':
      return false
    default:
      return false
  }
}

const isJson = (value: unknown): value is Json => {
  try {
    const text = JSON.stringify(value)
    return text !== undefined && text.length <= memoryAtMost
  } catch {
    return false
  }
}

const isAttribute = (value: unknown): value is AttributeValue | null =>
  value === null || typeof value === 'string' || typeof value === 'boolean' || isNumber(value)

const isField = (value: unknown): value is HandoverField => handoverFields.includes(value as HandoverField)

const problemOf = (value: unknown): string | null => {
  if (!isFields(value)) return 'not an action'
  switch (value['_tag'] as BotAction['_tag']) {
    case 'Say': {
      const parts = value['parts']
      if (!Array.isArray(parts) || parts.length === 0 || parts.length > partsAtMost) return `1 to ${partsAtMost} parts`
      if (!parts.every(isPart)) return 'a part that a bot cannot say'
      return isOptional(value['memory'], isJson)
        ? null
        : `memory that is not JSON of at most ${memoryAtMost} characters`
    }
    case 'HandOver':
      return isOptional(value['reason'], isName) ? null : `a reason of 1 to ${wordsAtMost} characters`
    case 'AskDetails':
      if (!isListOf(value['fields'], isField)) return `fields out of ${handoverFields.join(', ')}`
      return isOptional(value['reason'], isName) ? null : `a reason of 1 to ${wordsAtMost} characters`
    case 'Close':
      return null
    case 'Tag':
      return isListOf(value['tags'], isName) ? null : `1 to ${listAtMost} tags`
    case 'SetAttributes': {
      if (value['of'] !== 'conversation' && value['of'] !== 'contact') return 'of: conversation or contact'
      const attributes = value['attributes']
      return isFields(attributes) && Object.values(attributes).every(isAttribute) ? null : 'attributes by their id'
    }
    default:
      return `no such action: ${String(value['_tag'])}`
  }
}

/** Why an answer makes no sense, or null: then it is what its type says. */
export const nonsenseOf = (answer: unknown): string | null => {
  if (!Array.isArray(answer)) return 'the answer is not a list of actions'
  if (answer.length === 0) return 'the answer is empty'
  if (answer.length > actionsAtMost) return `${answer.length} actions in one answer; ${actionsAtMost} is the most`
  for (const [index, action] of answer.entries()) {
    const problem = problemOf(action)
    if (problem !== null) return `action ${index + 1}: ${problem}`
  }
  return null
}
