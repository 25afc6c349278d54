import type { GraphProblem } from '../graph/problem.ts'

/** What the Send API is asked with. */
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

/** What a message is looked at with. */
export interface SendRules {
  readonly product: 'messenger' | 'instagram'
  /** When somebody wrote last, epoch milliseconds; undefined for whom the page does not know. */
  readonly wroteAt: (to: string) => number | undefined
  /** Whether a file with this id was uploaded as this. */
  readonly isHeld: (id: string, type: string) => boolean
  readonly now: number
}

const hour = 3_600_000
const content = (subcode: number, message: string): GraphProblem => ({ code: 100, subcode, message })

const textFailure = (text: string, product: SendRules['product']): GraphProblem | undefined => {
  if (text.trim() === '') return content(2_018_032, 'Empty text')
  if (/\p{Surrogate}/u.test(text)) return content(2_018_034, 'Invalid text')
  if (product === 'messenger' && Array.from(text).length >= 2000) return content(2_018_109, 'Length of text exceeded')
  if (product === 'instagram' && Buffer.byteLength(text) > 1000) return content(2_534_032, 'Length of text exceeded')
  return undefined
}

const characters = (value: unknown): number => Array.from(typeof value === 'string' ? value : '').length

const templateFailure = (payload: Readonly<Record<string, unknown>>): GraphProblem | undefined => {
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
  return fits ? undefined : content(2_018_109, 'A template of another size')
}

const attachmentFailure = (
  { type, payload }: NonNullable<NonNullable<SendBody['message']>['attachment']>,
  { product, isHeld }: SendRules,
): GraphProblem | undefined => {
  if (type === 'template') {
    return product === 'messenger' ? templateFailure(payload) : content(2_018_034, 'No such template')
  }
  return isHeld(String(payload['attachment_id']), type) ? undefined : content(2_018_008, 'Invalid attachment')
}

const messageFailure = (message: NonNullable<SendBody['message']>, rules: SendRules): GraphProblem | undefined => {
  const { text, attachment, quick_replies: replies = [], metadata = '' } = message
  if ((text === undefined) === (attachment === undefined)) return content(2_018_034, 'Either text or attachment')
  if (
    replies.length > 13 ||
    replies.some(({ title, payload }) => !title || characters(title) > 20 || payload.length > 1000)
  ) {
    return content(2_018_034, 'Quick replies of another size')
  }
  if (metadata.length > 1000) return content(2_018_034, 'Metadata too long')
  if (text !== undefined) return textFailure(text, rules.product)
  return attachment === undefined ? undefined : attachmentFailure(attachment, rules)
}

/** Who a message is for. */
export const recipientOf = ({ recipient }: SendBody): string | undefined =>
  recipient?.id ?? (recipient?.user_ref === undefined ? undefined : `user_ref:${recipient.user_ref}`)

/** For how long one may answer: as a program, and as a person who says so. */
const windowOf = ({ messaging_type: type, tag }: SendBody): number | undefined => {
  if (type === 'MESSAGE_TAG') return tag === 'HUMAN_AGENT' ? 168 * hour : undefined
  return (type === 'RESPONSE' || type === 'UPDATE') && tag === undefined ? 24 * hour : undefined
}

/** Why the Send API does not take a message, undefined when it does. Source: Meta, "Send API" and its error codes. */
export const sendFailure = (body: SendBody, rules: SendRules): GraphProblem | undefined => {
  const to = recipientOf(body)
  const wrote = to === undefined ? undefined : rules.wroteAt(to)
  if (wrote === undefined) return { code: 100, subcode: 2_018_001, message: 'No matching user found' }
  const window = windowOf(body)
  if (window === undefined) return { code: 100, message: 'No such type or tag' }
  if (rules.now - wrote > window)
    return { code: 10, subcode: 2_018_278, message: 'This message is sent outside of allowed window.' }
  if (body.reply_to !== undefined && !body.reply_to.mid) return { code: 100, message: 'No message to reply to' }
  return body.message === undefined ? content(2_018_034, 'No message') : messageFailure(body.message, rules)
}
