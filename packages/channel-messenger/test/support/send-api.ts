/** The rules of the Send API, written down apart from the channel: what it refuses, and with which error. */

export interface SendBody {
  readonly recipient?: { readonly id?: string; readonly user_ref?: string }
  readonly messaging_type?: string
  readonly tag?: string
  readonly message?: {
    readonly text?: string
    readonly attachment?: { readonly type: string; readonly payload: Readonly<Record<string, unknown>> }
    readonly quick_replies?: ReadonlyArray<{ readonly title: string; readonly payload: string }>
    readonly metadata?: string
  }
  readonly reply_to?: { readonly mid?: string }
}

export interface GraphFailure {
  readonly code: number
  readonly error_subcode?: number
  readonly message: string
  readonly is_transient?: boolean
}

interface Rules {
  readonly product: 'messenger' | 'instagram'
  /** When each person wrote last. */
  readonly wrote: ReadonlyMap<string, number>
  readonly attachments: ReadonlyMap<string, { readonly type: string }>
  readonly now: number
}

const hour = 3_600_000
const content = (error_subcode: number, message: string): GraphFailure => ({ code: 100, error_subcode, message })

const textFailure = (text: string, product: Rules['product']): GraphFailure | undefined => {
  if (text.trim() === '') return content(2018032, 'Empty text')
  if (/\p{Surrogate}/u.test(text)) return content(2018034, 'Invalid text')
  if (product === 'messenger' && Array.from(text).length >= 2000) return content(2018109, 'Length of text exceeded')
  if (product === 'instagram' && Buffer.byteLength(text) > 1000) return content(2534032, 'Length of text exceeded')
  return undefined
}

const characters = (value: unknown): number => Array.from(typeof value === 'string' ? value : '').length

const templateFailure = (payload: Readonly<Record<string, unknown>>): GraphFailure | undefined => {
  const elements = (payload['elements'] ?? []) as ReadonlyArray<Readonly<Record<string, unknown>>>
  const buttons = (payload['buttons'] ?? []) as ReadonlyArray<Readonly<Record<string, unknown>>>
  const fits =
    elements.length <= 10 &&
    elements.every(
      ({ title, subtitle }) => characters(title) > 0 && characters(title) <= 80 && characters(subtitle) <= 80,
    ) &&
    buttons.length <= 3 &&
    buttons.every(({ title }) => characters(title) > 0 && characters(title) <= 20) &&
    characters(payload['text']) <= 640
  return fits ? undefined : content(2018109, 'A template of another size')
}

const attachmentFailure = (
  { type, payload }: NonNullable<NonNullable<SendBody['message']>['attachment']>,
  { product, attachments }: Rules,
): GraphFailure | undefined => {
  if (type === 'template') {
    return product === 'messenger' ? templateFailure(payload) : content(2018034, 'No such template')
  }
  const known = attachments.get(String(payload['attachment_id']))
  return known?.type === type ? undefined : content(2018008, 'Invalid attachment')
}

const messageFailure = (message: NonNullable<SendBody['message']>, rules: Rules): GraphFailure | undefined => {
  const { text, attachment, quick_replies: replies = [], metadata = '' } = message
  if ((text === undefined) === (attachment === undefined)) return content(2018034, 'Either text or attachment')
  if (
    replies.length > 13 ||
    replies.some(({ title, payload }) => !title || characters(title) > 20 || payload.length > 1000)
  ) {
    return content(2018034, 'Quick replies of another size')
  }
  if (metadata.length > 1000) return content(2018034, 'Metadata too long')
  if (text !== undefined) return textFailure(text, rules.product)
  return attachment === undefined ? undefined : attachmentFailure(attachment, rules)
}

/** Why the Send API does not take this, undefined when it does. */
export const sendFailure = (body: SendBody, rules: Rules): GraphFailure | undefined => {
  const to =
    body.recipient?.id ?? (body.recipient?.user_ref === undefined ? undefined : `user_ref:${body.recipient.user_ref}`)
  const wrote = to === undefined ? undefined : rules.wrote.get(to)
  if (wrote === undefined) return { code: 100, error_subcode: 2018001, message: 'No matching user found' }
  const tagged = body.messaging_type === 'MESSAGE_TAG' && body.tag === 'HUMAN_AGENT'
  if (!tagged && (body.messaging_type !== 'RESPONSE' || body.tag !== undefined))
    return { code: 100, message: 'No such type or tag' }
  if (rules.now - wrote > (tagged ? 168 : 24) * hour) {
    return { code: 10, error_subcode: 2018278, message: 'This message is sent outside of allowed window.' }
  }
  if (body.reply_to !== undefined && !body.reply_to.mid) return { code: 100, message: 'No message to reply to' }
  return body.message === undefined ? content(2018034, 'No message') : messageFailure(body.message, rules)
}
