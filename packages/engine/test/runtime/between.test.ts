import { memoryStorage } from '@guichet/engine/memory'
import type { Bot, BotAction, Storage } from '@guichet/engine/ports'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openShop, value } from './telegraph.ts'
import { translatedShop } from './translated-shop.ts'

const botOf = (name: string, answer: ReadonlyArray<BotAction>): Bot => ({ name, spi: 1, respond: () => answer })

const withBot = async (answer: ReadonlyArray<BotAction>) => {
  const shop = await openShop({
    options: { bots: { porter: botOf('porter', answer) } },
    capabilities: { parts: ['Form', 'FormAnswer'] },
  })
  onTestFinished(() => shop.engine.close())
  const house = shop.engine.workspace('shop')
  const boss = house.as('chloe')
  const from = { address: '+41' }
  const contactOf = async () => {
    const { items } = await boss.conversations.list()
    const [first] = items
    if (first === undefined) throw new Error('nothing came')
    return first.contact.id
  }
  const account = { id: 'wire', channel: 'telegraph', queue: 'desk', bots: ['porter'] }
  const begin = async () => {
    await value(house.accounts.put(account))
    await shop.write('hello', { from })
  }
  return { ...shop, house, boss, from, contactOf, begin }
}

describe('a contact that went into another one', () => {
  it('gives the details of a handover to the one that stands for it', async () => {
    const { engine, boss, write, from, contactOf, begin } = await withBot([{ _tag: 'HandOver' }])
    await begin()
    await engine.settle()
    const known = await value(boss.contacts.create({ phones: ['+33612345678'] }))
    await value(boss.contacts.merge(await contactOf(), { into: known.id }))
    await write('I am zoe@example.org', { from })
    await engine.settle()
    expect(await value(boss.contacts.get(known.id))).toMatchObject({
      emails: ['zoe@example.org'],
      phones: ['+33612345678'],
    })
  })

  it('is not asked for what is known of the one that stands for it', async () => {
    const { engine, boss, house, write, from, contactOf, begin } = await withBot([{ _tag: 'HandOver' }])
    await write('first', { from })
    const known = await value(boss.contacts.create({ firstName: 'Zoe', emails: ['zoe@example.org'] }))
    await value(boss.contacts.merge(await contactOf(), { into: known.id }))
    const { items } = await boss.conversations.list()
    await value(house.accounts.put({ id: 'wire', channel: 'telegraph', queue: 'desk', bots: ['porter'] }))
    await value(boss.conversations.close(items[0]?.id ?? ''))
    await begin()
    await engine.settle()
    expect((await boss.conversations.list()).items).toMatchObject([{ status: 'open', control: 'team' }])
  })

  it('has what a bot writes down on the one that stands for it', async () => {
    const { engine, house, boss, write, from, contactOf } = await withBot([
      { _tag: 'SetAttributes', of: 'contact', attributes: { plan: 'pro' } },
      { _tag: 'Close' },
    ])
    await value(house.attributes.put({ id: 'plan', name: 'Plan', on: 'contact', kind: 'text' }))
    await write('first', { from })
    const known = await value(boss.contacts.create({ name: 'Zoe' }))
    await value(boss.contacts.merge(await contactOf(), { into: known.id }))
    const { items } = await boss.conversations.list()
    await value(house.accounts.put({ id: 'wire', channel: 'telegraph', queue: 'desk', bots: ['porter'] }))
    await value(boss.conversations.giveToBot(items[0]?.id ?? ''))
    await engine.settle()
    expect((await value(boss.contacts.get(known.id))).custom).toEqual({ plan: 'pro' })
  })

  it('ends a conversation that was transferred to an account where it writes under another id', async () => {
    const { engine, house, boss, write, contactOf } = await withBot([])
    await value(house.accounts.put({ id: 'fax', channel: 'telegraph', queue: 'desk' }))
    const known = await value(boss.contacts.create({ name: 'Zoe', identities: [{ account: 'fax', address: 'zoe' }] }))
    await write('hello')
    await value(boss.contacts.merge(await contactOf(), { into: known.id }))
    const [first] = (await boss.conversations.list()).items
    const moved = await value(boss.conversations.transfer(first?.id ?? '', { to: { account: 'fax' } }))
    expect(moved.conversation).toMatchObject({ account: 'fax', address: 'zoe' })
    const request = new Request('https://host.example/hook', {
      method: 'POST',
      headers: { 'x-word': 'please' },
      body: JSON.stringify([{ _tag: 'Ended', address: 'zoe' }]),
    })
    expect(await (await engine.receive('shop/fax', request)).json()).toMatchObject({ receipts: [{ _tag: 'Applied' }] })
    expect((await boss.conversations.list()).items).toMatchObject([{ status: 'closed' }])
  })
})

