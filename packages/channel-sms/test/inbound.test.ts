import { describe, expect, it } from 'vitest'
import { awsProvider, envelope } from './support/aws.ts'
import { birdProvider } from './support/bird.ts'
import { plivoProvider } from './support/plivo.ts'
import { digits, fields, json, parsed } from './support/parsed.ts'
import { customer, now, ours, post, publicUrl } from './support/provider.ts'
import { sinchProvider } from './support/sinch.ts'
import { telnyxProvider } from './support/telnyx.ts'
import { town } from './support/town.ts'
import { twilioProvider } from './support/twilio.ts'

describe('what Twilio writes', () => {
  const message = (more: Readonly<Record<string, string>>) =>
    fields({ MessageSid: 'SM1', From: `whatsapp:${customer}`, To: `whatsapp:${ours}`, Body: '', ...more })
  const settings = { sender: `whatsapp:${ours}` }

  it('G19 STOP on a button takes consent back as the word does', async () => {
    const pressed = message({ Body: 'STOP', ButtonText: 'STOP', ButtonPayload: 'p' })
    expect(await parsed(twilioProvider, pressed, settings)).toMatchObject([
      { parts: [{ _tag: 'Chosen', choice: 'p', label: 'STOP' }] },
      { _tag: 'ConsentChanged', given: false, by: 'STOP' },
    ])
  })

  it('G06 a button that nobody here has offered is stored, in words', async () => {
    const { add, receive, messages, acme } = await town(twilioProvider)
    await add('sms', settings)
    await receive(message({ Body: 'Yes', ButtonText: 'Yes', ButtonPayload: 'p' }))
    expect(await messages()).toMatchObject([{ parts: [{ _tag: 'Text', text: 'Yes' }] }])
    expect(await acme.quarantine.list()).toEqual([])
  })

  it('files come in their order, whatever is said of their number', async () => {
    const media = Object.fromEntries([10, 2, 0].map((index) => [`MediaUrl${index}`, `https://api.twilio.com/${index}`]))
    const [event] = await parsed(twilioProvider, message({ ...media, MediaContentType2: 'image/png' }), settings)
    expect(event).toMatchObject({
      parts: [
        { file: { mime: 'application/octet-stream', remote: { url: 'https://api.twilio.com/0' } } },
        { file: { mime: 'image/png', remote: { url: 'https://api.twilio.com/2' } } },
        { file: { remote: { url: 'https://api.twilio.com/10' } } },
      ],
    })
  })

  it('a report has the time of its receipt', async () => {
    const report = fields({
      MessageSid: 'SM1',
      MessageStatus: 'delivered',
      From: ours,
      To: customer,
      RawDlrDoneDate: '2511221159',
    })
    expect(await parsed(twilioProvider, report)).toMatchObject([
      { _tag: 'DeliveryReported', status: 'delivered', at: Date.UTC(2025, 10, 22, 11, 59) },
    ])
  })

  it('an advertisement and a place keep what the engine takes of them, and the rest in their bytes', async () => {
    const [event] = await parsed(
      twilioProvider,
      message({ Body: 'Hi', ReferralSourceId: '1', ReferralHeadline: 'x'.repeat(10_000), ReferralCtwaClid: 'c' }),
      settings,
    )
    expect(event).toMatchObject({
      parts: [{ _tag: 'Referral', source: 'link', id: '1' }, { _tag: 'Text' }],
      meta: { ReferralCtwaClid: 'c', raw: expect.stringContaining('x'.repeat(10_000)) },
    })
    expect(event).not.toHaveProperty('parts.0.title')
  })
})

describe('what Telnyx writes', () => {
  const event = (type: string, payload: unknown) => post(JSON.stringify({ data: { event_type: type, payload } }), json)
  const said = {
    id: 'T1',
    from: { phone_number: customer, carrier: 'T-Mobile', line_type: 'Wireless', status: 'received' },
    to: [{ phone_number: ours, status: 'webhook_delivered' }],
    text: 'Look',
    received_at: '2025-11-22T11:59:58.000+00:00',
  }

  it('a file has its digest, whichever way that is named, and only a size that is one', async () => {
    const sha256 = 'a'.repeat(64)
    const media = [
      { url: 'https://media.telnyx.com/1', content_type: 'image/png', hash_sha256: sha256, size: 8 },
      { url: 'https://media.telnyx.com/2', content_type: 'constructor', sha256, size: 1.5 },
    ]
    expect(await parsed(telnyxProvider, event('message.received', { ...said, media }))).toMatchObject([
      {
        parts: [
          { _tag: 'Text' },
          { file: { name: 'image-1.png', mime: 'image/png', sha256, size: 8 } },
          { file: { name: 'file-2', sha256, remote: { url: 'https://media.telnyx.com/2' } } },
        ],
      },
    ])
  })
})

