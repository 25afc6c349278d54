import { describe, expect, it } from 'vitest'
import { messages } from './support/samples.ts'
import { whatsApp } from '../src/index.ts'
import { accountWith } from './support/account.ts'
import {
  envelope,
  fromZoe,
  messagesChange,
  parsed,
  received,
  requestWith,
  zoe,
  zoesAddress,
  zoesIds,
} from './support/webhook.ts'

describe('a message', () => {
  it('comes from a number, with all that WhatsApp says of who has it', async () => {
    const change = messagesChange({
      contacts: [zoesIds],
      messages: [{ from: zoe.wa_id, id: 'wamid.1', timestamp: '1749416383', ...messages.text }],
    })
    const [byUser, byParent, message] = await parsed(change)
    const known = { _tag: 'AddressChanged', to: zoesAddress, name: 'Zoe', phone: '+16505551234' }
    expect(byUser).toEqual({ ...known, from: 'US.13491208655302741918' })
    expect(byParent).toEqual({ ...known, from: 'US.ENT.11815799212886844830' })
    expect(message).toEqual({
      _tag: 'MessageReceived',
      externalId: 'wamid.1',
      from: {
        address: zoesAddress,
        name: 'Zoe',
        phone: '+16505551234',
        verified: true,
        attributes: {
          whatsappId: '16505551234',
          whatsappUserId: 'US.13491208655302741918',
          whatsappParentUserId: 'US.ENT.11815799212886844830',
          whatsappUsername: 'zoe.k',
        },
      },
      parts: [{ _tag: 'Text', text: 'Where is my order? 📦' }],
      sentAt: 1_749_416_383_000,
    })
  })

  it('G08 carries the time of the provider, which writes seconds as a text, and none where that is none', async () => {
    expect((await received({ ...messages.text, timestamp: '1697043223' })).sentAt).toBe(1_697_043_223_000)
    for (const timestamp of ['soon', '', '0', -5, '1e99', null]) {
      expect(await received({ ...messages.text, timestamp })).not.toHaveProperty('sentAt')
    }
  })

  it('names its sender by id and never by place', async () => {
    const people = [
      { profile: { name: 'Ben' }, wa_id: '16505550199' },
      { profile: { name: 'Ana' }, user_id: 'US.7' },
    ]
    const [byUser, byNumber, unknown] = await parsed(
      messagesChange({
        contacts: people,
        messages: [
          { from_user_id: 'US.7', id: 'a', timestamp: '1', ...messages.text },
          { from: '16505550199', id: 'b', timestamp: '1', ...messages.text },
          { from: '4915112345678', id: 'c', timestamp: '1', ...messages.text },
        ],
      }),
    )
    expect(byUser).toMatchObject({ from: { address: 'US.7', name: 'Ana' } })
    expect(byNumber).toMatchObject({ from: { address: '+16505550199', name: 'Ben' } })
    expect(unknown).toMatchObject({ from: { address: '+4915112345678' } })
    expect(unknown).not.toHaveProperty('from.name')
  })

  it('has the number as its address where any other id leads to it', async () => {
    const events = await parsed(
      messagesChange({
        contacts: [zoesIds],
        messages: [{ from_user_id: zoesIds.user_id, id: 'a', timestamp: '1', ...messages.text }],
      }),
    )
    expect(events.at(-1)).toMatchObject({ from: { address: zoesAddress, phone: '+16505551234' } })
  })

  it('of somebody who shows no number is written to by the business-scoped user id', async () => {
    const [event] = await parsed(
      messagesChange({ messages: [{ from_user_id: 'BR.99', id: 'a', timestamp: '1', ...messages.text }] }),
    )
    expect(event).toMatchObject({ from: { address: 'BR.99', attributes: { whatsappUserId: 'BR.99' } } })
    expect(event).not.toHaveProperty('from.phone')
  })

  it('of somebody with several ids says once in a request that they are one, and before anything else', async () => {
    const both = { from: zoe.wa_id, from_user_id: 'US.7', timestamp: '1' }
    const change = messagesChange({
      messages: [
        { ...both, id: 'a', ...messages.text },
        { from: '4915112345678', id: 'b', timestamp: '1', ...messages.text },
        { ...both, id: 'c', ...messages.location },
        { from_user_id: 'US.8', from_parent_user_id: 'US.ENT.9', id: 'd', timestamp: '1', ...messages.text },
      ],
    })
    const once = await parsed(change)
    expect(await parsed(change, change)).toEqual([...once, ...once.filter(({ _tag }) => _tag !== 'AddressChanged')])
    expect(once).toMatchObject([
      { _tag: 'AddressChanged', from: 'US.7', to: zoesAddress },
      { externalId: 'a' },
      { externalId: 'b' },
      { externalId: 'c' },
      { _tag: 'AddressChanged', from: 'US.ENT.9', to: 'US.8' },
      { externalId: 'd', from: { address: 'US.8' } },
    ])
  })

  it('brings its file later, with the digest in hexadecimal and its caption below', async () => {
    expect((await received(messages.image)).parts).toEqual([
      {
        _tag: 'RemoteFile',
        file: { name: 'image.jpg', mime: 'image/jpeg', sha256: '00'.repeat(32), remote: { id: '1' } },
      },
      { _tag: 'Text', text: 'Look' },
    ])
    expect((await received(messages.document)).parts).toMatchObject([{ file: { name: 'bill.pdf' } }])
    expect((await received(messages.voice)).parts).toMatchObject([
      { file: { name: 'voice.ogg', mime: 'audio/ogg; codecs=opus' } },
    ])
    expect((await received({ type: 'voice', voice: { id: '9', mime_type: 'audio/ogg' } })).parts).toMatchObject([
      { file: { name: 'voice.ogg' } },
    ])
    expect((await received(messages.video)).parts).toMatchObject([{ file: { name: 'video.mp4' } }])
    expect((await received(messages.sticker)).parts).toMatchObject([{ file: { name: 'sticker.webp' } }])
    const odd = { id: 654_321, sha256: '4654+8g=', mime_type: 'application/x-unheard-of-format' }
    expect((await received({ type: 'document', document: odd })).parts).toEqual([
      {
        _tag: 'RemoteFile',
        file: { name: 'document', mime: 'application/x-unheard-of-format', remote: { id: '654321' } },
      },
    ])
  })

  it('shares a place and cards of contacts', async () => {
    expect((await received(messages.location)).parts).toEqual([
      { _tag: 'Location', latitude: 48.85, longitude: 2.35, label: 'The shop', address: '1 rue X' },
    ])
    expect((await received(messages.contacts)).parts).toEqual([
      {
        _tag: 'ContactCard',
        name: 'Ben Doe',
        emails: ['ben@example.org'],
        phones: ['+1 650-555-0199'],
        company: 'Acme',
      },
    ])
    const nameless = { type: 'contacts', contacts: [{ vcard: 'BEGIN:VCARD', phones: [{ phone: '+1650' }] }] }
    expect((await received(nameless)).parts).toMatchObject([{ name: '+1650' }])
  })

  it('answers what was asked: a button, a row of a list, a button of a template, a call', async () => {
    expect((await received(messages.pressed)).parts).toEqual([{ _tag: 'Chosen', choice: 'y', label: 'Yes' }])
    expect((await received(messages.listed)).parts).toEqual([{ _tag: 'Chosen', choice: 'r1', label: 'Red' }])
    expect(await received(messages.button)).toMatchObject({
      parts: [{ _tag: 'Chosen', choice: 'yes', label: 'Yes' }],
      quotes: 'wamid.ours',
    })
    expect((await received(messages.callPermission)).parts).toEqual([
      { _tag: 'Chosen', choice: 'accept', label: 'accept' },
    ])
  })

  it('brings the answers of a flow without its token, and what is deeper as it is written', async () => {
    expect((await received(messages.flow)).parts).toEqual([
      { _tag: 'FormAnswer', form: 'flow', values: { rating: '4', again: true } },
    ])
    const reply = (response_json: string) => ({
      type: 'interactive',
      interactive: { type: 'nfm_reply', nfm_reply: { name: 'address', body: 'Sent', response_json } },
    })
    expect((await received(reply('{"tags":["a"],"none":null,"n":7}'))).parts).toEqual([
      { _tag: 'FormAnswer', form: 'address', values: { tags: '["a"]', n: 7 } },
    ])
    expect((await received(reply('{"flow_token":"t"}'))).parts).toEqual([{ _tag: 'Text', text: 'Sent' }])
    expect(await received(reply('no JSON'))).toMatchObject({
      parts: [{ _tag: 'Unsupported', kind: 'nfm_reply' }],
      meta: { interactive: { nfm_reply: { response_json: 'no JSON' } } },
    })
  })

  it('orders from the catalogue, prices in the smallest unit of their currency', async () => {
    expect((await received(messages.order)).parts).toEqual([
      {
        _tag: 'Order',
        items: [{ id: 'CHAIR', quantity: 2, price: { amount: 1250, currency: 'EUR' } }],
        catalog: '354160437058781',
        text: 'Please hurry',
      },
    ])
    const item = { product_retailer_id: 'TEA', quantity: 1, item_price: 500, currency: 'JPY' }
    const long = { type: 'order', order: { text: '', product_items: Array.from({ length: 201 }, () => item) } }
    const [first, second] = (await received(long)).parts
    expect(first).toMatchObject({ items: { length: 200, 0: { price: { amount: 500, currency: 'JPY' } } } })
    expect(second).toEqual({
      _tag: 'Order',
      items: [{ id: 'TEA', quantity: 1, price: { amount: 500, currency: 'JPY' } }],
    })
  })

  it('says what it came from: an advertisement, or a product', async () => {
    const referral = {
      source_url: 'https://fb.me/1',
      source_id: '120',
      source_type: 'ad',
      headline: 'Chairs',
      body: 'Half the price',
      ctwa_clid: 'ARAk',
      welcome_message: { text: 'Hi there' },
    }
    const from = { _tag: 'Referral', source: 'ad', id: '120', title: 'Chairs', text: 'Half the price' }
    const text = { _tag: 'Text', text: 'Where is my order? 📦' }
    expect(await received({ ...messages.text, referral })).toMatchObject({
      parts: [{ ...from, url: 'https://fb.me/1' }, text],
      meta: { referral: { ctwa_clid: 'ARAk', welcome_message: { text: 'Hi there' } } },
    })
    const harmful = { ...referral, source_url: 'javascript:alert(1)' }
    expect((await received({ ...messages.text, referral: harmful })).parts).toEqual([from, text])
    const context = { from: '1', id: 'w', referred_product: { catalog_id: '3', product_retailer_id: 'CHAIR' } }
    expect(await received({ ...messages.text, context })).toMatchObject({
      parts: [{ _tag: 'Referral', source: 'product', id: 'CHAIR' }, text],
      meta: { context: { referred_product: { catalog_id: '3' } } },
    })
  })

  it('quotes, and keeps whether it was passed on', async () => {
    expect(await received({ ...messages.text, context: { from: '1', id: 'wamid.ours' } })).toMatchObject({
      quotes: 'wamid.ours',
    })
    for (const more of [{ context: { forwarded: true } }, { context: { frequently_forwarded: true } }]) {
      expect(await received({ ...messages.text, ...more })).toMatchObject({
        meta: more,
        from: { address: zoesAddress },
      })
    }
  })

  it('keeps nothing beside its parts where they say everything', async () => {
    expect(await received(messages.text)).not.toHaveProperty('meta')
    expect(await received(messages.image)).not.toHaveProperty('meta')
    expect(await received({ ...messages.text, context: { from: '1', id: 'w' } })).not.toHaveProperty('meta')
  })

  it('G06 that WhatsApp does not hand on, that nobody knows or that comes empty is kept as unsupported, whole', async () => {
    expect(await received(messages.unsupported)).toMatchObject({
      parts: [{ _tag: 'Unsupported', kind: 'unsupported', note: 'Message type unknown' }],
    })
    expect((await received({ ...messages.unsupported, unsupported: { type: 'poll' } })).parts).toMatchObject([
      { kind: 'poll' },
    ])
    const hologram = { type: 'hologram', hologram: { id: 17 } }
    expect(await received(hologram)).toMatchObject({
      parts: [{ _tag: 'Unsupported', kind: 'hologram' }],
      meta: hologram,
    })
    for (const type of ['text', 'image', 'location', 'contacts', 'order', 'button', 'interactive']) {
      expect((await received({ type })).parts).toEqual([{ _tag: 'Unsupported', kind: type }])
    }
    for (const type of ['constructor', '__proto__', '', 'toString']) {
      expect((await received({ type })).parts).toMatchObject([{ _tag: 'Unsupported' }])
    }
    expect((await received({ text: { body: 'without a type' } })).parts).toEqual([
      { _tag: 'Text', text: 'without a type' },
    ])
  })

  it('that comes empty is explained by the error beside it', async () => {
    const change = fromZoe({ type: 'interactive' })
    const errors = [{ code: 131_000, title: 'Something went wrong', error_data: { details: 'Flow expired' } }]
    expect(await parsed({ ...change, value: { ...change.value, errors } })).toMatchObject([
      { _tag: 'MessageReceived', parts: [{ _tag: 'Unsupported', kind: 'interactive', note: 'Flow expired' }] },
    ])
  })
})