describe('somebody who is blocked', () => {
  it('is not heard by a sign either', async () => {
    const { write, post, house, opened } = await withBot([])
    await write('hello', { externalId: 'm1' })
    const boss = house.as('chloe')
    await value(boss.blocks.add({ target: { _tag: 'Identity', address: 'claire' }, reason: 'rude' }))
    const answer = await post([{ _tag: 'Reacted', externalId: 'm1', from: 'claire', emoji: '👍' }])
    expect(await answer.json()).toMatchObject({ receipts: [{ _tag: 'Rejected', reason: 'Blocked' }] })
    expect((await value(boss.conversations.timeline(await opened()))).messages[0]?.reactions).toEqual([])
  })
})

describe('a conversation that is split off', () => {
  it('is read and answered in the same languages as the one it came from', async () => {
    const { as, write, opened, turn, settle, provider, said } = await translatedShop()
    await write('Good morning')
    await settle()
    const id = await opened()
    await turn(id, 'fr', 'en')
    await write('Good morning', { externalId: 'again' })
    await settle()
    const last = (await said(id)).at(-1)
    const split = await value(as('ana').split(id, { message: last?.seq ?? 0 }))
    expect(split.conversation.translation).toMatchObject({ team: 'fr', customer: 'en' })
    await value(as('ana').reply(split.conversation.id, { text: 'Bonjour' }))
    await settle()
    expect(provider.wires.at(-1)).not.toBe('Bonjour')
  })
})

describe('figures', () => {
  it('count what was written in a conversation that was merged away, once', async () => {
    const { house, boss, write, opened, clock } = await withBot([])
    const policy = { closed: 'new' } as const
    await value(house.accounts.put({ id: 'wire', channel: 'telegraph', queue: 'desk', policy }))
    await write('one')
    const first = await opened()
    await value(boss.conversations.close(first))
    await write('two')
    await write('three')
    const figures = async () => (await value(boss.report({ from: 0, to: clock.now() + 1, by: 'queue' }))).total
    expect(await figures()).toMatchObject({ started: 2, received: 3, closed: 1 })
    const second = await opened()
    await value(boss.conversations.merge(first, { into: second }))
    expect(await figures()).toMatchObject({ started: 2, received: 3, closed: 1, load: 1 })
    const split = await value(boss.conversations.split(second, { message: 1, close: false }))
    await value(boss.conversations.merge(second, { into: split.conversation.id }))
    expect(await figures()).toMatchObject({ received: 3, closed: 1, load: 1 })
  })
})

describe('retention', () => {
  const dayMs = 24 * 60 * 60 * 1_000
  const policy = { closedDays: 1, spamDays: null, archivedDays: null }

  it('keeps what a message is still scheduled in, until that has left', async () => {
    const { house, boss, write, opened, clock, provider, engine } = await withBot([])
    await write('hello')
    const id = await opened()
    await value(boss.conversations.schedule(id, { at: clock.now() + 5 * dayMs, text: 'And now?' }))
    await value(boss.conversations.close(id))
    await value(house.retention.put(policy))
    for (let day = 0; day < 5; day += 1) {
      clock.advance(dayMs)
      await engine.settle()
    }
    expect(provider.wires).toEqual(['And now?'])
    await value(boss.conversations.close(id))
    clock.advance(2 * dayMs)
    await engine.settle()
    expect(await boss.conversations.get(id)).toMatchObject({ refusal: { _tag: 'NotFound' } })
  })

  it('runs a day after it was asked for, however often a host asks for the same', async () => {
    const { house, boss, write, opened, clock, engine } = await withBot([])
    await write('hello')
    const id = await opened()
    await value(boss.conversations.close(id))
    for (let half = 0; half < 6; half += 1) {
      await value(house.retention.put(policy))
      clock.advance(dayMs / 2)
      await engine.settle()
    }
    expect(await boss.conversations.get(id)).toMatchObject({ refusal: { _tag: 'NotFound' } })
  })
})

describe('a queue that a promise is about', () => {
  it('is not removed before the promise', async () => {
    const { house } = await withBot([])
    await value(house.queues.put({ id: 'gold', name: 'Gold', mode: 'shared', claimOnReply: true }))
    const promise = { firstResponse: 60_000, nextResponse: null, resolution: null, hours: null }
    await value(house.slaPolicies.put({ id: 'fast', name: 'Fast', when: { queues: ['gold'] }, ...promise }))
    expect(await house.queues.remove('gold')).toEqual({ ok: false, refusal: { _tag: 'InUse', by: 'policy fast' } })
    await value(house.slaPolicies.remove('fast'))
    await value(house.queues.remove('gold'))
  })
})

