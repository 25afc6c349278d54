import type { FeedItem } from '@guichet/engine'
import { createEngine } from '@guichet/engine'
import { memoryBlobs, memoryStorage } from '@guichet/engine/memory'
import type { InboundEvent, SendOutcome } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { type Shop, newProvider, openShop, telegraph, value } from './telegraph.ts'

type Health = Extract<InboundEvent, { readonly _tag: 'HealthReported' }>

const health = (level: Health['level'], more: Partial<Health> = {}): Health => ({
  _tag: 'HealthReported',
  level,
  code: level.toUpperCase(),
  message: 'as the provider says',
  ...more,
})

const accountsOf = ({ engine }: Shop) => engine.workspace('shop').accounts
const chloe = ({ engine }: Shop) => engine.workspace('shop').as('chloe').conversations

const reply = async (shop: Shop, id: string, text = 'Bonsoir') => {
  await value(chloe(shop).reply(id, { text }))
  await shop.engine.settle()
}

const deliveryOf = async (shop: Shop, id: string) =>
  (await value(chloe(shop).timeline(id))).messages.findLast(({ direction }) => direction === 'out')?.delivery

/** Lets time pass until what waits has looked again. */
const later = async (shop: Shop, ms = 5 * 60_000): Promise<void> => {
  shop.clock.advance(ms)
  await shop.engine.settle()
}

const expired: SendOutcome = { _tag: 'Rejected', code: '190', reason: 'the token has expired', because: 'auth' }

const written = async (over: Parameters<typeof openShop>[0] = {}) => {
  const shop = await openShop(over)
  const told: Array<FeedItem> = []
  shop.engine.workspace('shop').on((item) => void told.push(item))
  await shop.write('Bonjour')
  return { shop, id: await shop.opened(), told }
}

describe('how an account stands with its provider', () => {
  it('is told as it was last reported of each thing, newest first', async () => {
    const { shop } = await written()
    shop.clock.advance(100)
    await shop.post([health('warning', { about: 'template', at: 20 }), health('restricted', { at: 30 })])
    await shop.post([health('ok', { about: 'template', at: 10 }), health('restricted', { at: 30 })])
    expect(await accountsOf(shop).health('wire')).toEqual([
      { level: 'restricted', code: 'RESTRICTED', message: 'as the provider says', at: 30 },
      { level: 'warning', about: 'template', code: 'WARNING', message: 'as the provider says', at: 20 },
    ])
    expect(await accountsOf(shop).health('nowhere')).toEqual([])
    await shop.engine.close()
  })

  it('is told on the feed, once for each piece of news', async () => {
    const { shop, told } = await written()
    await shop.post([health('down', { at: 1 }), health('down', { at: 1 }), health('ok', { at: 2 })])
    await shop.engine.settle()
    for (const _ of [1, 2, 3]) await new Promise((resolve) => setImmediate(resolve))
    const tags = told.flatMap((item) => (item._tag === 'Workspace' ? [item.entry.what._tag] : []))
    expect(tags).toEqual(['HealthReported', 'AccountStopped', 'HealthReported', 'AccountResumed'])
    await shop.engine.close()
  })
})

