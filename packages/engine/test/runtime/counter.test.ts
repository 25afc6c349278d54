import type { Agent, Queue } from '@guichet/engine'
import { describe, expect, it } from 'vitest'
import { openShop, value } from './telegraph.ts'

const desk: Queue = { id: 'desk', name: 'Desk', mode: 'shared', claimOnReply: true }
const ana: Agent = { id: 'ana', name: 'Ana', role: 'agent', queues: ['desk'] }

describe('a queue', () => {
  const wrong: ReadonlyArray<readonly [string, Partial<Queue>, string]> = [
    ['that is distributed in no known way', { strategy: { _tag: 'Loudest' } as never }, 'strategy'],
    ['offered to nobody', { strategy: { _tag: 'FirstN', n: 0 } }, 'strategy.n'],
    ['with a strategy that is not registered', { strategy: { _tag: 'Custom', name: 'mine' } }, 'strategy.name'],
    ['whose offers last no time', { offerMs: 0 }, 'offerMs'],
    ['that overflows at once', { overflow: { afterMs: -1, to: 'other' } }, 'overflow.afterMs'],
    ['that overflows into itself', { overflow: { afterMs: 1_000, to: 'desk' } }, 'overflow.to'],
    ['with hours that there are not', { hours: 'never' }, 'hours'],
    ['that moves outside of no hours', { outside: { _tag: 'Move', to: 'other' } }, 'outside'],
    ['that is sticky in no known way', { sticky: 'perhaps' as never }, 'sticky'],
    ['that treats who goes in no known way', { away: 'panic' as never }, 'away'],
  ]
  for (const [name, fields, field] of wrong) {
    it(`${name} is refused, and the refusal names ${field}`, async () => {
      const { engine } = await openShop()
      const shop = engine.workspace('shop')
      await value(shop.queues.put({ ...desk, id: 'other' }))
      const outcome = await shop.queues.put({ ...desk, ...fields })
      const issues = outcome.ok || outcome.refusal._tag !== 'Invalid' ? [] : outcome.refusal.issues
      expect(issues).toHaveLength(1)
      expect(issues[0]?.startsWith(`${field}:`)).toBe(true)
      expect(await shop.queues.get('desk')).toEqual(desk)
      await engine.close()
    })
  }

  it('leads only to queues and departments that there are', async () => {
    const { engine } = await openShop()
    const shop = engine.workspace('shop')
    expect(await shop.queues.put({ ...desk, overflow: { afterMs: 1_000, to: 'moon' } })).toMatchObject({
      refusal: { _tag: 'UnknownQueue', queue: 'moon' },
    })
    expect(await shop.queues.put({ ...desk, department: 'moon' })).toMatchObject({
      refusal: { _tag: 'UnknownDepartment', department: 'moon' },
    })
    expect(await shop.departments.put({ id: 'sales', name: 'Sales', queue: 'moon' })).toMatchObject({
      refusal: { _tag: 'UnknownQueue', queue: 'moon' },
    })
    await engine.close()
  })

  it('is kept while anything leads to it, and so is what it goes by', async () => {
    const { engine } = await openShop()
    const shop = engine.workspace('shop')
    const hours = { id: 'office', name: 'Office', timeZone: 'Europe/Paris', week: {}, holidays: [] }
    await value(shop.hours.put(hours))
    await value(shop.queues.put({ ...desk, id: 'other' }))
    await value(shop.departments.put({ id: 'sales', name: 'Sales', queue: 'other' }))
    await value(
      shop.queues.put({ ...desk, department: 'sales', hours: 'office', overflow: { afterMs: 9, to: 'other' } }),
    )
    await value(shop.agents.put({ ...ana, shift: 'office' }))
    const inUse = (by: string) => ({ ok: false, refusal: { _tag: 'InUse', by } })
    expect(await shop.queues.remove('other')).toEqual(inUse('department sales'))
    expect(await shop.departments.remove('sales')).toEqual(inUse('queue desk'))
    expect(await shop.hours.remove('office')).toEqual(inUse('queue desk'))
    await value(shop.queues.put({ ...desk, overflow: { afterMs: 9, to: 'other' } }))
    await value(shop.departments.remove('sales'))
    expect(await shop.hours.remove('office')).toEqual(inUse('agent ana'))
    expect(await shop.queues.remove('other')).toEqual(inUse('queue desk'))
    await value(shop.queues.put(desk))
    await value(shop.routing.put([{ id: 'r', name: 'R', when: {}, to: { queue: 'other' } }]))
    expect(await shop.queues.remove('other')).toEqual(inUse('rule r'))
    await value(shop.routing.put([]))
    await value(shop.queues.remove('other'))
    expect(
      await shop.hours.put({
        ...hours,
        week: {
          1: [
            { from: 540, to: 780 },
            { from: 720, to: 1_080 },
          ],
        },
      }),
    ).toMatchObject({
      refusal: { _tag: 'Invalid', what: 'hours' },
    })
    await engine.close()
  })
})

