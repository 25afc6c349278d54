import { describe, expect, it } from 'vitest'
import { digits, fields, json, parsed } from './support/parsed.ts'
import { customer, ours, post, publicUrl } from './support/provider.ts'
import { accountOf } from './support/town.ts'
import { vonageMessagesProvider, vonageSmsProvider } from './support/vonage.ts'

describe('what Vonage writes by the SMS API', () => {
  const message = (more: Readonly<Record<string, string>>) =>
    fields({ msisdn: digits(customer), to: digits(ours), messageId: 'V1', text: 'Hello', type: 'text', ...more })
  const at = Date.UTC(2025, 10, 22, 11, 59, 58)

  it.each([
    { 'message-timestamp': '2025-11-22 11:59:58' },
    { 'message-timestamp': '2025-11-22 11:59:58 +0000' },
    { 'message-timestamp': '2025-11-22 12:59:58 +0100' },
    { timestamp: String(at / 1000) },
  ])('a message has the time %o', async (time) => {
    expect(await parsed(vonageSmsProvider, message(time))).toMatchObject([{ externalId: 'V1', sentAt: at }])
  })

  it('a part of a long message is one of its own, and says where it belongs', async () => {
    const part = { concat: 'true', 'concat-ref': '7', 'concat-total': '2', 'concat-part': '1' }
    expect(await parsed(vonageSmsProvider, message(part))).toMatchObject([
      { parts: [{ _tag: 'Text' }], meta: { 'concat-ref': '7', 'concat-total': '2', 'concat-part': '1' } },
    ])
  })

  it('a binary message is kept with its bytes', async () => {
    const binary = { type: 'binary', text: '', data: '0a0b', udh: '0605' }
    expect(await parsed(vonageSmsProvider, message(binary))).toMatchObject([
      { parts: [{ _tag: 'Unsupported', kind: 'binary' }], meta: { data: '0a0b', udh: '0605' } },
    ])
  })
})

describe('what Vonage writes by the Messages API', () => {
  const said = {
    message_uuid: 'V1',
    to: digits(ours),
    from: digits(customer),
    timestamp: '2025-11-22T11:59:58Z',
    message_type: 'text',
    text: 'Hello',
  }
  const of = (more: object) =>
    parsed(vonageMessagesProvider, post(JSON.stringify({ channel: 'sms', ...said, ...more }), json))

  it('files have their names and their words', async () => {
    const image = { url: 'https://api.nexmo.com/v3/media/1', name: 'chair.jpg', caption: 'This one' }
    expect(await of({ channel: 'mms', message_type: 'image', text: undefined, image })).toMatchObject([
      { parts: [{ _tag: 'Text', text: 'This one' }, { file: { name: 'chair.jpg', mime: 'image/jpeg' } }] },
    ])
    const content = [
      { type: 'text', text: 'Two' },
      { type: 'image', url: 'https://api.nexmo.com/v3/media/2' },
      { type: 'vcard', url: 'https://api.nexmo.com/v3/media/3' },
    ]
    expect(await of({ channel: 'mms', message_type: 'content', text: undefined, content })).toMatchObject([
      { parts: [{ text: 'Two' }, { file: { mime: 'image/jpeg' } }, { file: { mime: 'text/vcard' } }] },
    ])
  })

  it('another channel is said in the address, so that the answer goes the same way', async () => {
    const reply = { id: 'yes', title: 'Yes please' }
    const events = await of({
      channel: 'whatsapp',
      message_type: 'reply',
      text: undefined,
      reply,
      profile: { name: 'Zoé' },
    })
    expect(events).toMatchObject([
      {
        from: { address: `whatsapp:${digits(customer)}`, phone: customer, name: 'Zoé' },
        parts: [{ _tag: 'Chosen', choice: 'yes', label: 'Yes please' }],
      },
    ])
    const location = { lat: 48.85, long: 2.35, name: 'Café', address: '1 rue' }
    expect(await of({ channel: 'whatsapp', message_type: 'location', text: undefined, location })).toMatchObject([
      { parts: [{ _tag: 'Location', latitude: 48.85, longitude: 2.35, label: 'Café', address: '1 rue' }] },
    ])
  })

  it('what is answered is quoted, and what nobody knows is kept with its bytes', async () => {
    expect(await of({ context: { message_uuid: 'V0' } })).toMatchObject([{ quotes: 'V0' }])
    expect(await of({ message_type: 'order', text: undefined, order: { catalog_id: '7' } })).toMatchObject([
      { parts: [{ _tag: 'Unsupported', kind: 'order' }], meta: { raw: expect.stringContaining('catalog_id') } },
    ])
    expect(await of({ message_type: ' ', text: undefined })).toMatchObject([{ parts: [{ kind: 'unknown' }] }])
  })

  it('version 0.1 says the same with more braces', async () => {
    const side = (number: string) => ({ type: 'sms', number: digits(number) })
    const old = {
      message_uuid: 'V1',
      to: side(ours),
      from: side(customer),
      timestamp: '2025-11-22T11:59:58Z',
      direction: 'inbound',
      message: { content: { type: 'text', text: 'Hello' } },
    }
    expect(await parsed(vonageMessagesProvider, post(JSON.stringify(old), json))).toEqual(await of({}))
    const report = {
      ...old,
      from: side(ours),
      to: side(customer),
      status: 'rejected',
      error: { code: 1300, reason: 'no' },
    }
    expect(await parsed(vonageMessagesProvider, post(JSON.stringify(report), json))).toMatchObject([
      { _tag: 'DeliveryReported', status: 'failed', error: { code: '1300', message: 'no' } },
    ])
  })

  it('G52 what is signed among the fields says nothing of a body, and a token nothing of an address', async () => {
    const account = await accountOf(vonageSmsProvider, 'http://127.0.0.1:1')
    const { channel } = vonageSmsProvider
    const signed = vonageSmsProvider.sign(vonageSmsProvider.incoming({ id: 'V1', from: customer, text: 'Hello' }))
    const query = new URLSearchParams(JSON.parse(new TextDecoder().decode(signed.body)) as Record<string, string>)
    const asked = { method: 'GET', url: `${publicUrl}&${query}`, headers: json, body: new Uint8Array() }
    const bare = { ...asked, url: `https://example.com/hook?${query}` }
    expect(await channel.verify(bare, account)).toBe(true)
    const forged = new TextEncoder().encode(JSON.stringify({ ...said, text: 'Forged' }))
    expect(await channel.parse({ ...bare, body: forged }, account)).toMatchObject([{ parts: [{ text: 'Hello' }] }])
    expect(await channel.verify({ ...bare, method: 'POST', body: forged }, account)).toBe(false)
    const bearer = vonageMessagesProvider.sign({ ...asked, body: forged })
    expect(await channel.verify(bearer, account)).toBe(false)
    expect(await channel.verify({ ...bearer, method: 'POST' }, account)).toBe(true)
  })
})
