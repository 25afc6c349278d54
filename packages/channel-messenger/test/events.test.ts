import { describe, expect, it } from 'vitest'
import {
  appId,
  at,
  fromMarie,
  instagramBody,
  instagramId,
  marie,
  otherApp,
  page,
  pageBody,
} from './support/payloads.ts'
import { parse, parseInstagram, partsOf, read } from './support/reading.ts'

describe('a postback', () => {
  it('is what was chosen, with its own id', () => {
    expect(read(fromMarie({ postback: { mid: 'm_3', title: 'Get started', payload: 'START' } }))).toEqual([
      {
        _tag: 'MessageReceived',
        externalId: 'm_3',
        from: { address: marie },
        parts: [{ _tag: 'Chosen', choice: 'START', label: 'Get started' }],
        sentAt: at,
        meta: { at },
      },
    ])
  })

  it('G05 without an id has the same one at every delivery, and another one at another time', () => {
    const tap = (timestamp: number) => {
      const [event] = read(fromMarie({ postback: { title: 'Yes', payload: 'YES' } }, { timestamp }))
      return event?._tag === 'MessageReceived' ? event.externalId : undefined
    }
    expect(tap(at)).toMatch(/^postback:[\da-f]{32}$/)
    expect(tap(at)).toBe(tap(at))
    expect(tap(at + 1)).not.toBe(tap(at))
  })

  it('says what it came by', () => {
    const referral = { ref: 'shop-window', source: 'SHORTLINK', type: 'OPEN_THREAD' }
    expect(partsOf(read(fromMarie({ postback: { title: 'Hi', payload: 'HI', referral } }))[0])).toEqual([
      { _tag: 'Referral', source: 'link', id: 'shop-window' },
      { _tag: 'Chosen', choice: 'HI', label: 'Hi' },
    ])
  })

  it('in standby, where Meta keeps what stands behind it, is its words', () => {
    expect(partsOf(read(fromMarie({ postback: { mid: 'm_4', title: 'Help' } }))[0])).toEqual([
      { _tag: 'Text', text: 'Help' },
    ])
  })
})

describe('a reaction', () => {
  const reaction = (more: object) => read(fromMarie({ reaction: { mid: 'm_1', action: 'react', ...more } }))[0]

  it.each([
    [{ reaction: 'love', emoji: '❤️' }, '❤️'],
    [{ reaction: 'other', emoji: '🪑' }, '🪑'],
    [{ reaction: 'wow' }, '😮'],
    [{ reaction: 'sad', emoji: '' }, '😢'],
    [{ action: 'unreact' }, null],
  ])('%j is the sign %s', (more, emoji) => {
    expect(reaction(more)).toEqual({ _tag: 'Reacted', externalId: 'm_1', from: marie, emoji, at })
  })

  it('is passed over without a sign, and when it is our own', () => {
    expect(reaction({ reaction: 'constructor' })).toEqual({ _tag: 'Ignored', reason: 'a reaction without a sign' })
    const ours = { ...fromMarie({ reaction: { mid: 'm_1', emoji: '👍' } }), sender: { id: page } }
    expect(read(ours)).toEqual([{ _tag: 'Ignored', reason: 'a reaction of our own' }])
  })
})

describe('a receipt', () => {
  it('G18 reports what has arrived by its ids, and everything until a time of Meta', () => {
    expect(read(fromMarie({ delivery: { mids: ['m_8', 'm_9'], watermark: at - 1, seq: 37 } }))).toEqual([
      { _tag: 'DeliveryReported', externalId: 'm_8', status: 'delivered', at: at - 1 },
      { _tag: 'DeliveryReported', externalId: 'm_9', status: 'delivered', at: at - 1 },
      { _tag: 'ReadBefore', address: marie, upTo: at - 1, status: 'delivered' },
    ])
  })

  it('G18 reports what was read until a time, and on Instagram one message by its id', () => {
    expect(read(fromMarie({ read: { watermark: at } }))).toEqual([
      { _tag: 'ReadBefore', address: marie, upTo: at, status: 'read' },
    ])
    const seen = { ...fromMarie({ read: { mid: 'm_9' } }), recipient: { id: instagramId } }
    expect(parseInstagram(instagramBody([seen]))).toEqual([
      { _tag: 'DeliveryReported', externalId: 'm_9', status: 'read', at },
    ])
  })

  it('that says neither is kept to be looked at', () => {
    expect(read(fromMarie({ read: { watermark: 1e300 } }))[0]).toMatchObject({ _tag: 'Unreadable' })
    expect(read(fromMarie({ message: null, read: { watermark: at } }))[0]).toMatchObject({ _tag: 'ReadBefore' })
    expect(read(fromMarie({ read: {} }))[0]).toMatchObject({ _tag: 'Unreadable' })
  })
})