describe('an account from which nothing can be sent', () => {
  for (const because of ['auth', 'account'] as const) {
    it(`G17 keeps what is to leave, and fails nothing, while its provider refuses ${because}`, async () => {
      const { shop, id } = await written()
      shop.provider.answer = () => ({ ...expired, because })
      await reply(shop, id)
      for (let days = 0; days < 40; days += 1) await later(shop)
      expect(shop.provider.wires).toHaveLength(1)
      expect(await deliveryOf(shop, id)).toMatchObject({ status: 'queued' })
      shop.provider.answer = () => ({ _tag: 'Accepted', externalId: 'wa-1' })
      await value(accountsOf(shop).resume('wire'))
      await later(shop)
      expect(await deliveryOf(shop, id)).toMatchObject({ status: 'sent' })
      await shop.engine.close()
    })
  }

  it('G17 sends nothing while its provider says that it is down, and goes on when it is well', async () => {
    const { shop, id } = await written()
    await shop.post([health('down', { about: 'number' })])
    await reply(shop, id)
    await later(shop)
    expect(shop.provider.wires).toEqual([])
    await shop.post([health('ok', { about: 'number' })])
    await later(shop)
    expect(shop.provider.wires).toHaveLength(1)
    await shop.engine.close()
  })

  it('goes on when its settings are put again, and stops again when they are refused', async () => {
    const { shop, id } = await written()
    shop.provider.answer = () => expired
    await reply(shop, id)
    await value(accountsOf(shop).put({ id: 'wire', channel: 'telegraph', queue: 'desk' }))
    await later(shop)
    await later(shop)
    expect(shop.provider.wires).toHaveLength(2)
    await shop.engine.close()
  })

  const acts: Readonly<Record<string, (shop: Shop) => Promise<unknown>>> = {
    'it is resumed': (shop) => value(accountsOf(shop).resume('wire')),
    'its settings are put again': (shop) =>
      value(accountsOf(shop).put({ id: 'wire', channel: 'telegraph', queue: 'desk' })),
    'its provider says that it is well': (shop) => shop.post([health('ok')]),
  }
  for (const [what, act] of Object.entries(acts)) {
    it(`sends what has waited, in its order, as soon as ${what}, with no time gone by`, async () => {
      const { shop, id } = await written()
      await shop.write('Bonjour aussi', { from: { address: 'denis' } })
      const { items } = await chloe(shop).list({ tab: 'open' })
      shop.provider.answer = () => expired
      await reply(shop, id, 'one')
      await reply(shop, id, 'two')
      await reply(shop, items.find((one) => one.id !== id)?.id ?? '', 'three')
      for (let looks = 0; looks < 3; looks += 1) await later(shop)
      shop.provider.answer = () => ({ _tag: 'Accepted' })
      const before = shop.provider.wires.length
      await act(shop)
      await shop.engine.settle()
      const left = shop.provider.wires.slice(before)
      expect([left.toSorted(), left.indexOf('one') < left.indexOf('two')]).toEqual([['one', 'three', 'two'], true])
      await shop.engine.close()
    })
  }

  it('lets what another engine on the same store holds back leave at once as well', async () => {
    const storage = memoryStorage()
    const { shop, id } = await written({ storage: { ...storage, close: () => undefined } })
    shop.provider.answer = () => expired
    await reply(shop, id)
    await later(shop)
    const sent = shop.provider.wires.length
    const other = await createEngine({
      storage: { ...storage, close: () => undefined },
      channels: { telegraph: telegraph(newProvider()) },
      blobs: memoryBlobs(),
      clock: shop.clock,
    })
    shop.provider.answer = () => ({ _tag: 'Accepted' })
    await value(other.workspace('shop').accounts.resume('wire'))
    await Promise.all([shop.engine.settle(), other.settle()])
    expect(await deliveryOf(shop, id)).toMatchObject({ status: 'sent' })
    expect(shop.provider.wires.length).toBeLessThanOrEqual(sent + 1)
    await Promise.all([shop.engine.close(), other.close()])
  })

  it('G20 keeps what waits in its order, and is looked at a few times an hour', async () => {
    const { shop, id } = await written()
    shop.provider.answer = () => expired
    await reply(shop, id, 'one')
    await reply(shop, id, 'two')
    const before = shop.engine.workspace('shop')
    const waits = async () => (await before.upcoming()).filter(({ kind }) => kind === 'deliver')
    for (let n = 0; n < 12; n += 1) await later(shop)
    const head = (await waits()).at(-1)
    expect((head?.due ?? 0) - shop.clock.now()).toBeGreaterThan(60_000)
    expect((head?.due ?? 0) - shop.clock.now()).toBeLessThanOrEqual(5 * 60_000)
    shop.provider.answer = () => ({ _tag: 'Accepted' })
    await value(accountsOf(shop).resume('wire'))
    await later(shop)
    expect(shop.provider.wires.slice(-2)).toEqual(['one', 'two'])
    await shop.engine.close()
  })

  it('is seen by every engine on the store', async () => {
    const storage = memoryStorage()
    const { shop, id } = await written({ storage: { ...storage, close: () => undefined } })
    const provider = { wires: [] as Array<string>, answer: () => ({ _tag: 'Accepted' }) as const }
    const other = await createEngine({
      storage: { ...storage, close: () => undefined },
      channels: { telegraph: telegraph(provider) },
      blobs: memoryBlobs(),
      clock: shop.clock,
    })
    await shop.post([health('down')])
    await shop.engine.close()
    await value(other.workspace('shop').as('chloe').conversations.reply(id, { text: 'Bonsoir' }))
    await other.settle()
    expect(provider.wires).toEqual([])
    await value(other.workspace('shop').accounts.resume('wire'))
    shop.clock.advance(5 * 60_000)
    await other.settle()
    expect(provider.wires).toEqual(['Bonsoir'])
    await other.close()
  })

  it('refuses to go on where nothing was held back, and where there is no such account', async () => {
    const { shop } = await written()
    expect(await accountsOf(shop).resume('wire')).toEqual({ ok: false, refusal: { _tag: 'NothingToDo' } })
    const nowhere = await accountsOf(shop).resume('nowhere')
    expect(nowhere).toEqual({ ok: false, refusal: { _tag: 'UnknownAccount', account: 'nowhere' } })
    await shop.engine.close()
  })
})

describe('a pause that a provider asks of a whole account', () => {
  it('is kept by every conversation, and by no other account', async () => {
    const { shop, id } = await written()
    await value(accountsOf(shop).put({ id: 'other', channel: 'telegraph', queue: 'desk' }))
    await shop.write('Bonjour aussi', { from: { address: 'denis' } })
    const { items } = await chloe(shop).list({ tab: 'open' })
    const denis = items.find((one) => one.id !== id)?.id ?? ''
    shop.provider.answer = () => ({ _tag: 'Retry', reason: 'too fast', afterMs: 60_000, scope: 'account' })
    await reply(shop, id)
    shop.provider.answer = () => ({ _tag: 'Accepted' })
    await reply(shop, denis)
    expect(shop.provider.wires).toHaveLength(1)
    await later(shop, 59_000)
    expect(shop.provider.wires).toHaveLength(1)
    await later(shop, 10_000)
    expect(shop.provider.wires).toHaveLength(3)
    await shop.engine.close()
  })

  it('grows where the provider names no time, up to some minutes, and begins anew when a message was taken', async () => {
    const { shop, id } = await written()
    let answer: SendOutcome = { _tag: 'Retry', reason: 'too fast', scope: 'account' }
    shop.provider.answer = () => answer
    await value(chloe(shop).reply(id, { text: 'Bonsoir' }))
    await shop.engine.settle()
    const begun = shop.clock.now()
    for (let n = 0; n < 300 && shop.provider.wires.length < 6; n += 1) await later(shop, 1_000)
    expect(shop.clock.now() - begun).toBeGreaterThan(20_000)
    answer = { _tag: 'Accepted' }
    await later(shop, 10 * 60_000)
    expect(await deliveryOf(shop, id)).toMatchObject({ status: 'sent' })
    expect((await accountsOf(shop).resume('wire')).ok).toBe(false)
    await shop.engine.close()
  })
})