describe('what Bird writes', () => {
  it('a report has its code and its reason, and a time whose plus the address has eaten', async () => {
    const query =
      'id=B1&recipient=14155552671&status=delivery_failed&statusErrorCode=1&statusReason=unknown+subscriber' +
      '&statusDatetime=2025-11-22T12:59:58+01:00'
    const report = { method: 'GET', url: `${publicUrl}&${query}`, headers: {}, body: new Uint8Array() }
    expect(await parsed(birdProvider, report)).toEqual([
      {
        _tag: 'DeliveryReported',
        externalId: 'B1',
        status: 'failed',
        at: Date.UTC(2025, 10, 22, 11, 59, 58),
        error: { code: '1', message: 'unknown subscriber' },
      },
    ])
    const stopped = { ...report, url: report.url.replace('unknown+subscriber', 'opted+out') }
    expect(await parsed(birdProvider, stopped)).toMatchObject([
      { _tag: 'ConsentChanged', given: false, by: 'opted out' },
      { error: { code: '1' }, because: 'optedOut' },
    ])
  })

  it('a message comes as JSON and by the other names of its fields as well', async () => {
    const said = { message_id: 'B1', originator: digits(customer), recipient: digits(ours), payload: 'Hello' }
    expect(await parsed(birdProvider, post(JSON.stringify(said), json))).toMatchObject([
      { externalId: 'B1', from: { address: customer }, parts: [{ _tag: 'Text', text: 'Hello' }] },
    ])
  })
})

describe('what Plivo writes', () => {
  it('a part of a long message is reported as the message, at its time', async () => {
    const report = fields({
      MessageUUID: 'part-2',
      ParentMessageUUID: 'whole',
      PartInfo: '2 of 2',
      From: digits(ours),
      To: digits(customer),
      Status: 'delivered',
      ErrorCode: '000',
      DeliveryReportTime: '2025-11-22 11:59:58.123456',
    })
    expect(await parsed(plivoProvider, report)).toEqual([
      {
        _tag: 'DeliveryReported',
        externalId: 'whole',
        status: 'delivered',
        at: Date.UTC(2025, 10, 22, 11, 59, 58, 123),
      },
    ])
  })

  it('all files come, in their order', async () => {
    const media = Object.fromEntries(
      [11, 2, 0, 10, 1].map((index) => [`Media${index}`, `https://media.plivo.com/${index}`]),
    )
    const said = { MessageUUID: 'P1', From: digits(customer), To: digits(ours), Type: 'mms', Body: 'Look', ...media }
    const [event] = await parsed(plivoProvider, fields(said))
    expect(event).toMatchObject({
      parts: [
        { text: 'Look' },
        ...[0, 1, 2, 10, 11].map((index) => ({ file: { remote: { url: `https://media.plivo.com/${index}` } } })),
      ],
    })
  })
})

