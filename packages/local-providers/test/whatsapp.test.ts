import { metaSigned } from '@guichet/channel-kit/meta'
import { describe, expect, it } from 'vitest'
import type { Asked } from '../src/index.ts'
import {
  cloudApi,
  type CloudApiHost,
  contentOf,
  type MessageTemplate,
  messagesChange,
  signedNotification,
  statusOf,
  type TakenMessage,
  webhookOf,
} from '../src/whatsapp/index.ts'
import { memoryFiles } from './memory-files.ts'

const shipped: MessageTemplate = {
  name: 'shipped',
  language: 'en',
  category: 'UTILITY',
  status: 'APPROVED',
  header: 'On its way',
  body: 'Hello {{1}}, your order {{2}} has left.',
  examples: ['Zoe', '48210'],
}
const waiting: MessageTemplate = { ...shipped, name: 'sale', status: 'PENDING' }

const open = (more: Partial<CloudApiHost> = {}) => {
  const taken: Array<TakenMessage> = []
  const api = cloudApi({
    phoneNumberId: '106',
    businessAccountId: '102',
    token: () => 'EAA',
    origin: () => 'http://graph.example',
    files: memoryFiles(),
    isOpen: () => true,
    see: ({ id }) => id === 'wamid.in',
    take: (message) => void taken.push(message),
    ...more,
  })
  const ask = async (method: string, path: string, body: string | FormData = '', token = 'EAA') => {
    const sent = new Request(`http://graph.example${path}`, { method, ...(method === 'GET' ? {} : { body }) })
    const headers = { ...Object.fromEntries(sent.headers), authorization: `Bearer ${token}` }
    const bytes = new Uint8Array(await sent.arrayBuffer())
    const asked: Asked = { method, url: new URL(sent.url), headers, body: bytes }
    const place = api.placeOf(method, asked.url)
    if (place === undefined) throw new Error('nothing there')
    const fate = await api.answer(place, asked)
    if (typeof fate === 'string') throw new Error(fate)
    return { status: fate.status, body: JSON.parse(String(fate.body)) }
  }
  const send = (message: object, token?: string) => {
    const body = { messaging_product: 'whatsapp', recipient_type: 'individual', to: '16505551234', ...message }
    return ask('POST', '/v25.0/106/messages', JSON.stringify(body), token)
  }
  return { ask, send, taken }
}

const text = { type: 'text', text: { body: 'Hello' } }
const template = (name: string, ...values: ReadonlyArray<string>) => ({
  type: 'template',
  template: {
    name,
    language: { code: 'en' },
    components: [{ type: 'body', parameters: values.map((value) => ({ type: 'text', text: value })) }],
  },
})

describe('the Cloud API of WhatsApp', () => {
  it('takes what breaks no rule, and answers with its id', async () => {
    const { send, taken } = open()
    const { status, body } = await send(text)
    expect([status, body.messages[0].id]).toEqual([200, taken[0]?.id])
    expect(taken[0]).toMatchObject({ to: '16505551234', body: text })
  })

  it.each([
    ['another token', text, 'other', 401, 190],
    ['a text that is too long', { type: 'text', text: { body: 'x'.repeat(4097) } }, 'EAA', 400, 131_009],
    ['a file that nobody uploaded', { type: 'image', image: { id: '7' } }, 'EAA', 400, 131_009],
    [
      'an offer without buttons',
      { type: 'interactive', interactive: { type: 'button', body: { text: 'Which?' } } },
      'EAA',
      400,
      131_009,
    ],
    ['a kind that it does not know', { type: 'poll' }, 'EAA', 400, 131_009],
  ])('refuses %s', async (_, message, token, status, code) => {
    const { send, taken } = open()
    expect(await send(message, token)).toMatchObject({ status, body: { error: { code } } })
    expect(taken).toEqual([])
  })

  it('lets only approved templates with all their values leave when the day is over', async () => {
    const { send, taken } = open({ isOpen: () => false, templates: [shipped, waiting] })
    expect((await send(text)).body.error.code).toBe(131_047)
    expect((await send(template('sale', 'Zoe', '1'))).body.error.code).toBe(132_001)
    expect((await send(template('shipped', 'Zoe'))).body.error.code).toBe(132_000)
    expect((await send(template('shipped', 'Zoe', '48210'))).status).toBe(200)
    expect(contentOf(taken[0]?.body ?? {}, [shipped]).text).toBe('On its way\nHello Zoe, your order 48210 has left.')
  })

  it('lists templates by their state, a page at a time', async () => {
    const { ask } = open({ templates: [shipped, waiting] })
    const { body } = await ask('GET', '/v25.0/102/message_templates?limit=1')
    expect(body.data.map(({ name }: { name: string }) => name)).toEqual(['shipped'])
    const rest = await ask('GET', `/v25.0/102/message_templates?limit=1&after=${body.paging.cursors.after}`)
    expect(rest.body.data[0]).toMatchObject({ name: 'sale', status: 'PENDING' })
    const approved = await ask('GET', '/v25.0/102/message_templates?status=APPROVED')
    expect(approved.body.data).toHaveLength(1)
  })

  it('keeps a file, says where it is, and hands it out', async () => {
    const { ask } = open()
    const form = new FormData()
    form.append('messaging_product', 'whatsapp')
    form.append('type', 'text/plain')
    form.append('file', new Blob(['Hello'], { type: 'text/plain' }), 'hello.txt')
    const { body } = await ask('POST', '/v25.0/106/media', form)
    expect((await ask('GET', `/v25.0/${body.id}`)).body).toMatchObject({ mime_type: 'text/plain', file_size: 5 })
    expect((await ask('GET', '/v25.0/7')).body.error.error_subcode).toBe(33)
  })

  it('marks as read what is there', async () => {
    const { ask } = open()
    const read = (id: string) =>
      ask(
        'POST',
        '/v25.0/106/messages',
        JSON.stringify({ messaging_product: 'whatsapp', status: 'read', message_id: id }),
      )
    expect((await read('wamid.in')).body).toEqual({ success: true })
    expect((await read('wamid.gone')).status).toBe(400)
  })

  it('signs its webhooks as Meta does', () => {
    const status = statusOf({
      id: 'wamid.out',
      to: '16505551234',
      status: 'sent',
      at: 1_700_000_000_999,
      reference: 'k',
    })
    const change = messagesChange({ phoneNumberId: '106', displayNumber: '+15550783881' }, { statuses: [status] })
    const { headers, body } = signedNotification(webhookOf('102', change), 'secret')
    const request = { method: 'POST', url: 'http://a', headers, body: new TextEncoder().encode(body) }
    expect(metaSigned(request, ['secret'])).toBe(true)
    expect(JSON.parse(body).entry[0].changes[0].value).toMatchObject({
      metadata: { display_phone_number: '15550783881', phone_number_id: '106' },
      statuses: [{ timestamp: '1700000000', biz_opaque_callback_data: 'k' }],
    })
  })
})
