import type { Rule } from '@guichet/engine'
import type { Bot } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { ana, counter, desk, hour, minute, office } from './counter.ts'
import { openShop, value } from './telegraph.ts'

describe('a queue where people choose', () => {
  it('makes no work when somebody begins to wait', async () => {
    const shop = await openShop()
    const { workspace, asks, comesIn } = counter(shop)
    await comesIn('ana')
    await shop.engine.settle()
    await asks()
    await workspace.queues.put({ ...desk, strategy: { _tag: 'Manual' } })
    await asks()
    expect((await workspace.upcoming()).filter(({ kind }) => kind === 'distribute')).toEqual([])
    await shop.engine.close()
  })

  it('gives what waits to those who are there from the moment on at which it distributes', async () => {
    const shop = await openShop()
    const { workspace, asks, comesIn, now } = counter(shop)
    await comesIn('ana')
    const id = await asks()
    expect((await now(id)).owner).toBeNull()
    await value(workspace.queues.put({ ...desk, strategy: { _tag: 'LeastBusy' } }))
    await shop.engine.settle()
    expect((await now(id)).owner).toBe('ana')
    await shop.engine.close()
  })
})

describe('who waits too long', () => {
  it('is moved to another queue at its time, where somebody may be there', async () => {
    const shop = await openShop()
    const { workspace, asks, comesIn, now, journal, passes } = counter(shop)
    await value(workspace.queues.put({ ...desk, id: 'backup', strategy: { _tag: 'RoundRobin' } }))
    await value(workspace.queues.put({ ...desk, overflow: { afterMs: 5 * minute, to: 'backup' } }))
    await value(workspace.agents.put({ ...ana, id: 'eli', name: 'Eli', queues: ['backup'] }))
    await comesIn('eli')
    const id = await asks()
    await passes(5 * minute - 1)
    expect(await now(id)).toMatchObject({ queue: 'desk', owner: null })
    await passes(1)
    expect(await now(id)).toMatchObject({ queue: 'backup', owner: 'eli' })
    expect(await journal(id)).toMatchObject([
      { _tag: 'MessageReceived' },
      { _tag: 'Overflowed', from: 'desk', to: 'backup', because: 'waited' },
      { _tag: 'Distributed', agent: 'eli', by: 'RoundRobin' },
    ])
    await shop.engine.close()
  })

  it('is not moved when somebody has taken it, nor is what waits for less', async () => {
    const shop = await openShop()
    const { workspace, asks, now, passes } = counter(shop)
    await value(workspace.queues.put({ ...desk, id: 'backup' }))
    await value(workspace.queues.put({ ...desk, overflow: { afterMs: 5 * minute, to: 'backup' } }))
    const early = await asks()
    const taken = await asks()
    await value(workspace.as('ana').conversations.claim(taken))
    await passes(2 * minute)
    const late = await asks()
    await passes(3 * minute)
    const queues = await Promise.all([early, taken, late].map(async (id) => (await now(id)).queue))
    expect(queues).toEqual(['backup', 'desk', 'desk'])
    await passes(2 * minute)
    expect((await now(late)).queue).toBe('backup')
    await shop.engine.close()
  })
})

