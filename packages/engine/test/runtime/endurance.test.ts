import { memoryStorage } from '@guichet/engine/memory'
import type { Storage } from '@guichet/engine/ports'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { makeBus } from '../../src/runtime/bus.ts'
import { systemClock } from '../../src/runtime/clock.ts'
import { makeCommitter } from '../../src/runtime/committer.ts'
import { makeDirectory } from '../../src/runtime/directory.ts'
import { openShop, value } from './telegraph.ts'

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('what lost a race', () => {
  it('keeps its turn before what came later', async () => {
    const inner = memoryStorage()
    const order: Array<string> = []
    let losing = 1
    let later: Promise<unknown> = Promise.resolve()
    const storage: Storage = {
      ...inner,
      commit: (sets) => {
        order.push(...sets.flatMap((set) => set.drafts.map(({ agent }) => agent)))
        if (losing-- <= 0) return inner.commit(sets)
        order.length = 0
        later = committer.submit(putting('d'))
        return sets.map(() => ({ _tag: 'Conflict' as const }))
      },
    }
    const putting = (agent: string) => {
      const drafts = [{ conversation: 'c', agent, mode: 'reply' as const, data: 'x', at: 0 }]
      return {
        workspace: 'w',
        needs: {},
        decide: () => ({ _tag: 'Decided' as const, value: agent, changes: { workspace: 'w', drafts } }),
      }
    }
    const committer = makeCommitter(
      storage,
      makeBus(() => undefined),
      () => 0,
    )
    await Promise.all(['a', 'b', 'c'].map((agent) => committer.submit(putting(agent))))
    await later
    expect(order).toEqual(['a', 'b', 'c', 'd'])
  })
})

describe('listeners', () => {
  it('hear everything, once, also when the store was out of reach in between', async () => {
    const inner = memoryStorage()
    let failing = false
    const storage: Storage = {
      ...inner,
      stream: (query) => {
        if (failing) throw new Error('out of reach')
        return inner.stream(query)
      },
    }
    const { engine, write, clock, problems } = await openShop({ storage })
    const heard: Array<number> = []
    engine.workspace('shop').on((item) => item._tag === 'Entry' && heard.push(item.entry.seq))
    await write('un')
    await expect.poll(() => heard).toEqual([1])
    failing = true
    await write('deux')
    await expect.poll(() => problems).toEqual(['listener'])
    failing = false
    await write('trois')
    for (let steps = 0; heard.length < 3 && steps < 100; steps += 1) {
      clock.advance(1_000)
      await turn()
    }
    expect(heard).toEqual([1, 2, 3])
    await engine.close()
  })
})

describe('a feed', () => {
  it('that is begun when the engine is closed already is at its end', async () => {
    const { engine } = await openShop()
    const feed = engine.workspace('shop').feed()[Symbol.asyncIterator]()
    await engine.close()
    expect(await feed.next()).toEqual({ done: true, value: undefined })
  })
})

describe('many feeds at once', () => {
  it('are no leak to warn of', async () => {
    const warnings: Array<string> = []
    const hear = (warning: Error): void => void warnings.push(warning.name)
    process.on('warning', hear)
    const { engine } = await openShop()
    const feeds = Array.from({ length: 20 }, () => engine.workspace('shop').feed()[Symbol.asyncIterator]().next())
    await turn()
    await engine.close()
    await Promise.all(feeds)
    process.off('warning', hear)
    expect(warnings).toEqual([])
  })
})

describe('a workspace that does not exist', () => {
  it('is not remembered, however many are asked for', async () => {
    const storage = memoryStorage()
    const asked: Array<string> = []
    const settings: Storage['settings'] = (workspace) => {
      asked.push(workspace)
      return workspace === 'real' ? [{ kind: 'queue', id: 'q', data: '{}' }] : []
    }
    const directory = makeDirectory(
      { ...storage, settings },
      () => 0,
      () => undefined,
    )
    for (const workspace of ['none', 'none', 'real', 'real']) await directory.of(workspace)
    expect(asked).toEqual(['none', 'none', 'real'])
  })
})

describe('a worker with its hands full', () => {
  it('asks the store for nothing until one of them is free', async () => {
    const inner = memoryStorage()
    let asked = 0
    const storage: Storage = {
      ...inner,
      nextDue: (kinds) => {
        asked += 1
        return inner.nextDue(kinds)
      },
    }
    let sending = 0
    const { engine, post, clock } = await openShop({
      storage,
      channel: {
        send: () => {
          sending += 1
          return new Promise(() => undefined)
        },
      },
    })
    const ana = engine.workspace('shop').as('ana').conversations
    const letter = (index: number) => ({
      _tag: 'MessageReceived',
      externalId: `many-${index}`,
      from: { address: `customer ${index}` },
      parts: [{ _tag: 'Text', text: 'Bonjour' }],
    })
    await post(Array.from({ length: 210 }, (_, index) => letter(index)))
    for (const page of [await ana.list({ limit: 200 })]) {
      const rest = page.next === null ? [] : (await ana.list({ limit: 200, after: page.next })).items
      await Promise.all([...page.items, ...rest].map(({ id }) => value(ana.reply(id, { text: 'Oui' }))))
    }
    await expect.poll(() => sending).toBe(200)
    for (let times = 0; times < 20; times += 1) await turn()
    asked = 0
    for (let times = 0; times < 100; times += 1) {
      clock.advance(1)
      await turn()
    }
    expect(asked).toBeLessThan(5)
    let closed = false
    const closing = engine.close().then(() => {
      closed = true
    })
    while (!closed) {
      clock.advance(1_000)
      await turn()
    }
    await closing
  })
})

describe("the machine's clock", () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('fires within a minute of its time, also after it was set forward', () => {
    vi.useFakeTimers({ now: 0 })
    let fired = false
    systemClock.at(60 * 60_000, () => {
      fired = true
    })
    vi.advanceTimersByTime(60_000)
    vi.setSystemTime(2 * 60 * 60_000)
    expect(fired).toBe(false)
    vi.advanceTimersByTime(60_001)
    expect(fired).toBe(true)
  })
})

describe('work', () => {
  it('goes on within half a minute of the store, however long that was out of reach', async () => {
    const inner = memoryStorage()
    let asked = 0
    let failing = false
    const storage: Storage = {
      ...inner,
      claim: (query) => {
        asked += 1
        if (failing) throw new Error('out of reach')
        return inner.claim(query)
      },
    }
    const { engine, clock } = await openShop({ storage })
    failing = true
    await engine.settle()
    for (let halfMinutes = 0; halfMinutes < 3 * 120; halfMinutes += 1) {
      clock.advance(30_000)
      await turn()
    }
    failing = false
    asked = 0
    clock.advance(30_000)
    await turn()
    expect(asked).toBeGreaterThan(0)
    await engine.close()
  })
})