describe('a list of one contact', () => {
  it('is, kept as a view and marked as read, that of everybody who went into it', async () => {
    const { boss, write, contactOf } = await withBot([])
    await write('hello')
    const known = await value(boss.contacts.create({ name: 'Zoe' }))
    await value(boss.contacts.merge(await contactOf(), { into: known.id }))
    await value(boss.views.put({ name: 'Zoe', filter: { contact: known.id }, shared: false }))
    expect(await boss.views.list()).toMatchObject([{ count: 1 }])
    expect((await boss.conversations.search('hello', { contact: known.id })).messages).toHaveLength(1)
    await boss.conversations.markAllRead({ contact: known.id })
    expect((await boss.conversations.list()).items).toMatchObject([{ unread: 0 }])
  })
})

describe('what was quoted among colleagues', () => {
  it('goes with whoever said it, wherever the quote has gone since', async () => {
    const { house, boss, engine, write, opened, contactOf } = await withBot([])
    await write('my secret is 4711')
    const contact = await contactOf()
    const about = { conversation: await opened(), message: 1 }
    const talk = { title: 'A question', participants: ['ana'], text: 'What do you think?', about }
    const one = (await value(boss.conversations.discuss(talk))).conversation.id
    const other = (await value(boss.conversations.discuss(talk))).conversation.id
    await value(boss.conversations.note(other, { text: 'Anything.' }))
    const moved = (await value(boss.conversations.split(other, { message: 1, close: false }))).conversation.id
    await value(boss.contacts.erase(contact))
    await engine.settle()
    for (const id of [one, other, moved]) {
      expect(JSON.stringify(await boss.conversations.timeline(id))).not.toContain('4711')
      expect(JSON.stringify(await boss.conversations.get(id))).not.toContain('4711')
    }
    expect((await value(boss.conversations.timeline(other))).messages.at(-1)).toMatchObject({ text: 'Anything.' })
    expect((await house.as('ana').conversations.search('4711')).messages).toEqual([])
  })

  it('is the message that is meant, by the number that it had before a merge', async () => {
    const { house, boss, write, opened } = await withBot([])
    const policy = { closed: 'new' } as const
    await value(house.accounts.put({ id: 'wire', channel: 'telegraph', queue: 'desk', policy }))
    await write('the first')
    const first = await opened()
    await value(boss.conversations.close(first))
    await write('the second')
    await value(boss.conversations.merge(first, { into: await opened() }))
    const about = { conversation: first, message: 1 }
    const talk = await value(boss.conversations.discuss({ title: 'T', participants: ['ana'], text: 'So?', about }))
    expect(talk.entry?.what).toMatchObject({ message: { parts: [{ text: expect.stringContaining('the first') }] } })
    const template = await boss.templates.fromMessage(first, 1, { title: 'T', scope: { _tag: 'All' } })
    expect(template).toMatchObject({ ok: true, value: { text: 'the first' } })
  })
})

describe('an agent', () => {
  it('whom the host says to be there is given what waits as soon as she serves its queue', async () => {
    const shop = await openShop({
      options: {
        directory: {
          devices: async (_, agents) =>
            new Map(agents.map((id) => [id, [{ id: 'desk', state: 'active' as const, seenAt: shop.clock.now() }]])),
          watch: () => () => undefined,
        },
      },
    })
    onTestFinished(() => shop.engine.close())
    const house = shop.engine.workspace('shop')
    const queue = { id: 'line', name: 'Line', mode: 'shared', claimOnReply: true } as const
    await value(house.queues.put({ ...queue, strategy: { _tag: 'RoundRobin' } }))
    await value(house.accounts.put({ id: 'wire', channel: 'telegraph', queue: 'line' }))
    await shop.write('hello')
    await shop.engine.settle()
    expect((await house.as('chloe').conversations.list()).items).toMatchObject([{ owner: null }])
    await value(house.agents.put({ id: 'zed', name: 'Zed', role: 'agent', queues: ['line'] }))
    await shop.engine.settle()
    expect((await house.as('chloe').conversations.list()).items).toMatchObject([{ owner: 'zed' }])
  })

  it('who was taken out of a queue cannot accept what was offered to her there', async () => {
    const shop = await openShop()
    onTestFinished(() => shop.engine.close())
    const house = shop.engine.workspace('shop')
    const queue = { id: 'line', name: 'Line', mode: 'shared', claimOnReply: true } as const
    await value(house.queues.put({ ...queue, strategy: { _tag: 'RoundRobin' }, offerMs: 60_000 }))
    await value(house.accounts.put({ id: 'wire', channel: 'telegraph', queue: 'line' }))
    await value(house.agents.put({ id: 'zed', name: 'Zed', role: 'agent', queues: ['line'] }))
    await value(house.as('zed').presence.set('online'))
    await shop.engine.settle()
    await shop.write('hello')
    await shop.engine.settle()
    const [first] = (await house.as('chloe').conversations.list()).items
    expect(first?.offer?.agents).toEqual(['zed'])
    await value(house.agents.put({ id: 'zed', name: 'Zed', role: 'agent', queues: [] }))
    const refusal = { _tag: 'MayNotReply', agent: 'zed' }
    expect(await house.as('zed').conversations.acceptOffer(first?.id ?? '')).toMatchObject({ ok: false, refusal })
  })
})

