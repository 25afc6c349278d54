import type { Template } from '@guichet/engine/domain'
import { signal } from '@preact/signals'
import { call, type ValueOf } from '../engine.ts'

type Filled = ValueOf<'templates.fill'>

/** Everything that this agent may use, as far as it has been asked for; null before that. */
export const templates = signal<ReadonlyArray<Template> | null>(null)

const fills = signal<ReadonlyMap<string, Filled>>(new Map())
const asked = new Set<string>()
const keyOf = (template: string, conversation: string) => `${template}/${conversation}`

export const loadTemplates = async (): Promise<void> => {
  const found = await call('templates.find')
  if (!found.ok) return
  templates.value = found.value
  // What they say may have changed, and what stands in for variables too.
  fills.value = new Map()
  asked.clear()
}

/** What a template says in a conversation; undefined until the engine has answered. */
export const filledFor = (template: string, conversation: string): Filled | undefined => {
  const key = keyOf(template, conversation)
  if (!asked.has(key)) {
    asked.add(key)
    void fill(template, conversation)
  }
  return fills.value.get(key)
}

/** Fills the variables now: what is inserted is never an old preview. */
export const fill = async (template: string, conversation: string) => {
  const answer = await call('templates.fill', template, conversation)
  if (answer.ok) fills.value = new Map(fills.value).set(keyOf(template, conversation), answer.value)
  else asked.delete(keyOf(template, conversation))
  return answer
}

export interface TemplateFilter {
  readonly words: string
  readonly category: string
  readonly language: string
  readonly channel: string
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

const place = ({ shortcut, title, text }: Template, words: string): number => {
  if (words === '' || shortcut === words) return 0
  if (shortcut?.startsWith(words) === true) return 1
  if (plain(title).startsWith(words)) return 2
  // One or two letters stand in every text.
  return plain(words.length < 3 ? title : `${title} ${text}`).includes(words) ? 3 : 4
}

/** Those that fit, best first, from what is here already: typing waits for nobody. */
export const narrowed = (all: ReadonlyArray<Template>, filter: TemplateFilter): ReadonlyArray<Template> => {
  const words = plain(filter.words.trim())
  return all
    .filter(
      ({ category, language, channels }) =>
        (filter.category === '' || category === filter.category) &&
        (filter.language === '' || language === null || language.startsWith(filter.language)) &&
        (filter.channel === '' || channels.length === 0 || channels.includes(filter.channel)),
    )
    .map((template) => ({ template, at: place(template, words) }))
    .filter(({ at }) => at < 4)
    .sort((a, b) => a.at - b.at)
    .map(({ template }) => template)
}
