import type { WireRequest } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { twilioSettings } from '../src/index.ts'
import { customer, ours, post, publicUrl } from './support/provider.ts'
import { accountOf, asRequest, town } from './support/town.ts'
import { twilioProvider } from './support/twilio.ts'

const { channel } = twilioProvider
const accountSid = 'AC0123456789abcdef0123456789abcdef'
const form = { 'content-type': 'application/x-www-form-urlencoded' }

const message = (fields: Readonly<Record<string, string>>): WireRequest =>
  post(
    new URLSearchParams({
      MessageSid: 'SM1',
      AccountSid: accountSid,
      From: customer,
      To: ours,
      Body: '',
      NumMedia: '0',
      SmsStatus: 'received',
      ...fields,
    }).toString(),
    form,
  )

const parsed = async (fields: Readonly<Record<string, string>>, settings = {}) => {
  const account = await accountOf(twilioProvider, 'http://127.0.0.1:1')
  return channel.parse(message(fields), { ...account, settings: { ...account.settings, ...settings } })
}

describe('a message by Twilio', () => {
  it('is answered with nothing that would be sent', async () => {
    const { engine } = await town(twilioProvider)
    const answer = await engine.receive('acme/sms', asRequest(twilioProvider.sign(message({ Body: 'Hello' }))))
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      200,
      'text/xml',
      '<Response/>',
    ])
  })

  it('comes by GET, as a form, and as JSON', async () => {
    const account = await accountOf(twilioProvider, 'http://127.0.0.1:1')
    const { body } = message({ Body: 'Hello' })
    const fields = new URLSearchParams(new TextDecoder().decode(body))
    const asked = { method: 'GET', url: `${publicUrl}&${fields}`, headers: {}, body: new Uint8Array() }
    const json = post(JSON.stringify(Object.fromEntries(fields)), { 'content-type': 'application/json; charset=utf-8' })
    const [first, ...others] = await Promise.all(
      [message({ Body: 'Hello' }), asked, json].map((one) => channel.parse(one, account)),
    )
    expect(first).toMatchObject([
      { _tag: 'MessageReceived', externalId: 'SM1', from: { address: customer, phone: customer } },
    ])
    expect(others).toEqual([first, first])
    expect(await channel.parse(post('{"Message', { 'content-type': 'application/json' }), account)).toMatchObject([
      { _tag: 'Unreadable' },
    ])
  })

  it('G19 says STOP in a word that only the provider knows', async () => {
    expect(await parsed({ Body: 'Genug', OptOutType: 'STOP' })).toMatchObject([
      { _tag: 'MessageReceived' },
      { _tag: 'ConsentChanged', address: customer, given: false, by: 'Genug' },
    ])
    expect(await parsed({ Body: 'STOP', OptOutType: 'HELP' })).toHaveLength(1)
    expect(await parsed({ Body: 'Los', OptOutType: 'START' })).toMatchObject([{}, { given: true }])
  })

  it('of a messaging service is that of the account that has it', async () => {
    const service = { messagingServiceSid: 'MG1', sender: undefined }
    expect(await parsed({ Body: 'Hello', MessagingServiceSid: 'MG1' }, service)).toMatchObject([
      { _tag: 'MessageReceived' },
    ])
    expect(await parsed({ Body: 'Hello', MessagingServiceSid: 'MG2' }, service)).toMatchObject([{ _tag: 'Ignored' }])
    expect(await parsed({ Body: 'Hello', AccountSid: 'AC1' })).toMatchObject([{ _tag: 'Ignored' }])
  })

  it('of WhatsApp keeps its address, its place, its button and what it answers', async () => {
    const settings = { sender: `whatsapp:${ours}` }
    const to = { To: `whatsapp:${ours}`, From: `whatsapp:${customer}`, ProfileName: 'Zoé', WaId: customer.slice(1) }
    const [located] = await parsed({ ...to, Latitude: '48.85', Longitude: '2.35', Label: 'Café' }, settings)
    expect(located).toMatchObject({
      from: { address: `whatsapp:${customer}`, phone: customer, name: 'Zoé' },
      parts: [{ _tag: 'Location', latitude: 48.85, longitude: 2.35, label: 'Café' }],
    })
    const [chosen] = await parsed(
      { ...to, Body: 'Yes please', ButtonText: 'Yes please', ButtonPayload: 'yes' },
      settings,
    )
    expect(chosen).toMatchObject({ parts: [{ _tag: 'Chosen', choice: 'yes', label: 'Yes please' }] })
    const [answer] = await parsed({ ...to, Body: 'This one', OriginalRepliedMessageSid: 'SM0' }, settings)
    expect(answer).toMatchObject({ quotes: 'SM0', parts: [{ _tag: 'Text', text: 'This one' }] })
    const advertised = {
      ...to,
      Body: 'Hi',
      ReferralHeadline: 'Chairs',
      ReferralSourceUrl: 'https://fb.me/1',
      ReferralSourceType: 'ad',
    }
    expect((await parsed(advertised, settings))[0]).toMatchObject({
      parts: [{ _tag: 'Referral', source: 'ad', title: 'Chairs', url: 'https://fb.me/1' }, { _tag: 'Text' }],
    })
  })

  it('that is empty, or not as it should be, is kept for what it is', async () => {
    expect(await parsed({})).toMatchObject([{ parts: [{ _tag: 'Unsupported', kind: 'an empty message' }] }])
    expect(await parsed({ Body: 'x', Latitude: '1', Longitude: '2', Label: 'x'.repeat(500) })).toMatchObject([
      { parts: [{ _tag: 'Location', latitude: 1, longitude: 2 }, { _tag: 'Text' }] },
    ])
    for (const NumMedia of ['2', '1e9', '-1', 'x']) {
      const [event] = await parsed({
        Body: 'Look',
        NumMedia,
        MediaUrl0: 'https://api.twilio.com/1',
        MediaContentType0: '',
      })
      expect(event).toMatchObject({ _tag: 'MessageReceived' })
    }
  })
})

