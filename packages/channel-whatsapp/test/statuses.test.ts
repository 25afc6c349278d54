import { describe, expect, it } from 'vitest'
import { messages } from './support/samples.ts'
import { fromZoe, messagesChange, parsed, statuses, zoe, zoesAddress } from './support/webhook.ts'

describe('a status', () => {
  it.each([
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['read', 'read'],
    ['played', 'read'],
    ['failed', 'failed'],
  ])('G18 %s is reported as %s, with the key that the message was sent with', async (status, reported) => {
    const pricing = { billable: true, pricing_model: 'PMP', category: 'service', type: 'regular' }
    const conversation = { id: 'c', origin: { type: 'service' } }
    const reference = { biz_opaque_callback_data: 'acme/c/2/0' }
    expect(await parsed(statuses({ status, pricing, conversation, ...reference }))).toEqual([
      {
        _tag: 'DeliveryReported',
        externalId: 'wamid.ours',
        reference: 'acme/c/2/0',
        status: reported,
        at: 1_749_416_400_000,
      },
    ])
  })

  it('says why it failed, as specific as WhatsApp is', async () => {
    const errors = [
      [{ code: 131_047, title: 'Re-engagement', error_data: { details: 'More than 24 hours' } }, 'More than 24 hours'],
      [{ code: 131_026, title: 'Undeliverable', message: 'Message undeliverable' }, 'Message undeliverable'],
      [{ code: 131_026, error_data: 'as a text' }, 'as a text'],
      [{ code: 131_026 }, 'error 131026'],
    ] as const
    for (const [error, message] of errors) {
      expect(await parsed(statuses({ status: 'failed', errors: [error] }))).toMatchObject([
        { status: 'failed', error: { code: String(error.code), message } },
      ])
    }
    expect(await parsed(statuses({ status: 'failed' }))).toMatchObject([{ status: 'failed' }])
    expect(await parsed(statuses({ status: 'failed', errors: [{ title: 'Without a code' }] }))).toMatchObject([
      { status: 'failed', error: { code: 'unknown', message: 'Without a code' } },
    ])
  })

  it.each([
    [131_047, 'window'],
    [131_026, 'recipient'],
    [132_015, 'content'],
    [190, 'auth'],
    [131_031, 'account'],
    [130_429, undefined],
    [131_000, undefined],
    [131_050, undefined],
    [987_654, undefined],
  ])('G19 that failed with %i says for the next message: %s', async (code, because) => {
    const [event] = await parsed(statuses({ status: 'failed', errors: [{ code }] }))
    expect(event?._tag === 'DeliveryReported' && event.because).toBe(because)
    expect((await parsed(statuses({ status: 'read', errors: [{ code }] })))[0]).not.toHaveProperty('because')
  })

  it('of words that say nothing of a delivery is counted, and one of nothing is set aside', async () => {
    const events = await parsed(
      statuses({ status: 'deleted' }, { status: 'warning' }, { status: 'constructor' }, { id: '', status: 'sent' }, {}),
    )
    expect(events).toMatchObject([
      { _tag: 'Ignored', reason: 'status: deleted' },
      { _tag: 'Ignored', reason: 'status: warning' },
      { _tag: 'Ignored', reason: 'status: constructor' },
      { _tag: 'Unreadable' },
      { _tag: 'Unreadable' },
    ])
  })

  it('of a group is one of the message', async () => {
    const group = { recipient_type: 'group', recipient_id: 'g', recipient_participant_id: '16505551234' }
    expect(await parsed(statuses({ status: 'read', ...group }))).toMatchObject([{ status: 'read' }])
  })
})

