import { describe, expect, it } from 'vitest'
import { appId, at, marie, otherApp } from './support/payloads.ts'
import { openTown } from './support/town.ts'

describe.each(['messenger', 'instagram'] as const)('the engine with an account of %s', (product) => {
  it('makes a conversation of a message, sends the answer, and hears what became of it', async () => {
    const town = await openTown(product)
    await town.post(town.says('m_1', 'Are you open?'))
    expect(await town.answer('Until six.')).toMatchObject({ ok: true })
    const [sent] = town.graph.taken
    expect(sent).toMatchObject({ to: marie, body: { message: { text: 'Until six.' } } })
    expect(await town.delivery()).toMatchObject({ status: 'sent', externalId: sent?.mid })
    await town.post(town.reads(sent?.mid ?? ''))
    expect(await town.delivery()).toMatchObject({ status: 'read' })
    expect(town.problems).toEqual([])
  })

  it('is asked by Meta whether the address is ours, and answers with the challenge alone', async () => {
    const { callback } = await openTown(product)
    const ask = (token: string) =>
      fetch(`${callback}/acme/shop?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}`)
    const answered = await ask('ours')
    expect([answered.status, await answered.text()]).toEqual([200, '1158201444'])
    expect((await ask('theirs')).status).toBe(403)
  })

  it('a tap on the menu of the account is what the customer says', async () => {
    const town = await openTown(product)
    await town.post(town.marieDoes({ postback: { mid: 'm_1', title: 'Get started', payload: 'START' } }))
    expect(await town.messages()).toMatchObject([{ parts: [{ _tag: 'Text', text: 'Get started' }] }])
  })

  it('what nobody here knows is kept as it came', async () => {
    const town = await openTown(product)
    const feedback = { feedback_screens: [{ questions: { q1: { type: 'csat', payload: '4' } } }] }
    await town.post(town.marieDoes({ messaging_feedback: feedback }))
    expect(await town.messages()).toMatchObject([
      {
        parts: [{ _tag: 'Unsupported', kind: 'messaging_feedback' }],
        meta: { raw: { messaging_feedback: feedback } },
      },
    ])
  })

  it('a kind of event that nobody knows wakes nobody: what was closed stays closed', async () => {
    const town = await openTown(product)
    await town.post(town.says('m_1', 'Hello'))
    const id = await town.conversation()
    expect(await town.ana.conversations.close(id)).toMatchObject({ ok: true })
    await town.post(town.marieDoes({ something_new: { id: 1 } }))
    expect(await town.conversations()).toMatchObject([{ status: 'closed' }])
    expect(await town.messages()).toMatchObject([{}, { automatic: 'notification', meta: { raw: {} } }])
  })

  it('a guest of a form on the site is the same person when she writes', async () => {
    const town = await openTown(product)
    const { sender: _, ...guest } = town.marieDoes({ optin: { ref: 'cart', user_ref: 'box-7' } })
    await town.post(guest)
    await town.post({ ...town.says('m_1', 'Hello'), prior_message: { source: 'checkbox_plugin', identifier: 'box-7' } })
    expect(await town.messages()).toMatchObject([{ parts: [{ _tag: 'Referral' }] }, { parts: [{ text: 'Hello' }] }])
  })

  it('G10 what somebody writes elsewhere in our name is ours, and no message of the customer', async () => {
    const town = await openTown(product)
    await town.post(town.says('m_1', 'Are you open?'))
    const elsewhere = town.echo({ mid: 'm_2', text: 'From the inbox of Meta.', app_id: otherApp })
    await town.post(elsewhere)
    await town.post(elsewhere)
    expect((await town.messages()).map(({ direction }) => direction)).toEqual(['in', 'out'])
  })

  it('hears which of its choices was taken, also where the button had no room for all of it', async () => {
    const town = await openTown(product)
    await town.post(town.says('m_1', 'A chair, please.'))
    const label = 'The large one with the oak table'
    const choices = [
      { id: 'large', label },
      { id: 'none', label: 'None' },
    ]
    const parts = [{ _tag: 'Choices', choices }] as const
    await town.ana.conversations.reply(await town.conversation(), { text: 'Which?', parts })
    await town.engine.settle()
    const [large] = town.graph.taken.at(-1)?.body.message?.quick_replies ?? []
    const message = { mid: 'm_2', text: large?.title, quick_reply: { payload: large?.payload } }
    await town.post(town.marieDoes({ message }))
    expect((await town.messages()).map((one) => one.parts)).toContainEqual([{ _tag: 'Chosen', choice: 'large', label }])
  })

  it('G09 brings the files of a message, and sends its own', async () => {
    const town = await openTown(product)
    const bytes = new TextEncoder().encode('GIF89a a chair')
    const url = town.graph.hold('/v/chair.gif', bytes, 'image/gif')
    town.graph.wrote(marie, town.clock.now())
    await town.post(town.marieDoes({ message: { mid: 'm_1', attachments: [{ type: 'image', payload: { url } }] } }))
    await town.engine.settle()
    const [stored] = await town.messages()
    expect(stored?.parts).toMatchObject([
      { _tag: 'File', file: { name: 'chair.gif', mime: 'image/gif', size: bytes.byteLength } },
    ])
    const files = [{ name: 'offer.png', mime: 'image/png', bytes }]
    await town.ana.conversations.reply(await town.conversation(), { text: 'Our offer', files })
    await town.engine.settle()
    expect(town.graph.uploads).toMatchObject([{ name: 'offer.png', type: 'image', bytes }])
    expect(town.graph.taken.map(({ body }) => body.message?.attachment?.payload)).toEqual([
      undefined,
      { attachment_id: 'att_1' },
    ])
  })

  it('learns who writes', async () => {
    const town = await openTown(product)
    const profile = product === 'messenger' ? { first_name: 'Marie', last_name: 'Curie' } : { name: 'Marie Curie' }
    town.graph.introduce(marie, profile)
    await town.post(town.says('m_1', 'Hello'))
    await town.engine.settle()
    expect(await town.conversations()).toMatchObject([{ contact: { name: 'Marie Curie', address: marie } }])
  })

  it('goes on where nobody is told of', async () => {
    const town = await openTown(product)
    await town.post(town.says('m_1', 'Hello'))
    expect(await town.answer('Hello!')).toMatchObject({ ok: true })
    expect(town.graph.taken).toHaveLength(1)
    expect(town.problems).toEqual([])
  })

  it('shows the customer that she is read, and that somebody writes', async () => {
    const town = await openTown(product)
    await town.post(town.says('m_1', 'Hello'))
    const id = await town.conversation()
    await town.ana.conversations.markRead(id)
    await town.ana.conversations.typing(id, true)
    await town.engine.settle()
    expect(town.graph.actions.map(({ sender_action }) => sender_action).toSorted()).toEqual(['mark_seen', 'typing_on'])
  })

  it('takes a conversation back from another application, and may write again', async () => {
    const town = await openTown(product)
    await town.postTo('shop', town.bodyOf([town.says('m_1', 'Hello')], 'standby'))
    const id = await town.conversation()
    expect(await town.answer('Hello!')).toMatchObject({ ok: false })
    expect(await town.ana.conversations.takeControl(id)).toMatchObject({ ok: true })
    await town.engine.settle()
    expect(town.graph.controls).toEqual([{ edge: 'take_thread_control', body: { recipient: { id: marie } } }])
    expect(await town.answer('Hello!')).toMatchObject({ ok: true })
    expect(town.graph.taken).toHaveLength(1)
  })

  it('does not have a conversation that it has only asked for, until it is passed', async () => {
    const town = await openTown(product)
    await town.add('shop', { control: 'request' })
    await town.postTo('shop', town.bodyOf([town.says('m_1', 'Hello')], 'standby'))
    const id = await town.conversation()
    await town.ana.conversations.takeControl(id)
    await town.engine.settle()
    expect(town.graph.controls.map(({ edge }) => edge)).toEqual(['request_thread_control'])
    expect(await town.ana.conversations.canSend(id)).toMatchObject({ value: { because: 'elsewhere' } })
    await town.post(
      town.marieDoes({ pass_thread_control: { previous_owner_app_id: otherApp, new_owner_app_id: appId } }),
    )
    expect(await town.ana.conversations.canSend(id)).toMatchObject({ value: { _tag: 'Yes' } })
  })
})

