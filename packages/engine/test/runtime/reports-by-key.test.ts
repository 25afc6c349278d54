import type { InboundEvent, SendOutcome } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { type Shop, openShop, value } from './telegraph.ts'

type Report = Extract<InboundEvent, { readonly _tag: 'DeliveryReported' }>

const key = (conversation: string, seq = 2, piece = 0): string => `shop/${conversation}/${seq}/${piece}`
const report = (externalId: string, reference: string, status: Report['status'] = 'delivered'): Report => ({
  _tag: 'DeliveryReported',
  externalId,
  reference,
  status,
})

const receipts = async (answer: Promise<Response>): Promise<unknown> =>
  ((await (await answer).json()) as { readonly receipts: unknown }).receipts

const ana = ({ engine }: Shop) => engine.workspace('shop').as('ana').conversations

const deliveryOf = async (shop: Shop, id: string) =>
  (await value(ana(shop).timeline(id))).messages.findLast(({ direction }) => direction === 'out')?.delivery

/** The other conversation. */
const movedTo = async (shop: Shop, id: string): Promise<string> =>
  (await shop.engine.workspace('shop').as('chloe').conversations.list({ tab: 'all' })).items.find(
    (one) => one.id !== id,
  )?.id ?? ''

/** A shop that has answered somebody, and its provider said this to that. */
const answered = async (outcome: SendOutcome, wires?: ReadonlyArray<string>) => {
  const shop = await openShop({
    capabilities: { reportsByKey: true },
    ...(wires === undefined ? {} : { channel: { render: () => ({ _tag: 'Rendered', wires }) } }),
  })
  const answers = [
    ...(wires ?? ['']).slice(1).map((_, n): SendOutcome => ({ _tag: 'Accepted', externalId: `p-${n}` })),
    outcome,
  ]
  shop.provider.answer = () => answers.shift() ?? outcome
  await shop.write('Bonjour')
  const id = await shop.opened()
  await value(ana(shop).reply(id, { text: 'Bonsoir' }))
  await shop.engine.settle()
  return { shop, id }
}

const lost: SendOutcome = { _tag: 'Ambiguous', reason: 'the line broke' }

describe('a report that names the key of a send', () => {
  for (const status of ['sent', 'delivered', 'read', 'failed'] as const) {
    it(`G17 ends the doubt about it: ${status}`, async () => {
      const { shop, id } = await answered(lost)
      expect(await deliveryOf(shop, id)).toMatchObject({ status: 'uncertain' })
      await shop.post([report('wa-1', key(id), status)])
      await shop.engine.settle()
      expect(await deliveryOf(shop, id)).toMatchObject({ status, externalId: 'wa-1' })
      expect(shop.provider.wires).toHaveLength(1)
      await shop.engine.close()
    })
  }

  it('G18 tells whose its id is: what is said by that afterwards, and was said before, is about the same message', async () => {
    const { shop, id } = await answered(lost)
    const early: InboundEvent = { _tag: 'Reacted', externalId: 'wa-1', from: 'claire', emoji: '👍' }
    await shop.post([early, report('wa-1', key(id), 'sent')])
    await shop.post([{ _tag: 'DeliveryReported', externalId: 'wa-1', status: 'read' }])
    await shop.post([report('wa-1', key(id), 'delivered')])
    const { messages } = await value(ana(shop).timeline(id))
    expect(messages.at(-1)).toMatchObject({ delivery: { status: 'read' }, reactions: [{ emoji: '👍' }] })
    await shop.engine.close()
  })

  it('G18 waits for its id when the key is of another workspace, another account, no message, or no key at all', async () => {
    const { shop, id } = await answered(lost)
    await value(shop.engine.workspace('shop').accounts.put({ id: 'other', channel: 'telegraph', queue: 'desk' }))
    const strange = [key(id).replace('shop', 'mall'), key(id, 99), key('nowhere'), key(id, 1), 'nonsense', '']
    for (const [n, reference] of strange.entries()) await shop.post([report(`strange-${n}`, reference)])
    const elsewhere = shop.engine.receive(
      'shop/other',
      new Request('https://host.example/hook', {
        method: 'POST',
        headers: { 'x-word': 'please' },
        body: JSON.stringify([report('strange', key(id))]),
      }),
    )
    expect(await receipts(elsewhere)).toEqual([{ _tag: 'Applied' }])
    expect(await deliveryOf(shop, id)).toMatchObject({ status: 'uncertain' })
    await shop.engine.close()
  })

  it('G18 a failure that is heard before the send has returned stands beside what was sent', async () => {
    const shop = await openShop()
    await shop.write('Bonjour')
    const id = await shop.opened()
    const error = { code: '131026', message: 'undeliverable' }
    shop.provider.answer = async () => {
      await shop.post([{ ...report('wa-1', key(id), 'failed'), error }])
      return { _tag: 'Accepted', externalId: 'wa-1' }
    }
    await value(ana(shop).reply(id, { text: 'Bonsoir' }))
    await shop.engine.settle()
    expect(await deliveryOf(shop, id)).toMatchObject({ status: 'sent', externalId: 'wa-1', error })
    await shop.engine.close()
  })

  it('G17 of several pieces ends the doubt when it is about the last, and not before', async () => {
    const { shop, id } = await answered(lost, ['one', 'two', 'three'])
    expect(await deliveryOf(shop, id)).toMatchObject({ status: 'uncertain', sentPieces: 2 })
    await shop.post([report('p-1', key(id, 2, 1))])
    expect(await deliveryOf(shop, id)).toMatchObject({ status: 'uncertain' })
    await shop.post([report('p-2', key(id, 2, 2))])
    const delivery = await deliveryOf(shop, id)
    expect(delivery).toMatchObject({ status: 'delivered' })
    expect(delivery).not.toHaveProperty('sentPieces')
    await shop.engine.close()
  })

  it('G38 finds a message that has been moved since', async () => {
    const { shop, id } = await answered(lost)
    await value(shop.engine.workspace('shop').as('chloe').conversations.split(id, { message: 1, following: true }))
    await shop.post([report('wa-1', key(id))])
    expect(await deliveryOf(shop, await movedTo(shop, id))).toMatchObject({ status: 'delivered', externalId: 'wa-1' })
    await shop.engine.close()
  })
})
