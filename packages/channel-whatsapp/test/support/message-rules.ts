/** What the Cloud API takes as a message, and why not: its required fields and limits. */

type Fields = Readonly<Record<string, unknown>>

const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}

const list = (value: unknown): ReadonlyArray<Fields> => (Array.isArray(value) ? value.map(fields) : [])

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

const template = (value: Fields): ReadonlyArray<string> => {
  const parameters = list(value['components']).flatMap((component) => list(component['parameters']))
  return [
    ...within(value['name'], 512, 'name'),
    ...within(fields(value['language'])['code'], 20, 'language.code'),
    ...parameters.flatMap(({ text }) => [
      ...within(text, 1024, 'parameter'),
      ...(typeof text === 'string' && /[\n\t]| {4}/.test(text) ? ['parameter: no line break, tab or four spaces'] : []),
    ]),
  ]
}

const contacts = (value: unknown): ReadonlyArray<string> =>
  list(value).length === 0
    ? ['contacts: at least one']
    : list(value).flatMap(({ name }) => [
        ...within(fields(name)['formatted_name'], 500, 'formatted_name'),
        ...within(fields(name)['first_name'], 500, 'first_name'),
      ])

const media = (kind: string, value: Fields, held: ReadonlySet<string>): ReadonlyArray<string> => [
  ...(held.has(String(value['id'])) ? [] : [`${kind}.id: a file that was uploaded`]),
  ...(kind === 'audio' && value['caption'] !== undefined
    ? ['audio: no caption']
    : optional(value['caption'], 1024, 'caption')),
  ...(kind === 'document' ? within(value['filename'], 240, 'filename') : []),
]

const content = (type: unknown, value: unknown, held: ReadonlySet<string>): ReadonlyArray<string> => {
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
    default:
      return [`type: unknown ${String(type)}`]
  }
}

/** Everything that is wrong with the body of a message; `held` are the ids of files that were uploaded. */
export const issuesOf = (body: unknown, held: ReadonlySet<string>): ReadonlyArray<string> => {
  const message = fields(body)
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