describe('an Instagram account', () => {
  it('G09 receives a story reply, and answers within the bytes of Instagram', async () => {
    const town = await openTown('instagram')
    town.graph.wrote(marie, at)
    const story = { id: '9', url: 'https://lookaside.fbsbx.com/story' }
    await town.post(town.marieDoes({ message: { mid: 'm_1', text: 'Which size?', reply_to: { story } } }))
    expect(await town.messages()).toMatchObject([{ parts: [{ _tag: 'Referral', source: 'story' }, { _tag: 'Text' }] }])
    await town.answer('🪑'.repeat(400))
    expect(town.graph.taken.map(({ body }) => Buffer.byteLength(body.message?.text ?? ''))).toEqual([1000, 600])
  })

  it('shows the customer how we react, and takes it away again', async () => {
    const town = await openTown('instagram')
    await town.post(town.says('m_1', 'Thank you!'))
    const id = await town.conversation()
    const [message] = await town.messages()
    expect(await town.ana.conversations.react(id, { message: message?.seq ?? 0, emoji: '❤️' })).toMatchObject({
      ok: true,
    })
    await town.engine.settle()
    expect(await town.ana.conversations.react(id, { message: message?.seq ?? 0, emoji: null })).toMatchObject({
      ok: true,
    })
    await town.engine.settle()
    expect(town.graph.actions.map(({ sender_action, payload }) => [sender_action, payload])).toEqual([
      ['react', { message_id: 'm_1', reaction: 'love' }],
      ['unreact', { message_id: 'm_1' }],
    ])
  })
})
