import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { clientSite } from './client-site.ts'
import { cuttingProxy } from './cutting-proxy.ts'
import { memoryDesk } from './memory-desk.ts'
import { settings, start, until, wideRates } from './server.ts'
import { memoryStorage, openPage } from './visitor.ts'

const site = clientSite()

describe('a connection', () => {
  it('that goes away is shown with its age, comes back, and brings what was missed as news', async () => {
    const wire = await cuttingProxy(site.host().port)
    const one = site.page(wire.base)
    one.chat.connect()
    one.chat.send('hello')
    await one.settled()
    const statuses: Array<string> = []
    one.chat.on('status', ({ status }) => statuses.push(status))
    one.fire('offline')
    expect(one.chat.state.status).toBe('offline')
    expect(one.chat.state.lostAt).toBeGreaterThan(Date.now() - 5_000)
    site.desk().reply(await site.addressOf(), 'while you were away')
    one.fire('online')
    await until(() => one.heard.length === 1)
    expect(one.heard[0]?.text).toBe('while you were away')
    expect(one.chat.state.lostAt).toBeUndefined()
    wire.cutNow()
    await until(() => statuses.filter((status) => status === 'online').length === 2)
    expect(statuses).toEqual(['offline', 'reconnecting', 'online', 'reconnecting', 'online'])
    expect(one.heard).toHaveLength(1)
    await wire.stop()
  })

  it('that is dead without a word is dropped: soon when the page is looked at, else after two beats', async () => {
    const wire = await cuttingProxy(site.host().port)
    const one = site.page(wire.base)
    one.chat.connect()
    await one.online()
    for (const [ms, look] of [
      [5_000, true],
      [75_000, false],
    ] as const) {
      const socket = one.sockets.at(-1) as WebSocket
      wire.goSilent(true)
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
      // Whatever is still on its way arrives before time passes; the last of it starts the clock.
      await new Promise((resolve) => setImmediate(resolve))
      socket.onmessage?.({ data: '{"type":"pong"}' } as MessageEvent)
      if (look) one.document.dispatchEvent(new Event('visibilitychange'))
      vi.advanceTimersByTime(ms - 1)
      expect(one.chat.state.status).toBe('online')
      vi.advanceTimersByTime(1)
      expect(one.chat.state.status).toBe('reconnecting')
      wire.goSilent(false)
      vi.advanceTimersByTime(1)
      vi.useRealTimers()
      wire.cutNow()
      await one.online()
      expect(one.sockets.at(-1)).not.toBe(socket)
    }
    await wire.stop()
  })

  it('whose session is over gets a new one and goes on', async () => {
    let now = Date.now()
    const aging = await start(site.desk().sink, settings({ origins: [], allowNoOrigin: true }), { now: () => now })
    const one = site.page(aging.base)
    one.chat.connect()
    one.chat.send('before')
    await one.settled()
    now += 31 * 60_000
    one.fire('offline')
    one.fire('online')
    one.chat.send('after')
    await one.settled()
    expect(site.desk().texts(await site.addressOf())).toEqual(['before', 'after'])
    await aging.stop()
  })

  it('that is refused for good is not tried again', async () => {
    const closed = await start(site.desk().sink, settings({ origins: [] }))
    const one = site.page(closed.base)
    one.chat.connect()
    await until(() => one.chat.state.status === 'closed')
    expect(one.errors).toEqual(['origin'])
    expect(one.sockets).toEqual([])
    await closed.stop()
  })

  it('waits longer each time, anywhere up to twice as long, and never longer than 30 s', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const waits: Array<number> = []
    const timers = vi.spyOn(globalThis, 'setTimeout')
    const fetched = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('fetch failed'))
    const one = site.page(site.host().base, { environment: { random: () => 0.5 } })
    one.chat.connect()
    for (let n = 1; n <= 9; n += 1) {
      while (timers.mock.calls.length < n) await new Promise((resolve) => setImmediate(resolve))
      waits.push(timers.mock.calls[n - 1]?.[1] as number)
      vi.advanceTimersByTime(waits[n - 1] as number)
    }
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000])
    fetched.mockRestore()
    timers.mockRestore()
  })
})

describe('resume', () => {
  it('G02 G45 cut at any point, nothing is lost and nothing is doubled, on either side', async () => {
    const action = fc.oneof(
      { weight: 3, arbitrary: fc.record({ do: fc.constant('write' as const) }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('reply' as const) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('note' as const) }) },
      {
        weight: 3,
        arbitrary: fc.record({ do: fc.constant('cut' as const), bytes: fc.integer({ min: 0, max: 3_000 }) }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('turn' as const), times: fc.integer({ min: 1, max: 30 }) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('reload' as const) }) },
    )
    let cuts = 0
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 30 }), async (actions) => {
        const own = memoryDesk()
        const cutSite = await start(own.sink, settings({ origins: [], allowNoOrigin: true, rates: wideRates }))
        const wire = await cuttingProxy(cutSite.port)
        const storage = memoryStorage()
        const open = () => openPage(wire.base, { storage })
        let one = open()
        const seen = new Map<string, Array<string>>()
        const follow = (): void => {
          const heard: Array<string> = []
          one.chat.on('message', (message) => heard.push(message.id))
          seen.set(String(seen.size), heard)
          one.chat.connect()
        }
        follow()
        // The visitor exists before anything is cut, so that the agent has somebody to write to.
        one.chat.send('first')
        await one.settled()
        const address = own.addresses()[0] as string
        const written = ['first']
        let replies = 0
        for (const step of actions) {
          switch (step.do) {
            case 'write':
              written.push(`visitor ${written.length}`)
              one.chat.send(written.at(-1) as string)
              break
            case 'reply':
              replies += 1
              own.reply(address, `agent ${replies}`)
              break
            case 'note':
              own.note(address)
              break
            case 'cut':
              wire.cutAfter(step.bytes)
              break
            case 'turn':
              for (let n = 0; n < step.times; n += 1) await new Promise((resolve) => setImmediate(resolve))
              break
            case 'reload':
              one.chat.destroy()
              one = open()
              follow()
          }
        }
        const total = written.length + replies
        await until(() => own.texts(address).length >= total, 'all messages at the desk')
        wire.cutAfter(Number.POSITIVE_INFINITY)
        await until(() => one.texts().length >= total, 'all messages at the visitor')
        await one.settled()
        expect(one.texts()).toEqual(own.texts(address))
        const from = (who: string) => own.texts(address).filter((text) => text.startsWith(who))
        expect(from('visitor')).toEqual(written.slice(1))
        expect(from('agent')).toEqual(Array.from({ length: replies }, (_, n) => `agent ${n + 1}`))
        for (const heard of seen.values()) expect(new Set(heard).size).toBe(heard.length)
        expect(JSON.parse(storage.getItem('guichet:acme/site') as string).outbox).toEqual([])
        one.chat.destroy()
        cuts += wire.cuts()
        await wire.stop()
        await cutSite.stop()
      }),
      { numRuns: 60 },
    )
    expect(cuts).toBeGreaterThan(20)
  }, 120_000)
})
