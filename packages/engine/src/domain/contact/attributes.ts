import type { Refusal } from '../conversation/refusal.ts'
import { isDayDate } from '../hours/day.ts'
import { shown } from '../shape.ts'
import type { AttributeDefinition, AttributeValue } from './attribute.ts'

/** The longest text a custom attribute holds, in characters. */
const textAtMost = 2_000

/** What stands in a field and what may: how every issue reads. */
export const issue = (field: string, value: unknown, may: string): string => `${field}: ${shown(value)} is not ${may}`

/**
 * Why a value does not fit a definition, in words that say what would; null when it fits.
 *
 * @example
 * ```ts
 * import { attributeIssue } from '@guichet/engine/domain'
 *
 * const plan = { id: 'plan', name: 'Plan', on: 'contact', kind: 'choice', choices: ['free', 'pro'] } as const
 * console.log(attributeIssue(plan, 'pro'))
 * console.log(attributeIssue(plan, 'gold'))
 * ```
 *
 * ```text
 * null
 * plan: "gold" is not one of free, pro
 * ```
 */
export const attributeIssue = (definition: AttributeDefinition, value: unknown): string | null => {
  const { id } = definition
  switch (definition.kind) {
    case 'text':
      if (typeof value !== 'string') return issue(id, value, 'a text')
      return value.length <= textAtMost ? null : issue(id, value, `a text of at most ${textAtMost} characters`)
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? null : issue(id, value, 'a number')
    case 'boolean':
      return typeof value === 'boolean' ? null : issue(id, value, 'true or false')
    case 'date':
      return typeof value === 'string' && isDayDate(value) ? null : issue(id, value, 'a day such as 2026-01-31')
    case 'choice': {
      const choices = definition.choices ?? []
      return typeof value === 'string' && choices.includes(value)
        ? null
        : issue(id, value, `one of ${choices.join(', ')}`)
    }
  }
}

/** Changes to custom attributes by the id of their definition; null removes one. */
export type AttributeChange = Readonly<Record<string, AttributeValue | null>>

/**
 * Everything that is wrong with a change of custom attributes: unknown ones and values of the wrong kind. What is there
 * can always be removed, also when its definition has gone.
 *
 * @example
 * ```ts
 * import { attributeIssues } from '@guichet/engine/domain'
 *
 * const vip = { id: 'vip', name: 'VIP', on: 'contact', kind: 'boolean' } as const
 * console.log(attributeIssues({ vip: 'yes', age: 40 }, 'contact', new Map([['vip', vip]])))
 * ```
 *
 * ```text
 * [
 *   'vip: "yes" is not true or false',
 *   'age: there is no such attribute of a contact; there are vip'
 * ]
 * ```
 */
export const attributeIssues = (
  change: AttributeChange,
  on: AttributeDefinition['on'],
  definitions: ReadonlyMap<string, AttributeDefinition>,
): ReadonlyArray<string> =>
  Object.entries(change).flatMap(([id, value]) => {
    if (value === null) return []
    const definition = definitions.get(id)
    if (definition?.on !== on) {
      const known = [...definitions.values()].filter((one) => one.on === on).map((one) => one.id)
      return [`${id}: there is no such attribute of a ${on}; there are ${known.join(', ') || 'none'}`]
    }
    const problem = attributeIssue(definition, value)
    return problem === null ? [] : [problem]
  })

/**
 * What a change leaves of custom attributes.
 *
 * @example
 * ```ts
 * import { changeAttributes } from '@guichet/engine/domain'
 *
 * console.log(changeAttributes({ vip: true, plan: 'free' }, { plan: 'pro', vip: null }))
 * ```
 *
 * ```text
 * { plan: 'pro' }
 * ```
 */
export const changeAttributes = (
  current: Readonly<Record<string, AttributeValue>>,
  change: AttributeChange,
): Readonly<Record<string, AttributeValue>> => {
  const kept = Object.entries(current).filter(([id]) => !Object.hasOwn(change, id))
  const set = Object.entries(change).filter((pair): pair is [string, AttributeValue] => pair[1] !== null)
  return Object.fromEntries([...kept, ...set])
}

/** An id that lists, filters and templates can name. */
const isId = (id: unknown): id is string => typeof id === 'string' && /^[\p{L}\p{N}_.-]{1,60}$/u.test(id)

/**
 * Why a definition of a custom attribute means nothing, or null.
 *
 * @example
 * ```ts
 * import { checkDefinition } from '@guichet/engine/domain'
 *
 * console.log(checkDefinition({ id: 'plan', name: 'Plan', on: 'contact', kind: 'choice', choices: [] }))
 * ```
 *
 * ```text
 * {
 *   _tag: 'Invalid',
 *   what: 'attribute',
 *   issues: [ 'choices: a choice has at least one, and none of them twice' ]
 * }
 * ```
 */
export const checkDefinition = (definition: AttributeDefinition): Refusal | null => {
  const { id, name, on, kind, choices } = definition
  const issues: Array<string> = []
  if (!isId(id)) issues.push(issue('id', id, 'a name of 1 to 60 letters, digits, dots, dashes and underscores'))
  if (typeof name !== 'string' || name.trim() === '' || name.length > 200) {
    issues.push(issue('name', name, 'a name of 1 to 200 characters'))
  }
  if (on !== 'contact' && on !== 'conversation') issues.push(issue('on', on, 'contact or conversation'))
  if (!['text', 'number', 'boolean', 'date', 'choice'].includes(kind)) {
    issues.push(issue('kind', kind, 'one of text, number, boolean, date, choice'))
  }
  if (kind === 'choice') {
    const given = Array.isArray(choices) && choices.every((one) => typeof one === 'string' && one !== '') ? choices : []
    if (given.length === 0 || new Set(given).size !== given.length) {
      issues.push('choices: a choice has at least one, and none of them twice')
    }
  } else if (choices !== undefined) issues.push('choices: only the kind choice has them')
  return issues.length === 0 ? null : { _tag: 'Invalid', what: 'attribute', issues }
}
