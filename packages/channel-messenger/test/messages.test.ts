import { describe, expect, it } from 'vitest'
import { appId, at, fromMarie, fromPage, marie, otherApp, page, pageBody } from './support/payloads.ts'
import { message, parse, partsOf, read } from './support/reading.ts'

const file = (type: string, payload: object) => message({ attachments: [{ type, payload }] })

describe('a message', () => {
  it('has its id, its sender, its words and the time of Meta', () => {
    expect(message({ text: 'Are you open?' })).toEqual({
      _tag: 'MessageReceived',
      externalId: 'm_1',
      from: { address: marie },
      parts: [{ _tag: 'Text', text: 'Are you open?' }],
      sentAt: at,
      meta: { at },
    })
  })

  it('keeps ids that are no number a program can hold', () => {
    const body = JSON.stringify(pageBody([fromMarie({ message: { mid: 'm_1', text: 'x' } })])).replace(
      `"${marie}"`,
      '98765432109876543210',
    )
    expect(parse(body)[0]).toMatchObject({ from: { address: '98765432109876543210' } })
  })

  it('quotes the message that it answers', () => {
    expect(message({ text: 'That one', reply_to: { mid: 'm_0' } })).toMatchObject({ quotes: 'm_0' })
  })

  it('is a choice when a quick reply was tapped', () => {
    expect(partsOf(message({ text: 'Yes', quick_reply: { payload: 'yes' } }))).toEqual([
      { _tag: 'Chosen', choice: 'yes', label: 'Yes' },
    ])
  })

  it('is the choice as it was offered, where its button had no room for it', () => {
    const payload = JSON.stringify({ choice: 'large', label: 'The large one with the oak table' })
    expect(partsOf(message({ text: 'The large one with…', quick_reply: { payload } }))).toEqual([
      { _tag: 'Chosen', choice: 'large', label: 'The large one with the oak table' },
    ])
  })

  it('keeps the words of a tap behind which a whole record stands, and the record beside them', () => {
    const payload = JSON.stringify({ step: 'x'.repeat(300) })
    expect(message({ text: 'Yes', quick_reply: { payload } })).toMatchObject({
      parts: [{ _tag: 'Text', text: 'Yes' }],
      meta: { raw: { quick_reply: { payload } } },
    })
  })

  it('begins with the story that it answers', () => {
    const url = 'https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=1'
    expect(partsOf(message({ text: 'Lovely', reply_to: { story: { id: '9', url } } }))).toEqual([
      { _tag: 'Referral', source: 'story', id: '9', url },
      { _tag: 'Text', text: 'Lovely' },
    ])
  })

  it('begins with the advertisement that it came by', () => {
    const referral = {
      ref: 'spring',
      ad_id: '6045246247433',
      source: 'ADS',
      type: 'OPEN_THREAD',
      ads_context_data: { ad_title: 'Chairs', photo_url: 'https://scontent.fbcdn.net/x.jpg', post_id: '1' },
    }
    expect(message({ text: 'Still there?', referral })).toMatchObject({
      parts: [
        { _tag: 'Referral', source: 'ad', id: '6045246247433', title: 'Chairs', text: 'spring' },
        { _tag: 'Text', text: 'Still there?' },
      ],
      meta: { raw: { referral } },
    })
  })

  it.each([
    ['image', 'https://scontent.xx.fbcdn.net/v/t1/chair.png?oh=1', 'chair.png', 'image/png'],
    ['image', 'https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=1', 'image.jpg', 'image/jpeg'],
    ['video', 'https://video.xx.fbcdn.net/v/clip', 'video.mp4', 'video/mp4'],
    ['audio', 'https://cdn.fbsbx.com/v/audioclip.aac?x=1', 'audioclip.aac', 'audio/aac'],
    ['audio', 'https://cdn.fbsbx.com/v/audioclip-1.mp4?x=1', 'audioclip-1.mp4', 'audio/mp4'],
    ['file', 'https://cdn.fbsbx.com/v/t59/invoice%2042.pdf/invoice%2042.pdf?x', 'invoice 42.pdf', 'application/pdf'],
    ['file', 'https://cdn.fbsbx.com/v/t59/%E0%A4%A', 'file.bin', 'application/octet-stream'],
  ])('has a file of the kind %s where Meta holds it: %s', (type, url, name, mime) => {
    expect(partsOf(file(type, { url }))).toEqual([{ _tag: 'RemoteFile', file: { name, mime, remote: { url } } }])
  })

  it('has a sticker once, which for some time came twice', () => {
    const payload = { url: 'https://scontent.xx.fbcdn.net/thumb', sticker_id: 369239263222822 }
    const twice = [
      { type: 'image', payload },
      { type: 'sticker', payload },
    ]
    const [sticker, ...more] = partsOf(message({ attachments: twice })) ?? []
    expect(sticker).toMatchObject({ _tag: 'RemoteFile', file: { name: 'sticker-369239263222822.png' } })
    expect(more).toEqual([])
  })

  it('has several files in their order, after its words', () => {
    const attachments = ['a.png', 'b.pdf'].map((name) => ({
      type: name.endsWith('png') ? 'image' : 'file',
      payload: { url: `https://cdn.fbsbx.com/${name}` },
    }))
    const parts = partsOf(message({ text: 'Both', attachments })) ?? []
    expect(parts.map((part) => (part._tag === 'RemoteFile' ? part.file.name : part._tag))).toEqual([
      'Text',
      'a.png',
      'b.pdf',
    ])
  })

  it('has a place', () => {
    expect(
      partsOf(
        message({
          attachments: [{ type: 'location', title: 'Here', payload: { coordinates: { lat: 48.85, long: 2.35 } } }],
        }),
      ),
    ).toEqual([{ _tag: 'Location', latitude: 48.85, longitude: 2.35, label: 'Here' }])
  })

  it('keeps beside a place, a picture or a link what these do not show', () => {
    const coordinates = { lat: 48.85, long: 2.35 }
    const attachments = [
      { type: 'location', url: 'https://maps.example', payload: { coordinates, title: 'Here' } },
      { type: 'image', payload: { url: 'https://scontent.fbcdn.net/a.png', title: 'A chair' } },
      { type: 'share', payload: { url: 'https://shop.example', id: '1' } },
    ]
    for (const attachment of attachments)
      expect(message({ attachments: [attachment] })).toMatchObject({ meta: { raw: { attachments: [attachment] } } })
    expect(partsOf(message({ attachments: attachments.slice(0, 1) }))).toMatchObject([{ label: 'Here' }])
  })

  it.each([
    [
      'fallback',
      { title: 'A chair', url: 'https://shop.example/chair', payload: null },
      { source: 'link', title: 'A chair', url: 'https://shop.example/chair' },
    ],
    [
      'share',
      { payload: { url: 'https://lookaside.fbsbx.com/x' } },
      { source: 'share', url: 'https://lookaside.fbsbx.com/x' },
    ],
    [
      'ig_reel',
      { payload: { reel_video_id: '77', title: 'Sit', url: 'https://x.cdninstagram.com/r' } },
      { source: 'reel', id: '77', title: 'Sit', url: 'https://x.cdninstagram.com/r' },
    ],
    [
      'reel',
      { payload: { reel_video_id: 78, url: 'https://x.fbcdn.net/r' } },
      { source: 'reel', id: '78', url: 'https://x.fbcdn.net/r' },
    ],
    [
      'ig_post',
      { payload: { ig_post_media_id: '5', url: 'https://x.cdninstagram.com/p' } },
      { source: 'post', id: '5', url: 'https://x.cdninstagram.com/p' },
    ],
    [
      'ig_story',
      { payload: { story_media_id: '3', story_media_url: 'https://x.cdninstagram.com/s' } },
      { source: 'story', id: '3', url: 'https://x.cdninstagram.com/s' },
      { name: 'story.bin', mime: 'application/octet-stream', remote: { url: 'https://x.cdninstagram.com/s' } },
    ],
    [
      'story_mention',
      { payload: { url: 'https://lookaside.fbsbx.com/m.mp4' } },
      { source: 'story_mention', url: 'https://lookaside.fbsbx.com/m.mp4' },
      { name: 'm.mp4', mime: 'video/mp4', remote: { url: 'https://lookaside.fbsbx.com/m.mp4' } },
    ],
    [
      'something_new',
      { payload: { url: 'https://new.example/x' } },
      { source: 'something_new', url: 'https://new.example/x' },
    ],
  ])('points to what was shared, and brings what is gone after a day: %s', (type, attachment, pointer, picture?) => {
    expect(partsOf(message({ attachments: [{ type, ...attachment }] }))).toEqual([
      { _tag: 'Referral', ...pointer },
      ...(picture === undefined ? [] : [{ _tag: 'RemoteFile', file: picture }]),
    ])
  })

  it('keeps what it came with when an address is none that can be opened', () => {
    expect(
      message({ attachments: [{ type: 'share', payload: { title: 'x', url: 'javascript:alert(1)' } }] }),
    ).toMatchObject({
      parts: [{ _tag: 'Referral', source: 'share', title: 'x' }],
      meta: { raw: { attachments: [{ payload: { url: 'javascript:alert(1)' } }] } },
    })
  })

  it('has the words of a template', () => {
    const payload = {
      template_type: 'generic',
      elements: [
        { title: 'Chair', subtitle: 'Oak', buttons: [{ type: 'web_url', title: 'Buy', url: 'https://shop.example' }] },
      ],
    }
    expect(partsOf(message({ attachments: [{ type: 'template', payload }] }))).toEqual([
      { _tag: 'Text', text: 'Chair\nOak\nBuy: https://shop.example' },
    ])
  })

  it('has the products that it shows', () => {
    const payload = { product: { elements: [{ id: '1', retailer_id: 'c', title: 'Chair', subtitle: '€90' }] } }
    expect(partsOf(message({ attachments: [{ type: 'template', payload }] }))).toEqual([
      { _tag: 'Product', title: 'Chair', description: '€90' },
    ])
  })

  it.each([
    ['what Meta does not hand on', { is_unsupported: true }, 'unsupported'],
    ['a picture without an address', { attachments: [{ type: 'image', payload: {} }] }, 'image'],
    ['a picture that can be seen once', { attachments: [{ type: 'ephemeral' }] }, 'ephemeral'],
    ['a kind that nobody knows', { attachments: [{ type: 'constructor', payload: 7 }] }, 'constructor'],
    [
      'a place that is on no earth',
      { attachments: [{ type: 'location', payload: { coordinates: { lat: 480, long: 2 } } }] },
      'location',
    ],
    ['an attachment that is none', { attachments: [null] }, 'attachment'],
    ['nothing that anybody knows', { nothing: 1 }, 'message'],
    ['nothing but white space', { text: ' \n' }, 'message'],
  ])('is kept when it has %s', (_, said, kind) => {
    expect(message(said)).toMatchObject({
      parts: [{ _tag: 'Unsupported', kind }],
      meta: { raw: { mid: 'm_1', ...said } },
    })
  })

  it.each([[null], [{}], [''], [7], [{ ref: null }]])(
    'has nothing of what is there and says nothing: %j',
    (nothing) => {
      const attachments = [{ type: 'image', payload: { url: 'https://scontent.fbcdn.net/a.png' } }]
      const said = { referral: nothing, reply_to: { story: nothing }, quick_reply: nothing, attachments }
      expect(partsOf(message(said))?.map(({ _tag }) => _tag)).toEqual(['RemoteFile'])
      expect(partsOf(read(fromMarie({ postback: { title: 'Hi', payload: 'HI', referral: nothing } }))[0])).toHaveLength(
        1,
      )
    },
  )

  it('is taken back', () => {
    expect(message({ is_deleted: true })).toEqual({ _tag: 'MessageDeleted', externalId: 'm_1' })
  })

  it('of a guest without an id is kept under her reference', () => {
    const event = { ...fromMarie({ message: { mid: 'm_1', text: 'x' } }), sender: { user_ref: 'box-7' } }
    expect(read(event)[0]).toMatchObject({ from: { address: 'user_ref:box-7' } })
  })
})

