import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { blank, type NewMessage, type Person, type PhoneMessage } from '../message.ts'
import type { Provider, Surroundings } from '../provider.ts'
import { recordAt, textAt } from './fields.ts'
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
import { contentOf } from './messenger-message.ts'

const day = 86_400_000
const longestText = 2000
const longestMetadata = 1000

/** For how long one may answer: as a program, and as a person who says so. */
const windows: Readonly<Record<string, number>> = { RESPONSE: day, UPDATE: day, MESSAGE_TAG: 7 * day }

const windowClosed: GraphProblem = {
  code: 10,
  subcode: 2_018_278,
  message: 'This message is sent outside of allowed window.',
}
const nobody: GraphProblem = { code: 100, subcode: 2_018_001, message: 'No matching user found' }

/** Meta's words for signs; all others come with the sign alone. */
const words: Readonly<Record<string, string>> = { '❤️': 'love', '👍': 'like', '😆': 'haha', '😮': 'wow', '😢': 'sad' }

const kindOf = (mime: string): string => {
  const [kind = ''] = mime.split('/')
  return ['image', 'video', 'audio'].includes(kind) ? kind : 'file'
}

const newMid = (): string => `m_${randomBytes(30).toString('base64url')}`

/** The Messenger Platform, for one page. */
export const messengerProvider = ({ store, subscriptions, clock, url, works, later }: Surroundings): Provider => {
  const { messenger } = subscriptions
  const { page, appId } = messenger

  const tell = (from: string, to: string, event: object): Promise<void> =>
    notify(`${url()}/webhooks/messenger`, messenger, {
      object: 'page',
      entry: [
        {
          id: page,
          time: clock.now(),
          messaging: [{ sender: { id: from }, recipient: { id: to }, timestamp: clock.now(), ...event }],
        },
      ],
    })
  const customerTells = ({ phone }: Pick<Person, 'phone'>, event: object): Promise<void> =>
    tell(store.person(phone).pageScopedId, page, event)

  const filesOf = (files: PhoneMessage['files']) =>
    files.map(({ id, name, mime }) => ({
      type: kindOf(mime),
      payload: { url: `${url()}/messenger/attachments/${id}/${encodeURIComponent(name)}` },
    }))

  /** What the page said, told to the applications of the page, and then what has arrived. */
  const carry = async (message: NewMessage): Promise<void> => {
    const { externalId, phone, text, files, reference, at } = store.add(message)
    await tell(page, store.person(phone).pageScopedId, {
      message: {
        mid: externalId,
        is_echo: true,
        app_id: appId,
        ...(text === '' ? {} : { text }),
        ...(files.length === 0 ? {} : { attachments: filesOf(files) }),
        ...(reference === null ? {} : { metadata: reference }),
      },
    })
    await customerTells({ phone }, { delivery: { mids: [externalId], watermark: at } })
  }

  const lastFrom = (phone: string): number =>
    store.thread('messenger', phone).findLast(({ direction }) => direction === 'sent')?.at ?? Number.NEGATIVE_INFINITY

  const routes = new Hono()
    .use(`/${version}/${page}/*`, async (c, next) => {
      if (!isAuthorised(c, messenger)) return graphRefuse(c, notAuthorised)
      return works() ? next() : graphRefuse(c, outOfOrder)
    })
    .post(`/${version}/${page}/messages`, async (c) => {
      const body = await c.req.json<Readonly<Record<string, unknown>>>().catch(() => ({}))
      const to = textAt(body, 'recipient', 'id')
      if (to === undefined) return graphRefuse(c, missing('recipient'))
      const person = store.byPageScopedId(to)
      if (person === undefined) return graphRefuse(c, nobody)
      const { phone } = person
      const action = textAt(body, 'sender_action')
      if (action !== undefined) {
        if (action === 'mark_seen')
          for (const one of store.thread('messenger', phone))
            if (one.direction === 'sent' && one.status !== 'read') store.change(one.externalId, { status: 'read' })
        return c.json({ recipient_id: to })
      }
      const type = textAt(body, 'messaging_type') ?? ''
      const window = windows[type]
      if (window === undefined) return graphRefuse(c, missing('messaging_type'))
      if (type === 'MESSAGE_TAG' && textAt(body, 'tag') !== 'HUMAN_AGENT')
        return graphRefuse(c, { code: 100, message: 'Invalid tag' })
      if (clock.now() - lastFrom(phone) >= window) return graphRefuse(c, windowClosed)
      const message = recordAt(body, 'message')
      const content = contentOf(message)
      if (content === undefined) return graphRefuse(c, { code: 100, message: 'Message cannot be empty' })
      if (content.text.length > longestText)
        return graphRefuse(c, {
          code: 100,
          message: 'Length of param message[text] must be less than or equal to 2000',
        })
      const reference = textAt(message, 'metadata') ?? null
      if (reference !== null && reference.length > longestMetadata)
        return graphRefuse(c, { code: 100, message: 'Length of param message[metadata] must be at most 1000' })
      const file = content.media === undefined ? undefined : store.file(content.media)
      if (content.media !== undefined && file === undefined)
        return graphRefuse(c, { code: 100, subcode: 2_018_074, message: 'Invalid attachment_id' })
      const externalId = newMid()
      later(() =>
        carry({
          ...blank,
          line: 'messenger',
          phone,
          direction: 'received',
          externalId,
          at: clock.now(),
          text: content.text,
          status: 'delivered',
          files: file === undefined ? [] : [file.file],
          offer: content.offer,
          quotes: textAt(body, 'reply_to', 'mid') ?? null,
          reference,
        }),
      )
      return c.json({ recipient_id: to, message_id: externalId })
    })
    .post(`/${version}/${page}/message_attachments`, async (c) => {
      const form = await c.req.formData()
      const file = form.get('filedata')
      if (typeof form.get('message') !== 'string') return graphRefuse(c, missing('message'))
      if (!(file instanceof File)) return graphRefuse(c, { code: 100, subcode: 2_018_047, message: 'Upload failed' })
      const { id } = store.keepFile({ name: file.name, mime: file.type }, new Uint8Array(await file.arrayBuffer()))
      return c.json({ attachment_id: id })
    })
    // Whoever has the address of a file may have it, as with Meta's own.
    .get('/messenger/attachments/:file/:name', (c) => {
      const found = store.file(c.req.param('file'))
      return found === undefined
        ? c.body(null, 404)
        : c.body(new Uint8Array(found.bytes), 200, {
            'content-type': found.file.mime,
            'content-disposition': 'attachment',
            'x-content-type-options': 'nosniff',
          })
    })

  return {
    routes,
    newId: newMid,
    wrote: ({ externalId, text, files, quotes }, by, tapped) => {
      if (tapped?.as === 'postback')
        return customerTells(by, { postback: { mid: externalId, title: text, payload: tapped.id } })
      return customerTells(by, {
        message: {
          mid: externalId,
          ...(text === '' ? {} : { text }),
          ...(tapped === undefined ? {} : { quick_reply: { payload: tapped.id } }),
          ...(files.length === 0 ? {} : { attachments: filesOf(files) }),
          ...(quotes === null ? {} : { reply_to: { mid: quotes } }),
        },
      })
    },
    // Messenger says how far somebody has read, and not what.
    seen: async (messages) => {
      const [last] = messages.slice(-1)
      if (last !== undefined) await customerTells(last, { read: { watermark: clock.now() } })
    },
    reacted: (message, emoji) =>
      customerTells(message, {
        reaction: {
          mid: message.externalId,
          action: emoji === null ? 'unreact' : 'react',
          ...(emoji === null ? {} : { reaction: words[emoji] ?? 'other', emoji }),
        },
      }),
  }
}
