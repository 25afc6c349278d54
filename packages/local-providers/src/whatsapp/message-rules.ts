import { listAt } from '@guichet/channel-kit'
import { recordAt as fields } from '../fields.ts'

/** What the Cloud API takes as a message, and why not: its required fields and limits. */

type Fields = Readonly<Record<string, unknown>>

/** The ids of files that were uploaded. */
type Held = Pick<ReadonlySet<string>, 'has'>

const list = (value: unknown): ReadonlyArray<Fields> => listAt(value).map((one) => fields(one))

const length = (value: unknown): number => (typeof value === 'string' ? Array.from(value).length : -1)

const within = (value: unknown, atMost: number, what: string): ReadonlyArray<string> => {
  const size = length(value)
  return size >= 1 && size <= atMost ? [] : [`${what}: 1 to ${atMost} characters, not ${size}`]
}

const optional = (value: unknown, atMost: number, what: string): ReadonlyArray<string> =>
  value === undefined ? [] : within(value, atMost, what)

const titles = (all: ReadonlyArray<Fields>, atMost: number, idAtMost: number): ReadonlyArray<string> => [
  ...all.flatMap(({ title, id }) => [...within(title, atMost, 'title'), ...within(id, idAtMost, 'id')]),
  ...(new Set(all.map(({ title }) => title)).size === all.length ? [] : ['titles: each once']),
]

const interactive = (value: Fields): ReadonlyArray<string> => {
  const action = fields(value['action'])
  const body = within(fields(value['body'])['text'], 1024, 'body.text')
  switch (value['type']) {
    case 'button': {
      const replies = list(action['buttons']).map(({ reply }) => fields(reply))
      return [
        ...body,
        ...(replies.length >= 1 && replies.length <= 3 ? [] : ['buttons: 1 to 3']),
        ...titles(replies, 20, 256),
      ]
    }
    case 'list': {
      const rows = list(action['sections']).flatMap((section) => list(section['rows']))
      const count = rows.length >= 1 && rows.length <= 10 ? [] : ['rows: 1 to 10']
      return [...body, ...within(action['button'], 20, 'button'), ...count, ...titles(rows, 24, 200)]
    }
    case 'cta_url': {
      const { display_text: display, url } = fields(action['parameters'])
      const valid = typeof url === 'string' && URL.canParse(url)
      return [...body, ...within(display, 20, 'display_text'), ...(valid ? [] : ['url: an address'])]
    }
    default:
      return [`interactive: unknown type ${String(value['type'])}`]
  }
}

const written = (value: unknown): ReadonlyArray<string> => [
  ...within(value, 1024, 'parameter'),
  ...(typeof value === 'string' && /[\n\t]| {4}/.test(value) ? ['parameter: no line break, tab or four spaces'] : []),
]

const whole = (value: unknown, what: string): ReadonlyArray<string> =>
  Number.isInteger(value) ? [] : [`${what}: a whole number`]

/** What fills a place, by its type; `parameter_name` where the template names its places. */
const filled = (parameter: Fields): ReadonlyArray<string> => {
  const type = String(parameter['type'])
  const given = fields(parameter[type])
  switch (type) {
    case 'text':
      return [...written(parameter['text']), ...optional(parameter['parameter_name'], 200, 'parameter_name')]
    case 'currency':
      return [
        ...written(given['fallback_value']),
        ...within(given['code'], 3, 'code'),
        ...whole(given['amount_1000'], ''),
      ]
    case 'date_time':
      return written(given['fallback_value'])
    case 'image':
    case 'video':
    case 'document':
      return typeof given['link'] === 'string' && URL.canParse(given['link']) ? [] : [`${type}.link: an address`]
    case 'location':
      return [given['latitude'], given['longitude']].every(Number.isFinite) ? [] : ['location: latitude and longitude']
    default:
      return [`parameter: unknown type ${type}`]
  }
}

/** What each kind of button is given. */
const buttonParameters: Readonly<Record<string, readonly [type: string, field: string]>> = {
  quick_reply: ['payload', 'payload'],
  url: ['text', 'text'],
  copy_code: ['coupon_code', 'coupon_code'],
  flow: ['action', 'action'],
  catalog: ['action', 'action'],
}