describe('consent', () => {
  it('G19 is taken back and given again by the preferences of a customer, for marketing alone', async () => {
    const change = (preference: object) => ({
      ...messagesChange({ contacts: [zoe], user_preferences: [preference] }),
      field: 'user_preferences',
    })
    const preference = { wa_id: '16505551234', category: 'marketing_messages', timestamp: 1_731_705_721 }
    const said = { _tag: 'ConsentChanged', address: zoesAddress, scope: 'marketing', at: 1_731_705_721_000 }
    expect(
      await parsed(
        change({ ...preference, value: 'stop' }),
        change({ ...preference, value: 'resume' }),
        change({ ...preference, value: 'signup' }),
      ),
    ).toEqual([
      { ...said, given: false, by: 'stop' },
      { ...said, given: true, by: 'resume' },
      { ...said, given: true, by: 'signup' },
    ])
    expect(
      await parsed(
        change({ ...preference, value: 'maybe' }),
        change({ value: 'stop' }),
        change({ user_id: 'US.5', value: 'stop' }),
      ),
    ).toMatchObject([
      { _tag: 'Ignored', reason: 'user_preferences: marketing_messages maybe' },
      { _tag: 'Unreadable' },
      { _tag: 'ConsentChanged', address: 'US.5' },
    ])
  })

  it('G19 is taken back by the failure that says so', async () => {
    const failed = { status: 'failed', errors: [{ code: 131_050, title: 'User has stopped marketing' }] }
    expect(
      await parsed(statuses(failed, { ...failed, recipient_id: undefined, parent_recipient_user_id: 'US.ENT.7' })),
    ).toMatchObject([
      { _tag: 'DeliveryReported', status: 'failed', error: { code: '131050' } },
      { _tag: 'ConsentChanged', address: zoesAddress, given: false, scope: 'marketing', by: '131050' },
      { _tag: 'DeliveryReported' },
      { _tag: 'ConsentChanged', address: 'US.ENT.7' },
    ])
  })
})

describe('what somebody of ours wrote on the telephone', () => {
  const echoes = (...all: ReadonlyArray<object>) => ({
    ...messagesChange({
      contacts: [zoe],
      message_echoes: all.map((echo) => ({
        from: '15550783881',
        to: zoe.wa_id,
        id: 'wamid.e',
        timestamp: '9',
        ...echo,
      })),
    }),
    field: 'smb_message_echoes',
  })

  it('is an echo to the customer', async () => {
    expect(await parsed(echoes({ ...messages.text, context: { id: 'wamid.1' } }))).toEqual([
      {
        _tag: 'MessageEchoed',
        externalId: 'wamid.e',
        to: zoesAddress,
        parts: [{ _tag: 'Text', text: 'Where is my order? 📦' }],
        sentAt: 9000,
        quotes: 'wamid.1',
      },
    ])
    expect(await parsed(echoes({ ...messages.image, to: undefined, to_user_id: 'US.9' }))).toMatchObject([
      { to: 'US.9', parts: [{ _tag: 'RemoteFile' }, { text: 'Look' }] },
    ])
  })

  it('G12 is edited and deleted there', async () => {
    const edit = { original_message_id: 'wamid.e', message: { type: 'text', text: { body: 'Better' } } }
    const revoke = { original_message_id: 'wamid.e' }
    expect(
      await parsed(echoes({ type: 'edit', edit }, { type: 'revoke', revoke }, messages.reaction, { to: undefined })),
    ).toMatchObject([
      { _tag: 'MessageEdited', externalId: 'wamid.e', parts: [{ text: 'Better' }] },
      { _tag: 'MessageDeleted', externalId: 'wamid.e' },
      { _tag: 'Ignored', reason: 'a reaction of ours' },
      { _tag: 'Unreadable' },
    ])
  })
})

describe('whose a request is', () => {
  it('G04 of another number everything is ignored, one for each', async () => {
    const { value } = fromZoe(messages.text, messages.image)
    const other = { field: 'messages', value: { ...value, metadata: { phone_number_id: '999' } } }
    expect(await parsed(other, fromZoe(messages.text))).toMatchObject([
      { _tag: 'Ignored', reason: 'another account: 999' },
      { _tag: 'Ignored', reason: 'another account: 999' },
      { _tag: 'MessageReceived' },
    ])
  })

  it('counts what nobody here reads, by the name of its field', async () => {
    expect(
      await parsed({ field: 'calls', value: {} }, { field: 'history' }, { field: 'constructor', value: 7 }),
    ).toEqual([
      { _tag: 'Ignored', reason: 'field: calls' },
      { _tag: 'Ignored', reason: 'field: history' },
      { _tag: 'Ignored', reason: 'field: constructor' },
    ])
  })
})
