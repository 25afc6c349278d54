import { apiOver, post, recordAt, textAt } from '@guichet/local-providers'
import {
  cloudApi,
  contentOf,
  inboundMessage,
  inboundReaction,
  messagesChange,
  newWamid,
  signedNotification,
  statusOf,
  type TakenMessage,
  webhookOf,
} from '@guichet/local-providers/whatsapp'
import { approved } from '../shop/approved-templates.ts'
import { filesIn } from './files.ts'
import { blank, type NewMessage, type Person } from './message.ts'
import type { Provider, Surroundings } from './provider.ts'

const day = 86_400_000

/** Numbers of this ending have no WhatsApp: a way to see what a failure looks like. */
const nobody = /0000$/

const undeliverable = { code: 131_026, title: 'Message undeliverable', message: 'Message undeliverable' }

/** WhatsApp, for the number of the shop. */
export const whatsappProvider = (around: Surroundings): Provider => {
  const { store, subscriptions, clock, url, works, courier, later } = around
  const { whatsapp } = subscriptions
  const files = filesIn(store)

  const tell = (value: object): Promise<void> =>
    courier.bring(() => {
      const webhook = webhookOf(whatsapp.businessAccountId, messagesChange(whatsapp, value))
      const { headers, body } = signedNotification(webhook, whatsapp.appSecret)
      return post(`${url()}/webhooks/whatsapp`, headers, body)
    })

  const report = (
    { externalId, phone, reference }: NewMessage,
    status: 'sent' | 'delivered' | 'read' | 'failed',
    errors?: ReadonlyArray<object>,
  ): Promise<void> => {
    const said = { id: externalId, to: phone.slice(1), status, at: clock.now(), reference }
    return tell({ statuses: [statusOf(errors === undefined ? said : { ...said, errors })] })
  }

  const carry = async (message: NewMessage): Promise<void> => {
    if (nobody.test(message.phone)) return report(message, 'failed', [undeliverable])
    const there = store.add(message)
    await Promise.all([report(there, 'sent'), report(there, 'delivered')])
  }

  const take = ({ id, to, body }: TakenMessage): undefined => {
    if (body['type'] === 'reaction') {
      const { message_id: beside, emoji } = recordAt(body, 'reaction')
      store.change(String(beside), { theirs: String(emoji) || null })
      return
    }
    const content = contentOf(body, approved)
    const file = content.media === undefined ? undefined : store.file(content.media)
    later(() =>
      carry({
        ...blank,
        line: 'whatsapp',
        phone: `+${to}`,
        direction: 'received',
        externalId: id,
        at: clock.now(),
        text: content.text,
        status: 'delivered',
        files: file === undefined ? [] : [file.file],
        offer: content.offer,
        quotes: textAt(body, 'context', 'message_id') ?? null,
        reference: textAt(body, 'biz_opaque_callback_data') ?? null,
      }),
    )
  }

  const api = cloudApi({
    phoneNumberId: whatsapp.phoneNumberId,
    businessAccountId: whatsapp.businessAccountId,
    token: () => whatsapp.accessToken,
    origin: url,
    files,
    templates: approved,
    isOpen: (to) => {
      const last = store.thread('whatsapp', `+${to}`).findLast(({ direction }) => direction === 'sent')
      return last !== undefined && clock.now() - last.at < day
    },
    see: ({ id }) => {
      const last = store.get(id)
      if (last === undefined) return false
      for (const one of store.thread('whatsapp', last.phone)) {
        if (one.direction === 'sent' && one.id <= last.id && one.status !== 'read')
          store.change(one.externalId, { status: 'read' })
      }
      return true
    },
    take,
  })

  const contact = ({ phone, name }: Person) => ({ profile: { name: name || phone }, wa_id: phone.slice(1) })

  return {
    serve: apiOver(api, works),
    newId: newWamid,
    wrote: ({ externalId, phone, at, text, files: [first], quotes }, by, tapped) => {
      const file = first === undefined ? undefined : files.get(first.id)
      const message = inboundMessage({
        id: externalId,
        from: phone.slice(1),
        at,
        text,
        ...(first === undefined || file === undefined ? {} : { file: { ...file, id: first.id } }),
        ...(quotes === null ? {} : { quotes: { id: quotes, from: whatsapp.displayNumber.slice(1) } }),
        ...(tapped === undefined ? {} : { tapped }),
      })
      return tell({ contacts: [contact(by)], messages: [message] })
    },
    seen: async (messages) => {
      await Promise.all(messages.map((message) => report(message, 'read')))
    },
    reacted: ({ externalId, phone }, emoji) => {
      const reaction = { id: newWamid(), from: phone.slice(1), at: clock.now(), to: externalId, emoji }
      return tell({ contacts: [contact(store.person(phone))], messages: [inboundReaction(reaction)] })
    },
  }
}
