import { type Engine, createEngine } from '@guichet/engine'
import { manualClock, memoryStorage } from '@guichet/engine/memory'
import type { LoadRequest, Storage } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { router } from '../src/index.ts'
import { postcard, postcards } from './postcards.ts'

const nothing: LoadRequest = {
  conversations: [],
  identities: [],
  externals: [],
  documents: [],
  deliveries: [],
  counters: [],
}

/** A store that is out of reach while somebody says so. */
const shaky = () => {
  const inner = memoryStorage()
  const state = { down: false, closed: false, migrated: false }
  const storage = new Proxy(inner, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name)
      if (typeof method !== 'function' || name === 'stats' || name === 'watch') return method
      return async (...given: ReadonlyArray<unknown>) => {
        if (name === 'close') state.closed = true
        if (name === 'migrate') state.migrated = true
        if (state.down) throw new Error('out of reach')
        return Reflect.apply(method, target, given)
      }
    },
  }) as Storage
  return { storage, state }
}

/** Workspaces live in the store that they are named after. */
const route = (workspace: string): string => workspace.split('-')[0] ?? ''

const opened = async () => {
  const stores = { east: shaky(), west: shaky() }
  const told: Array<string> = []
  const problems: Array<string> = []
  const sent: Array<string> = []
  const clock = manualClock()
  const storage = router({
    stores: { east: stores.east.storage, west: stores.west.storage },
    route,
    onError: (store, error) => told.push(`${store}: ${String(error)}`),
  })
  const engine = await createEngine({
    storage,
    channels: { postcards: postcards(sent) },
    clock,
    onError: ({ where }) => problems.push(where),
  })
  for (const name of ['east-shop', 'west-shop']) {
    const shop = engine.workspace(name)
    await shop.queues.put({ id: 'desk', name: 'Desk', mode: 'shared', claimOnReply: true })
    await shop.agents.put({ id: 'ana', name: 'Ana', role: 'manager', queues: ['desk'] })
    await shop.accounts.put({ id: 'post', channel: 'postcards', queue: 'desk' })
  }
  return { engine, storage, stores, told, problems, sent, clock }
}

const firstIn = async (engine: Engine, workspace: string): Promise<string> => {
  const { items } = await engine.workspace(workspace).as('ana').conversations.list({ tab: 'open' })
  return items[0]?.id ?? 'none'
}

describe('a router with a store that is down', () => {
  it('rejects what is about its workspaces, to be tried again, and nothing is lost when it is back', async () => {
    const { engine, stores, problems } = await opened()
    expect((await engine.receive('east-shop/post', postcard('hello'))).status).toBe(200)
    stores.east.state.down = true
    await expect(firstIn(engine, 'east-shop')).rejects.toMatchObject({ code: 'StorageFailed', retryable: true })
    expect((await engine.receive('east-shop/post', postcard('still there?'))).status).toBe(503)
    stores.east.state.down = false
    expect((await engine.receive('east-shop/post', postcard('still there?'))).status).toBe(200)
    const ana = engine.workspace('east-shop').as('ana')
    const found = await ana.conversations.get(await firstIn(engine, 'east-shop'))
    expect(found).toMatchObject({ ok: true, value: { version: 2 } })
    expect(problems).toEqual(['receive'])
    await engine.close()
  })

  it('goes on with the others: messages come and go, what is due happens, and it says what failed', async () => {
    const { engine, stores, told, sent, clock } = await opened()
    stores.east.state.down = true
    expect((await engine.receive('west-shop/post', postcard('hello'))).status).toBe(200)
    const ana = engine.workspace('west-shop').as('ana')
    const id = await firstIn(engine, 'west-shop')
    expect(await ana.conversations.reply(id, { text: 'good morning' })).toMatchObject({ ok: true })
    expect(await ana.conversations.snooze(id, { until: clock.now() + 60_000 })).toMatchObject({ ok: true })
    await engine.settle()
    expect(sent).toEqual(['good morning'])
    expect(await firstIn(engine, 'west-shop')).toBe('none')
    clock.advance(60_000)
    await engine.settle()
    expect(await firstIn(engine, 'west-shop')).toBe(id)
    expect(new Set(told)).toEqual(new Set(['east: Error: out of reach']))
    stores.east.state.down = false
    await engine.close()
  })

  it('answers for all of them together only when all of them answer, where a part would look whole', async () => {
    const { engine, storage, stores } = await opened()
    stores.east.state.down = true
    await expect(storage.workspaces()).rejects.toThrow('out of reach')
    stores.east.state.down = false
    expect([...(await storage.workspaces())].sort()).toEqual(['east-shop', 'west-shop'])
    await engine.close()
  })

  it('fails when none of them answers, so that the engine asks again', async () => {
    const { engine, storage, stores } = await opened()
    for (const { state } of Object.values(stores)) state.down = true
    await expect(storage.index(10)).rejects.toThrow('out of reach')
    await expect(storage.claim({ kinds: [], now: 0, leaseMs: 1, limit: 1 })).rejects.toThrow('out of reach')
    await expect(storage.nextDue([])).rejects.toThrow('out of reach')
    for (const { state } of Object.values(stores)) state.down = false
    await engine.close()
  })

  it('closes the others as well, and says that one could not be closed', async () => {
    const { engine, storage, stores } = await opened()
    stores.east.state.down = true
    await expect(storage.close()).rejects.toThrow('out of reach')
    expect([stores.east.state.closed, stores.west.state.closed]).toEqual([true, true])
    stores.east.state.down = false
    await engine.close()
  })
})

describe('a workspace that lives nowhere', () => {
  it('is refused for good, and harms no other', async () => {
    const { engine, storage } = await opened()
    const lost = engine.workspace('south-shop').as('ana').conversations.list({ tab: 'open' })
    await expect(lost).rejects.toMatchObject({ code: 'StorageFailed', retryable: false })
    await expect(lost).rejects.toThrow('workspace "south-shop" goes to "south", which is none of east, west')
    await expect(storage.position('south-shop')).rejects.toThrow(TypeError)
    expect((await engine.receive('west-shop/post', postcard('hello'))).status).toBe(200)
    await engine.close()
  })

  it('is rejected by a route that throws, as what it throws', async () => {
    const storage = router({
      stores: { only: memoryStorage() },
      route: (workspace) => {
        throw new RangeError(`nobody knows ${workspace}`)
      },
    })
    await expect(storage.position('shop')).rejects.toThrow(RangeError)
    const conversations = [{ workspace: 'shop', id: 'c' }]
    await expect(storage.load({ ...nothing, conversations })).rejects.toThrow('nobody knows shop')
  })
})

describe('a router', () => {
  it('needs a store', () => {
    expect(() => router({ stores: {}, route })).toThrow(TypeError)
  })

  it('wants as many batches at once as the store that wants most', () => {
    const stores = { east: memoryStorage(), west: { ...memoryStorage(), batches: 2 } }
    expect(router({ stores, route }).batches).toBe(2)
  })
})