describe('an agent', () => {
  const wrong: ReadonlyArray<readonly [string, Partial<Agent>, string]> = [
    ['with half a capacity', { capacity: 1.5 }, 'capacity'],
    ['on a shift that there is not', { shift: 'never' }, 'shift'],
    ['who comes back before she leaves', { absences: [{ from: 2, to: 1 }] }, 'absences[0]'],
    ['with the number of a colleague', { extension: '42' }, 'extension'],
    ['who may do what there is not', { permissions: ['fly'] as never }, 'permissions'],
  ]
  for (const [name, fields, field] of wrong) {
    it(`${name} is refused, and the refusal names ${field}`, async () => {
      const { engine } = await openShop()
      const shop = engine.workspace('shop')
      await value(shop.agents.put({ ...ana, id: 'ben', name: 'Ben', extension: '42' }))
      const outcome = await shop.agents.put({ ...ana, ...fields })
      const issues = outcome.ok || outcome.refusal._tag !== 'Invalid' ? [] : outcome.refusal.issues
      expect(issues.map((issue) => issue.slice(0, field.length + 1))).toEqual([`${field}:`])
      await engine.close()
    })
  }

  it('who does not exist is not there, and cannot say otherwise', async () => {
    const { engine, clock } = await openShop()
    const shop = engine.workspace('shop')
    const nobody = shop.as('nobody')
    expect(await nobody.presence.set('online')).toEqual({
      ok: false,
      refusal: { _tag: 'UnknownAgent', agent: 'nobody' },
    })
    expect([await nobody.presence.list(), await nobody.people.find(''), await nobody.queues.overview()]).toEqual([
      [],
      [],
      [],
    ])
    const { presence } = shop.as('ana')
    expect(await presence.set('online', clock.now())).toMatchObject({ refusal: { _tag: 'PastTime' } })
    expect(await presence.set('asleep' as never)).toMatchObject({ refusal: { _tag: 'Invalid', what: 'presence' } })
    expect(await presence.device('', 'active')).toMatchObject({ refusal: { _tag: 'Invalid' } })
    expect(await presence.device('desk', 'gone' as never)).toMatchObject({ refusal: { _tag: 'Invalid' } })
    await engine.close()
  })

  it('is found by name without accents, by extension and by id, whoever may serve the queue first', async () => {
    const { engine } = await openShop()
    const shop = engine.workspace('shop')
    await value(shop.queues.put({ ...desk, id: 'other' }))
    await value(shop.agents.put({ ...ana, id: 'u-7', name: 'Élodie Bernard', extension: '217', queues: ['other'] }))
    const { people } = shop.as('ana')
    const found = async (text: string, queue?: string) =>
      (await people.find(text, queue === undefined ? {} : { queue })).map(({ id }) => id)
    expect(await found('elo')).toEqual(['u-7'])
    expect(await found('BER')).toEqual(['u-7'])
    expect(await found('217')).toEqual(['u-7'])
    expect(await found('u-7')).toEqual(['u-7'])
    expect(await found('be')).toEqual(['ben', 'u-7'])
    expect(await found('be', 'other')).toEqual(['u-7', 'ben'])
    expect(await found('lodie')).toEqual([])
    expect(await found('', 'other')).toEqual(['chloe', 'u-7', 'ana', 'ben'])
    await engine.close()
  })
})