/** A store whose answers are from before they said where they were written for. */
const fromBefore = (): Storage => {
  const storage = memoryStorage()
  const silent = (data: string): string =>
    JSON.stringify(JSON.parse(data), (key, one: unknown) => (key === 'to' && typeof one === 'string' ? undefined : one))
  return {
    ...storage,
    timeline: async (request) => {
      const page = await storage.timeline(request)
      return { ...page, entries: page.entries.map((entry) => ({ ...entry, data: silent(entry.data) })) }
    },
  }
}

describe('an answer that has not left yet', () => {
  it.each([
    ['', undefined],
    [', by the journal when it does not say so itself', fromBefore()],
  ])(
    'leaves from where it was written, also when its conversation has gone to another account since%s',
    async (_, storage) => {
      const sent: Array<readonly [string, string]> = []
      let down = true
      const shop = await openShop({
        ...(storage === undefined ? {} : { storage }),
        channel: {
          render: (message) => ({ _tag: 'Rendered', wires: [message.to] }),
          send: async (wire, account) => {
            if (down) return { _tag: 'Retry', reason: 'down', afterMs: 1_000 }
            sent.push([account.id, wire])
            return { _tag: 'Accepted', externalId: `m${sent.length}` }
          },
        },
      })
      onTestFinished(() => shop.engine.close())
      const house = shop.engine.workspace('shop')
      const boss = house.as('chloe')
      await value(house.accounts.put({ id: 'fax', channel: 'telegraph', queue: 'desk' }))
      await shop.write('hello')
      const id = await shop.opened()
      const { contact } = await value(boss.conversations.get(id))
      const known = await value(boss.contacts.create({ name: 'Zoe', identities: [{ account: 'fax', address: 'zoe' }] }))
      await value(boss.contacts.merge(contact.id, { into: known.id }))
      await value(boss.conversations.reply(id, { text: 'by wire' }))
      await shop.engine.settle()
      await value(boss.conversations.transfer(id, { to: { account: 'fax' } }))
      await value(boss.conversations.reply(id, { text: 'by fax' }))
      down = false
      for (let tries = 0; tries < 5; tries += 1) {
        shop.clock.advance(60_000)
        await shop.engine.settle()
      }
      expect(sent).toEqual([
        ['wire', 'claire'],
        ['fax', 'zoe'],
      ])
    },
  )
})

describe('what was scheduled in a conversation that is merged away', () => {
  it('is a draft of whoever wrote it, under what she was writing there already', async () => {
    const { house, boss, write, opened, clock, engine, provider } = await withBot([])
    const policy = { closed: 'new' } as const
    await value(house.accounts.put({ id: 'wire', channel: 'telegraph', queue: 'desk', policy }))
    await write('one')
    const first = await opened()
    await value(boss.conversations.schedule(first, { at: clock.now() + 60_000, text: 'A first word' }))
    await value(boss.conversations.schedule(first, { at: clock.now() + 90_000, text: 'And a second' }))
    await value(boss.conversations.close(first))
    await write('two')
    const second = await opened()
    await value(boss.conversations.saveDraft(second, 'As I was saying'))
    await value(boss.conversations.merge(first, { into: second }))
    const kept = 'As I was saying\n\nA first word\n\nAnd a second'
    expect(await boss.conversations.draft(second)).toEqual({ ok: true, value: kept })
    clock.advance(120_000)
    await engine.settle()
    expect(provider.wires).toEqual([])
  })
})

describe('an id that is none', () => {
  it.each([null, undefined, 5, {}, [], ''])('leads nowhere: %j', async (id) => {
    const { boss } = await withBot([])
    const nowhere = { ok: false, refusal: { _tag: 'NotFound' } }
    const given = id as unknown as string
    expect(await boss.conversations.get(given)).toEqual(nowhere)
    expect(await boss.conversations.claim(given)).toEqual(nowhere)
    expect(await boss.conversations.split(given, { message: 1 })).toEqual(nowhere)
    expect(await boss.contacts.get(given)).toEqual(nowhere)
    expect(await boss.contacts.edit(given, { name: 'x' })).toEqual(nowhere)
  })
})
