import { describe, expect, it, onTestFinished } from 'vitest'
import { openShop, value } from './telegraph.ts'

const parts = ['Choices', 'Chosen', 'Form', 'FormAnswer'] as const

const shopWith = async (capabilities: { readonly answersElsewhere?: boolean; readonly customerChanges?: boolean }) => {
  const shop = await openShop({ capabilities: { parts, edit: false, delete: false, ...capabilities } })
  onTestFinished(() => shop.engine.close())
  const ana = shop.engine.workspace('shop').as('ana').conversations
  const said = async () => (await value(ana.timeline(await shop.opened()))).messages.map((message) => message.parts)
  return { ...shop, ana, said }
}

const tap = (choice: string, label: string) => ({ parts: [{ _tag: 'Chosen', choice, label }] as const })

describe('a customer who answers what nobody has asked here', () => {
  it('is heard in words where the channel has menus of its own', async () => {
    const { write, said } = await shopWith({ answersElsewhere: true })
    await write('', { externalId: 'a', ...tap('START', 'Get started') })
    await write('', { externalId: 'b', parts: [{ _tag: 'FormAnswer', form: 'flow', values: { size: 'L' } }] })
    await write('', { externalId: 'c', parts: [{ _tag: 'FormAnswer', form: 'flow', values: {} }] })
    expect(await said()).toEqual([
      [{ _tag: 'Text', text: 'Get started' }],
      [{ _tag: 'Text', text: 'size: L' }],
      [{ _tag: 'Text', text: 'flow' }],
    ])
  })

  it('is refused elsewhere', async () => {
    const { write, engine } = await shopWith({})
    const answer = await write('', { externalId: 'a', ...tap('START', 'Get started') })
    expect(await answer.json()).toMatchObject({ receipts: [{ _tag: 'Rejected', reason: 'Invalid' }] })
    expect((await engine.workspace('shop').as('chloe').conversations.list()).items).toEqual([])
  })

  it('has chosen what was offered under that id, however the provider cut its label', async () => {
    const { write, said, ana, opened } = await shopWith({ answersElsewhere: true })
    await write('Bonjour', { externalId: 'a' })
    const label = 'Oui, avec le plus grand plaisir'
    await value(ana.reply(await opened(), { parts: [{ _tag: 'Choices', choices: [{ id: 'y', label }] }] }))
    await write('', { externalId: 'b', ...tap('y', 'Oui, avec le plus') })
    expect((await said()).at(-1)).toEqual([{ _tag: 'Chosen', choice: 'y', label }])
  })
})

describe('G12 a customer who takes back a message that is not here yet', () => {
  it('has taken it back when it arrives, on a channel whose own messages cannot be', async () => {
    const { write, post, ana, opened } = await shopWith({ customerChanges: true })
    await post([{ _tag: 'MessageDeleted', externalId: 'a' }])
    await write('Bonjour', { externalId: 'a' })
    const { messages } = await value(ana.timeline(await opened()))
    expect(messages).toMatchObject([{ deleted: true, parts: [] }])
  })
})