describe('where somebody comes from', () => {
  it('is a message of its own in a conversation that was there', () => {
    const referral = { ref: 'poster', source: 'SHORTLINK', type: 'OPEN_THREAD', referer_uri: 'https://shop.example/' }
    const [event] = read(fromMarie({ referral }))
    expect(event).toMatchObject({
      _tag: 'MessageReceived',
      from: { address: marie },
      parts: [{ _tag: 'Referral', source: 'link', id: 'poster', url: 'https://shop.example/' }],
    })
    expect(event).toEqual(read(fromMarie({ referral }))[0])
  })

  it('keeps beside it what it does not show: that she is a guest, the pictures of an advertisement', () => {
    const guest = { ref: 'poster', source: 'CUSTOMER_CHAT_PLUGIN', type: 'OPEN_THREAD', is_guest_user: true }
    expect(read(fromMarie({ referral: guest }))[0]).toMatchObject({
      parts: [{ _tag: 'Referral', source: 'customer_chat_plugin', id: 'poster' }],
      meta: { raw: guest },
    })
    const shown = { ref: 'spring', ad_id: 60, type: 'OPEN_THREAD', ads_context_data: { ad_title: 'Chairs' } }
    expect(read(fromMarie({ referral: shown }))[0]).toMatchObject({
      parts: [{ _tag: 'Referral', source: 'ad', id: '60', title: 'Chairs', text: 'spring' }],
      meta: { at },
    })
    expect(read(fromMarie({ referral: shown }))[0]).not.toHaveProperty('meta.raw')
  })

  it('is kept whole when what the business put into its link is longer than an id', () => {
    const referral = { ref: 'r'.repeat(500), source: 'SHORTLINK' }
    expect(read(fromMarie({ referral }))[0]).toMatchObject({
      parts: [{ _tag: 'Referral', source: 'link' }],
      meta: { raw: referral },
    })
  })

  it('is an opt-in, also of a guest', () => {
    expect(partsOf(read(fromMarie({ optin: { ref: 'newsletter' } }))[0])).toEqual([
      { _tag: 'Referral', source: 'optin', id: 'newsletter' },
    ])
    const guest = { recipient: { id: page }, timestamp: at, optin: { ref: 'cart', user_ref: 'box-7' } }
    expect(read(guest)[0]).toMatchObject({ from: { address: 'user_ref:box-7' } })
  })
})

describe('a guest of the checkbox plugin', () => {
  const said = { message: { mid: 'm_1', text: 'Hello' } }
  const moved = { _tag: 'AddressChanged', from: 'user_ref:box-7', to: marie, at }

  it('is the same person when she writes, before what she says', () => {
    const prior_message = { source: 'checkbox_plugin', identifier: 'box-7' }
    expect(read(fromMarie(said, { prior_message }))).toMatchObject([moved, { _tag: 'MessageReceived' }])
    const both = fromMarie(said, { sender: { id: marie, user_ref: 'box-7' } })
    expect(read(both)).toMatchObject([moved, { _tag: 'MessageReceived', from: { address: marie } }])
  })

  it('is nobody who answers a comment, or who has no id yet, and never the page itself', () => {
    const ours = { ...fromMarie(said), sender: { id: page, user_ref: 'box-7' }, recipient: { id: marie } }
    expect(read(ours)).toMatchObject([{ _tag: 'MessageEchoed' }])
    const prior_message = { source: 'customer_matching', identifier: 'box-7' }
    expect(read(fromMarie(said, { prior_message }))).toMatchObject([{ _tag: 'MessageReceived' }])
    const guest = fromMarie(said, { sender: { user_ref: 'box-7' } })
    expect(read(guest)).toMatchObject([{ _tag: 'MessageReceived', from: { address: 'user_ref:box-7' } }])
  })
})

describe('the time of an event', () => {
  it.each([
    [String(at), at],
    [at + 0.4, at],
    ['1763800000', at],
    [0, undefined],
    [1e300, undefined],
    [-1, undefined],
    ['soon', undefined],
  ])('written as %s is %s', (timestamp, sentAt) => {
    const [event] = read(fromMarie({ message: { mid: 'm_1', text: 'x' } }, { timestamp }))
    expect(event?._tag === 'MessageReceived' && event.sentAt).toBe(sentAt)
  })
})

