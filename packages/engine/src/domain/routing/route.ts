import type { Conditions, Routed, RoutingFacts, Rule } from './rule.ts'
import { plainWords, saysWords } from './words.ts'

/** What held, as `name=value`; null when the condition does not hold. */
type Held = ReadonlyArray<string> | null

const oneOf = (name: string, wanted: ReadonlyArray<string>, is: string | null): Held =>
  is !== null && wanted.includes(is) ? [`${name}=${is}`] : null

const subtags = (language: string): string => `${language.toLowerCase().replaceAll('_', '-')}-`

const attributesHeld = (wanted: NonNullable<Conditions['attributes']>, is: RoutingFacts['attributes']): Held => {
  const held: Array<string> = []
  for (const [name, values] of Object.entries(wanted)) {
    const value = Object.hasOwn(is, name) ? is[name] : undefined
    if (value === undefined || !values.includes(value)) return null
    held.push(`attributes.${name}=${value}`)
  }
  return held
}

type Checks = { readonly [name in keyof Conditions]-?: (wanted: NonNullable<Conditions[name]>) => Held }

/** How each condition is looked at. The text is taken apart once, and only when a rule asks for words. */
const checksOf = (facts: RoutingFacts): Checks => {
  let text: string | null = null
  return {
    account: (wanted) => oneOf('account', wanted, facts.account),
    channel: (wanted) => oneOf('channel', wanted, facts.channel),
    language: (wanted) => {
      if (facts.language === null) return null
      const is = subtags(facts.language)
      const range = wanted.find((language) => is.startsWith(subtags(language)))
      return range === undefined ? null : [`language=${range}`]
    },
    contactKind: (wanted) => oneOf('contactKind', wanted, facts.contactKind),
    attributes: (wanted) => attributesHeld(wanted, facts.attributes),
    formerOwner: (wanted) => oneOf('formerOwner', wanted, facts.formerOwner),
    hours: ({ id, open }) => (facts.isOpen(id) === open ? [`hours=${id} ${open ? 'open' : 'closed'}`] : null),
    source: (wanted) => {
      const beginning = wanted.find((source) => facts.source?.startsWith(source))
      return beginning === undefined ? null : [`source=${beginning}`]
    },
    words: (wanted) => {
      const said = (text ??= plainWords(facts.text))
      const phrase = wanted.find((words) => saysWords(said, plainWords(words)))
      return phrase === undefined ? null : [`words=${phrase}`]
    },
  }
}

const holds = (when: Conditions, checks: Checks): Held => {
  const because: Array<string> = []
  for (const name of Object.keys(checks) as ReadonlyArray<keyof Conditions>) {
    const wanted = when[name]
    if (wanted === undefined) continue
    const held = (checks[name] as (wanted: unknown) => Held)(wanted)
    if (held === null) return null
    because.push(...held)
  }
  return because
}

/**
 * Where a message that begins a conversation goes: to the queue of the first rule whose conditions all hold, else to
 * `fallback`, so that there is always an answer. A rule without conditions holds for everything.
 *
 * - Languages compare by their beginning: `fr` takes `fr-CA`, `fr-CA` does not take `fr`.
 * - Words and phrases are found whole, regardless of case and accents; in scripts without spaces, anywhere.
 * - What is not known (no language, no source, an attribute that is not set) fulfils no condition.
 *
 * @example
 * ```ts
 * import { type RoutingFacts, type Rule, route } from '@guichet/engine/domain'
 *
 * const refunds: Rule = { id: 'r1', name: 'Refunds', when: { words: ['remboursé'] }, to: { queue: 'billing' } }
 * const said: RoutingFacts = {
 *   account: 'help',
 *   channel: 'email',
 *   language: 'fr-FR',
 *   contactKind: 'client',
 *   attributes: {},
 *   formerOwner: null,
 *   source: null,
 *   text: 'Je veux être REMBOURSE !',
 *   isOpen: () => true,
 * }
 * console.log(route([refunds], said, { queue: 'support' }))
 * console.log(route([refunds], { ...said, text: 'Bonjour' }, { queue: 'support' }).queue)
 * ```
 *
 * ```text
 * {
 *   queue: 'billing',
 *   rule: 'r1',
 *   priority: 'normal',
 *   because: [ 'words=remboursé' ]
 * }
 * support
 * ```
 */
export const route = (
  rules: ReadonlyArray<Rule>,
  facts: RoutingFacts,
  fallback: { readonly queue: string },
): Routed => {
  const checks = checksOf(facts)
  for (const { id, when, to } of rules) {
    const because = holds(when, checks)
    if (because !== null) return { queue: to.queue, rule: id, priority: to.priority ?? 'normal', because }
  }
  return { queue: fallback.queue, rule: null, priority: 'normal', because: [] }
}