describe('what is said about a message', () => {
  it('G12 a reaction names its message, and one without a sign takes it back', async () => {
    const [put, emptied, absent] = await parsed(
      fromZoe(
        messages.reaction,
        { type: 'reaction', reaction: { message_id: 'wamid.ours', emoji: '' } },
        { type: 'reaction', reaction: { message_id: 'wamid.ours' } },
      ),
    )
    const reacted = { _tag: 'Reacted', externalId: 'wamid.ours', from: zoesAddress }
    expect(put).toEqual({ ...reacted, emoji: '👍' })
    expect([emptied, absent]).toEqual([
      { ...reacted, emoji: null },
      { ...reacted, emoji: null },
    ])
  })

  it('G12 an edit says what it says now, a deletion names what is gone', async () => {
    expect(
      await parsed(
        fromZoe(
          { type: 'edit', edit: { original_message_id: 'wamid.1', message: messages.image } },
          { type: 'revoke', revoke: { original_message_id: 'wamid.1' } },
        ),
      ),
    ).toMatchObject([
      { _tag: 'MessageEdited', externalId: 'wamid.1', parts: [{ _tag: 'RemoteFile' }, { text: 'Look' }] },
      { _tag: 'MessageDeleted', externalId: 'wamid.1' },
    ])
  })

  it('G07 what is broken is set aside with its own bytes, and costs the others nothing', async () => {
    const broken = [
      { type: 'reaction' },
      { type: 'edit', edit: { original_message_id: 'wamid.1' } },
      { type: 'revoke', revoke: {} },
    ]
    const events = await parsed(
      fromZoe(messages.text, ...broken, messages.location),
      messagesChange({ messages: ['nonsense', null, { id: 'x', type: 'text', text: { body: 'from nobody' } }] }),
    )
    expect(events.map(({ _tag }) => _tag)).toEqual([
      'MessageReceived',
      'Unreadable',
      'Unreadable',
      'Unreadable',
      'MessageReceived',
      'Unreadable',
      'Unreadable',
      'Unreadable',
    ])
    const [, , , , , text] = events
    const raw = text?._tag === 'Unreadable' ? text.raw : new Uint8Array()
    expect(JSON.parse(Buffer.from(raw).toString())).toMatchObject({
      entry: [{ changes: [{ field: 'messages', value: { messages: ['nonsense'] } }] }],
    })
    // What is set aside can be parsed again, alone, by whoever knows it then.
    expect(await whatsApp().parse({ ...requestWith(''), body: raw }, accountWith())).toEqual([text])
  })
})

describe('one request', () => {
  it('G07 with many messages yields all of them, in order', async () => {
    const bodies = Array.from({ length: 1000 }, (_, at) => `message ${at}`)
    const change = (from: number, to: number) =>
      fromZoe(...bodies.slice(from, to).map((body) => ({ type: 'text', text: { body } })))
    const events = await parsed(change(0, 400), change(400, 401), change(401, 1000))
    expect(events.map((event) => event._tag === 'MessageReceived' && event.parts)).toEqual(
      bodies.map((text) => [{ _tag: 'Text', text }]),
    )
    expect(envelope(change(0, 1)).entry).toHaveLength(1)
  })
})