describe('what Sinch writes', () => {
  const hook = (more: object) => post(JSON.stringify({ app_id: '01EB37HMH1M6SV18BSNS3G135H', ...more }), json)
  const said = (contact_message: unknown, channel = 'SMS', sender_id: string | undefined = digits(ours)) =>
    hook({
      event_time: '2025-11-22T11:59:58Z',
      message: {
        id: 'S1',
        direction: 'TO_APP',
        contact_message,
        channel_identity: { channel, identity: digits(customer), app_id: '' },
        sender_id,
      },
    })

  it.each([
    [{ text_message: { text: 'Hello' } }, [{ _tag: 'Text', text: 'Hello' }]],
    [{ fallback_message: { raw_message: 'Hello' } }, [{ _tag: 'Text', text: 'Hello' }]],
    [{ choice_response_message: { message_id: 'S0', postback_data: 'yes' } }, [{ _tag: 'Chosen', choice: 'yes' }]],
    [
      { product_response_message: { products: [{ id: '1' }], text: 'These' } },
      [{ _tag: 'Unsupported', kind: 'product_response_message' }, { text: 'These' }],
    ],
    [
      { media_message: { url: 'https://x.sinch.com/1', filename_override: 'chair.png' } },
      [{ _tag: 'RemoteFile', file: { name: 'chair.png' } }],
    ],
    [
      { media_card_message: { url: 'https://x.sinch.com/1', caption: 'This one' } },
      [{ text: 'This one' }, { _tag: 'RemoteFile' }],
    ],
    [
      { location_message: { title: 'Here', coordinates: { latitude: 48.85, longitude: 2.35 } } },
      [{ _tag: 'Location', latitude: 48.85, longitude: 2.35, label: 'Here' }],
    ],
    [{ channel_specific_message: { message_type: 'nfm_reply' } }, [{ kind: 'channel_specific_message' }]],
  ])('%o is what it says', async (content, parts) => {
    expect(await parsed(sinchProvider, said(content))).toMatchObject([
      { externalId: 'S1', from: { address: customer }, parts, sentAt: now - 2_000 },
    ])
  })

  it('what is answered is quoted', async () => {
    const reply = { text_message: { text: 'This one' }, reply_to: { message_id: 'S0' } }
    expect(await parsed(sinchProvider, said(reply))).toMatchObject([{ quotes: 'S0' }])
  })

  it('another channel of the application is said in the address, and answered by', async () => {
    const request = said({ text_message: { text: 'Hello' } }, 'MESSENGER', '777')
    expect(await parsed(sinchProvider, request)).toMatchObject([{ from: { address: `messenger:${digits(customer)}` } }])
    expect((await parsed(sinchProvider, request))[0]).not.toHaveProperty('from.phone')
    const { server, receive, answer } = await town(sinchProvider)
    await receive(request)
    await answer('It leaves today.')
    expect(server.seen.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
      { recipient: { identified_by: { channel_identities: [{ channel: 'MESSENGER', identity: digits(customer) }] } } },
    ])
    expect(server.seen[0]?.body).not.toContain('SMS_SENDER')
    const other = said({ text_message: { text: 'Hello' } }, 'SMS', '4155550199')
    expect(await parsed(sinchProvider, other)).toMatchObject([{ _tag: 'Ignored' }])
  })

  it('G19 an opt-out is heard from Sinch, once it has succeeded', async () => {
    const notice = (status: string) =>
      hook({
        event_time: '2025-11-22T11:59:58Z',
        opt_out_notification: { channel: 'SMS', identity: digits(customer), status },
      })
    expect(await parsed(sinchProvider, notice('OPT_OUT_SUCCEEDED'))).toEqual([
      {
        _tag: 'ConsentChanged',
        address: customer,
        given: false,
        scope: 'all',
        by: 'OPT_OUT_SUCCEEDED',
        at: now - 2_000,
      },
    ])
    expect(await parsed(sinchProvider, notice('OPT_OUT_FAILED'))).toMatchObject([{ _tag: 'Ignored' }])
    const nothing = hook({ message: { contact_message: null }, message_delivery_report: null })
    expect(await parsed(sinchProvider, nothing)).toEqual([{ _tag: 'Ignored', reason: 'about no message' }])
  })
})

describe('what AWS writes', () => {
  const notice = (message: unknown) => envelope({ Message: JSON.stringify(message) })

  it('a message quotes the one of ours that it answers', async () => {
    const said = {
      originationNumber: customer,
      destinationNumber: ours,
      messageKeyword: 'KEYWORD_1',
      messageBody: 'Hello',
      inboundMessageId: 'A1',
      previousPublishedMessageId: 'A0',
    }
    expect(await parsed(awsProvider, notice(said))).toMatchObject([{ externalId: 'A1', quotes: 'A0' }])
  })

  it('a report of a time that is none has none', async () => {
    const report = { eventType: 'TEXT_DELIVERED', messageId: 'A1', originationPhoneNumber: ours }
    for (const eventTimestamp of [-1, 1e300, 'x', null]) {
      const [event] = await parsed(awsProvider, notice({ ...report, eventTimestamp }))
      expect(event).toEqual({ _tag: 'DeliveryReported', externalId: 'A1', status: 'delivered' })
    }
  })
})
