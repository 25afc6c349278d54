import { memoryStorage } from '@guichet/engine/memory'
import type { Channel, Rendered, SendOutcome, Storage } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { type Shop, openShop, until, value } from './telegraph.ts'

const hung = <A>(): Promise<A> => new Promise<A>(() => undefined)
const pieces = (...wires: ReadonlyArray<string>): Rendered<string> => ({ _tag: 'Rendered', wires })
const accepted = (externalId: string): SendOutcome => ({ _tag: 'Accepted', externalId })

/** Lets an answer be written and sees what became of it. */
const answer = async (shop: Shop, text = 'Oui') => {
  await shop.write('Bonjour')
  const id = await shop.opened()
  const ana = shop.engine.workspace('shop').as('ana').conversations
  const seq = (await value(ana.reply(id, { text }))).entry?.seq ?? 0
  const delivery = async () =>
    (await value(ana.timeline(id))).messages.find((message) => message.seq === seq)?.delivery ?? null
  return { id, ana, seq, delivery }
}

const settled = async ({ engine, clock }: Shop): Promise<void> => {
  let done = false
  const settling = engine.settle().then(() => {
    done = true
  })
  await until(clock, () => done)
  await settling
}

/** Closing has begun when feeds have ended. */
const beginClosing = async ({ engine }: Shop): Promise<{ readonly done: Promise<void> }> => {
  const ended = engine.workspace('shop').feed()[Symbol.asyncIterator]().next()
  const done = engine.close()
  await ended
  return { done }
}

const provided = (channel: Partial<Channel<unknown, string>>, idempotentSend = false): Promise<Shop> =>
  openShop({ channel, capabilities: { idempotentSend } })

describe('a provider that answers nonsense', () => {
  it.each([
    ['nothing', undefined],
    ['a word', 'ok'],
    ['an unknown outcome', { _tag: 'Sure' }],
  ])('(%s) has not said whether it took the message', async (_, outcome) => {
    const shop = await provided({ send: () => outcome as unknown as SendOutcome })
    const { delivery } = await answer(shop)
    await settled(shop)
    expect(await delivery()).toMatchObject({ status: 'uncertain' })
    await shop.engine.close()
  })

  it.each([
    ['a number for an id', { externalId: 5 }],
    ['an unknown status', { status: 'queued' }],
    ['an error that cannot be written down', { error: { code: 1n, message: undefined } }],
  ])('beside a yes (%s) has taken it', async (_, more) => {
    const shop = await provided({ send: () => ({ _tag: 'Accepted', ...more }) as unknown as SendOutcome }, true)
    const { delivery } = await answer(shop)
    await settled(shop)
    expect(await delivery()).toMatchObject({ status: 'sent' })
    await shop.engine.close()
  })

  it.each([[Number.NaN], [Number.POSITIVE_INFINITY], [-1e9], [1e15], ['soon']])(
    'about when to come again (%s) is asked again within a day',
    async (afterMs) => {
      let asked = 0
      const shop = await provided({
        send: () => {
          asked += 1
          return { _tag: 'Retry', reason: 'busy', afterMs: afterMs as number }
        },
      })
      await answer(shop)
      await shop.engine.settle()
      expect(asked).toBe(1)
      shop.clock.advance(24 * 60 * 60 * 1_000)
      await shop.engine.settle()
      expect(asked).toBe(2)
      await shop.engine.close()
    },
  )

  it('to the end never says that it failed when it may have arrived', async () => {
    const shop = await provided({ send: () => ({ _tag: 'Ambiguous', reason: 'cut' }) }, true)
    const { delivery } = await answer(shop)
    for (let day = 0; day < 3; day += 1) {
      shop.clock.advance(24 * 60 * 60 * 1_000)
      for (let times = 0; times < 20; times += 1) {
        await shop.engine.settle()
        shop.clock.advance(2 * 60 * 60 * 1_000)
      }
    }
    expect(await delivery()).toMatchObject({ status: 'uncertain' })
    await shop.engine.close()
  })
})