describe('a number with Twilio', () => {
  it('G17 whose limit of the day is reached waits, and not only for a moment', async () => {
    const { server, receive, answer, advance, delivery } = await town(twilioProvider)
    await receive(message({ Body: 'Hello' }))
    server.script(twilioProvider.refusal('30023'))
    await answer('It leaves today.')
    await advance(50 * 60_000)
    expect(server.seen).toHaveLength(1)
    await advance(20 * 60_000)
    expect(server.seen).toHaveLength(2)
    expect(await delivery()).toMatchObject({ status: 'sent' })
  })
})

describe('the settings of Twilio', () => {
  const settings = { accountSid, authTokens: ['token'], publicUrl }
  const issuesOf = async (value: unknown) => (await twilioSettings['~standard'].validate(value)).issues?.length ?? 0

  it('need a sender or a messaging service', async () => {
    expect(await issuesOf(settings)).toBe(1)
    expect(await issuesOf({ ...settings, messagingServiceSid: 'MG1' })).toBe(0)
    for (const sender of ['+14155550100', '38600', 'Guichet', 'whatsapp:+14155550100', 'rcs:brand_agent']) {
      expect(await issuesOf({ ...settings, sender })).toBe(0)
    }
    for (const sender of ['', '12', 'a name too long', '+0123', 'a\nb']) {
      expect(await issuesOf({ ...settings, sender })).toBe(1)
    }
  })

  it('take no address that is none, and no empty list of tokens', async () => {
    const sender = ours
    for (const wrong of ['ftp://example.com', 'example.com', 'https://user@example.com', 'https://example.com/#x']) {
      expect(await issuesOf({ ...settings, sender, publicUrl: wrong })).toBe(1)
    }
    expect(await issuesOf({ ...settings, sender, authTokens: [] })).toBeGreaterThan(0)
  })
})
