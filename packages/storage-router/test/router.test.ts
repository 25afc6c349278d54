import { emptyRequest } from '@guichet/conformance'
import { type Engine, createEngine } from '@guichet/engine'
import { manualClock, memoryStorage } from '@guichet/engine/memory'
import type { Storage } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { router } from '../src/index.ts'
import { postcard, postcards } from './postcards.ts'

/** A store that is out of reach while somebody says so, and needs its tables first, as those on other machines do. */
const shaky = () => {
  const inner = memoryStorage()
  const state = { down: false, silent: false, closed: false, migrated: false }
  const waiting: Array<() => void> = []
  const storage = new Proxy(inner, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name)
      if (typeof method !== 'function' || name === 'stats' || name === 'watch') return method
      return async (...given: ReadonlyArray<unknown>) => {
        if (name === 'close') state.closed = true
        if (state.silent) await new Promise<void>((resolve) => waiting.push(resolve))
        if (state.down) throw new Error('out of reach')
        if (name === 'migrate') state.migrated = true
        else if (name !== 'close' && !state.migrated) throw new Error('there are no tables')
        return Reflect.apply(method, target, given)
      }
    },
  }) as Storage
  /** Whoever has waited is answered. */
  const release = (): void => waiting.splice(0).forEach((answer) => answer())
  return { storage, state, release }
}

/** Workspaces live in the store that they are named after. */
const route = (workspace: string): string => workspace.split('-')[0] ?? ''

const setUp = async (engine: Engine, name: string): Promise<void> => {
  const shop = engine.workspace(name)
  await shop.queues.put({ id: 'desk', name: 'Desk', mode: 'shared', claimOnReply: true })
  await shop.agents.put({ id: 'ana', name: 'Ana', role: 'manager', queues: ['desk'] })
  await shop.accounts.put({ id: 'post', channel: 'postcards', queue: 'desk' })
}

/** An engine on two stores, of which those that are said to be down were so when it started. */
const started = async (stores = { east: shaky(), west: shaky() }) => {
  const told: Array<string> = []
  const problems: Array<string> = []
  const sent: Array<string> = []
  const connected: Array<string> = []
  const clock = manualClock()
  const storage = router({
    stores: { east: stores.east.storage, west: stores.west.storage },
    route,
    onError: (store, error) => told.push(`${store}: ${String(error)}`),
  })
  const engine = await createEngine({
    storage,
    channels: { postcards: postcards(sent, connected) },
    clock,
    onError: ({ where }) => problems.push(where),
  })
  return { engine, storage, stores, told, problems, sent, connected, clock }
}