describe('an echo', () => {
  it('of our own message carries the key that it was sent with', () => {
    const key = 'acme/c1/4/0'
    expect(read(fromPage({ mid: 'm_2', text: 'Yes', app_id: Number(appId), metadata: key }))).toEqual([
      {
        _tag: 'MessageEchoed',
        externalId: 'm_2',
        reference: key,
        to: marie,
        parts: [{ _tag: 'Text', text: 'Yes' }],
        sentAt: at,
        meta: { at },
      },
    ])
  })

  it.each([
    ['the inbox of the page', { app_id: otherApp, metadata: 'acme/c1/4/0' }],
    ['a person, without an application', { metadata: 'acme/c1/4/0' }],
  ])('of %s has no key: metadata of others is not ours', (_, said) => {
    const [event] = read(fromPage({ mid: 'm_2', text: 'Yes', ...said }))
    expect(event).toMatchObject({ _tag: 'MessageEchoed', to: marie })
    expect(event).not.toHaveProperty('reference')
  })

  it('of a message to ourselves is passed over', () => {
    const event = { ...fromPage({ mid: 'm_2', text: 'Test', is_self: true }), recipient: { id: page } }
    expect(read(event)).toEqual([{ _tag: 'Ignored', reason: 'a message to ourselves' }])
  })

  it('is one as well where only its sender tells', () => {
    const event = { ...fromPage({ mid: 'm_2', text: 'Yes', is_echo: undefined }) }
    expect(read(event)[0]).toMatchObject({ _tag: 'MessageEchoed', to: marie })
  })
})
