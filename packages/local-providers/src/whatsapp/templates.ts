import { field, listAt, textAt } from '@guichet/channel-kit'
import type { Asked } from '../http/api.ts'
import { type Answer, json } from '../http/answer.ts'
import { type GraphProblem } from '../graph/problem.ts'

/** A message that Meta has been asked to approve. */
export interface MessageTemplate {
  readonly name: string
  readonly language: string
  readonly category: 'UTILITY' | 'MARKETING' | 'AUTHENTICATION'
  readonly status: 'APPROVED' | 'PENDING' | 'REJECTED' | 'PAUSED'
  readonly header?: string
  /** With its variables as `{{1}}`, `{{2}}`, … */
  readonly body: string
  readonly footer?: string
  /** One example for each variable. */
  readonly examples: ReadonlyArray<string>
}

const variable = /\{\{(\d+)\}\}/g

const componentsOf = ({ header, body, footer, examples }: MessageTemplate): ReadonlyArray<object> => [
  ...(header === undefined ? [] : [{ type: 'HEADER', format: 'TEXT', text: header }]),
  { type: 'BODY', text: body, ...(examples.length === 0 ? {} : { example: { body_text: [examples] } }) },
  ...(footer === undefined ? [] : [{ type: 'FOOTER', text: footer }]),
]

/** A page of the list of templates. Source: Meta, "WhatsApp Business Account > Message Templates". */
export const templateList = (all: ReadonlyArray<MessageTemplate>, { url }: Asked): Answer => {
  const query = url.searchParams
  const asked = all.filter(({ status }) => (query.get('status') ?? status) === status)
  const from = Number(query.get('after') ?? 0)
  const to = from + Number(query.get('limit') ?? 25)
  const page = asked.slice(from, to).map((one) => ({
    id: String(1_000_000_000 + all.indexOf(one)),
    name: one.name,
    language: one.language,
    status: one.status,
    category: one.category,
    components: componentsOf(one),
  }))
  const cursors = { before: String(from), after: String(Math.min(to, asked.length)) }
  return json(200, { data: page, paging: { cursors, ...(to < asked.length ? { next: 'more' } : {}) } })
}

const parametersOf = (template: unknown): ReadonlyArray<string> =>
  listAt(template, 'components')
    .filter((component) => textAt(component, 'type') === 'body')
    .flatMap((component) => listAt(component, 'parameters'))
    .map((parameter) => textAt(parameter, 'text') ?? '')

const ofName = (all: ReadonlyArray<MessageTemplate>, template: unknown): MessageTemplate | undefined =>
  all.find(
    ({ name, language, status }) =>
      status === 'APPROVED' && name === field(template, 'name') && language === field(template, 'language', 'code'),
  )

/** Why a template is not sent. Source: Meta, "Error codes": template errors. */
export const templateProblem = (all: ReadonlyArray<MessageTemplate>, template: unknown): GraphProblem | undefined => {
  const found = ofName(all, template)
  const details = `template name (${textAt(template, 'name')}) does not exist in ${textAt(template, 'language', 'code')}`
  if (found === undefined)
    return { status: 404, code: 132_001, message: 'Template name does not exist in the translation', details }
  const [given, expected] = [parametersOf(template).length, new Set(found.body.match(variable)).size]
  if (given === expected) return undefined
  return {
    code: 132_000,
    message: 'Number of parameters does not match the expected number of params',
    details: `body: number of localizable_params (${given}) does not match the expected number of params (${expected})`,
  }
}

/** What a template says to the customer; its name where it is not known. */
export const templateText = (all: ReadonlyArray<MessageTemplate>, template: unknown): string => {
  const found = ofName(all, template)
  if (found === undefined) return textAt(template, 'name') ?? ''
  const parameters = parametersOf(template)
  const body = found.body.replaceAll(variable, (as, number: string) => parameters[Number(number) - 1] ?? as)
  return [found.header, body, found.footer].filter(Boolean).join('\n')
}