const opened = async () => {
  const all = await started()
  for (const name of ['east-shop', 'west-shop']) await setUp(all.engine, name)
  return all
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

describe('a store that keeps everybody waiting', () => {
  it('holds up nothing of the others, and what is due in it happens as soon as it answers', async () => {
    const { engine, storage, stores, sent, clock } = await opened()
    for (const shop of ['east-shop', 'west-shop']) await engine.receive(`${shop}/post`, postcard(`to ${shop}`))
    await engine.settle()
    stores.east.state.down = true
    await expect(storage.position('east-shop')).rejects.toThrow('out of reach')
    await engine.settle()
    // It has failed once; from now on it does not even fail.
    stores.east.state.silent = true
    const west = engine.workspace('west-shop').as('ana')
    expect(await west.conversations.reply(await firstIn(engine, 'west-shop'), { text: 'from the west' })).toMatchObject(
      {
        ok: true,
      },
    )
    await engine.settle()
    expect(sent).toEqual(['from the west'])

    Object.assign(stores.east.state, { down: false, silent: false })
    stores.east.release()
    const east = engine.workspace('east-shop').as('ana')
    const id = await firstIn(engine, 'east-shop')
    expect(await east.conversations.snooze(id, { until: clock.now() + 60_000 })).toMatchObject({ ok: true })
    clock.advance(60_000)
    await expect.poll(() => firstIn(engine, 'east-shop')).toBe(id)
    await engine.close()
  })
})

describe('an engine that starts while a store is down', () => {
  /** Two stores with a shop in each, left by an engine that is gone. */
  const left = async () => {
    const { stores, engine } = await opened()
    await engine.receive('east-shop/post', postcard('before'))
    for (const { state } of Object.values(stores)) state.migrated = false
    return stores
  }

  it('works with the others, and refuses what is about its workspaces, to be tried again', async () => {
    const stores = await left()
    stores.east.state.down = true
    const { engine, told, problems, connected } = await started(stores)
    expect(connected).toEqual(['west-shop'])
    expect((await engine.receive('west-shop/post', postcard('hello'))).status).toBe(200)
    expect((await engine.receive('east-shop/post', postcard('hello'))).status).toBe(503)
    await expect(firstIn(engine, 'east-shop')).rejects.toMatchObject({ code: 'StorageFailed', retryable: true })
    expect(problems).toContain('start of east')
    expect(told).toContain('east: Error: out of reach')
    stores.east.state.down = false
    await engine.close()
  })

  it('goes on with it as soon as it is back: its tables are brought up to date and its accounts connected', async () => {
    const stores = await left()
    stores.east.state.down = true
    const { engine, connected, clock } = await started(stores)
    clock.advance(5_000)
    await expect(firstIn(engine, 'east-shop')).rejects.toThrow('out of reach')
    stores.east.state.down = false
    expect(await firstIn(engine, 'east-shop')).not.toBe('none')
    clock.advance(5_000)
    await expect.poll(() => connected).toEqual(['west-shop', 'east-shop'])
    expect((await engine.receive('east-shop/post', postcard('after'))).status).toBe(200)
    await engine.close()
  })

  it('does not start where none answers, nor where one will not without somebody who repairs it', async () => {
    const stores = { east: shaky(), west: shaky() }
    for (const { state } of Object.values(stores)) state.down = true
    await expect(started(stores)).rejects.toMatchObject({ code: 'StorageFailed', retryable: true })

    const newer = Object.assign(new Error('its tables are newer'), { retryable: false })
    const broken = { ...memoryStorage(), migrate: () => Promise.reject(newer) }
    const storage = router({ stores: { east: broken, west: memoryStorage() }, route })
    await expect(createEngine({ storage })).rejects.toMatchObject({ code: 'StorageFailed', retryable: false })
  })
})

describe('what is whispered', () => {
  it('goes to the store of its workspace, and nowhere for one that lives nowhere', async () => {
    const storage = router({ stores: { east: memoryStorage(), west: memoryStorage() }, route })
    const heard: Array<string> = []
    const stop = storage.whisper?.hear((workspace, text) => heard.push(`${workspace}: ${text}`))
    for (const workspace of ['east-shop', 'south-shop', 'west-shop']) storage.whisper?.say(workspace, 'ana types')
    await expect.poll(() => heard).toEqual(['east-shop: ana types', 'west-shop: ana types'])
    stop?.()
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
    await expect(storage.load({ ...emptyRequest, conversations })).rejects.toThrow('nobody knows shop')
  })
})

describe('a router', () => {
  it('needs a store', () => {
    expect(() => router({ stores: {}, route })).toThrow(TypeError)
  })

  it('says which stores there are, and who lives in each of them', async () => {
    const { engine, storage } = await opened()
    expect(storage.shards).toEqual(['east', 'west'])
    expect(await storage.workspaces('east')).toEqual(['east-shop'])
    expect(await storage.workspaces('west')).toEqual(['west-shop'])
    await engine.close()
  })

  it('wants as many batches at once as the store that wants most', () => {
    const stores = { east: memoryStorage(), west: { ...memoryStorage(), batches: 2 } }
    expect(router({ stores, route }).batches).toBe(2)
  })
})