describe('a channel that renders nonsense', () => {
  it.each([
    ['nothing', undefined],
    ['no wires', { _tag: 'Rendered' }],
    ['ids that are no list', { _tag: 'Rendered', wires: ['a'], externalIds: 'id' }],
    ['ids that are no words', { _tag: 'Rendered', wires: ['a'], externalIds: [5] }],
  ])('(%s) fails the message and sends nothing', async (_, rendered) => {
    const shop = await provided({ render: () => rendered as unknown as Rendered<string> })
    const { delivery } = await answer(shop)
    await settled(shop)
    expect([(await delivery())?.status, shop.provider.wires]).toEqual(['failed', []])
    await shop.engine.close()
  })

  it('does so without end is not waited for', async () => {
    const shop = await provided({ render: () => hung() })
    const { delivery } = await answer(shop)
    await settled(shop)
    expect(await delivery()).toMatchObject({ status: 'failed' })
    await shop.engine.close()
  })

  it('makes fewer pieces the second time is not taken at its word', async () => {
    let times = 0
    const shop = await provided(
      {
        render: () => (times++ === 0 ? pieces('one', 'two', 'three') : pieces('one')),
        send: (wire) => (wire === 'one' ? accepted('1') : { _tag: 'Retry', reason: 'busy' }),
      },
      true,
    )
    const { delivery } = await answer(shop)
    await shop.engine.settle()
    shop.clock.advance(10_000)
    await shop.engine.settle()
    expect(await delivery()).toMatchObject({ status: 'uncertain' })
    await shop.engine.close()
  })
})

describe('a message of several pieces', () => {
  const inTwo = (over: { readonly second: () => SendOutcome }) =>
    provided({
      render: () => pieces('one', 'two'),
      send: (wire) => (wire === 'one' ? accepted('first') : over.second()),
    })

  it('is not delivered while one of them has still to leave', async () => {
    let busy = true
    const shop = await inTwo({ second: () => (busy ? { _tag: 'Retry', reason: 'busy' } : accepted('second')) })
    const { delivery } = await answer(shop)
    await shop.engine.settle()
    await shop.post([{ _tag: 'DeliveryReported', externalId: 'first', status: 'delivered' }])
    expect(await delivery()).toMatchObject({ status: 'queued' })
    busy = false
    shop.clock.advance(10_000)
    await shop.engine.settle()
    expect(await delivery()).toMatchObject({ status: 'sent' })
    await shop.post([{ _tag: 'DeliveryReported', externalId: 'second', status: 'delivered' }])
    expect(await delivery()).toMatchObject({ status: 'delivered' })
    await shop.engine.close()
  })

  it('of which one has failed says so, also when the last one is taken', async () => {
    let busy = true
    const shop = await inTwo({ second: () => (busy ? { _tag: 'Retry', reason: 'busy' } : accepted('second')) })
    const { delivery } = await answer(shop)
    await shop.engine.settle()
    const error = { code: 'blocked', message: 'not this one' }
    await shop.post([{ _tag: 'DeliveryReported', externalId: 'first', status: 'failed', error }])
    busy = false
    shop.clock.advance(10_000)
    await shop.engine.settle()
    expect(await delivery()).toMatchObject({ status: 'sent', error })
    await shop.engine.close()
  })
})

describe('a message that was changed before it left', () => {
  it('says what it was changed to', async () => {
    let busy = true
    const shop = await provided({
      send: (wire) => {
        shop.provider.wires.push(wire)
        return busy ? { _tag: 'Retry', reason: 'busy' } : accepted('1')
      },
    })
    const { id, ana, seq } = await answer(shop, 'at five')
    await shop.engine.settle()
    await value(ana.edit(id, { message: seq, text: 'at six' }))
    busy = false
    shop.clock.advance(10_000)
    await shop.engine.settle()
    expect(shop.provider.wires).toEqual(['at five', 'at six'])
    await shop.engine.close()
  })
})

describe('a report that came before its message was known', () => {
  it('is not lost when the store fails just after the send', async () => {
    const inner = memoryStorage()
    let failing = 0
    const storage = {
      ...inner,
      parked: (...asked: Parameters<typeof inner.parked>) => {
        if (failing-- > 0) throw new Error('out of reach')
        return inner.parked(...asked)
      },
    }
    const shop = await openShop({ storage })
    shop.provider.answer = async () => {
      await shop.post([{ _tag: 'DeliveryReported', externalId: 'early', status: 'delivered' }])
      failing = 1
      return accepted('early')
    }
    const { delivery } = await answer(shop)
    await shop.engine.settle()
    shop.clock.advance(10_000)
    await shop.engine.settle()
    expect([await delivery(), shop.provider.wires.length]).toMatchObject([{ status: 'delivered' }, 1])
    await shop.engine.close()
  })
})