describe('consent to marketing messages', () => {
  it.each([
    [{}, true, 'notification_messages'],
    [{ notification_messages_status: 'STOP_NOTIFICATIONS' }, false, 'STOP_NOTIFICATIONS'],
    [{ notification_messages_status: 'RESUME_NOTIFICATIONS' }, true, 'RESUME_NOTIFICATIONS'],
  ])('%j: given %s', (more, given, by) => {
    const optin = { type: 'notification_messages', notification_messages_token: 't', ...more }
    expect(read(fromMarie({ optin }))).toEqual([
      { _tag: 'ConsentChanged', address: marie, given, scope: 'marketing', by, at },
    ])
  })
})

describe('an edit', () => {
  it('has the new words, however the number of edits is written', () => {
    expect(read(fromMarie({ message_edit: { mid: 'm_1', text: 'Two chairs', num_edit: '1' } }))).toEqual([
      { _tag: 'MessageEdited', externalId: 'm_1', parts: [{ _tag: 'Text', text: 'Two chairs' }], revision: 1 },
    ])
  })

  it('is passed over without its words, and when it is of our own message', () => {
    expect(read(fromMarie({ message_edit: { mid: 'm_1' } }))[0]).toMatchObject({ _tag: 'Ignored' })
    const ours = { ...fromMarie({ message_edit: { mid: 'm_1', text: 'x' } }), sender: { id: page } }
    expect(read(ours)[0]).toMatchObject({ _tag: 'Ignored' })
  })
})

describe('who has the conversation', () => {
  it.each([
    [
      'passed to us',
      { pass_thread_control: { previous_owner_app_id: otherApp, new_owner_app_id: Number(appId) } },
      { ours: true, by: otherApp },
    ],
    [
      'passed to another',
      { pass_thread_control: { new_owner_app_id: otherApp, metadata: 'x' } },
      { ours: false, by: otherApp },
    ],
    ['taken from us', { take_thread_control: { previous_owner_app_id: appId, metadata: 'x' } }, { ours: false }],
    [
      'taken from us by',
      { take_thread_control: { previous_owner_app_id: appId, new_owner_app_id: otherApp } },
      { ours: false, by: otherApp },
    ],
  ])('%s', (_, event, control) => {
    expect(read(fromMarie(event))).toEqual([{ _tag: 'ControlChanged', address: marie, ...control }])
  })

  it('does not change when somebody asks for it, or when it goes between others', () => {
    expect(read(fromMarie({ request_thread_control: { requested_owner_app_id: otherApp } }))).toEqual([
      { _tag: 'Ignored', reason: `${otherApp} asks for a conversation` },
    ])
    expect(read(fromMarie({ take_thread_control: { previous_owner_app_id: otherApp } }))[0]).toMatchObject({
      _tag: 'Ignored',
    })
  })

  it('is another application in standby: what is said is kept, and stands there', () => {
    const events = parse(pageBody([fromMarie({ message: { mid: 'm_1', text: 'Hello?' } })], 'standby'))
    expect(events).toMatchObject([
      { _tag: 'MessageReceived', externalId: 'm_1' },
      { _tag: 'ControlChanged', address: marie, ours: false },
    ])
  })

  it('shows in the roles of this application on the page', () => {
    const roles = { recipient: { id: page }, timestamp: at, app_roles: { [appId]: ['secondary_receiver'] } }
    expect(read(roles)).toMatchObject([
      { _tag: 'HealthReported', level: 'ok', about: 'app_roles', code: 'secondary_receiver', at },
    ])
    expect(read({ ...roles, app_roles: { [otherApp]: ['primary_receiver'] } })).toMatchObject([{ _tag: 'Ignored' }])
  })
})

describe('how the page stands with Meta', () => {
  it.each([
    ['warning', 'warning'],
    ['block', 'down'],
    ['unblock', 'ok'],
    ['something new', 'warning'],
  ])('%s is %s', (action, level) => {
    const event = { recipient: { id: page }, timestamp: at, policy_enforcement: { action, reason: 'Spam' } }
    expect(read(event)).toEqual([{ _tag: 'HealthReported', level, code: action, message: 'Spam', at }])
    const { policy_enforcement: policy, ...rest } = event
    expect(read({ ...rest, 'policy-enforcement': policy })).toEqual(read(event))
  })
})
