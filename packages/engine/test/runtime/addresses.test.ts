import type { InboundEvent } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { type Shop, openShop, value } from './telegraph.ts'

const changed = (from: string, to: string, more: { readonly phone?: string } = {}): InboundEvent => ({
  _tag: 'AddressChanged',
  from,
  to,
  ...more,
})

const chloe = ({ engine }: Shop) => engine.workspace('shop').as('chloe')

const conversations = async (shop: Shop) =>
  (await chloe(shop).conversations.list({ tab: 'all' })).items.map(({ id, contact }) => ({ id, contact: contact.id }))

/** A shop, and the addresses that it has sent something to. */
const noting = async () => {
  const sentTo: Array<string> = []
  const shop = await openShop({
    channel: {
      render: ({ to }) => {
        sentTo.push(to)
        return { _tag: 'Rendered', wires: ['words'] }
      },
    },
  })
  return { shop, sentTo }
}

describe('who writes from another address', () => {
  it('G01 stays the same person in the same conversation, whichever address she writes from, and is answered at the new one', async () => {
    const { shop, sentTo } = await noting()
    await shop.write('Bonjour')
    const [before] = await conversations(shop)
    await shop.post([changed('claire', 'claire-2', { phone: '+33 6' }), changed('claire', 'claire-2')])
    await shop.write('Mon nouveau numéro', { from: { address: 'claire-2' } })
    await shop.write('en retard', { from: { address: 'claire' } })
    expect(await conversations(shop)).toEqual([before])
    await value(chloe(shop).conversations.reply(before?.id ?? '', { text: 'Noté' }))
    await shop.engine.settle()
    expect(sentTo).toEqual(['claire-2'])
    const { entries } = await value(chloe(shop).conversations.timeline(before?.id ?? ''))
    expect(entries.filter(({ what }) => what._tag === 'AddressChanged')).toHaveLength(1)
    expect((await value(chloe(shop).contacts.get(before?.contact ?? ''))).phones).toEqual(['+33 6'])
    await shop.engine.close()
  })

  it('comes back to the old one', async () => {
    const { shop, sentTo } = await noting()
    await shop.write('Bonjour')
    await shop.post([changed('claire', 'claire-2'), changed('claire-2', 'claire')])
    await shop.write('me revoilà')
    expect(await conversations(shop)).toHaveLength(1)
    await value(chloe(shop).conversations.reply(await shop.opened(), { text: 'Noté' }))
    await shop.engine.settle()
    expect(sentTo).toEqual(['claire'])
    await shop.engine.close()
  })

  it("is told of in the journals of both where somebody was known at the new one, and both addresses are the newer's", async () => {
    const shop = await openShop()
    await shop.write('Bonjour')
    shop.clock.advance(1_000)
    await shop.write('Encore moi', { from: { address: 'claire-2' } })
    const all = await conversations(shop)
    const newer = all.find(({ id }) => id === all[0]?.id)
    await shop.post([changed('claire', 'claire-2'), changed('claire', 'claire-2')])
    shop.clock.advance(1_000)
    await shop.write('en retard')
    expect((await conversations(shop)).length).toBe(2)
    const last = (await chloe(shop).conversations.list({ tab: 'all' })).items[0]
    expect(last).toMatchObject({ id: newer?.id, lastMessage: { preview: 'en retard' } })
    const told: Array<unknown> = []
    const stop = new AbortController()
    for await (const item of shop.engine.workspace('shop').feed({ since: 0, signal: stop.signal })) {
      if (item._tag === 'Contact' && item.entry.what._tag === 'AddressChanged') told.push(item.contact)
      if (item._tag === 'Entry' && item.entry.what._tag === 'MessageReceived' && item.position > 0) {
        if ((await shop.engine.workspace('shop').position()) <= item.position) stop.abort()
      }
    }
    expect(told.sort()).toEqual(all.map(({ contact }) => contact).sort())
    await shop.engine.close()
  })

  for (const [which, addresses] of [
    ['the new one', ['claire-2', 'claire']],
    ['the old one', ['claire', 'claire-2']],
  ] as const) {
    it(`is one person in one conversation from either, and answered at the new one, when her first words come from ${which}`, async () => {
      const { shop, sentTo } = await noting()
      await shop.post([changed('claire', 'claire-2')])
      for (const address of addresses) await shop.write('Bonjour', { from: { address } })
      expect(await conversations(shop)).toHaveLength(1)
      await value(chloe(shop).conversations.reply(await shop.opened(), { text: 'Noté' }))
      await shop.engine.settle()
      expect(sentTo).toEqual(['claire-2'])
      await shop.engine.close()
    })
  }

  it('is heard at the newest of several, and where her last conversation is over in a new one there', async () => {
    const { shop, sentTo } = await noting()
    const policy = { closed: 'new', spam: 'store', archived: 'new' } as const
    await value(shop.engine.workspace('shop').accounts.put({ id: 'wire', channel: 'telegraph', queue: 'desk', policy }))
    await shop.write('Bonjour')
    await value(chloe(shop).conversations.close(await shop.opened()))
    await shop.post([changed('claire', 'claire-2'), changed('claire-2', 'claire-3')])
    await shop.write('en retard')
    await shop.write('Toujours moi', { from: { address: 'claire-3' } })
    const all = await conversations(shop)
    expect([all.length, new Set(all.map(({ contact }) => contact)).size]).toEqual([2, 1])
    await value(chloe(shop).conversations.reply(await shop.opened(), { text: 'Noté' }))
    await shop.engine.settle()
    expect(sentTo).toEqual(['claire-3'])
    await shop.engine.close()
  })

  it('G19 is not written to at the new one when she has said at the old one that she does not want it', async () => {
    const shop = await openShop({ capabilities: { consent: true } })
    await shop.write('Bonjour')
    await shop.post([{ _tag: 'ConsentChanged', address: 'claire', given: false, scope: 'all', by: 'STOP' }])
    await shop.post([changed('claire', 'claire-2')])
    const refused = await chloe(shop).conversations.reply(await shop.opened(), { text: 'Bonsoir' })
    expect(refused.ok).toBe(false)
    await shop.engine.close()
  })

  it('G19 is not written to at the new one either when what she has said at the old one comes late', async () => {
    const { engine, write, post, opened } = await openShop({ capabilities: { consent: true } })
    await write('Bonjour')
    const ana = engine.workspace('shop').as('ana').conversations
    const id = await opened()
    await post([changed('claire', 'claire-2')])
    const word = { address: 'claire', scope: 'all', by: 'STOP' }
    await post([{ _tag: 'ConsentChanged', ...word, given: false }])
    expect((await ana.reply(id, { text: 'Bonsoir' })).ok).toBe(false)
    await post([{ _tag: 'ConsentChanged', ...word, by: 'START', given: true }])
    expect((await ana.reply(id, { text: 'Bonsoir' })).ok).toBe(true)
    await engine.close()
  })
})
