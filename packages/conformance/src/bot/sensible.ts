import type { BotAction } from '@guichet/engine/ports'
import { assert } from '../assert.ts'

/** What an engine accepts of one answer. */
const actionsAtMost = 10
const memoryAtMost = 8_000

const tags: ReadonlyArray<BotAction['_tag']> = ['Say', 'HandOver', 'AskDetails', 'Close', 'Tag', 'SetAttributes']
const parts = [
  'Text',
  'Html',
  'File',
  'Form',
  'Choices',
  'Product',
  'PaymentLink',
  'CompanyDetails',
  'ContactCard',
  'Location',
]
const details = ['firstName', 'name', 'email', 'phone']

const isText = (value: unknown): value is string => typeof value === 'string'
const isName = (value: unknown): boolean => isText(value) && value.trim() !== '' && value.length <= 200

const assertSays = (say: Extract<BotAction, { readonly _tag: 'Say' }>, longest: number): void => {
  assert(Array.isArray(say.parts) && say.parts.length > 0, 'it says no part at all')
  for (const part of say.parts) assert(parts.includes(part._tag), `a bot cannot say ${String(part._tag)}`)
  const text = say.parts.map((part) => (part._tag === 'Text' ? part.text : '')).join('\n')
  assert(say.parts.some(({ _tag }) => _tag !== 'Text') || text.trim() !== '', 'it says only white space')
  assert(text.length <= longest, `it says ${text.length} characters; ${longest} is the most`)
  if (say.memory === undefined) return
  const json = JSON.stringify(say.memory)
  assert(
    json !== undefined && json.length <= memoryAtMost,
    `its memory is not JSON of at most ${memoryAtMost} characters`,
  )
  const back: unknown = JSON.parse(json)
  assert(JSON.stringify(back) === json, 'its memory is another one after it was stored')
}

const assertAction = (action: BotAction, longest: number): void => {
  assert(
    typeof action === 'object' && action !== null && tags.includes(action._tag),
    `no such action: ${JSON.stringify(action)}`,
  )
  switch (action._tag) {
    case 'Say':
      return assertSays(action, longest)
    case 'HandOver':
      return assert(action.reason === undefined || isName(action.reason), 'its reason is no words')
    case 'AskDetails':
      return assert(
        Array.isArray(action.fields) && action.fields.length > 0 && action.fields.every((one) => details.includes(one)),
        `details are ${details.join(', ')}`,
      )
    case 'Close':
      return
    case 'Tag':
      return assert(
        Array.isArray(action.tags) && action.tags.length > 0 && action.tags.every(isName),
        'a tag is a name',
      )
    case 'SetAttributes':
      return assert(
        (action.of === 'contact' || action.of === 'conversation') && typeof action.attributes === 'object',
        'attributes are set of contact or conversation, by their id',
      )
  }
}

/** Throws unless an engine would carry out all of it. */
export const assertSensible = (answer: ReadonlyArray<BotAction>, longest: number): void => {
  assert(Array.isArray(answer), `an answer is a list of actions, not ${JSON.stringify(answer)}`)
  assert(answer.length <= actionsAtMost, `${answer.length} actions in one answer; ${actionsAtMost} is the most`)
  for (const action of answer) assertAction(action, longest)
}

/** Whether the customer hears something, or will hear from a person. */
export const answers = (answer: ReadonlyArray<BotAction>): boolean =>
  answer.some(({ _tag }) => _tag === 'Say' || _tag === 'HandOver' || _tag === 'AskDetails' || _tag === 'Close')
