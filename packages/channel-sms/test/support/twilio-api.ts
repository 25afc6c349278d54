import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv, type ValidateFunction } from 'ajv'

const require = createRequire(import.meta.url)

/** Twilio's own description of its API (OpenAPI 3.0), as it ships in one of its packages. */
const description = JSON.parse(
  readFileSync(require.resolve('@twilio-alpha/mcp/twilio-oai/spec/json/twilio_api_v2010.json'), 'utf8'),
)
const schemas: Readonly<Record<string, Partial<Schema>>> = description.components.schemas
const { post } = description.paths['/2010-04-01/Accounts/{AccountSid}/Messages.json']
const form: Schema = post.requestBody.content['application/x-www-form-urlencoded'].schema
const message = schemas['api.v2010.account.message'] as Schema

interface Schema {
  readonly properties: Readonly<Record<string, { readonly type?: string }>>
  readonly enum: ReadonlyArray<string>
}

/** Of the formats that it names, those that say something; a number may also be a short code or a name. */
const formats = {
  uri: (value: string) => URL.canParse(value),
  'date-time': true,
  'date-time-rfc-2822': (value: string) => new Date(value).toUTCString().replace('GMT', '+0000') === value,
  'phone-number': true,
  currency: /^[A-Z]{3}$/i,
  'uri-map': true,
} as const

const compile = (schema: object, coerceTypes: boolean): ValidateFunction =>
  new Ajv({ strict: false, allErrors: true, coerceTypes, formats }).compile({
    ...schema,
    additionalProperties: false,
    components: { schemas },
  })

const isRequest = compile(form, true)
const isMessage = compile(message, false)

const issuesOf = (valid: ValidateFunction, value: unknown): ReadonlyArray<string> =>
  valid(value)
    ? []
    : (valid.errors ?? []).map(({ instancePath, message: what, params }) =>
        `${instancePath} ${what} ${JSON.stringify(params)}`.trim(),
      )

/** What is wrong with a form that asks for a message, by the description: names, types, ids, addresses. */
export const requestIssues = (body: URLSearchParams): ReadonlyArray<string> => {
  const names = [...new Set(body.keys())]
  const valueOf = (name: string): unknown =>
    form.properties[name]?.type === 'array' || body.getAll(name).length > 1 ? body.getAll(name) : body.get(name)
  return issuesOf(isRequest, Object.fromEntries(names.map((name) => [name, valueOf(name)])))
}

/** What is wrong with an answer that shows a message. */
export const messageIssues = (answer: unknown): ReadonlyArray<string> => issuesOf(isMessage, answer)

/** Every field that a message is shown with. */
export const messageFields: ReadonlyArray<string> = Object.keys(message.properties)

/** Every status that a message can have. */
export const messageStatuses: ReadonlyArray<string> = schemas['message_enum_status']?.enum ?? []