describe('what waits in a queue', () => {
  it('is shown to its people with who is there, and nothing of it to others', async () => {
    const { engine, write, clock } = await openShop()
    const shop = engine.workspace('shop')
    await value(shop.queues.put({ ...desk, mode: 'exclusive' }))
    await value(shop.queues.put({ ...desk, id: 'other' }))
    await value(shop.agents.put({ ...ana, id: 'dan', name: 'Dan', queues: ['other'] }))
    const since = clock.now()
    await write('Bonjour', { from: { address: 'zoe' } })
    clock.advance(5_000)
    await write('Bonjour', { from: { address: 'yan' } })
    await write('Bonjour', { from: { address: 'xia' } })
    await value(shop.as('ben').presence.set('online'))
    const { items } = await shop.as('ben').conversations.list({ tab: 'unassigned' })
    await value(shop.as('ben').conversations.claim(items[0]?.id ?? ''))
    const overview = async (agent: string) =>
      (await shop.as(agent).queues.overview()).map(({ queue, ...rest }) => ({ queue: queue.id, ...rest }))
    // Ana does not see what is Ben's in an exclusive queue, so it is not counted for her.
    expect(await overview('ana')).toEqual([
      { queue: 'desk', open: 2, waiting: 2, waitingSince: since, online: ['ben'] },
    ])
    expect(await overview('ben')).toEqual([
      { queue: 'desk', open: 3, waiting: 2, waitingSince: since, online: ['ben'] },
    ])
    // Nor is it in what Ben has in hand, as she sees it; he and who leads see all of it.
    const benAsSeenBy = async (agent: string) =>
      (await shop.as(agent).presence.list()).find((seat) => seat.agent === 'ben')?.load
    expect(await Promise.all(['ana', 'dan', 'ben', 'chloe'].map(benAsSeenBy))).toEqual([0, 0, 1, 1])
    await value(shop.queues.put({ ...desk, mode: 'shared' }))
    expect(await Promise.all(['ana', 'dan'].map(benAsSeenBy))).toEqual([1, 0])
    expect(await overview('dan')).toEqual([{ queue: 'other', open: 0, waiting: 0, waitingSince: null, online: [] }])
    expect((await overview('chloe')).map(({ queue, open }) => [queue, open])).toEqual([
      ['desk', 3],
      ['other', 0],
    ])
    await engine.close()
  })
})

describe('a transfer', () => {
  it('to a department goes to its queue, and who has passed it on sees it no longer', async () => {
    const { engine, write, opened } = await openShop()
    const shop = engine.workspace('shop')
    await value(shop.queues.put({ ...desk, id: 'other' }))
    await value(shop.departments.put({ id: 'sales', name: 'Sales', queue: 'other' }))
    await write('Bonjour')
    const id = await opened()
    const { conversations } = shop.as('ana')
    expect(await conversations.transfer(id, { to: { department: 'moon' } })).toMatchObject({
      refusal: { _tag: 'UnknownDepartment' },
    })
    expect(await conversations.transfer(id, { to: { account: 'moon' } })).toMatchObject({
      refusal: { _tag: 'UnknownAccount', account: 'moon' },
    })
    await value(conversations.transfer(id, { to: { department: 'sales' } }))
    expect(await conversations.get(id)).toEqual({ ok: false, refusal: { _tag: 'NotFound' } })
    expect((await value(shop.as('chloe').conversations.get(id))).state).toMatchObject({ queue: 'other', owner: null })
    await engine.close()
  })

  it('to another account is answered from there, and what the customer writes there comes here', async () => {
    const { engine, write, opened, provider } = await openShop()
    const shop = engine.workspace('shop')
    await value(shop.accounts.put({ id: 'second', channel: 'telegraph', queue: 'desk' }))
    await write('Bonjour')
    const id = await opened()
    const { conversations } = shop.as('ana')
    const { contact } = (await value(conversations.get(id))).state
    expect(await conversations.transfer(id, { to: { account: 'second' } })).toMatchObject({
      refusal: { _tag: 'NotReachable', account: 'second' },
    })
    const post = (text: string, externalId: string) =>
      engine.receive(
        'shop/second',
        new Request('https://host.example/hook', {
          method: 'POST',
          headers: { 'x-word': 'please' },
          body: JSON.stringify([
            {
              _tag: 'MessageReceived',
              externalId,
              from: { address: 'claire@second' },
              parts: [{ _tag: 'Text', text }],
            },
          ]),
        }),
      )
    // She has written there as well, and somebody has found out that it is her.
    await post('Bonjour', 'second-1')
    const { items } = await conversations.list({ account: 'second' })
    const there = items[0]
    await value(conversations.close(there?.id ?? ''))
    await value(shop.as('chloe').contacts.merge(there?.contact.id ?? '', { into: contact }))
    await value(conversations.transfer(id, { to: { account: 'second' } }))
    await value(conversations.reply(id, { text: 'Par ici' }))
    await engine.settle()
    expect(provider.wires).toEqual(['Par ici'])
    const { state } = await value(conversations.get(id))
    expect(state).toMatchObject({ account: 'second', address: 'claire@second' })
    await post('Merci', 'second-2')
    expect((await value(conversations.get(id))).state.lastMessage?.preview).toBe('Merci')
    await engine.close()
  })
})
