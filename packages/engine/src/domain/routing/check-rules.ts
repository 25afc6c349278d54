import type { Refusal } from '../conversation/refusal.ts'
import { priorities } from '../conversation/state.ts'
import { type Issues, fieldsOf, oneOfAt, shown, textAt } from '../shape.ts'
import { conditionReaders } from './read-conditions.ts'
import type { Conditions, Rule } from './rule.ts'

/** What there is, by id: a set or a map will do. */
interface Ids {
  readonly has: (id: string) => boolean
}

/** What rules may name. */
export interface RoutingNames {
  readonly queues: Ids
  readonly accounts: Ids
  /** Business hours. */
  readonly hours: Ids
}

/** A list of rules that can be stored, or why not. */
export type CheckedRules =
  | { readonly ok: true; readonly rules: ReadonlyArray<Rule> }
  | { readonly ok: false; readonly refusal: Refusal }

const noTags = (field: string): string | null =>
  field === 'tags' || field === 'tag' ? 'tags are for filing and cannot route; use attributes or words' : null

const conditionsAt = (value: unknown, at: string, issues: Issues): Conditions => {
  const fields = fieldsOf(value, at, Object.keys(conditionReaders), issues, noTags)
  const when: Record<string, unknown> = {}
  for (const [name, read] of Object.entries(conditionReaders)) {
    if (fields[name] !== undefined) when[name] = read(fields[name], `${at}.${name}`, issues)
  }
  return when
}

const ruleAt = (value: unknown, at: string, issues: Issues): Rule => {
  const fields = fieldsOf(value, at, ['id', 'name', 'when', 'to'], issues, noTags)
  const to = fieldsOf(fields['to'], `${at}.to`, ['queue', 'priority'], issues, noTags)
  const priority =
    to['priority'] === undefined ? undefined : oneOfAt(to['priority'], `${at}.to.priority`, priorities, issues)
  return {
    id: textAt(fields['id'], `${at}.id`, issues),
    name: textAt(fields['name'], `${at}.name`, issues),
    when: conditionsAt(fields['when'], `${at}.when`, issues),
    to: { queue: textAt(to['queue'], `${at}.to.queue`, issues), ...(priority !== undefined && { priority }) },
  }
}

const twice = (rules: ReadonlyArray<Rule>, issues: Issues): void => {
  const places = new Map<string, number>()
  rules.forEach(({ id }, index) => {
    const first = places.get(id)
    if (first === undefined) places.set(id, index)
    else issues.push(`rules[${index}].id ${shown(id)} is that of rules[${first}]: give each rule an id of its own`)
  })
}

/** The first name that nothing answers to. */
const unknownName = (rules: ReadonlyArray<Rule>, known: RoutingNames): Refusal | null => {
  for (const { when, to } of rules) {
    if (!known.queues.has(to.queue)) return { _tag: 'UnknownQueue', queue: to.queue }
    const account = when.account?.find((id) => !known.accounts.has(id))
    if (account !== undefined) return { _tag: 'UnknownAccount', account }
  }
  return null
}

/**
 * Whether a list of rules can be stored: every field known and of its type, no empty list, no id twice, and everything
 * it names is there. `Invalid` lists everything that has to change; `UnknownQueue` and `UnknownAccount` name what a
 * well-formed list names in vain. An empty list of rules is fine: then everything goes to its account's own queue.
 *
 * @example
 * ```ts
 * import { checkRules } from '@guichet/engine/domain'
 *
 * const names = { queues: new Set(['support']), accounts: new Set(['help']), hours: new Set<string>() }
 * const rule = { id: 'r1', name: 'Gold', when: { tags: ['gold'] }, to: { queue: 'support' } }
 * const checked = checkRules([rule], names)
 * if (!checked.ok && checked.refusal._tag === 'Invalid') console.log(checked.refusal.issues)
 * console.log(checkRules([{ ...rule, when: { account: ['help'] } }], names).ok)
 * ```
 *
 * ```text
 * [
 *   'rules[0].when.tags is not known: tags are for filing and cannot route; use attributes or words'
 * ]
 * true
 * ```
 */
export const checkRules = (raw: unknown, known: RoutingNames): CheckedRules => {
  const issues: Issues = []
  if (!Array.isArray(raw)) {
    return { ok: false, refusal: { _tag: 'Invalid', what: 'rules', issues: ['rules must be a list'] } }
  }
  const rules = raw.map((value, index) => ruleAt(value, `rules[${index}]`, issues))
  if (issues.length === 0) twice(rules, issues)
  rules.forEach(({ when }, index) => {
    if (when.hours !== undefined && when.hours.id !== '' && !known.hours.has(when.hours.id)) {
      issues.push(`rules[${index}].when.hours.id ${shown(when.hours.id)} does not exist: create these hours first`)
    }
  })
  if (issues.length > 0) return { ok: false, refusal: { _tag: 'Invalid', what: 'rules', issues } }
  const refusal = unknownName(rules, known)
  return refusal === null ? { ok: true, rules } : { ok: false, refusal }
}
