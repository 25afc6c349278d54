import { type Channel, defineChannel } from '@guichet/engine/ports'
import { createEngine } from '@guichet/engine'
import { manualClock, memoryBlobs, memoryStorage } from '@guichet/engine/memory'
import { describe, expect, it, onTestFinished } from 'vitest'
import { newProvider, telegraph, value } from './telegraph.ts'

const letter = (from: string, text = 'Bonjour') => ({
  _tag: 'MessageReceived',
  externalId: `${from} ${text}`,
  from: { address: from },
  parts: [{ _tag: 'Text', text }],
})

/** Two engines on one store, both of which know how the shop was set up. */
const twins = async (over: Partial<Channel> = {}) => {
  const kept = memoryStorage()
  const clock = manualClock()
  const blobs = memoryBlobs()
  const plain = telegraph(newProvider(), { live: over.connect !== undefined })
  const problems: Array<string> = []
  const start = async () => {
    const engine = await createEngine({
      storage: { ...kept, close: () => undefined },
      channels: { telegraph: defineChannel({ ...plain, ...over }) },
      clock,
      blobs,
      onError: ({ where, error }) => void problems.push(`${where}: ${String(error)}`),
    })
    onTestFinished(async () => {
      await engine.close()
      expect(problems).toEqual([])
    })
    const shop = engine.workspace('shop')
    const receive = async (...events: ReadonlyArray<unknown>) => {
      const response = await engine.receive(
        'shop/wire',
        new Request('http://localhost/', {
          method: 'POST',
          body: JSON.stringify(events),
          headers: { 'x-word': 'please' },
        }),
      )
      return ((await response.json()) as { readonly receipts: ReadonlyArray<{ readonly _tag: string }> }).receipts
    }
    return { engine, shop, receive }
  }
  const here = await start()
  for (const id of ['desk', 'back']) {
    await value(here.shop.queues.put({ id, name: id, mode: 'shared', claimOnReply: true }))
  }
  const ana = { id: 'ana', name: 'Ana', role: 'agent' as const, queues: ['desk', 'back'] }
  await value(here.shop.agents.put(ana))
  await value(here.shop.accounts.put({ id: 'wire', channel: 'telegraph', queue: 'desk' }))
  const there = await start()
  expect(await there.receive(letter('claire'))).toMatchObject([{ _tag: 'Stored' }])
  return { here, there, clock, ana }
}

describe('settings that another engine on the store has changed', () => {
  it('decide about the next message at once: a rule, and where an account leads', async () => {
    const { here, there } = await twins()
    const queues = async () => {
      const { items } = await here.shop.as('ana').conversations.list()
      return Object.fromEntries(items.map(({ contact, queue }) => [contact.address, queue]))
    }
    await value(here.shop.routing.put([{ id: 'all', name: 'All', when: { words: ['help'] }, to: { queue: 'back' } }]))
    await there.receive(letter('tom', 'help'), letter('zoe', 'Bonjour'))
    expect(await queues()).toEqual({ claire: 'desk', tom: 'back', zoe: 'desk' })
    await value(here.shop.accounts.put({ id: 'wire', channel: 'telegraph', queue: 'back' }))
    await there.receive(letter('yan', 'Bonjour'))
    expect((await queues())['yan']).toBe('back')
  })

  it('keep the order of what came in one request', async () => {
    const { here, there } = await twins()
    await value(here.shop.queues.put({ id: 'third', name: 'Third', mode: 'shared', claimOnReply: true }))
    const words = Array.from({ length: 20 }, (_, n) => `word ${n}`)
    await there.receive(...words.map((text) => letter('zoe', text)))
    const [first] = (await here.shop.as('ana').conversations.list()).items
    const { messages } = await value(here.shop.as('ana').conversations.timeline(first?.id ?? ''))
    expect(messages.map(({ text }) => text)).toEqual(words)
  })

  it('hold for everything else a second later', async () => {
    const { here, there, clock, ana } = await twins()
    const asBen = () => there.shop.as('ben').conversations.list()
    expect((await asBen()).items).toEqual([])
    await value(here.shop.agents.put({ ...ana, id: 'ben' }))
    await clock.advance(1_000)
    expect((await asBen()).items).toHaveLength(1)
    expect(await there.shop.agents.list()).toHaveLength(2)
    await here.shop.agents.remove('ben')
    await clock.advance(1_000)
    expect((await asBen()).items).toEqual([])
  })

  it('connect and disconnect live accounts, and leave those alone that stayed as they were', async () => {
    const live: Array<string> = []
    const connect: NonNullable<Channel['connect']> = async ({ id, settings }, _, { signal }) => {
      const name = `${id} ${JSON.stringify(settings)}`
      live.push(name)
      signal.addEventListener('abort', () => void live.splice(live.indexOf(name), 1))
    }
    const { here, there, clock } = await twins({ connect })
    const seen = async () => {
      await clock.advance(1_000)
      await there.shop.agents.list()
    }
    expect(live).toEqual(['wire {}', 'wire {}'])
    await value(here.shop.accounts.put({ id: 'line', channel: 'telegraph', queue: 'desk' }))
    await seen()
    await expect.poll(() => [...live].sort()).toEqual(['line {}', 'line {}', 'wire {}', 'wire {}'])
    await value(here.shop.accounts.put({ id: 'line', channel: 'telegraph', queue: 'desk', settings: { tone: 1 } }))
    await seen()
    await expect.poll(() => [...live].sort()).toEqual(['line {"tone":1}', 'line {"tone":1}', 'wire {}', 'wire {}'])
    // What it changes itself does not hide what was changed elsewhere in the same second.
    await here.shop.accounts.remove('line')
    await value(there.shop.queues.put({ id: 'own', name: 'Own', mode: 'shared', claimOnReply: true }))
    await expect.poll(() => live).toEqual(['wire {}', 'wire {}'])
  })
})
