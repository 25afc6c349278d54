import { createHash, randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { blank, type NewMessage, type Person, type PhoneMessage } from '../message.ts'
import type { Provider, Surroundings } from '../provider.ts'
import { textAt } from './fields.ts'
import {
  type GraphProblem,
  graphRefuse,
  isAuthorised,
  missing,
  notAuthorised,
  notify,
  outOfOrder,
  version,
} from './graph.ts'
import { contentOf, inboundOf } from './whatsapp-message.ts'

const day = 86_400_000
const longestText = 4096
const longestReference = 512

const newWamid = (): string => `wamid.${randomBytes(24).toString('base64url')}`

/** Numbers of this ending have no WhatsApp: a way to see what a failure looks like. */
const nobody = /0000$/

const undeliverable = { code: 131_026, title: 'Message undeliverable', message: 'Message undeliverable' }

const windowClosed: GraphProblem = {
  code: 131_047,
  message: 'Re-engagement message',
  details:
    'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
}
const notValid = (field: string): GraphProblem => ({
  code: 131_009,
  message: 'Parameter value is not valid',
  details: field,
})

/** The Cloud API of WhatsApp, for one number. */
export const whatsappProvider = ({ store, subscriptions, clock, url, works, later }: Surroundings): Provider => {
  const { whatsapp } = subscriptions
  const { phoneNumberId, displayNumber, businessAccountId } = whatsapp

  const tell = (value: object): Promise<void> =>
    notify(`${url()}/webhooks/whatsapp`, whatsapp, {
      object: 'whatsapp_business_account',
      entry: [
        {
          id: businessAccountId,
          changes: [
            {
              field: 'messages',
              value: {
                messaging_product: 'whatsapp',
                metadata: { display_phone_number: displayNumber.slice(1), phone_number_id: phoneNumberId },
                ...value,
              },
            },
          ],
        },
      ],
    })

  const report = (
    { externalId, phone, reference }: NewMessage,
    status: 'sent' | 'delivered' | 'read' | 'failed',
    errors: ReadonlyArray<object> = [],
  ): Promise<void> =>
    tell({
      statuses: [
        {
          id: externalId,
          status,
          timestamp: String(Math.floor(clock.now() / 1000)),
          recipient_id: phone.slice(1),
          ...(reference === null ? {} : { biz_opaque_callback_data: reference }),
          ...(errors.length === 0 ? {} : { errors }),
        },
      ],
    })

  const carry = async (message: NewMessage): Promise<void> => {
    if (nobody.test(message.phone)) return report(message, 'failed', [undeliverable])
    const there = store.add(message)
    await report(there, 'sent')
    await report(there, 'delivered')
  }

  /** What the shop has looked at, up to one message and that one included. */
  const looked = (externalId: string): boolean => {
    const last = store.get(externalId)
    if (last === undefined) return false
    for (const one of store.thread('whatsapp', last.phone)) {
      if (one.direction === 'sent' && one.id <= last.id && one.status !== 'read')
        store.change(one.externalId, { status: 'read' })
    }
    return true
  }

  const isOpen = (phone: string): boolean => {
    const last = store.thread('whatsapp', phone).findLast(({ direction }) => direction === 'sent')
    return last !== undefined && clock.now() - last.at < day
  }

  const routes = new Hono()
    .use(`/${version}/${phoneNumberId}/*`, async (c, next) => {
      if (!isAuthorised(c, whatsapp)) return graphRefuse(c, notAuthorised)
      return works() ? next() : graphRefuse(c, outOfOrder)
    })
    .post(`/${version}/${phoneNumberId}/messages`, async (c) => {
      const body = await c.req.json<Readonly<Record<string, unknown>>>().catch(() => ({}))
      if (textAt(body, 'messaging_product') !== 'whatsapp') return graphRefuse(c, missing('messaging_product'))
      if (textAt(body, 'status') === 'read')
        return looked(textAt(body, 'message_id') ?? '')
          ? c.json({ success: true })
          : graphRefuse(c, notValid('message_id'))
      const to = textAt(body, 'to')?.replace(/^\+/, '')
      if (to === undefined) return graphRefuse(c, missing('to'))
      if (!/^[1-9]\d{6,14}$/.test(to)) return graphRefuse(c, notValid('to'))
      const phone = `+${to}`
      const externalId = newWamid()
      const answer = {
        messaging_product: 'whatsapp',
        contacts: [{ input: to, wa_id: to }],
        messages: [{ id: externalId }],
      }
      const type = textAt(body, 'type') ?? 'text'
      if (!isOpen(phone) && type !== 'template') return graphRefuse(c, windowClosed)
      if (type === 'reaction') {
        const beside = textAt(body, 'reaction', 'message_id') ?? ''
        const emoji = textAt(body, 'reaction', 'emoji') ?? null
        const changed = store.change(beside, { theirs: emoji })
        return changed === undefined ? graphRefuse(c, notValid('reaction.message_id')) : c.json(answer)
      }
      const content = contentOf(body)
      if (content === undefined) return graphRefuse(c, notValid(type))
      if ([...content.text].length > longestText) return graphRefuse(c, notValid('text.body'))
      const file = content.media === undefined ? undefined : store.file(content.media)
      if (content.media !== undefined && file === undefined) return graphRefuse(c, notValid(`${type}.id`))
      const reference = textAt(body, 'biz_opaque_callback_data') ?? null
      if (reference !== null && reference.length > longestReference)
        return graphRefuse(c, notValid('biz_opaque_callback_data'))
      later(() =>
        carry({
          ...blank,
          line: 'whatsapp',
          phone,
          direction: 'received',
          externalId,
          at: clock.now(),
          text: content.text,
          status: 'delivered',
          files: file === undefined ? [] : [file.file],
          offer: content.offer,
          quotes: textAt(body, 'context', 'message_id') ?? null,
          reference,
        }),
      )
      return c.json(answer)
    })
    .post(`/${version}/${phoneNumberId}/media`, async (c) => {
      const form = await c.req.formData()
      const file = form.get('file')
      if (form.get('messaging_product') !== 'whatsapp') return graphRefuse(c, missing('messaging_product'))
      if (!(file instanceof File)) return graphRefuse(c, missing('file'))
      const { id } = store.keepFile({ name: file.name, mime: file.type }, new Uint8Array(await file.arrayBuffer()))
      return c.json({ id })
    })
    .get(`/${version}/:media`, (c) => {
      if (!isAuthorised(c, whatsapp)) return graphRefuse(c, notAuthorised)
      if (!works()) return graphRefuse(c, outOfOrder)
      const found = store.file(c.req.param('media'))
      if (found === undefined) return graphRefuse(c, { status: 404, code: 100, message: 'Unsupported get request.' })
      const { file, bytes } = found
      return c.json({
        messaging_product: 'whatsapp',
        url: `${url()}/whatsapp_business/attachments/${file.id}`,
        mime_type: file.mime,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        file_size: file.size,
        id: file.id,
      })
    })
    .get('/whatsapp_business/attachments/:file', (c) => {
      if (!isAuthorised(c, whatsapp)) return c.body(null, 401)
      const found = store.file(c.req.param('file'))
      return found === undefined
        ? c.body(null, 404)
        : c.body(new Uint8Array(found.bytes), 200, { 'content-type': found.file.mime })
    })

  const bytesOf = (id: string): Uint8Array => store.file(id)?.bytes ?? new Uint8Array()
  const contact = ({ phone, name }: Person) => ({ profile: { name: name || phone }, wa_id: phone.slice(1) })

  return {
    routes,
    newId: newWamid,
    wrote: (message, by, tapped) =>
      tell({ contacts: [contact(by)], messages: [inboundOf(message, by, displayNumber, bytesOf, tapped)] }),
    seen: async (messages) => {
      for (const message of messages) await report(message, 'read')
    },
    reacted: ({ externalId, phone }: PhoneMessage, emoji) =>
      tell({
        contacts: [contact(store.person(phone))],
        messages: [
          {
            from: phone.slice(1),
            id: newWamid(),
            timestamp: String(Math.floor(clock.now() / 1000)),
            type: 'reaction',
            // Without a sign, one is taken back.
            reaction: { message_id: externalId, ...(emoji === null ? {} : { emoji }) },
          },
        ],
      }),
  }
}
