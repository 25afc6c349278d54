import type { Hours } from '@guichet/engine'
import type { Directory } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { ana, counter, desk, hour, minute, office } from './counter.ts'
import { openShop, until, value } from './telegraph.ts'

describe('a host that is to know who is there', () => {
  it('and fails, answers nonsense or not at all is reported, and what it said last counts', async () => {
    let answer: Directory['devices'] = () => new Map()
    const directory: Directory = { devices: (...asked) => answer(...asked), watch: () => () => undefined }
    const shop = await openShop({ options: { directory } })
    const { workspace, now, asks } = counter(shop)
    await value(workspace.queues.put({ ...desk, strategy: { _tag: 'RoundRobin' } }))
    const here = { id: 'badge', state: 'active', seenAt: shop.clock.now() } as const
    answer = () => new Map([['ana', [here]]])
    const first = await asks()
    await shop.engine.settle()
    expect((await now(first)).owner).toBe('ana')
    const troubles: ReadonlyArray<Directory['devices']> = [
      () => Promise.reject(new Error('down')),
      () => new Map([['ana', [{ ...here, state: 'dancing' as never }]]]),
      () => undefined as never,
    ]
    for (const trouble of troubles) {
      answer = trouble
      const id = await asks()
      await shop.engine.settle()
      expect((await now(id)).owner).toBe('ana')
      expect(shop.problems.splice(0)).toContain('directory')
    }
    answer = () => new Promise(() => undefined)
    const last = await asks()
    const settled = shop.engine.settle()
    await until(shop.clock, () => shop.problems.length > 0)
    await settled
    expect((await now(last)).owner).toBe('ana')
    await shop.engine.close()
  })
})

describe('shifts and absences', () => {
  it('decide who is there: nobody is given anything before her shift or on her leave', async () => {
    const shop = await openShop()
    const { workspace, asks, now, passes } = counter(shop)
    const late: Hours = { ...office, id: 'late', week: { 4: [{ from: 600, to: 1020 }] } }
    await value(workspace.hours.put(late))
    await value(workspace.queues.put({ ...desk, strategy: { _tag: 'RoundRobin' } }))
    await value(workspace.agents.put({ ...ana, shift: 'late' }))
    const leave = { from: shop.clock.now(), to: shop.clock.now() + 2 * hour }
    await value(workspace.agents.put({ ...ana, id: 'ben', name: 'Ben', absences: [leave] }))
    const devices = async () => {
      for (const agent of ['ana', 'ben']) await value(workspace.as(agent).presence.device('desk', 'active'))
    }
    await devices()
    const id = await asks()
    await shop.engine.settle()
    expect((await now(id)).owner).toBeNull()
    await passes(59 * minute)
    await devices()
    await passes(minute)
    expect((await now(id)).owner).toBe('ana')
    expect(await workspace.as('chloe').presence.list()).toMatchObject([
      { agent: 'ana', presence: 'online', load: 1, capacity: null },
      { agent: 'ben', presence: 'offline', load: 0 },
      { agent: 'chloe', presence: 'offline' },
    ])
    await shop.engine.close()
  })
})
