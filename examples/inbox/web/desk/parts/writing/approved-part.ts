import type { RichPart } from '@guichet/engine/domain'
import type { ApprovedTemplate } from '../../../../server/approved-templates.ts'

type Template = Extract<RichPart, { readonly _tag: 'ProviderTemplate' }>

/** A variable of a template, and where it stands. */
export interface Place {
  readonly where: 'header' | 'body'
  /** A number, or a name that the provider knows it by. */
  readonly name: string
}

/** What has been filled in, by the key of the place. */
export type Filled = Readonly<Record<string, string>>

const variable = /\{\{\s*([\w-]+)\s*\}\}/g

export const keyOf = ({ where, name }: Place): string => `${where} ${name}`

const isNumber = (name: string): boolean => /^\d+$/.test(name)

const namesIn = (text: string | null): ReadonlyArray<string> => {
  const names = new Set([...(text ?? '').matchAll(variable)].map(([, name]) => name ?? ''))
  return [...names].sort((a, b) => (isNumber(a) && isNumber(b) ? Number(a) - Number(b) : 0))
}

/** Every variable once, as the template is read. */
export const placesIn = ({ header, body }: ApprovedTemplate): ReadonlyArray<Place> => [
  ...namesIn(header).map((name) => ({ where: 'header' as const, name })),
  ...namesIn(body).map((name) => ({ where: 'body' as const, name })),
]

/** A text in pieces: words, and places that are filled or wait. */
export const piecesOf = (text: string, where: Place['where']): ReadonlyArray<string | Place> =>
  text.split(variable).map((piece, at) => (at % 2 === 0 ? piece : { where, name: piece }))

const textWith = (text: string, where: Place['where'], filled: Filled): string =>
  piecesOf(text, where)
    .map((piece) => (typeof piece === 'string' ? piece : (filled[keyOf(piece)] ?? '')))
    .join('')

const greets = /(?:bonjour|bonsoir|hello|hi|dear|chère?|hallo|guten tag|hola|ciao|olá)\s*$/i

/** What is known already: whom it greets. */
export const knownIn = (template: ApprovedTemplate, firstName: string | undefined): Filled => {
  if (firstName === undefined) return {}
  const pieces = piecesOf(template.body, 'body')
  const greeted = pieces.find((piece, at) => typeof piece !== 'string' && greets.test(String(pieces[at - 1])))
  return greeted === undefined || typeof greeted === 'string' ? {} : { [keyOf(greeted)]: firstName }
}

const valueOf = ({ name }: Place, text: string): Template['values'][number] =>
  isNumber(name) ? text : { _tag: 'Text', text, name }

/** The message, when all of it is filled in. */
export const partOf = (template: ApprovedTemplate, filled: Filled): RichPart => {
  const { name, language, header, body, footer } = template
  const said = (place: Place): string => (filled[keyOf(place)] ?? '').trim()
  const places = placesIn(template)
  const above = places.find(({ where }) => where === 'header')
  const lines = [header && textWith(header, 'header', filled), textWith(body, 'body', filled), footer]
  return {
    _tag: 'ProviderTemplate',
    name,
    language,
    values: places.filter(({ where }) => where === 'body').map((place) => valueOf(place, said(place))),
    text: lines.filter(Boolean).join('\n'),
    ...(above === undefined
      ? {}
      : { header: { _tag: 'Text', text: said(above), ...(isNumber(above.name) ? {} : { name: above.name }) } }),
  }
}
