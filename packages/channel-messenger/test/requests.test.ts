import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accountsOf } from '../src/index.ts'
import { appId, at, fromMarie, instagramBody, marie, page, pageBody, requestOf } from './support/payloads.ts'
import { parse, parseInstagram, read } from './support/reading.ts'

describe('a request', () => {
  it('G07 with many events yields all of them, in order, and a broken one costs the others nothing', () => {
    const said = (mid: string) => fromMarie({ message: { mid, text: mid } })
    const body = {
      object: 'page',
      entry: [
        { id: page, time: at, messaging: [said('m_1'), 7, said('m_2')] },
        {
          id: page,
          time: at,
          messaging: [said('m_3'), fromMarie({ message: 'broken' }), fromMarie({ account_linking: {} })],
        },
        { time: at, messaging: [said('m_4')] },
        { id: page, time: at, standby: [], messaging: [said('m_5')] },
      ],
    }
    expect(parse(body).map((event) => (event._tag === 'MessageReceived' ? event.externalId : event._tag))).toEqual([
      'm_1',
      'Unreadable',
      'm_2',
      'm_3',
      'Unreadable',
      'Ignored',
      'Unreadable',
      'm_5',
    ])
  })

  it('G06 what cannot be read comes with its own bytes, as a request that brings nothing else', () => {
    const [, broken] = parse(pageBody([fromMarie({ read: { watermark: 1 } }), { message: { mid: 'm_1', text: 'x' } }]))
    const raw = broken?._tag === 'Unreadable' ? new TextDecoder().decode(broken.raw) : ''
    expect(JSON.parse(raw)).toEqual(pageBody([{ message: { mid: 'm_1', text: 'x' } }]))
  })

  it('G04 is for one account: what is said to another page is passed over, each event with its reason', () => {
    const body = {
      object: 'page',
      entry: [
        { id: '999', messaging: [fromMarie({}), fromMarie({})] },
        ...pageBody([fromMarie({ read: { watermark: at } })]).entry,
      ],
    }
    expect(parse(body)).toEqual([
      { _tag: 'Ignored', reason: 'another account: 999' },
      { _tag: 'Ignored', reason: 'another account: 999' },
      { _tag: 'ReadBefore', address: marie, upTo: at, status: 'read' },
    ])
    expect(accountsOf(requestOf(body))).toEqual(['999', page])
  })

  it('of another product, or for a try from the dashboard, means nothing', () => {
    expect(parse(instagramBody([fromMarie({})]))).toEqual([{ _tag: 'Ignored', reason: 'another product: instagram' }])
    const test = {
      field: 'messages',
      value: { sender: { id: '12334' }, timestamp: '1527459824', message: { mid: 'random_mid', text: 'random_text' } },
    }
    expect(parseInstagram(instagramBody([test], 'changes'))).toMatchObject([{ _tag: 'Ignored' }])
  })

  it.each([['no JSON'], ['{}'], ['[]'], ['7'], ['{"object":"page"}'], ['{"object":"page","entry":{}}']])(
    'G06 that is no notification is kept whole: %s',
    (body) => {
      expect(parse(body)).toMatchObject([{ _tag: 'Unreadable', raw: requestOf(body).body }])
    },
  )

  it('G06 that is nested deeper than anybody means is kept whole', () => {
    const body = `{"object":"page","entry":[{"id":"${page}","messaging":[{"message":${'['.repeat(20_000)}${']'.repeat(20_000)}}]}]}`
    expect(parse(body)).toMatchObject([{ _tag: 'Unreadable', raw: requestOf(body).body }])
  })

  it('by which nobody says anything is no message', () => {
    expect(read(fromMarie({ account_linking: { status: 'linked' } }))).toEqual([
      { _tag: 'Ignored', reason: 'an unknown kind of event: account_linking' },
    ])
    expect(read(fromMarie({}))).toEqual([{ _tag: 'Ignored', reason: 'an event that says nothing' }])
    const ours = { ...fromMarie({ something_new: { id: 1 } }), sender: { id: page } }
    expect(read(ours)).toMatchObject([{ _tag: 'Ignored' }])
  })

  it('of a new kind of event keeps what the customer may have said by it, the same at every delivery', () => {
    const event = fromMarie({ messaging_feedback: { feedback_screens: [{ screen_id: 0 }] }, prior_message: {} })
    const [kept, ...more] = read(event)
    expect(kept).toMatchObject({
      _tag: 'MessageReceived',
      from: { address: marie },
      parts: [{ _tag: 'Unsupported', kind: 'messaging_feedback' }],
      meta: { at, raw: { messaging_feedback: { feedback_screens: [{ screen_id: 0 }] } } },
    })
    expect(kept).not.toHaveProperty('automatic')
    expect(more).toEqual([])
    expect(read(event)).toEqual([kept])
    // Nobody knows whether she says anything by this one.
    expect(read(fromMarie({ something_new: { id: 1 } }))).toMatchObject([
      { _tag: 'MessageReceived', automatic: 'notification', parts: [{ _tag: 'Unsupported', kind: 'something_new' }] },
    ])
  })

  it('with two things in one event yields both, and what is null is not there', () => {
    const event = fromMarie({ message: null, postback: { title: 'Hi', payload: 'HI' }, referral: { ref: 'poster' } })
    expect(read(event).map((each) => each._tag)).toEqual(['MessageReceived', 'MessageReceived'])
  })

  it('G07 whose events are no list, or lie too deep, costs the other entries nothing', () => {
    const deep = `{"message":${'['.repeat(20_000)}${']'.repeat(20_000)}}`
    const other = JSON.stringify(fromMarie({ message: { mid: 'm_1', text: 'x' } }))
    const body = `{"object":"page","entry":[{"id":"${page}","messaging":{"mid":"m_0"}},{"id":"${page}","messaging":[${deep},${other}]}]}`
    const [noList, tooDeep, said] = parse(body)
    expect(noList?._tag === 'Unreadable' && JSON.parse(new TextDecoder().decode(noList.raw))).toEqual({
      object: 'page',
      entry: [{ id: page, messaging: { mid: 'm_0' } }],
    })
    expect(tooDeep).toMatchObject({ _tag: 'Unreadable', raw: requestOf(body).body })
    expect(said).toMatchObject({ _tag: 'MessageReceived', externalId: 'm_1' })
  })

  it('of any JSON in any place never throws, and always means the same', () => {
    const kinds = [
      'message',
      'message_edit',
      'postback',
      'reaction',
      'read',
      'delivery',
      'referral',
      'optin',
      'pass_thread_control',
      'app_roles',
      'policy_enforcement',
    ]
    const names = [
      'mid',
      'text',
      'attachments',
      'quick_reply',
      'payload',
      'type',
      'url',
      'title',
      'reply_to',
      'is_echo',
      'mids',
      'watermark',
      'ref',
      'action',
      'emoji',
      'metadata',
      appId,
    ]
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constantFrom(
          'image',
          'template',
          'location',
          'share',
          'https://x.example/a.png',
          '',
          'constructor',
          '__proto__',
          page,
        ),
        fc.string(),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 6 }),
      ),
    }))
    const event = fc.tuple(fc.constantFrom(...kinds), value, value, value).map(([kind, what, sender, timestamp]) => ({
      sender: { id: sender },
      recipient: { id: page },
      timestamp,
      [kind]: what,
    }))
    fc.assert(
      fc.property(
        fc.array(event, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('messaging', 'standby'),
        (events, list) => {
          const body = JSON.stringify(pageBody(events, list))
          const first = parse(body)
          expect(first).toEqual(parse(body))
          expect(first.length).toBeGreaterThanOrEqual(events.length)
        },
      ),
      { numRuns: 500 },
    )
  })
})
