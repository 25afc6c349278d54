import { describe, expect, it } from 'vitest'
import { messages as samples } from './support/samples.ts'
import { openTown, type Town } from './support/town.ts'
import { messagesChange, statuses, zoe, zoesAddress, zoesIds } from './support/webhook.ts'

const user = zoesIds.user_id

/** Which ids a payload has of her. */
const byNumber = { from: zoe.wa_id }
const byUser = { from_user_id: user }
const byParent = { from_parent_user_id: zoesIds.parent_user_id }
const byAll = { ...byNumber, ...byUser, ...byParent }

let written = 0

/** She says something, named by some of her ids. */
const says = (ids: object, message: object = samples.text) => {
  written += 1
  return messagesChange({
    messages: [{ ...ids, id: `wamid.said.${written}`, timestamp: String(1_749_416_383 + written), ...message }],
  })
}

const people = async ({ ana }: Town) => {
  const { items } = await ana.conversations.list({ tab: 'all' })
  return { conversations: items.length, contacts: new Set(items.map(({ contact }) => contact.id)).size }
}

const onlyOne = { conversations: 1, contacts: 1 }

describe('somebody with several ids', () => {
  it.each([
    ['by all and then by the user id alone', [byAll, byUser]],
    ['by the number, by all, and then by the user id alone', [byNumber, byAll, byUser]],
    ['by the user id, by all, and then by the number alone', [byUser, byAll, byNumber]],
    ['by all and then by the parent id alone', [byAll, byParent]],
    ['by the user id with its parent, and then by the parent alone', [{ ...byUser, ...byParent }, byParent]],
    ['by any of them, again and again', [byAll, byUser, byNumber, byAll, byParent, byUser]],
  ])('G01 is one person in one conversation: %s', async (_, named) => {
    const town = await openTown()
    for (const ids of named) await town.post(says(ids))
    expect(await people(town)).toEqual(onlyOne)
    expect(await town.messages()).toHaveLength(named.length)
    expect(town.problems).toEqual([])
  })

  it('is one also within one request', async () => {
    const town = await openTown()
    await town.post(says(byUser), says(byAll), says(byNumber), says(byParent))
    expect(await people(town)).toEqual(onlyOne)
    expect(await town.messages()).toHaveLength(4)
  })

  it('goes on in the newest conversation when the one before has been put away', async () => {
    const town = await openTown()
    await town.post(says(byAll))
    await town.ana.conversations.archive(await town.conversation())
    await town.post(says(byAll))
    await town.post(says(byUser))
    const { items } = await town.ana.conversations.list({ tab: 'open' })
    expect(items).toHaveLength(1)
    const timeline = await town.ana.conversations.timeline(items[0]?.id ?? '')
    expect(timeline.ok && timeline.value.messages).toHaveLength(2)
  })

  it('is answered at the number, which may be asked for, and at the user id where there is no other', async () => {
    const town = await openTown()
    await town.post(says(byAll))
    await town.post(says(byUser))
    await town.ana.conversations.reply(await town.conversation(), { text: 'Hello Zoe' })
    await town.engine.settle()
    expect(town.graph.sent[0]?.body).toMatchObject({ to: zoe.wa_id })
    const shy = await openTown()
    await shy.post(says(byUser))
    await shy.ana.conversations.reply(await shy.conversation(), { text: 'Hello' })
    await shy.engine.settle()
    expect(shy.graph.sent[0]?.body).toMatchObject({ recipient: user })
    expect(shy.graph.sent[0]?.body).not.toHaveProperty('to')
  })

  it('is who an agent wrote to first by the number', async () => {
    const town = await openTown()
    const hello = { _tag: 'ProviderTemplate', name: 'hello', language: 'en', values: [], text: 'Hello' } as const
    await town.ana.conversations.start({ account: 'mobile', to: { address: zoesAddress }, parts: [hello] })
    await town.engine.settle()
    await town.post(says(byAll))
    await town.post(says(byUser))
    expect(await people(town)).toEqual(onlyOne)
  })

  it('changes and takes back what was said, and hears what became of an answer, by any of them', async () => {
    const town = await openTown()
    await town.post(says(byAll))
    const externalId = `wamid.said.${written}`
    await town.ana.conversations.reply(await town.conversation(), { text: 'It left today.' })
    await town.engine.settle()
    const id = town.graph.sent[0]?.id
    await town.post(statuses({ id, status: 'read', recipient_id: undefined, recipient_user_id: user }))
    await town.post(
      says(byUser, {
        type: 'edit',
        edit: { original_message_id: externalId, message: { type: 'text', text: { body: 'Where is my chair?' } } },
      }),
    )
    const said = await town.messages()
    expect(said[0]).toMatchObject({ parts: [{ text: 'Where is my chair?' }], edited: true })
    expect(said[1]).toMatchObject({ delivery: { status: 'read' } })
    await town.post(says(byUser, { type: 'revoke', revoke: { original_message_id: externalId } }))
    expect((await town.messages())[0]).toMatchObject({ deleted: true })
  })

  it('G12 reacts by the number, by all of them, and by the user id alone', async () => {
    const town = await openTown()
    await town.post(says(byAll))
    await town.ana.conversations.reply(await town.conversation(), { text: 'It left today.' })
    await town.engine.settle()
    const message_id = town.graph.sent[0]?.id
    for (const [ids, emoji] of [
      [byAll, '👍'],
      [byNumber, '❤️'],
      [byUser, '😮'],
    ] as const) {
      await town.post(says(ids, { type: 'reaction', reaction: { message_id, emoji } }))
      expect((await town.messages())[1]?.reactions).toMatchObject([{ emoji }])
    }
  })

  it('goes on with a new number and a new user id, in whichever order they are told', async () => {
    const update = { user_id: { previous: user, current: 'US.2' }, timestamp: '1749416500' }
    const news = { type: 'user_changed_number', wa_id: '16505550000', user_id: 'US.2' }
    const byId = { field: 'user_id_update', value: { user_id_update: [update] } }
    const bySystem = says(byNumber, { type: 'system', system: news })
    for (const told of [
      [byId, bySystem],
      [bySystem, byId],
    ]) {
      const town = await openTown()
      await town.post(says(byAll))
      for (const change of told) await town.post(change)
      await town.post(says({ from_user_id: 'US.2' }))
      await town.post(says({ from: '16505550000' }))
      expect(await people(town)).toEqual(onlyOne)
      await town.ana.conversations.reply(await town.conversation(), { text: 'Hello again' })
      await town.engine.settle()
      expect(town.graph.sent[0]?.body).toMatchObject({ to: '16505550000' })
    }
  })

  it('G19 has consented, or not, whichever of them says so', async () => {
    const town = await openTown()
    await town.post(says(byAll))
    const stop = { user_id: user, value: 'stop', category: 'marketing_messages', timestamp: 1_749_416_400 }
    await town.post({ ...messagesChange({ user_preferences: [stop] }), field: 'user_preferences' })
    await town.post(says(byAll))
    town.clock.advance(25 * 3_600_000)
    const again = { _tag: 'ProviderTemplate', name: 'again', language: 'en', values: [], text: 'Hello' } as const
    expect(await town.ana.conversations.reply(await town.conversation(), { parts: [again] })).toMatchObject({
      refusal: { _tag: 'CannotSend', reason: 'optedOut' },
    })
  })
})

