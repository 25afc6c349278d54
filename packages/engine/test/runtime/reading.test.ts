import type { AgentSession, SearchAnswer } from '@guichet/engine'
import { describe, expect, it } from 'vitest'
import { openShop, value } from './telegraph.ts'

const found = ({ messages, contacts, tagged }: SearchAnswer) => [
  messages.map(({ snippet }) => snippet),
  contacts.map(({ name }) => name),
  tagged.map(({ preview }) => preview),
]

/** Three customers, two queues of one department, one of none. */
const open = async () => {
  const shop = await openShop()
  const { engine, write, clock } = shop
  const workspace = engine.workspace('shop')
  await value(workspace.departments.put({ id: 'sales', name: 'Sales', queue: 'desk' }))
  await value(
    workspace.queues.put({ id: 'night', name: 'Night', mode: 'shared', claimOnReply: true, department: 'sales' }),
  )
  await value(workspace.queues.put({ id: 'elsewhere', name: 'Elsewhere', mode: 'shared', claimOnReply: true }))
  const chloe = workspace.as('chloe')
  const conversation = async (name: string, text: string, queue: string): Promise<string> => {
    clock.advance(1_000)
    const answer = await write(text, { from: { address: name, name }, externalId: `${name}: ${text}` })
    const { receipts } = (await answer.json()) as {
      readonly receipts: ReadonlyArray<{ readonly conversation: string }>
    }
    const id = receipts[0]?.conversation ?? ''
    if (queue !== 'desk') await value(chloe.conversations.transfer(id, { to: { queue } }))
    return id
  }
  const zoe = await conversation('Zoé Müller', 'Ma lampe est cassée', 'desk')
  const yan = await conversation('Yan', 'the lamp of Zoe', 'night')
  const xan = await conversation('Xan', 'another one', 'elsewhere')
  await engine.settle()
  return { ...shop, workspace, chloe, zoe, yan, xan }
}

describe('a search', () => {
  it('finds messages, people and tags, whatever their accents and case', async () => {
    const { engine, workspace, chloe, zoe, xan } = await open()
    await value(workspace.tags.put({ id: 'Défaut', about: null, hue: null }))
    await value(chloe.conversations.tag(zoe, { tags: ['Défaut'] }))
    await value(chloe.conversations.tag(xan, { tags: ['undefined words'] }))
    await engine.settle()
    expect(found(await chloe.conversations.search('CASSEE'))).toEqual([['Ma lampe est cassée'], [], []])
    expect(found(await chloe.conversations.search('zoe mull'))).toEqual([[], ['Zoé Müller'], []])
    expect(found(await chloe.conversations.search('zoe'))).toEqual([['the lamp of Zoe'], ['Zoé Müller'], []])
    expect(found(await chloe.conversations.search('defa'))).toEqual([[], [], ['Ma lampe est cassée']])
    expect(found(await chloe.conversations.search('undefined words'))).toEqual([[], [], ['another one']])
    expect(found(await chloe.conversations.search('?!'))).toEqual([[], [], []])
    await engine.close()
  })

  it('is narrowed by everything that narrows a list', async () => {
    const { engine, chloe, zoe, yan } = await open()
    const { conversations } = chloe
    await value(conversations.tag(zoe, { tags: ['vip', 'lamp'] }))
    await value(conversations.tag(yan, { tags: ['lamp'] }))
    await engine.settle()
    const ids = (answer: SearchAnswer) => answer.messages.map((hit) => hit.conversation.id)
    expect(ids(await conversations.search('lamp'))).toEqual([yan, zoe])
    expect(ids(await conversations.search('lamp', { queue: 'night' }))).toEqual([yan])
    expect(ids(await conversations.search('lamp', { tag: 'vip' }))).toEqual([zoe])
    expect((await conversations.search('lamp', { tag: 'vip' })).tagged.map(({ id }) => id)).toEqual([zoe])
    expect((await conversations.search('zoe', { queue: 'night' })).contacts).toEqual([])
    expect((await conversations.search('zoe', { queue: 'desk' })).contacts).toHaveLength(1)
    await engine.close()
  })

  it('tells further pages of messages alone', async () => {
    const { engine, chloe, zoe } = await open()
    const first = await chloe.conversations.search('lamp', { limit: 1 })
    const next = await chloe.conversations.search('lamp', { limit: 1, before: first.messages[0]?.position ?? 0 })
    expect(next.messages.map((hit) => hit.conversation.id)).toEqual([zoe])
    expect([next.contacts, next.tagged]).toEqual([[], []])
    await engine.close()
  })

  it('shows the words with what stands around them', async () => {
    const { engine, write, chloe } = await open()
    await write(`${'é'.repeat(300)} Düsseldorf ${'z'.repeat(300)}`, { externalId: 'long' })
    await engine.settle()
    const { messages } = await chloe.conversations.search('dusseldorf')
    expect(messages[0]?.snippet).toContain('Düsseldorf')
    expect(messages[0]?.snippet.length).toBeLessThanOrEqual(120)
    await engine.close()
  })
})

describe('a list', () => {
  const idsOf = async ({ conversations }: AgentSession, options: Parameters<typeof conversations.list>[0]) =>
    (await conversations.list(options)).items.map(({ id }) => id)

  it('of a department is that of its queues', async () => {
    const { engine, chloe, zoe, yan } = await open()
    expect(await idsOf(chloe, { department: 'sales' })).toEqual([yan, zoe])
    expect(await idsOf(chloe, { department: 'sales', queue: 'night' })).toEqual([yan])
    expect(await idsOf(chloe, { department: 'sales', queue: 'elsewhere' })).toEqual([])
    expect(await idsOf(chloe, { department: 'nowhere' })).toEqual([])
    await engine.close()
  })

  it('of mentions is what calls for her, as long as somebody has to do something', async () => {
    const { engine, workspace, chloe, zoe, xan } = await open()
    const ana = workspace.as('ana')
    for (const id of [zoe, xan]) await value(chloe.conversations.note(id, { text: 'Ana?', mentions: ['ana'] }))
    // She does not see the queue in which the other one stands.
    expect(await idsOf(ana, { tab: 'mentions' })).toEqual([zoe])
    expect((await ana.conversations.counts()).mentions).toBe(1)
    await value(chloe.conversations.invite(xan, { agents: ['ana'] }))
    expect((await ana.conversations.counts()).mentions).toBe(2)
    expect(await idsOf(ana, { tab: 'mentions' })).toEqual([xan, zoe])
    await value(chloe.conversations.close(xan))
    expect((await ana.conversations.counts()).mentions).toBe(1)
    expect((await chloe.conversations.counts()).mentions).toBe(0)
    await engine.close()
  })
})

it('one conversation tells how much of it is unread, however many of that customer there are', async () => {
  const { engine, write, workspace, zoe } = await open()
  const { conversations } = workspace.as('chloe')
  const unread = async () => (await value(conversations.get(zoe))).unread
  expect(await unread()).toBe(1)
  await write('encore', { from: { address: 'Zoé Müller' }, externalId: 'encore' })
  expect(await unread()).toBe(2)
  await value(conversations.markRead(zoe))
  expect(await unread()).toBe(0)
  await engine.close()
})
