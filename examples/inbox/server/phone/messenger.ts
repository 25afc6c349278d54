import { type Answer, apiOver, post, textAt } from '@guichet/local-providers'
import {
  type ActionBody,
  type ControlBody,
  contentOf,
  deliveryOf,
  echoOf,
  messageOf,
  newMid,
  notificationOf,
  type PageFile,
  postbackOf,
  reactionOf,
  readOf,
  sendApi,
  signedNotification,
  type TakenMessage,
} from '@guichet/local-providers/messenger'
import { filesIn } from './files.ts'
import { notYours, overheard, taken } from './handover.ts'
import { blank, type NewMessage, type PhoneMessage } from './message.ts'
import type { Provider, Surroundings } from './provider.ts'

/** The Messenger Platform, for the page of the shop. */
export const messengerProvider = (around: Surroundings): Provider => {
  const { store, subscriptions, clock, url, works, courier, later } = around
  const { messenger } = subscriptions
  const { page, appId } = messenger

  const notify = (notification: object): Promise<void> =>
    courier.bring(() => {
      const { headers, body } = signedNotification(notification, messenger.appSecret)
      return post(`${url()}/webhooks/messenger`, headers, body)
    })
  const eventOf = (from: string, to: string, event: object): object =>
    notificationOf({ page, from, to, at: clock.now(), event })
  const tell = (from: string, to: string, event: object): Promise<void> => notify(eventOf(from, to, event))
  const idOf = (phone: string): string => store.person(phone).pageScopedId
  const customerTells = (phone: string, event: object): Promise<void> => {
    const said = eventOf(idOf(phone), page, event)
    return notify(store.isElsewhere(phone) ? overheard(said) : said)
  }

  const shared = (files: PhoneMessage['files']): ReadonlyArray<PageFile> =>
    files.map(({ id, name, mime }) => ({
      mime,
      url: `${url()}/messenger/attachments/${id}/${encodeURIComponent(name)}`,
    }))

  /** What the page said, told to the applications of the page, and then what has arrived. */
  const carry = async (message: NewMessage): Promise<void> => {
    const { externalId: mid, phone, text, files, reference, at } = store.add(message)
    await Promise.all([
      tell(page, idOf(phone), echoOf({ mid, appId, text, files: shared(files), reference })),
      customerTells(phone, deliveryOf(mid, at)),
    ])
  }

  const take = ({ mid, to, body }: TakenMessage): Answer | undefined => {
    const person = store.byPageScopedId(to)
    if (person === undefined) return
    if (store.isElsewhere(person.phone)) return notYours
    const { text, media, offer } = contentOf(body.message)
    const file = media === undefined ? undefined : store.file(media)
    later(() =>
      carry({
        ...blank,
        line: 'messenger',
        phone: person.phone,
        direction: 'received',
        externalId: mid,
        at: clock.now(),
        text,
        status: 'delivered',
        files: file === undefined ? [] : [file.file],
        offer,
        quotes: body.reply_to?.mid ?? null,
        reference: textAt(body.message, 'metadata') ?? null,
      }),
    )
  }

  const act = ({ recipient, sender_action: action }: ActionBody): void => {
    const person = store.byPageScopedId(recipient?.id ?? '')
    if (person === undefined || action !== 'mark_seen') return
    for (const one of store.thread('messenger', person.phone))
      if (one.direction === 'sent' && one.status !== 'read') store.change(one.externalId, { status: 'read' })
  }

  /** Who takes a conversation has it at once, and who lets it go has it no more; who asks for it waits. */
  const control = (edge: string, { recipient }: ControlBody): void => {
    const person = store.byPageScopedId(recipient?.id ?? '')
    if (person === undefined || edge === 'request_thread_control') return
    store.setElsewhere(person.phone, edge !== 'take_thread_control')
  }

  const api = sendApi({
    product: 'messenger',
    node: page,
    token: () => messenger.accessToken,
    files: filesIn(store),
    now: clock.now,
    wroteAt: (to) => {
      const person = store.byPageScopedId(to)
      if (person === undefined) return undefined
      const last = store.thread('messenger', person.phone).findLast(({ direction }) => direction === 'sent')
      return last?.at ?? Number.NEGATIVE_INFINITY
    },
    profileOf: (id) => {
      const [first, ...others] = store.byPageScopedId(id)?.name.split(' ') ?? []
      return first ? { first_name: first, last_name: others.join(' ') } : undefined
    },
    act,
    control,
    take,
  })

  return {
    serve: apiOver(api, works),
    newId: newMid,
    wrote: ({ externalId: mid, text, files, quotes }, { phone }, tapped) => {
      if (tapped?.as === 'postback') return customerTells(phone, postbackOf(mid, text, tapped))
      const said = { mid, text, files: shared(files), quotes }
      return customerTells(phone, messageOf(tapped === undefined ? said : { ...said, tapped }))
    },
    seen: async (messages) => {
      const [last] = messages.slice(-1)
      if (last !== undefined) await customerTells(last.phone, readOf(clock.now()))
    },
    taken: async (phone) => {
      if (store.isElsewhere(phone)) return
      store.setElsewhere(phone, true)
      await tell(idOf(phone), page, taken(appId))
    },
    reacted: ({ externalId, phone }, emoji) => customerTells(phone, reactionOf(externalId, emoji)),
  }
}
