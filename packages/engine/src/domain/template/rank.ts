import type { Template } from './template.ts'

/** What a search for templates asks for; what is left out or null narrows nothing. */
export interface TemplateSearch {
  readonly words?: string | undefined
  readonly category?: string | undefined
  /** BCP 47. */
  readonly language?: string | undefined
  readonly channel?: string | undefined
}

/** Tags compare by their beginnings (RFC 4647, basic filtering), in both directions: `fr` and `fr-CA` go together. */
const speaks = (own: string | null, asked: string | undefined): boolean => {
  if (own === null || asked === undefined || asked === '') return true
  const [a, b] = [own.toLowerCase(), asked.toLowerCase()]
  return a === b || a.startsWith(`${b}-`) || b.startsWith(`${a}-`)
}

const fits = (template: Template, { category, language, channel }: TemplateSearch): boolean =>
  (category === undefined || template.category?.toLowerCase() === category.trim().toLowerCase()) &&
  speaks(template.language, language) &&
  (channel === undefined || template.channels.length === 0 || template.channels.includes(channel))

/** The nearest first: one's own, the team's, everybody's. */
const nearness = { Own: 0, Team: 1, All: 2 } as const

const place = (template: Template, typed: string): number => {
  if (typed === '') return 0
  if (template.shortcut === typed) return 0
  if (template.shortcut?.startsWith(typed) === true) return 1
  return template.title.toLowerCase().startsWith(typed) ? 2 : 3
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Puts templates that were found in the order in which a composer shows them: by shortcut, by the beginning of the
 * title, by words; among equals the nearest first. What does not fit the language, the channel or the category is
 * left out. Words themselves are not compared: the store has done that.
 *
 * @example
 * ```ts
 * import { rankTemplates, type Template } from '@guichet/engine/domain'
 *
 * const hello: Template = {
 *   id: 't1', title: 'Hello', category: null, shortcut: null, language: 'en', channels: [], scope: { _tag: 'All' },
 *   text: 'Hello {{contact.firstName|there}}', updatedAt: 0,
 * }
 * const goodbye: Template = { ...hello, id: 't2', title: 'Goodbye', shortcut: 'hell', language: null }
 * console.log(rankTemplates([hello, goodbye], { words: '/hel' }).map(({ title }) => title))
 * console.log(rankTemplates([hello, goodbye], { language: 'fr' }).map(({ title }) => title))
 * ```
 *
 * ```text
 * [ 'Goodbye', 'Hello' ]
 * [ 'Goodbye' ]
 * ```
 */
export const rankTemplates = (found: ReadonlyArray<Template>, search: TemplateSearch): ReadonlyArray<Template> => {
  const typed = (search.words ?? '').trim().replace(/^\//, '').toLowerCase()
  return found
    .filter((template) => fits(template, search))
    .map((template) => ({ template, at: place(template, typed) }))
    .sort(
      (a, b) =>
        a.at - b.at ||
        nearness[a.template.scope._tag] - nearness[b.template.scope._tag] ||
        compare(a.template.title.toLowerCase(), b.template.title.toLowerCase()) ||
        compare(a.template.id, b.template.id),
    )
    .map(({ template }) => template)
}
