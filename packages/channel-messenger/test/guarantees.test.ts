import { memoryStorage } from '@guichet/engine/memory'
import { describe, expect, it } from 'vitest'
import { announcedUntil, timelineOf } from '../../../tooling/channels/desk.ts'
import { mortal } from '../../../tooling/stores/mortal.ts'
import { appId, marie, otherApp } from './support/payloads.ts'
import { openTown, type Product, type Town } from './support/town.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Marie has asked, Ana has answered, and Meta has taken the answer. */
const answered = async (product: Product): Promise<Town & { readonly mid: string }> => {
  const town = await openTown(product)
  await town.post(town.says('m_1', 'Are you open?'))
  expect(await town.answer('Until six.')).toMatchObject({ ok: true })
  return { ...town, mid: town.graph.taken[0]?.mid ?? '' }
}

describe.each(['messenger', 'instagram'] as const)('on %s', (product) => {
  it('G02 what comes doubled, delayed and out of order is stored and announced once, with one result', async () => {
    const town = await openTown(product)
    const [first, second] = [town.says('m_1', 'One'), town.says('m_2', 'Two')]
    const [stored] = await town.post(second)
    expect(stored).toMatchObject({ _tag: 'Stored' })
    expect(await town.post(first)).toMatchObject([{ _tag: 'Stored' }])
    const result = stored?._tag === 'Stored' ? { conversation: stored.conversation, seq: stored.seq } : {}
    const again = await Promise.all([town.post(second), town.post(second), town.post(second, first)])
    expect(again.flat().filter(({ _tag }) => _tag !== 'Duplicate')).toEqual([])
    expect(again[0]).toEqual([{ _tag: 'Duplicate', ...result }])
    await town.post(town.says('m_3', 'Three'))
    expect(await announcedUntil(town.acme, 'm_3')).toEqual(['m_2', 'm_1', 'm_3'])
    expect(await town.messages()).toHaveLength(3)
  })

  it('G02 what Meta gives no id is known again as well', async () => {
    const town = await openTown(product)
    const tap = town.marieDoes({ postback: { title: 'Get started', payload: 'START' } })
    const poster = town.marieDoes({ referral: { ref: 'poster', source: 'SHORTLINK' } })
    expect(await town.post(tap, poster)).toMatchObject([{ _tag: 'Stored' }, { _tag: 'Stored' }])
    expect(await town.post(poster, tap)).toMatchObject([{ _tag: 'Duplicate' }, { _tag: 'Duplicate' }])
  })

  it('G04 one id on two accounts is two messages, also in one request for both', async () => {
    const town = await openTown(product)
    await town.add('second', product === 'messenger' ? { page: '777' } : { account: '777' })
    const { object, entry } = town.bodyOf([town.says('m_1', 'Here')])
    const body = { object, entry: [...entry, { ...entry[0], id: '777' }] }
    expect(town.accountsIn(body)).toEqual([town.own, '777'])
    expect(await town.postTo('shop', body)).toMatchObject({
      status: 200,
      receipts: [{ _tag: 'Stored' }, { _tag: 'Ignored', reason: 'another account: 777' }],
    })
    expect(await town.postTo('second', body)).toMatchObject({
      receipts: [{ _tag: 'Ignored', reason: `another account: ${town.own}` }, { _tag: 'Stored' }],
    })
    expect((await town.conversations()).map(({ account }) => account).toSorted()).toEqual(['second', 'shop'])
  })

  it('G06 every delivery ends as one thing: stored, a duplicate, refused with its reason, or set aside whole', async () => {
    const town = await openTown(product)
    const said = town.says('m_1', 'Hello')
    const body = town.bodyOf([said])
    expect(await town.postTo('shop', body, 'a guess')).toEqual({ status: 401, receipts: [] })
    expect(await town.conversations()).toEqual([])
    expect(await town.postTo('shop', body, 'the old secret')).toMatchObject({
      status: 200,
      receipts: [{ _tag: 'Stored' }],
    })
    expect(await town.post(said)).toMatchObject([{ _tag: 'Duplicate' }])
    const broken = town.marieDoes({ reaction: { action: 'react' } })
    expect(await town.post(broken)).toMatchObject([{ _tag: 'Quarantined' }])
    expect(await town.postTo('shop', 'no JSON')).toMatchObject({ status: 200, receipts: [{ _tag: 'Quarantined' }] })
    expect(await town.acme.quarantine.list()).toHaveLength(2)
  })

  it('G06 nothing is answered with success before it is stored', async () => {
    const { storage, die } = mortal(memoryStorage())
    const town = await openTown(product, storage)
    die()
    const { status } = await town.postTo('shop', town.bodyOf([town.says('m_1', 'Hello')]))
    expect(status).toBeGreaterThanOrEqual(500)
  })

  it('G07 one request with many messages yields all of them, in order, around a broken one', async () => {
    const town = await openTown(product)
    const many = Array.from({ length: 50 }, (_, index) => town.says(`m_${index}`, String(index)))
    const receipts = await town.post(...many.slice(0, 20), { message: 7 }, ...many.slice(20))
    expect(receipts.map(({ _tag }) => _tag).filter((tag) => tag !== 'Stored')).toEqual(['Quarantined'])
    expect((await town.messages()).map(({ parts }) => parts)).toEqual(
      many.map((_, index) => [{ _tag: 'Text', text: String(index) }]),
    )
  })

  it('G08 the time of Meta is kept beside ours, opens the window, and never lies in the future', async () => {
    const town = await openTown(product)
    const now = town.clock.now()
    await town.post(town.says('m_2', 'later', now - minute), town.says('m_1', 'earlier', now - hour))
    const times = async () =>
      Object.fromEntries((await town.messages()).map(({ externalId, sentAt }) => [externalId, sentAt]))
    expect(await times()).toEqual({ m_1: now - hour, m_2: now - minute })
    expect((await town.messages()).map(({ receivedAt }) => receivedAt)).toEqual([now, now])
    const canSend = async () => town.ana.conversations.canSend(await town.conversation())
    expect(await canSend()).toEqual({ ok: true, value: { _tag: 'Yes', until: now - minute + 7 * day } })
    await town.post(town.says('m_3', 'from tomorrow', now + day))
    expect(await times()).toMatchObject({ m_3: now })
    expect(await canSend()).toEqual({ ok: true, value: { _tag: 'Yes', until: now + 7 * day } })
  })

  it('G12 a reaction, an edit and what is taken back change their message', async () => {
    const town = await openTown(product)
    await town.post(town.says('m_1', 'Two chiars'), town.says('m_2', 'Oops'))
    await town.post(
      town.marieDoes({ message_edit: { mid: 'm_1', text: 'Two chairs', num_edit: 1 } }),
      town.marieDoes({ reaction: { mid: 'm_1', action: 'react', reaction: 'love', emoji: '❤️' } }),
      town.marieDoes({ message: { mid: 'm_2', is_deleted: true } }),
    )
    const [first, second, ...more] = await town.messages()
    expect(first).toMatchObject({
      parts: [{ _tag: 'Text', text: 'Two chairs' }],
      edited: true,
      reactions: [{ emoji: '❤️' }],
    })
    expect(second).toMatchObject({ deleted: true, parts: [] })
    expect(more).toEqual([])
    await town.post(town.marieDoes({ reaction: { mid: 'm_1', action: 'unreact' } }))
    expect((await town.messages())[0]).toMatchObject({ reactions: [] })
  })

  it('G12 what comes before its message waits for it', async () => {
    const town = await openTown(product)
    await town.post(
      town.marieDoes({ message_edit: { mid: 'm_1', text: 'Two chairs', num_edit: 1 } }),
      town.marieDoes({ reaction: { mid: 'm_1', action: 'react', reaction: 'like' } }),
      town.marieDoes({ message: { mid: 'm_2', is_deleted: true } }),
    )
    expect(await town.conversations()).toEqual([])
    await town.post(town.says('m_2', 'Oops'), town.says('m_1', 'Two chiars'))
    expect(await town.messages()).toMatchObject([
      { deleted: true, parts: [] },
      { parts: [{ text: 'Two chairs' }], reactions: [{ emoji: '👍' }] },
    ])
  })

  it('G17 what may have been sent is left in doubt, sent once, and known again by its key', async () => {
    const town = await openTown(product)
    await town.post(town.says('m_1', 'Are you open?'))
    town.graph.next({ takes: 'resets' })
    await town.answer('Until six.')
    expect(await town.delivery()).toMatchObject({ status: 'uncertain' })
    await town.advance(hour)
    const [{ mid, body } = { mid: '', body: {} }, ...more] = town.graph.taken
    expect(more).toEqual([])
    await town.post(town.echo({ mid, text: 'Until six.', app_id: appId, metadata: body.message?.metadata }))
    expect(await town.delivery()).toMatchObject({ status: 'sent', externalId: mid })
    expect(await town.messages()).toHaveLength(2)
  })

  it('G17 a process that dies between the sending and its record leaves it in doubt, never doubled', async () => {
    const store = memoryStorage()
    const { storage, die } = mortal(store)
    const town = await openTown(product, storage)
    await town.post(town.says('m_1', 'Are you open?'))
    const id = await town.conversation()
    void town.graph.whenAsked().then(die)
    await town.ana.conversations.reply(id, { text: 'Until six.' })
    await town.engine.settle().catch(() => undefined)
    expect(town.graph.taken).toHaveLength(1)
    const heir = await town.start(store)
    town.clock.advance(hour)
    await heir.settle()
    expect((await timelineOf(heir, id))[1]?.delivery).toMatchObject({ status: 'uncertain' })
    expect(town.graph.taken).toHaveLength(1)
  })

  it('G17 what was not taken is tried again, and is sent once', async () => {
    const town = await openTown(product)
    await town.post(town.says('m_1', 'Are you open?'))
    town.graph.next({ status: 429, body: '', headers: { 'retry-after': '30' } })
    await town.answer('Until six.')
    expect(await town.delivery()).toMatchObject({ status: 'queued' })
    await town.advance(minute)
    expect(await town.delivery()).toMatchObject({ status: 'sent' })
    expect(town.graph.taken).toHaveLength(1)
  })

  it('G17 waits while the token has expired, and leaves with a new one', async () => {
    const town = await openTown(product)
    await town.post(town.says('m_1', 'Are you open?'))
    town.graph.setToken('EAAG-new')
    await town.answer('Until six.')
    expect(await town.delivery()).toMatchObject({ status: 'queued' })
    await town.add('shop', { token: 'EAAG-new' })
    await town.advance(10 * minute)
    expect(await town.delivery()).toMatchObject({ status: 'sent' })
    expect(town.graph.taken).toHaveLength(1)
  })

  it('G17 what Meta refuses for good has failed, with the reason', async () => {
    const town = await openTown(product)
    await town.post(town.says('m_1', 'Are you open?'))
    const error = { code: 100, error_subcode: 2018001, message: 'No matching user found' }
    town.graph.next({ status: 400, body: JSON.stringify({ error }) })
    await town.answer('Until six.')
    expect(await town.delivery()).toMatchObject({
      status: 'failed',
      error: { code: '100/2018001', message: 'No matching user found' },
    })
    expect(town.graph.taken).toEqual([])
  })

  it('G18 a status only moves forward, whatever comes late, twice or out of order', async () => {
    const town = await answered(product)
    expect(await town.delivery()).toMatchObject({ status: 'sent' })
    await town.post(town.reports(town.mid))
    expect(await town.delivery()).toMatchObject({ status: product === 'messenger' ? 'delivered' : 'read' })
    await town.post(town.reads(town.mid))
    expect(await town.delivery()).toMatchObject({ status: 'read' })
    await Promise.all([
      town.post(town.reports(town.mid)),
      town.post(town.reads(town.mid)),
      town.post(town.marieDoes({ delivery: { mids: [town.mid], watermark: town.clock.now() } })),
      town.post(town.echo({ mid: town.mid, text: 'Until six.', app_id: appId })),
    ])
    expect(await town.delivery()).toMatchObject({ status: 'read' })
    expect(await town.messages()).toHaveLength(2)
  })

  it('G18 what is reported of an id that nobody knows yet waits for it', async () => {
    const town = await openTown(product)
    await town.post(town.says('m_1', 'Are you open?'))
    await town.post(town.reports('m_out_1'))
    await town.answer('Until six.')
    expect(town.graph.taken.map(({ mid }) => mid)).toEqual(['m_out_1'])
    expect(await town.delivery()).toMatchObject({ status: product === 'messenger' ? 'delivered' : 'read' })
  })

  it('G19 one may write for a day, then agents alone by the tag, and after a week nobody', async () => {
    const town = await openTown(product)
    await town.post(town.says('m_1', 'Hello?'))
    const heard = town.clock.now()
    const id = await town.conversation()
    await town.advance(day)
    expect(await town.ana.conversations.canSend(id)).toMatchObject({ value: { _tag: 'Yes', until: heard + 7 * day } })
    expect(await town.answer('Sorry for the wait.')).toMatchObject({ ok: true })
    expect(town.graph.taken[0]?.body).toMatchObject({ messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' })
    await town.advance(6 * day)
    expect(await town.ana.conversations.canSend(id)).toMatchObject({ value: { _tag: 'No', because: 'window' } })
    expect(await town.answer('Are you there?')).toMatchObject({ ok: false })
    expect(town.graph.taken).toHaveLength(1)
  })

  it('G19 nobody may write while another application has the conversation, until it is ours again', async () => {
    const town = await openTown(product)
    const said = town.says('m_1', 'Hello?')
    expect(await town.postTo('shop', town.bodyOf([said], 'standby'))).toMatchObject({
      receipts: [{ _tag: 'Stored' }, {}],
    })
    const canSend = async () => town.ana.conversations.canSend(await town.conversation())
    expect(await canSend()).toMatchObject({ value: { _tag: 'No', because: 'elsewhere' } })
    expect(await town.answer('Hello!')).toMatchObject({ ok: false })
    expect(town.graph.taken).toEqual([])
    await town.post(
      town.marieDoes({ pass_thread_control: { previous_owner_app_id: otherApp, new_owner_app_id: appId } }),
    )
    expect(await canSend()).toMatchObject({ value: { _tag: 'Yes' } })
  })

  it('G19 the window that Meta says is closed is closed here as well: the message has failed, and none is tried', async () => {
    const town = await openTown(product)
    await town.post(town.says('m_1', 'Hello?'))
    const error = { code: 10, error_subcode: 2018278, message: 'This message is sent outside of allowed window.' }
    town.graph.next({ status: 400, body: JSON.stringify({ error }) })
    await town.answer('Hello!')
    expect(await town.delivery()).toMatchObject({ status: 'failed', error: { code: '10/2018278' } })
    expect(await town.ana.conversations.canSend(await town.conversation())).toMatchObject({
      value: { _tag: 'No', because: 'window' },
    })
  })

  it('G19 who ends the marketing messages can still be answered', async () => {
    const town = await openTown(product)
    await town.post(
      town.says('m_1', 'Hello?'),
      town.marieDoes({ optin: { type: 'notification_messages', notification_messages_status: 'STOP_NOTIFICATIONS' } }),
    )
    expect(await town.answer('Hello!')).toMatchObject({ ok: true })
    expect(town.graph.taken).toMatchObject([{ to: marie }])
  })
})
