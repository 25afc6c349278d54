import type { InboundEvent, SendOutcome } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { type Shop, openShop, until, value } from './telegraph.ts'

type Echoed = Extract<InboundEvent, { readonly _tag: 'MessageEchoed' }>

const echo = (externalId: string, more: Partial<Echoed> = {}): Echoed => ({
  _tag: 'MessageEchoed',
  externalId,
  to: 'claire',
  parts: [{ _tag: 'Text', text: 'From the telephone' }],
  ...more,
})

const receipts = async (answer: Promise<Response>): Promise<ReadonlyArray<{ readonly _tag: string }>> =>
  ((await (await answer).json()) as { readonly receipts: ReadonlyArray<{ readonly _tag: string }> }).receipts

const chloe = ({ engine }: Shop) => engine.workspace('shop').as('chloe').conversations

const said = async (shop: Shop, id: string) =>
  (await value(chloe(shop).timeline(id))).messages.map(({ text, direction, delivery }) => [
    direction,
    text,
    delivery?.status ?? null,
  ])

describe('what somebody of ours wrote elsewhere', () => {
  it('G02 becomes one message of the conversation, sent already, and answers the customer without claiming', async () => {
    const shop = await openShop()
    await shop.write('Bonjour')
    const id = await shop.opened()
    shop.clock.advance(1_000)
    const twice = await receipts(shop.post([echo('wa-1'), echo('wa-1')]))
    expect(twice.map(({ _tag }) => _tag)).toEqual(['Stored', 'Duplicate'])
    await shop.engine.settle()
    expect(await said(shop, id)).toEqual([
      ['in', 'Bonjour', null],
      ['out', 'From the telephone', 'sent'],
    ])
    const { items } = await chloe(shop).list({ tab: 'open' })
    expect(items[0]).toMatchObject({ owner: null, lastMessage: { by: 'agent' }, waitingSince: null })
    expect(shop.provider.wires).toEqual([])
    await shop.post([{ _tag: 'DeliveryReported', externalId: 'wa-1', status: 'read' }])
    expect((await said(shop, id)).at(-1)?.[2]).toBe('read')
    await shop.engine.close()
  })

  it('begins a conversation with somebody who has none, where the answer arrives', async () => {
    const shop = await openShop()
    await shop.post([echo('wa-1')])
    const id = await shop.opened()
    shop.clock.advance(1_000)
    await shop.write('Merci')
    expect(await said(shop, id)).toEqual([
      ['out', 'From the telephone', 'sent'],
      ['in', 'Merci', null],
    ])
    await shop.engine.close()
  })

  it('G12 is what was said of it before it came', async () => {
    const shop = await openShop()
    await shop.post([{ _tag: 'DeliveryReported', externalId: 'wa-1', status: 'delivered' }, echo('wa-1')])
    expect(await said(shop, await shop.opened())).toEqual([['out', 'From the telephone', 'delivered']])
    await shop.engine.close()
  })

  it('G05 without an id is refused, and without words too', async () => {
    const shop = await openShop()
    const answers = await receipts(shop.post([echo(''), echo('wa-2', { parts: [] })]))
    expect(answers).toEqual([
      { _tag: 'Rejected', reason: 'NoId' },
      { _tag: 'Rejected', reason: 'Empty' },
    ])
    await shop.engine.close()
  })

  it('G35 is not kept of somebody who is blocked', async () => {
    const shop = await openShop()
    await shop.write('Bonjour')
    await value(
      shop.engine
        .workspace('shop')
        .as('chloe')
        .blocks.add({ target: { _tag: 'Identity', account: 'wire', address: 'claire' }, reason: 'abuse' }),
    )
    expect(await receipts(shop.post([echo('wa-1')]))).toEqual([{ _tag: 'Rejected', reason: 'Blocked' }])
    await shop.engine.close()
  })
})

describe('G10 an echo of what this engine has sent', () => {
  const sent = async (answer: SendOutcome) => {
    const shop = await openShop()
    await shop.write('Bonjour')
    const id = await shop.opened()
    shop.provider.answer = () => answer
    await value(chloe(shop).reply(id, { text: 'Bonsoir' }))
    await shop.engine.settle()
    return { shop, id }
  }
  const own = [{ _tag: 'Ignored', reason: 'our own message' }]

  it('is recognised by its id', async () => {
    const { shop, id } = await sent({ _tag: 'Accepted', externalId: 'wa-1' })
    expect(await receipts(shop.post([echo('wa-1')]))).toEqual(own)
    expect(await said(shop, id)).toHaveLength(2)
    await shop.engine.close()
  })

  it('is recognised by the key it was sent with, ends the doubt, and tells its id', async () => {
    const { shop, id } = await sent({ _tag: 'Ambiguous', reason: 'the line broke' })
    expect(await receipts(shop.post([echo('wa-1', { reference: `shop/${id}/2/0` })]))).toEqual(own)
    expect((await said(shop, id)).at(-1)).toEqual(['out', 'Bonsoir', 'sent'])
    await shop.post([{ _tag: 'DeliveryReported', externalId: 'wa-1', status: 'read' }])
    expect((await said(shop, id)).at(-1)).toEqual(['out', 'Bonsoir', 'read'])
    await shop.engine.close()
  })

  for (const [what, id, count] of [
    ['is recognised when the send returns with its id', 'wa-1', 2],
    ['is kept for what it is when the send returns with another one', 'wa-2', 3],
  ] as const) {
    it(`that comes before the send has returned ${what}`, async () => {
      const shop = await openShop()
      await shop.write('Bonjour')
      const conversation = await shop.opened()
      let release = (_: SendOutcome): void => undefined
      shop.provider.answer = () => new Promise<SendOutcome>((resolve) => void (release = resolve))
      await value(chloe(shop).reply(conversation, { text: 'Bonsoir' }))
      await until(shop.clock, () => shop.provider.wires.length > 0)
      expect(await receipts(shop.post([echo('wa-1')]))).toEqual([{ _tag: 'Applied' }])
      release({ _tag: 'Accepted', externalId: id })
      await shop.engine.settle()
      shop.clock.advance(2_000)
      await shop.engine.settle()
      expect(await said(shop, conversation)).toHaveLength(count)
      await shop.engine.close()
    })
  }
})