describe('outside of its hours', () => {
  it('a queue gives nothing, and everything when it opens', async () => {
    const shop = await openShop()
    const { workspace, asks, comesIn, now, passes } = counter(shop)
    await value(workspace.hours.put(office))
    await value(workspace.queues.put({ ...desk, strategy: { _tag: 'RoundRobin' }, hours: 'office' }))
    await comesIn('ana')
    const atOnce = await asks()
    await shop.engine.settle()
    expect((await now(atOnce)).owner).toBe('ana')
    // Five on Thursday.
    await passes(8 * hour)
    const evening = await asks()
    await passes(16 * hour - 1)
    expect((await now(evening)).owner).toBeNull()
    // People may still take what they see: only the engine has closed.
    const taken = await asks()
    await value(workspace.as('ana').conversations.claim(taken))
    await passes(1)
    expect((await now(evening)).owner).toBe('ana')
    await shop.engine.close()
  })

  it('a queue may send what comes elsewhere, and what still waits when it closes', async () => {
    const shop = await openShop()
    const { workspace, asks, now, journal, passes } = counter(shop)
    await value(workspace.hours.put(office))
    await value(workspace.queues.put({ ...desk, id: 'night' }))
    await value(workspace.queues.put({ ...desk, hours: 'office', outside: { _tag: 'Move', to: 'night' } }))
    const day = await asks()
    await passes(8 * hour - 1)
    expect((await now(day)).queue).toBe('desk')
    await passes(1)
    expect((await now(day)).queue).toBe('night')
    const night = await asks()
    await shop.engine.settle()
    expect((await now(night)).queue).toBe('night')
    expect((await journal(night)).at(-1)).toEqual({
      _tag: 'Overflowed',
      from: 'desk',
      to: 'night',
      because: 'outsideHours',
    })
    await shop.engine.close()
  })

  it('two closed queues that point at each other keep what they have', async () => {
    const shop = await openShop()
    const { workspace, asks, now, passes } = counter(shop)
    await value(workspace.hours.put(office))
    await value(workspace.queues.put({ ...desk, id: 'other', hours: 'office' }))
    await value(workspace.queues.put({ ...desk, hours: 'office', outside: { _tag: 'Move', to: 'other' } }))
    await value(workspace.queues.put({ ...desk, id: 'other', hours: 'office', outside: { _tag: 'Move', to: 'desk' } }))
    await passes(9 * hour)
    const id = await asks()
    await shop.engine.settle()
    expect((await now(id)).queue).toBe('desk')
    await shop.engine.close()
  })
})

describe('a strategy of the host', () => {
  it('chooses, and capacity still holds', async () => {
    const shop = await openShop({
      options: { strategies: { last: (_, candidates) => candidates.at(-1)?.agent ?? null } },
    })
    const { workspace, asks, comesIn, now } = counter(shop)
    await value(workspace.queues.put({ ...desk, strategy: { _tag: 'Custom', name: 'last' } }))
    await value(workspace.agents.put({ ...ana, id: 'ben', name: 'Ben', capacity: 1 }))
    await comesIn('ana')
    await comesIn('ben')
    await shop.engine.settle()
    const owners: Array<string | null> = []
    for (let n = 0; n < 2; n += 1) {
      const id = await asks()
      await shop.engine.settle()
      owners.push((await now(id)).owner)
    }
    expect(owners).toEqual(['ben', 'ana'])
    await shop.engine.close()
  })

  it('that throws gives nothing, is reported, and loses nobody', async () => {
    let broken = true
    const moody = (): string | null => {
      if (broken) throw new Error('not today')
      return 'ana'
    }
    const shop = await openShop({ options: { strategies: { moody } } })
    const { workspace, asks, comesIn, now, passes } = counter(shop)
    await value(workspace.queues.put({ ...desk, strategy: { _tag: 'Custom', name: 'moody' } }))
    await comesIn('ana')
    const id = await asks()
    await shop.engine.settle()
    expect([(await now(id)).owner, shop.problems.includes('strategy')]).toEqual([null, true])
    broken = false
    await passes(minute)
    expect((await now(id)).owner).toBe('ana')
    await shop.engine.close()
  })
})

describe('routing', () => {
  const rules: ReadonlyArray<Rule> = [
    {
      id: 'vip',
      name: 'Clients who are angry',
      when: { words: ['remboursé'] },
      to: { queue: 'refunds', priority: 'high' },
    },
    { id: 'english', name: 'English', when: { language: ['en'] }, to: { queue: 'english' } },
    {
      id: 'campaign',
      name: 'From the campaign',
      when: { source: ['/summer'] },
      to: { queue: 'english', priority: 'low' },
    },
  ]

  it('leads a new conversation by the first rule that holds, and the journal explains it', async () => {
    const shop = await openShop()
    const { workspace, asks, now, journal } = counter(shop)
    await value(workspace.queues.put({ ...desk, id: 'refunds', name: 'Refunds' }))
    await value(workspace.queues.put({ ...desk, id: 'english', name: 'English' }))
    await value(workspace.routing.put(rules))
    const refund = await asks({}, 'Je veux être REMBOURSE')
    expect(await now(refund)).toMatchObject({ queue: 'refunds', priority: 'high' })
    expect(await journal(refund)).toMatchObject([
      { start: { routed: { rule: 'vip', because: ['words=remboursé'], priority: 'high' } } },
    ])
    const english = await asks({ from: { address: 'john', language: 'en-GB' } }, 'Hello')
    expect((await now(english)).queue).toBe('english')
    const campaign = await asks({ from: { address: 'zoe', attributes: { page: '/summer/sale' } } })
    expect(await now(campaign)).toMatchObject({ queue: 'english', priority: 'low' })
    const other = await asks()
    expect((await now(other)).queue).toBe('desk')
    expect(await journal(other)).toMatchObject([{ start: { routed: { rule: null } } }])
    expect(
      await workspace.routing.explain({
        account: 'wire',
        channel: 'telegraph',
        language: 'en',
        contactKind: 'visitor',
        attributes: {},
        formerOwner: null,
        source: null,
        text: 'Hello',
      }),
    ).toMatchObject({ queue: 'english', rule: 'english' })
    await shop.engine.close()
  })

  it('refuses rules that could not hold, and keeps those there were', async () => {
    const shop = await openShop()
    const { workspace } = counter(shop)
    const wrong = [
      { id: 'a', name: 'A', when: { tags: ['vip'] }, to: { queue: 'desk' } },
    ] as unknown as ReadonlyArray<Rule>
    expect(await workspace.routing.put(wrong)).toMatchObject({ refusal: { _tag: 'Invalid', what: 'rules' } })
    expect(await workspace.routing.put(rules)).toMatchObject({ refusal: { _tag: 'UnknownQueue', queue: 'refunds' } })
    expect(await workspace.routing.get()).toEqual([])
    await shop.engine.close()
  })
})