describe('an engine that closes', () => {
  it('gives a send that hangs a moment, then tells it to stop, and says that nobody knows', async () => {
    const inner = memoryStorage()
    const storage = { ...inner, close: () => undefined }
    let told = false
    const shop = await openShop({
      storage,
      channel: {
        send: (_, __, { signal }) => {
          signal.addEventListener('abort', () => {
            told = true
          })
          shop.provider.wires.push('begun')
          return hung()
        },
      },
    })
    const { id, seq } = await answer(shop)
    await expect.poll(() => shop.provider.wires).toEqual(['begun'])
    const closing = await beginClosing(shop)
    shop.clock.advance(9_999)
    expect(told).toBe(false)
    shop.clock.advance(1)
    expect(told).toBe(true)
    await closing.done
    const { deliveries } = await inner.timeline({ workspace: 'shop', conversation: id, after: seq - 1, limit: 1 })
    expect(deliveries[0]?.status).toBe('uncertain')
  })

  it('begins nothing any more', async () => {
    const inner = memoryStorage()
    let release = (): void => undefined
    const shop = await openShop({
      storage: { ...inner, close: () => undefined },
      channel: {
        render: () => pieces('one', 'two'),
        send: async (wire) => {
          shop.provider.wires.push(wire)
          await new Promise<void>((resolve) => {
            release = resolve
          })
          return { _tag: 'Accepted' }
        },
      },
    })
    const { id, seq } = await answer(shop)
    await expect.poll(() => shop.provider.wires).toEqual(['one'])
    const closing = await beginClosing(shop)
    release()
    await closing.done
    expect(shop.provider.wires).toEqual(['one'])
    const { deliveries } = await inner.timeline({ workspace: 'shop', conversation: id, after: seq - 1, limit: 1 })
    expect(deliveries[0]).toMatchObject({ status: 'queued' })
  })
})

describe('a store whose connection breaks while a message leaves', () => {
  /** Each commit that says how a delivery stands fails the first time: before it is done, or when nobody hears of it. */
  const breaking = (inner: Storage, when: 'before' | 'after'): Storage => {
    const broken = new Set<string>()
    return {
      ...inner,
      commit: async (changesets) => {
        const said = JSON.stringify(changesets.flatMap((one) => one.deliveries.map(({ status }) => status)))
        const breaks = /sending|sent/.test(said) && !broken.has(said)
        if (!breaks) return inner.commit(changesets)
        broken.add(said)
        if (when === 'after') await inner.commit(changesets)
        throw new Error('the connection was lost')
      },
    }
  }

  it.each(['before', 'after'] as const)('(%s a commit) leaves no doubt about one that it was told of', async (when) => {
    const shop = await openShop({
      storage: breaking(memoryStorage(), when),
      channel: {
        send: (wire) => {
          shop.provider.wires.push(String(wire))
          return { _tag: 'Accepted' }
        },
      },
    })
    const { delivery } = await answer(shop)
    await settled(shop)
    expect([await delivery(), shop.provider.wires.length]).toMatchObject([{ status: 'sent', attempts: 1 }, 1])
    await shop.engine.close()
  })

  it.each([
    ['is to leave', 'sending'],
    ['has left', 'sent'],
  ])('and stays away for a while when one %s hears how it is when it is back', async (_, status) => {
    const inner = memoryStorage()
    let away = false
    let back = false
    const storage: Storage = {
      ...inner,
      commit: (changesets) => {
        away ||= changesets.some((one) => one.deliveries.some((delivery) => delivery.status === status))
        if (away && !back) throw new Error('out of reach')
        return inner.commit(changesets)
      },
    }
    const shop = await openShop({
      storage,
      channel: {
        send: (wire) => {
          shop.provider.wires.push(String(wire))
          return { _tag: 'Accepted' }
        },
      },
    })
    const { delivery } = await answer(shop)
    await expect.poll(() => shop.problems).toContain('work deliver')
    back = true
    let now: Awaited<ReturnType<typeof delivery>> = null
    for (let seconds = 0; now?.status !== 'sent' && seconds < 20; seconds += 1) {
      shop.clock.advance(1_000)
      await shop.engine.settle()
      now = await delivery()
      expect(now?.status).not.toBe('uncertain')
    }
    expect([now, shop.provider.wires.length]).toMatchObject([{ status: 'sent' }, 1])
    await shop.engine.close()
  })
})
