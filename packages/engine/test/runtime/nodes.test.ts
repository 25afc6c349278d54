import { memoryStorage } from '@guichet/engine/memory'
import type { Storage } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { makeBus } from '../../src/runtime/bus.ts'
import { makeDirectory } from '../../src/runtime/directory.ts'
import { makeElsewhere } from '../../src/runtime/elsewhere.ts'
import { makeStream } from '../../src/runtime/stream.ts'
import { openShop, until, value } from './telegraph.ts'

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('reads of the stream', () => {
  it('cost as much for five hundred open feeds as for three', async () => {
    const statementsFor = async (feeds: number): Promise<number> => {
      const storage = memoryStorage()
      const { engine, write, opened } = await openShop({ storage })
      await write('Bonjour')
      const id = await opened()
      const workspace = engine.workspace('shop')
      const readers = [workspace.as('ana'), workspace.as('ben'), workspace]
      const open = Array.from({ length: feeds }, (_, n) => readers[n % 3]?.feed()[Symbol.asyncIterator]())
      const news = open.map((feed) => feed?.next())
      await engine.settle()
      await turn()
      const before = storage.stats().statements
      await value(workspace.as('chloe').conversations.note(id, { text: 'un mot' }))
      for (const one of await Promise.all(news)) expect(one?.value).toMatchObject({ entry: { seq: 2 } })
      const after = storage.stats().statements
      await engine.close()
      return after - before
    }
    expect(await statementsFor(500)).toBe(await statementsFor(3))
  })

  it('are shared while they are under way, but not with somebody who was woken by a commit since', async () => {
    const inner = memoryStorage()
    const answers: Array<() => void> = []
    const storage: Storage = {
      ...inner,
      stream: async (query) => {
        await new Promise<void>((resolve) => answers.push(resolve))
        return inner.stream(query)
      },
    }
    const bus = makeBus(() => undefined)
    const stream = makeStream(storage, bus)
    const first = stream.after('w', 0)
    expect(stream.after('w', 0)).toBe(first)
    expect(stream.after('w', 1)).not.toBe(first)
    expect(stream.after('v', 0)).not.toBe(first)
    bus.emit('committed', { workspace: 'w' })
    const second = stream.after('w', 0)
    expect(second).not.toBe(first)
    for (const answer of answers) answer()
    await Promise.all([first, second])
    expect(answers).toHaveLength(4)
    expect(stream.after('w', 0)).not.toBe(second)
  })
})

describe('what other engines do', () => {
  /** A shop, and beside it what another engine on its store makes known, which hears when it is told to. */
  const open = async (reachable: () => boolean = () => true) => {
    const storage = memoryStorage()
    const shop = await openShop({ storage })
    let hear: (workspace: string) => void = () => undefined
    const seen: Storage = {
      ...storage,
      watch: (listener) => {
        hear = listener
        return () => undefined
      },
      stream: (query) => {
        if (!reachable()) throw new Error('out of reach')
        return storage.stream(query)
      },
    }
    const problems: Array<string> = []
    const bus = makeBus(() => undefined)
    const elsewhere = makeElsewhere({
      storage: seen,
      stream: makeStream(seen, bus),
      directory: makeDirectory(seen, shop.clock.now, () => undefined),
      bus,
      clock: shop.clock,
      closing: new AbortController().signal,
      report: (where) => void problems.push(where),
    })
    await elsewhere.follow('shop')
    elsewhere.listen()
    const touched: Array<ReadonlyArray<string>> = []
    bus.on('touched', ({ conversations }) => void touched.push(conversations.map(({ id }) => id)))
    return {
      ...shop,
      bus,
      touched,
      problems,
      heard: async () => {
        hear('shop')
        await turn()
      },
    }
  }

  it('is announced by the conversations that were changed, and a hint without news announces nothing', async () => {
    const { engine, write, opened, touched, heard } = await open()
    await write('Bonjour')
    await write('Bonsoir', { from: { address: 'denis' } })
    await heard()
    await heard()
    expect(touched).toHaveLength(1)
    expect(touched[0]).toHaveLength(2)
    expect(touched[0]).toContain(await opened())
    await engine.close()
  })

  it('is told apart from what was done here and is announced already', async () => {
    const { engine, write, opened, bus, touched, heard } = await open()
    await write('Bonjour')
    await heard()
    const id = await opened()
    const ana = engine.workspace('shop').as('ana').conversations
    const { conversation, position } = await value(ana.note(id, { text: 'un mot' }))
    bus.emit('touched', { workspace: 'shop', position, conversations: [conversation], delivered: [] })
    await heard()
    expect(touched).toEqual([[id], [id]])
    await value(ana.note(id, { text: 'un autre' }))
    await heard()
    expect(touched).toEqual([[id], [id], [id]])
    await engine.close()
  })

  it('is found out later when the store was out of reach', async () => {
    let reachable = false
    const { engine, write, opened, clock, touched, problems, heard } = await open(() => reachable)
    await write('Bonjour')
    await heard()
    expect(problems).toContain('elsewhere')
    reachable = true
    await until(clock, () => touched.length > 0)
    expect(touched).toEqual([[await opened()]])
    await engine.close()
  })
})

describe('what a hint was lost about', () => {
  it('is done within a minute by whoever is running', async () => {
    const storage = { ...memoryStorage(), close: () => undefined }
    const first = await openShop({ storage })
    const second = await openShop({ storage: { ...storage, watch: () => () => undefined } })
    await first.write('Bonjour')
    const id = await first.opened()
    const ana = first.engine.workspace('shop').as('ana').conversations
    await value(ana.snooze(id, { until: first.clock.now() + 1_000 }))
    let ended = false
    second.engine.workspace('shop').on((item) => {
      ended ||= item._tag === 'Entry' && item.entry.what._tag === 'SnoozeEnded'
    })
    await until(second.clock, () => ended)
    expect(second.clock.now() - first.clock.now()).toBeLessThanOrEqual(62_000)
    await first.engine.close()
    await second.engine.close()
  })
})