describe('somebody for whom a customer begins to wait', () => {
  it('and who has gone before is treated as her queue treats who goes', async () => {
    const shop = await openShop()
    const { workspace, asks, comesIn, now, journal } = counter(shop)
    await value(workspace.queues.put({ ...desk, strategy: { _tag: 'Manual' }, away: 'reassign' }))
    await comesIn('ana')
    const id = await asks()
    await value(workspace.as('ana').conversations.reply(id, { text: 'Oui' }))
    await comesIn('ben')
    await value(workspace.as('ana').presence.set('offline'))
    await shop.engine.settle()
    expect((await now(id)).owner).toBe('ana')
    await shop.write('Et encore ?', { from: { address: 'person-1' } })
    await shop.engine.settle()
    expect((await now(id)).owner).toBe('ben')
    expect((await journal(id)).map(({ _tag }) => _tag).slice(-3)).toEqual([
      'MessageReceived',
      'Returned',
      'Distributed',
    ])
    await shop.engine.close()
  })
})

describe('what is not for people to take', () => {
  it('is not distributed while bots have it, and is when they hand it over', async () => {
    const greeter: Bot = {
      name: 'greeter',
      spi: 1,
      respond: () => [{ _tag: 'Say', parts: [{ _tag: 'Text', text: 'Bonjour' }] }],
    }
    const shop = await openShop({ options: { bots: { greeter } } })
    const { workspace, asks, comesIn, now } = counter(shop)
    await value(workspace.queues.put({ ...desk, strategy: { _tag: 'RoundRobin' } }))
    await value(
      workspace.accounts.put({ id: 'wire', channel: 'telegraph', queue: 'desk', bots: ['greeter'], handover: null }),
    )
    await comesIn('ana')
    const id = await asks()
    await shop.engine.settle()
    expect(await now(id)).toMatchObject({ control: 'bot', owner: null, queuedSince: null })
    await value(workspace.as('ben').conversations.handOver(id))
    await shop.engine.settle()
    expect(await now(id)).toMatchObject({ control: 'team', owner: 'ana' })
    await shop.engine.close()
  })

  it('is not distributed when it was deleted, and nothing of its offer is left', async () => {
    const shop = await openShop()
    const { workspace, asks, comesIn } = counter(shop)
    await value(workspace.queues.put({ ...desk, strategy: { _tag: 'LongestIdle' }, offerMs: minute }))
    await value(workspace.agents.put({ ...ana, capacity: 1 }))
    await comesIn('ana')
    const first = await asks()
    const second = await asks()
    await shop.engine.settle()
    const { conversations } = workspace.as('chloe')
    const offered = async (id: string) => (await value(conversations.get(id))).offer?.agents
    expect([await offered(first), await offered(second)]).toEqual([['ana'], undefined])
    await value(conversations.delete(first))
    await shop.engine.settle()
    // Her room is free again for the one behind it.
    expect(await offered(second)).toEqual(['ana'])
    expect((await workspace.upcoming()).map(({ kind, conversation }) => [kind, conversation])).toEqual([
      ['offer', second],
    ])
    await shop.engine.close()
  })
})
