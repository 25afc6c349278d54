import type { AttributeDefinition } from '../contact/attribute.ts'

/** Variables that every workspace has; custom attributes come on top, by the id of their definition. */
export const templateVariables = [
  'contact.name',
  'contact.firstName',
  'contact.email',
  'contact.phone',
  'contact.company',
  'contact.language',
  'agent.name',
  'agent.firstName',
  'agent.email',
  'conversation.id',
  'conversation.subject',
  'conversation.title',
  'account.name',
] as const

/**
 * A variable in double braces, with a fallback after a bar. A third brace on either side makes it ordinary text: so
 * what a text becomes when it is filled never reads as another variable.
 */
const placeholder = /(?<!\{)\{\{([^{}|]*)(?:\|([^{}]*))?\}\}(?!\})/g

/** A piece of a text as it stands, or a variable in it. */
type TemplatePiece =
  | { readonly _tag: 'Words'; readonly words: string }
  | { readonly _tag: 'Variable'; readonly name: string; readonly fallback: string | null }

/** What a text is made of, in order. */
export const piecesOf = (text: string): ReadonlyArray<TemplatePiece> => {
  const pieces: Array<TemplatePiece> = []
  let from = 0
  for (const match of text.matchAll(placeholder)) {
    if (match.index > from) pieces.push({ _tag: 'Words', words: text.slice(from, match.index) })
    pieces.push({ _tag: 'Variable', name: (match[1] ?? '').trim(), fallback: match[2]?.trim() ?? null })
    from = match.index + match[0].length
  }
  if (from < text.length) pieces.push({ _tag: 'Words', words: text.slice(from) })
  return pieces
}

/**
 * The variables of a text, each once, in the order in which they first occur.
 *
 * @example
 * ```ts
 * import { variablesIn } from '@guichet/engine/domain'
 *
 * console.log(variablesIn('Hello {{contact.firstName|there}}, {{ agent.name }} here. {{contact.firstName}}?'))
 * ```
 *
 * ```text
 * [ 'contact.firstName', 'agent.name' ]
 * ```
 */
export const variablesIn = (text: string): ReadonlyArray<string> => [
  ...new Set(piecesOf(text).flatMap((piece) => (piece._tag === 'Variable' ? [piece.name] : []))),
]

/**
 * Every variable that a text may have in a workspace with these custom attributes.
 *
 * @example
 * ```ts
 * import { variablesWith } from '@guichet/engine/domain'
 *
 * console.log(variablesWith([{ id: 'plan', name: 'Plan', on: 'contact', kind: 'text' }]).at(-1))
 * ```
 *
 * ```text
 * contact.custom.plan
 * ```
 */
export const variablesWith = (attributes: Iterable<AttributeDefinition>): ReadonlyArray<string> => [
  ...templateVariables,
  ...Array.from(attributes, ({ on, id }) => `${on}.custom.${id}`),
]
