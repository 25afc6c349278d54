import { shown } from '../shape.ts'
import type { Refusal } from '../conversation/refusal.ts'
import type { Template } from './template.ts'
import { piecesOf, variablesIn } from './variables.ts'

/** A template as somebody writes it, before anything is known to be right about it. */
export interface TemplateDraft {
  readonly title: string
  readonly text: string
  readonly scope: Template['scope']
  readonly category?: string | null
  readonly shortcut?: string | null
  readonly language?: string | null
  readonly channels?: ReadonlyArray<string>
}

/** What a template may refer to in its workspace. */
export interface TemplateSurroundings {
  readonly variables: ReadonlyArray<string>
  readonly queues: ReadonlyMap<string, unknown>
  readonly agents: ReadonlyMap<string, unknown>
  readonly channels: ReadonlyMap<string, unknown>
}

/** A template without what the engine adds, or everything that is wrong with it. */
export type CheckedTemplate =
  | { readonly _tag: 'Checked'; readonly template: Omit<Template, 'id' | 'updatedAt'> }
  | { readonly _tag: 'Refused'; readonly refusal: Refusal }

const titleAtMost = 200
const textAtMost = 20_000
const shortcutShape = /^[\p{L}\p{N}][\p{L}\p{N}_-]{0,39}$/u
/** Tags as RFC 5646 builds them: a language, then subtags. */
const languageShape = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/

const isWord = (value: unknown, atMost: number): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= atMost

/** Absent, null and blank are the same: nothing. */
const given = <A>(value: A | null | undefined): A | null =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '') ? null : value

const textIssues = (text: unknown, variables: ReadonlyArray<string>): ReadonlyArray<string> => {
  if (!isWord(text, textAtMost)) return [`text: 1 to ${textAtMost} characters`]
  const unknown = variablesIn(text).filter((name) => !variables.includes(name))
  const loose = piecesOf(text).some((piece) => piece._tag === 'Words' && /\{\{|\}\}/.test(piece.words))
  return [
    ...unknown.map((name) => `text: there is no variable ${name}; there are ${variables.join(', ')}`),
    ...(loose ? ['text: double braces that hold no variable; write {{name}} or {{name|fallback}}'] : []),
  ]
}

const scopeIssues = (scope: unknown, { queues, agents }: TemplateSurroundings): ReadonlyArray<string> => {
  const { _tag, queue, agent } = (typeof scope === 'object' && scope !== null ? scope : {}) as Record<string, unknown>
  switch (_tag) {
    case 'All':
      return []
    case 'Team':
      return queues.has(queue as string)
        ? []
        : [`scope: there is no queue ${typeof queue === 'string' ? queue : shown(queue)}`]
    case 'Own':
      return agents.has(agent as string)
        ? []
        : [`scope: there is no agent ${typeof agent === 'string' ? agent : shown(agent)}`]
    default:
      return ['scope: All, Team with a queue, or Own with an agent']
  }
}

const channelIssues = (channels: unknown, known: ReadonlyMap<string, unknown>): ReadonlyArray<string> => {
  if (channels === undefined) return []
  if (!Array.isArray(channels)) return ['channels: a list of names, empty for all']
  return channels
    .filter((name) => !known.has(name))
    .map((name) => `channels: there is no channel ${typeof name === 'string' ? name : shown(name)}`)
}

const scopeOf = (scope: Template['scope']): Template['scope'] => {
  switch (scope._tag) {
    case 'All':
      return { _tag: 'All' }
    case 'Team':
      return { _tag: 'Team', queue: scope.queue }
    case 'Own':
      return { _tag: 'Own', agent: scope.agent }
  }
}

/**
 * A template that is written as it has to be, with its defaults; or a refusal that names everything to change.
 *
 * @example
 * ```ts
 * import { checkTemplate } from '@guichet/engine/domain'
 *
 * const known = { variables: ['contact.name', 'agent.name'], queues: facts.queues, agents: facts.agents, channels: new Map() }
 * const answer = checkTemplate({ title: 'Hello', text: 'Dear {{contact.nmae}},', scope: { _tag: 'All' } }, known)
 * if (answer._tag === 'Refused' && answer.refusal._tag === 'Invalid') console.log(answer.refusal.issues)
 * ```
 *
 * ```text
 * [
 *   'text: there is no variable contact.nmae; there are contact.name, agent.name'
 * ]
 * ```
 */
export const checkTemplate = (draft: TemplateDraft, known: TemplateSurroundings): CheckedTemplate => {
  const { title, text, scope } = draft
  const [category, shortcut, language] = [given(draft.category), given(draft.shortcut), given(draft.language)]
  const issues = [
    ...(isWord(title, titleAtMost) ? [] : [`title: 1 to ${titleAtMost} characters`]),
    ...textIssues(text, known.variables),
    ...scopeIssues(scope, known),
    ...(category === null || isWord(category, titleAtMost) ? [] : [`category: at most ${titleAtMost} characters`]),
    ...(shortcut === null || (typeof shortcut === 'string' && shortcutShape.test(shortcut))
      ? []
      : ['shortcut: 1 to 40 letters, digits, - and _, without the slash']),
    ...(language === null || (typeof language === 'string' && languageShape.test(language))
      ? []
      : ['language: a tag such as fr or pt-BR']),
    ...channelIssues(draft.channels, known.channels),
  ]
  if (issues.length > 0) return { _tag: 'Refused', refusal: { _tag: 'Invalid', what: 'template', issues } }
  return {
    _tag: 'Checked',
    template: {
      title: title.trim(),
      category: category?.trim() ?? null,
      shortcut: shortcut?.toLowerCase() ?? null,
      language,
      channels: [...new Set(draft.channels ?? [])],
      scope: scopeOf(scope),
      text,
    },
  }
}
