import { describe, expect, it } from 'vitest'
import { whatsApp } from '../src/index.ts'
import { accountWith } from './support/account.ts'
import { messages as samples } from './support/samples.ts'
import { openTown } from './support/town.ts'
import { envelope, fromZoe, messagesChange, parsed, received, requestWith, zoesIds } from './support/webhook.ts'

const text = { _tag: 'Text', text: 'Where is my order? 📦' }

/** As deep as a body of half a megabyte can be. */
const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`

describe('a field that may be there', () => {
  it.each([null, {}, '', 7, [], { unheard_of: 1 }])('says nothing when it is %j', async (nothing) => {
    expect((await received({ ...samples.text, referral: nothing })).parts).toEqual([text])
    const context = { id: 'w', from: '1', referred_product: nothing }
    expect((await received({ ...samples.text, context })).parts).toEqual([text])
    expect((await received({ ...samples.text, context: nothing })).parts).toEqual([text])
    const bare = await received({
      ...samples.image,
      image: { ...samples.image.image, caption: nothing, sha256: nothing },
    })
    expect(bare.parts).toHaveLength(1)
  })

  it.each([-5, 1.5, 'soon', 1e300])('is no size of a file when it is %j', async (file_size) => {
    const { parts } = await received({ type: 'image', image: { ...samples.image.image, file_size } })
    expect(parts[0]).not.toHaveProperty('file.size')
  })
})

describe('a message that does not say of which type it is', () => {
  it.each(['', ' ', null, undefined])('is what it carries: %j', async (type) => {
    const events = await parsed(
      fromZoe(
        { ...samples.reaction, type },
        { type, revoke: { original_message_id: 'w' } },
        { type, edit: { original_message_id: 'w', message: { type, text: { body: 'new' } } } },
        { type, system: { type: 'user_changed_number', wa_id: '499999999' } },
        { ...samples.location, type },
      ),
    )
    expect(events).toMatchObject([
      { _tag: 'Reacted' },
      { _tag: 'MessageDeleted' },
      { _tag: 'MessageEdited', parts: [{ text: 'new' }] },
      { _tag: 'AddressChanged' },
      { _tag: 'MessageReceived', parts: [{ _tag: 'Location' }] },
    ])
  })
})

describe('what somebody wrote is kept', () => {
  it.each(['', ' ', '\n\t'])('when it is nothing that one can read: %j', async (body) => {
    expect(await received({ type: 'text', text: { body } })).toMatchObject({
      parts: [{ _tag: 'Unsupported', kind: 'text' }],
      meta: { text: { body } },
    })
    const { post } = await openTown()
    expect(await post(fromZoe({ type: 'text', text: { body } }))).toMatchObject([{ _tag: 'Stored' }])
  })

  it('below a file that is not handed on', async () => {
    const image = { link: 'https://x.example', caption: 'Only words' }
    expect(await received({ type: 'image', image })).toMatchObject({
      parts: [{ _tag: 'Unsupported', kind: 'image' }, { text: 'Only words' }],
      meta: { image },
    })
  })

  it('on a card whose name is empty, or that has a vCard alone', async () => {
    const card = async (one: object) => (await received({ type: 'contacts', contacts: [one] })).parts[0]
    expect(await card({ name: { formatted_name: '', first_name: 'Ann' }, phones: [{ phone: '1' }] })).toMatchObject({
      name: 'Ann',
    })
    const vcard = [
      'BEGIN:VCARD',
      'VERSION:3.0',
      'FN;CHARSET=UTF-8:Ann\\, of',
      '  Acme',
      'item1.TEL;waid=16505550199:+1 650-555-0199',
      'EMAIL:ann@x.org',
    ]
    const origin = 'contact_request/1'
    expect(await card({ origin, vcard: [...vcard, 'END:VCARD'].join('\r\n') })).toEqual({
      _tag: 'ContactCard',
      name: 'Ann, of Acme',
      phones: ['+1 650-555-0199'],
      emails: ['ann@x.org'],
    })
    expect(await card({ vcard: 'BEGIN:VCARD', phones: [] })).toMatchObject({ _tag: 'Unsupported', kind: 'contacts' })
  })

  it('when an edit of it cannot be read, and with its new words when the picture does not come again', async () => {
    const edit = (message: object) => fromZoe({ type: 'edit', edit: { original_message_id: 'w', message } })
    expect(await parsed(edit({ type: 'image', image: { caption: 'new' } }))).toMatchObject([
      { _tag: 'MessageEdited', externalId: 'w', parts: [{ _tag: 'Text', text: 'new' }] },
    ])
    expect(await parsed(edit({ type: 'hologram' }))).toMatchObject([{ _tag: 'Unreadable' }])
  })
})

describe('a request that brings nothing', () => {
  it('is counted, and one whose elements cannot be told apart is set aside', async () => {
    expect(await parsed(messagesChange({ messages: [] }), messagesChange({ contacts: [zoesIds] }))).toEqual([
      { _tag: 'Ignored', reason: 'a change that brings nothing' },
      { _tag: 'Ignored', reason: 'a change that brings nothing' },
    ])
    expect(
      await parsed(messagesChange({ messages: { 0: {} } }), { field: 'messages', value: null }, { field: 'messages' }),
    ).toMatchObject([{ _tag: 'Unreadable' }, { _tag: 'Unreadable' }, { _tag: 'Unreadable' }])
    const { value } = fromZoe(samples.text)
    expect(await parsed({ field: 'messages', value: { ...value, statuses: { 0: {} } } })).toMatchObject([
      { _tag: 'MessageReceived' },
      { _tag: 'Unreadable' },
    ])
  })
})

describe('what is set aside', () => {
  it('G07 is what is too deep to be written down alone: the others of its request go on', async () => {
    const message = (id: string, more = '') =>
      `{"from":"16505551234","id":"${id}","timestamp":"1749416383","type":"text","text":{"body":"Hello"}${more}}`
    const change = `{"field":"messages","value":{"metadata":{"phone_number_id":"106540352242922"},"messages":[${message('a')},${message('b', `,"foo":${deep}`)},${message('c')}]}}`
    const health = `{"field":"business_capability_update","value":{"limit":${deep}}}`
    const body = `{"object":"whatsapp_business_account","entry":[${deep},{"id":"1","changes":[${deep},${health},${change}]}]}`
    const events = await whatsApp().parse(requestWith(body), accountWith())
    expect(events.map((event) => ('externalId' in event ? event.externalId : event._tag))).toEqual([
      'Unreadable',
      'Unreadable',
      'Unreadable',
      'a',
      'Unreadable',
      'c',
    ])
    for (const event of events) {
      if (event._tag === 'Unreadable') expect(Buffer.from(event.raw).toString()).toBe(body)
    }
  })

  it('G06 can be replayed: its bytes are a webhook that brings it alone, to the same account', async () => {
    const change = fromZoe(samples.text, { type: 'edit', edit: {} }, samples.location)
    const statuses = messagesChange({ statuses: [{ status: 'sent' }], errors: [{ href: 'x' }] })
    const preference = { field: 'user_preferences', value: { user_preferences: [{ wa_id: '1' }] } }
    const request = requestWith(envelope(change, statuses, preference, { value: 1 }))
    const events = (await whatsApp().parse(request, accountWith())).filter(({ _tag }) => _tag === 'Unreadable')
    expect(events).toHaveLength(5)
    for (const event of events) {
      const raw = event._tag === 'Unreadable' ? event.raw : new Uint8Array()
      expect(await whatsApp().parse({ ...request, body: raw }, accountWith())).toEqual([event])
    }
    const { acme, post } = await openTown()
    const receipts = await post(change)
    const set = receipts.find(({ _tag }) => _tag === 'Quarantined')
    expect(set).toBeDefined()
    expect(await acme.quarantine.replay(set?._tag === 'Quarantined' ? set.id : '')).toMatchObject({ ok: true })
  })
})

describe('ids that are replaced', () => {
  it('are told each, that of the person and that of the parent', async () => {
    const update = {
      user_id: { previous: 'US.1', current: 'US.2' },
      parent_user_id: { previous: 'US.ENT.1', current: 'US.ENT.2' },
    }
    expect(await parsed({ field: 'user_id_update', value: { user_id_update: [update] } })).toEqual([
      { _tag: 'AddressChanged', from: 'US.1', to: 'US.2' },
      { _tag: 'AddressChanged', from: 'US.ENT.1', to: 'US.ENT.2' },
    ])
  })
})