describe('a group', () => {
  const inGroup = (message: object = samples.text) => says(byAll, { group_id: 'Y2FwaV9ncm91cDox', ...message })

  it('has a conversation of its own: its words are never among those of one who is in it', async () => {
    const town = await openTown()
    await town.post(says(byAll))
    const own = await town.conversation()
    await town.post(inGroup(), inGroup(samples.image))
    const timeline = await town.ana.conversations.timeline(own)
    expect(timeline.ok && timeline.value.messages).toHaveLength(1)
    const { items } = await town.ana.conversations.list({ tab: 'all' })
    const group = items.find(({ id }) => id !== own)
    expect(group).toMatchObject({ contact: { address: 'group:Y2FwaV9ncm91cDox' } })
    const said = await town.ana.conversations.timeline(group?.id ?? '')
    expect(said.ok && said.value.messages.map(({ parts }) => parts)).toEqual([
      [{ _tag: 'Unsupported', kind: 'group', note: `${zoesAddress}: Where is my order? 📦` }],
      [{ _tag: 'Unsupported', kind: 'group', note: `${zoesAddress}: image.jpg\nLook` }],
    ])
  })

  it('G08 G19 opens no time in which one who is in it may be answered', async () => {
    const town = await openTown()
    await town.post(says(byAll))
    const own = await town.conversation()
    const until = 1_749_416_383_000 + written * 1000 + 24 * 3_600_000
    town.clock.advance(3_600_000)
    await town.post(inGroup())
    expect(await town.ana.conversations.canSend(own)).toMatchObject({ value: { _tag: 'Yes', until } })
  })

  it('is not answered from here, and says so', async () => {
    const town = await openTown()
    await town.post(inGroup())
    await town.ana.conversations.reply(await town.conversation(), { text: 'Hello all' })
    await town.engine.settle()
    expect(town.graph.sent).toEqual([])
    expect((await town.messages())[1]).toMatchObject({ delivery: { status: 'failed' } })
  })

  it('edits, deletes and reacts in its own conversation', async () => {
    const town = await openTown()
    await town.post(inGroup())
    const target = `wamid.said.${written}`
    const edited = { type: 'text', text: { body: 'Never mind' } }
    await town.post(inGroup({ type: 'edit', edit: { original_message_id: target, message: edited } }))
    await town.post(inGroup({ type: 'reaction', reaction: { message_id: target, emoji: '👍' } }))
    expect((await town.messages())[0]).toMatchObject({
      parts: [{ _tag: 'Unsupported', kind: 'group', note: `${zoesAddress}: Never mind` }],
      reactions: [{ emoji: '👍' }],
    })
    await town.post(inGroup({ type: 'revoke', revoke: { original_message_id: target } }))
    expect((await town.messages())[0]).toMatchObject({ deleted: true })
  })
})
