import type { InboundEvent } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { openShop, value } from './telegraph.ts'

const mark = (status: 'delivered' | 'read', upTo: number): InboundEvent => ({
  _tag: 'ReadBefore',
  address: 'claire',
  upTo,
  status,
})

describe('what a contact has seen up to a time', () => {
  it('G18 moves every message that was taken by then, on however many pages they stand, and none back', async () => {
    const shop = await openShop()
    await shop.write('Bonjour')
    const id = await shop.opened()
    const { conversations } = shop.engine.workspace('shop').as('ana')
    const times: Array<number> = []
    for (let n = 0; n < 130; n += 1) {
      times.push(shop.clock.now())
      await value(conversations.reply(id, { text: `${n}` }))
      await shop.engine.settle()
      shop.clock.advance(1_000)
    }
    const statuses = async () => {
      const all = [await value(conversations.timeline(id, { limit: 100 }))]
      const [before] = all[0]?.messages ?? []
      all.unshift(await value(conversations.timeline(id, { limit: 100, before: before?.seq ?? 0 })))
      return all
        .flatMap(({ messages }) => messages)
        .flatMap(({ delivery }) => (delivery === null ? [] : [delivery.status]))
    }
    const expected = (read: number, delivered: number) =>
      times.map((_, n) => (n <= read ? 'read' : n <= delivered ? 'delivered' : 'sent'))
    await shop.post([mark('delivered', times[125] ?? 0)])
    expect(await statuses()).toEqual(expected(-1, 125))
    await shop.post([mark('read', times[20] ?? 0), mark('delivered', times[60] ?? 0)])
    expect(await statuses()).toEqual(expected(20, 125))
    await shop.post([mark('read', times[129] ?? 0)])
    await shop.post([mark('read', times[3] ?? 0), mark('delivered', times[129] ?? 0)])
    expect(await statuses()).toEqual(expected(129, 129))
    await shop.engine.close()
  })

  it('says nothing of what is in doubt, or left after it', async () => {
    const shop = await openShop()
    await shop.write('Bonjour')
    const id = await shop.opened()
    const { conversations } = shop.engine.workspace('shop').as('ana')
    shop.provider.answer = () => ({ _tag: 'Ambiguous', reason: 'the line broke' })
    await value(conversations.reply(id, { text: 'one' }))
    await shop.engine.settle()
    const written = shop.clock.now()
    let times = 0
    shop.provider.answer = () => {
      times += 1
      return times === 1
        ? { _tag: 'Retry', reason: 'later', afterMs: 60_000 }
        : { _tag: 'Accepted', externalId: 'late' }
    }
    await value(conversations.reply(id, { text: 'two' }))
    await shop.engine.settle()
    shop.clock.advance(61_000)
    await shop.engine.settle()
    await shop.post([mark('read', written + 1_000)])
    const statuses = async () =>
      (await value(conversations.timeline(id))).messages.flatMap(({ delivery }) => delivery?.status ?? [])
    expect(await statuses()).toEqual(['uncertain', 'sent'])
    await shop.post([mark('read', shop.clock.now())])
    expect(await statuses()).toEqual(['uncertain', 'read'])
    await shop.engine.close()
  })

  it('is of no interest where nobody is known', async () => {
    const shop = await openShop()
    const answer = (await (await shop.post([mark('read', 1)])).json()) as unknown
    expect(answer).toEqual({ receipts: [{ _tag: 'Ignored', reason: 'no conversation' }] })
    await shop.engine.close()
  })
})