const component = (value: Fields): ReadonlyArray<string> => {
  const parameters = list(value['parameters'])
  if (value['type'] === 'header')
    return [...(parameters.length === 1 ? [] : ['header: one']), ...parameters.flatMap(filled)]
  if (value['type'] === 'body') return parameters.flatMap(filled)
  if (value['type'] !== 'button') return [`component: unknown type ${String(value['type'])}`]
  const [type, field = ''] = buttonParameters[String(value['sub_type'])] ?? []
  return [
    ...(type === undefined ? [`button: unknown type ${String(value['sub_type'])}`] : []),
    ...(/^\d$/.test(String(value['index'])) && typeof value['index'] === 'string' ? [] : ['button.index: "0" to "9"']),
    ...parameters.flatMap((one) =>
      one['type'] === type && one[field] !== undefined ? [] : [`button: a parameter of type ${type}`],
    ),
  ]
}

const template = (value: Fields): ReadonlyArray<string> => {
  const components = list(value['components'])
  const buttons = components.filter(({ type }) => type === 'button')
  return [
    ...within(value['name'], 512, 'name'),
    ...within(fields(value['language'])['code'], 20, 'language.code'),
    ...components.flatMap(component),
    ...(new Set(buttons.map(({ index }) => index)).size === buttons.length ? [] : ['buttons: each index once']),
  ]
}

const contacts = (value: unknown): ReadonlyArray<string> =>
  list(value).length === 0
    ? ['contacts: at least one']
    : list(value).flatMap(({ name }) => [
        ...within(fields(name)['formatted_name'], 500, 'formatted_name'),
        ...within(fields(name)['first_name'], 500, 'first_name'),
      ])

const media = (kind: string, value: Fields, held: Held): ReadonlyArray<string> => [
  ...(held.has(String(value['id'])) ? [] : [`${kind}.id: a file that was uploaded`]),
  ...(kind === 'audio' && value['caption'] !== undefined
    ? ['audio: no caption']
    : optional(value['caption'], 1024, 'caption')),
  ...(kind === 'document' ? within(value['filename'], 240, 'filename') : []),
]

const content = (type: unknown, value: unknown, held: Held): ReadonlyArray<string> => {
  switch (type) {
    case 'text':
      return within(fields(value)['body'], 4096, 'text.body')
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
      return media(type, fields(value), held)
    case 'location': {
      const { latitude, longitude } = fields(value)
      return Number.isFinite(latitude) && Number.isFinite(longitude) ? [] : ['location: latitude and longitude']
    }
    case 'contacts':
      return contacts(value)
    case 'interactive':
      return interactive(fields(value))
    case 'template':
      return template(fields(value))
    case 'reaction':
      return [
        ...within(fields(value)['message_id'], 1000, 'message_id'),
        ...(typeof fields(value)['emoji'] === 'string' ? [] : ['emoji: a text']),
      ]
    default:
      return [`type: unknown ${String(type)}`]
  }
}

/** What is told of a message of the customer: that it was read, and that somebody types. */
export const isTold = (body: unknown): boolean => fields(body)['status'] !== undefined

const toldIssues = (body: Fields): ReadonlyArray<string> => {
  const typing = body['typing_indicator']
  return [
    ...(body['messaging_product'] === 'whatsapp' ? [] : ['messaging_product: whatsapp']),
    ...(body['status'] === 'read' ? [] : ['status: read']),
    ...within(body['message_id'], 1000, 'message_id'),
    ...(typing === undefined || fields(typing)['type'] === 'text' ? [] : ['typing_indicator.type: text']),
    ...['to', 'recipient', 'type'].flatMap((name) => (body[name] === undefined ? [] : [`${name}: nothing of it`])),
  ]
}

/** Everything that is wrong with the body of a message; `held` are the ids of files that were uploaded. */
export const issuesOf = (body: unknown, held: Held): ReadonlyArray<string> => {
  const message = fields(body)
  if (isTold(message)) return toldIssues(message)
  const { type, to, recipient, context } = message
  return [
    ...(message['messaging_product'] === 'whatsapp' ? [] : ['messaging_product: whatsapp']),
    ...(message['recipient_type'] === 'individual' ? [] : ['recipient_type: individual']),
    ...(/^\d{5,20}$/.test(String(to ?? '')) !== /^[A-Z]{2}\./.test(String(recipient ?? '')) ? [] : ['to or recipient']),
    ...optional(message['biz_opaque_callback_data'], 512, 'biz_opaque_callback_data'),
    ...(context === undefined ? [] : within(fields(context)['message_id'], 1000, 'context.message_id')),
    ...content(type, message[String(type)], held),
  ]
}
