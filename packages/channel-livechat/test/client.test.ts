import { createHmac } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebSocketServer, type WebSocket as ServerSocket } from 'ws'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ClientFrame, ServerFrame } from '../src/protocol/frames.ts'
import { cuttingProxy } from './cutting-proxy.ts'
import { memoryDesk, type MemoryDesk } from './memory-desk.ts'
import { settings, start, until, wideRates, type Started } from './server.ts'
import { memoryStorage, openPage, type Page } from './visitor.ts'

const identitySecret = 'the key that the shop signs its customers with'
const jwt = (sub: string, exp = Date.now() / 1000 + 600): string => {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const body = `${part({ alg: 'HS256' })}.${part({ sub, exp })}`
  return `${body}.${createHmac('sha256', identitySecret).update(body).digest('base64url')}`
}

let desk: MemoryDesk
let host: Started
let pages: Array<Page>
const page: typeof openPage = (...args) => {
  const opened = openPage(...args)
  pages.push(opened)
  return opened
}
beforeEach(async () => {
  pages = []
  desk = memoryDesk()
  // A page in Node sends no Origin; what origins do is tested where the sockets are.
  host = await start(desk.sink, settings({ origins: [], allowNoOrigin: true, identitySecret }))
})
afterEach(async () => {
  vi.useRealTimers()
  for (const opened of pages) opened.chat.destroy()
  await host.stop()
})

const addressOf = async (): Promise<string> => {
  await until(() => desk.addresses().length > 0, 'a visitor who wrote')
  return desk.addresses()[0] as string
}

describe('before and at the beginning', () => {
  it('is at most 5 KB, minified and compressed, with nothing but itself', async () => {
    const { outputFiles, metafile } = await build({
      entryPoints: [fileURLToPath(new URL('../src/client/index.ts', import.meta.url))],
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      write: false,
      metafile: true,
    })
    expect(gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length).toBeLessThanOrEqual(5 * 1024)
    expect(Object.keys(metafile.inputs).filter((input) => input.includes('node_modules'))).toEqual([])
  })

  it('does nothing before connect: no socket, no storage, no request', async () => {
    const touched: Array<string> = []
    const storage = new Proxy(memoryStorage(), { get: (_, name) => (touched.push(String(name)), () => null) })
    const fetched = vi.spyOn(globalThis, 'fetch')
    const one = page(host.base, { storage })
    expect(one.chat.state).toMatchObject({
      status: 'idle',
      messages: [],
      unread: 0,
      typing: null,
      conversation: 'none',
    })
    expect(one.sockets).toEqual([])
    expect(touched).toEqual([])
    expect(fetched).not.toHaveBeenCalled()
    fetched.mockRestore()
  })

  it('can be made where there is no page', async () => {
    const { createChat } = await import('../src/client/index.ts')
    expect(createChat({ server: 'https://shop.example/chat/v1', account: 'acme/site' }).state.status).toBe('idle')
  })
})

describe('a visitor', () => {
  it('writes, is answered, and sees what is new', async () => {
    const one = page(host.base)
    one.chat.connect()
    await one.online()
    const mine = one.chat.send('Bonjour')
    expect(mine).toMatchObject({ state: 'sending', from: 'visitor', text: 'Bonjour' })
    await one.settled()
    expect(one.chat.state.messages).toMatchObject([{ id: mine.id, seq: 1, state: 'sent' }])
    const address = await addressOf()
    desk.agentTypes(address, true)
    await until(() => one.chat.state.typing === 'Ana')
    desk.reply(address, 'Bonjour, que puis-je faire ?')
    await until(() => one.chat.state.unread === 1)
    expect(one.chat.state).toMatchObject({ typing: null, conversation: 'open' })
    expect(one.heard.map((message) => message.text)).toEqual(['Bonjour, que puis-je faire ?'])
    one.chat.read()
    expect(one.chat.state).toMatchObject({ unread: 0, messages: [{}, { state: 'seen' }] })
    await until(() =>
      desk.events.some((event) => event._tag === 'ReadUpTo' && event.status === 'read' && event.seq === 2),
    )
    one.chat.end()
    await until(() => one.chat.state.conversation === 'ended')
  })

  it('every state is a new object, and the old ones stay as they were', async () => {
    const one = page(host.base)
    const states: Array<string> = []
    const kept: Array<object> = []
    one.chat.on('state', (state) => {
      states.push(JSON.stringify(state))
      kept.push(state)
    })
    one.chat.connect()
    one.chat.send('hello')
    await one.settled()
    desk.reply(await addressOf(), 'hi')
    await until(() => one.chat.state.unread === 1)
    expect(kept.map((state) => JSON.stringify(state))).toEqual(states)
    expect(new Set(kept).size).toBe(kept.length)
  })

  it('finds everything again after a reload, also what had not been sent', async () => {
    const storage = memoryStorage()
    const before = page(host.base, { storage })
    before.chat.connect()
    before.chat.send('one')
    await before.settled()
    before.fire('offline')
    expect(before.chat.state.status).toBe('offline')
    const late = before.chat.send('two')
    before.chat.destroy()
    const address = await addressOf()
    desk.reply(address, 'answer')
    const after = page(host.base, { storage })
    after.chat.connect()
    await after.settled()
    expect(after.texts()).toEqual(['one', 'answer', 'two'])
    expect(after.chat.state.messages[2]?.id).toBe(late.id)
    expect(desk.texts(address)).toEqual(['one', 'answer', 'two'])
    expect(after.heard).toEqual([])
    expect(after.chat.state.unread).toBe(1)
  })

  it('has two tabs that show the same: messages sent and read in one appear in the other', async () => {
    const storage = memoryStorage()
    const one = page(host.base, { storage })
    one.chat.connect()
    await one.online()
    const two = page(host.base, { storage })
    two.chat.connect()
    await two.online()
    one.chat.send('from one')
    two.chat.send('from two')
    await until(() => one.chat.state.messages.length === 2 && two.chat.state.messages.length === 2)
    await Promise.all([one.settled(), two.settled()])
    expect(one.texts()).toEqual(two.texts())
    desk.reply(await addressOf(), 'to both')
    await until(() => one.chat.state.unread === 1 && two.chat.state.unread === 1)
    two.chat.read()
    await until(() => one.chat.state.unread === 0)
  })

  it('logs out: nothing is left here, and whoever comes next is somebody else', async () => {
    const storage = memoryStorage()
    const one = page(host.base, { storage })
    one.chat.connect()
    one.chat.send('private')
    await one.settled()
    one.chat.logout()
    expect(one.chat.state).toMatchObject({ status: 'idle', messages: [], conversation: 'none' })
    expect(storage.items.size).toBe(0)
    one.chat.connect()
    one.chat.send('somebody else')
    await one.settled()
    expect(desk.addresses()).toHaveLength(2)
    expect(one.texts()).toEqual(['somebody else'])
  })

  it('another identity sees and sends nothing of the one before', async () => {
    const storage = memoryStorage()
    const first = page(host.base, { storage, token: jwt('u1') })
    first.chat.connect()
    first.chat.send('from u1')
    await first.settled()
    first.fire('offline')
    first.chat.send('never sent by u1')
    first.chat.destroy()
    const second = page(host.base, { storage, token: jwt('u2') })
    second.chat.connect()
    await second.online()
    second.chat.send('from u2')
    await second.settled()
    expect(second.texts()).toEqual(['from u2'])
    expect(desk.texts('sub:u1')).toEqual(['from u1'])
    expect(desk.texts('sub:u2')).toEqual(['from u2'])
  })

  it('asks the page for a fresh identity when the one it had is over, once', async () => {
    const given: Array<string> = [jwt('u1', 1), jwt('u1')]
    const asked = vi.fn(async () => given.shift() ?? 'nothing left')
    const one = page(host.base, { token: asked })
    one.chat.connect()
    await one.online()
    expect(asked).toHaveBeenCalledTimes(2)
    const refused = vi.fn(async () => 'never right')
    const two = page(host.base, { token: refused })
    two.chat.connect()
    await until(() => two.chat.state.status === 'closed')
    expect(refused).toHaveBeenCalledTimes(2)
    expect(two.errors).toEqual(['identity_invalid'])
  })

  it('keeps its outbox and goes on as somebody new when its resume token is worth nothing', async () => {
    const storage = memoryStorage()
    storage.setItem('guichet:acme/site', JSON.stringify({ resume: { token: 'forged', visitor: 'v_x' }, outbox: [] }))
    const one = page(host.base, { storage })
    one.chat.connect()
    one.chat.send('hello')
    await one.settled()
    expect(JSON.parse(storage.getItem('guichet:acme/site') as string)).toMatchObject({
      resume: { visitor: await addressOf() },
      outbox: [],
    })
  })

  it('works without storage that works', async () => {
    const storage = {
      getItem: () => {
        throw new Error('SecurityError')
      },
      setItem: () => {
        throw new Error('QuotaExceededError')
      },
      removeItem: () => {},
    }
    const one = page(host.base, { storage })
    one.chat.connect()
    one.chat.send('hello')
    await one.settled()
    expect(desk.texts(await addressOf())).toEqual(['hello'])
  })

  it('sends files, and shows where they are', async () => {
    const one = page(host.base)
    one.chat.connect()
    const sent = one.chat.send('see here', [new File(['a,b\n1,2\n'], 'list.csv', { type: 'text/csv' })])
    expect(sent.files).toEqual([{ name: 'list.csv', mime: 'text/csv', size: 8 }])
    await one.settled()
    await until(() => one.chat.state.messages[0]?.files[0]?.url !== undefined)
    const url = one.chat.state.messages[0]?.files[0]?.url as string
    expect(await (await fetch(url)).text()).toBe('a,b\n1,2\n')
  })

  it('is told why a file is refused, and can send the next message', async () => {
    const one = page(host.base)
    one.chat.connect()
    one.chat.send('', [new File(['MZ\x90\x00\x03'], 'photo.png', { type: 'image/png' })])
    await until(() => one.chat.state.messages[0]?.state === 'failed')
    expect(one.chat.state.messages[0]?.error).toBe('file_type')
    expect(one.errors).toEqual(['file_type'])
    one.chat.send('without it')
    await until(() => one.chat.state.messages.some((message) => message.state === 'sent'))
    expect(desk.texts(await addressOf())).toEqual(['without it'])
  })

  it('keeps back what is too long, and says so', async () => {
    const one = page(host.base)
    one.chat.connect()
    await one.online()
    expect(one.chat.send('x'.repeat(10_001))).toMatchObject({ state: 'failed', error: 'too_long' })
    one.chat.send('short')
    await until(() => one.chat.state.messages.some((message) => message.text === 'short' && message.state === 'sent'))
  })

  it('retries by itself what passes, and on request what was refused', async () => {
    const one = page(host.base)
    one.chat.connect()
    await one.online()
    desk.breakStore(true)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    one.chat.send('hold on')
    const socket = one.sockets[0] as WebSocket
    await new Promise<void>((resolve) => {
      socket.addEventListener('message', (event) => {
        if (String(event.data).includes('unavailable')) resolve()
      })
    })
    expect(one.chat.state.messages[0]?.state).toBe('sending')
    desk.breakStore(false)
    vi.advanceTimersByTime(3_000)
    vi.useRealTimers()
    await one.settled()
    expect(desk.texts(await addressOf())).toEqual(['hold on'])
  })
})

describe('a connection', () => {
  it('that goes away is shown with its age, comes back, and brings what was missed as news', async () => {
    const wire = await cuttingProxy(host.port)
    const one = page(wire.base)
    one.chat.connect()
    one.chat.send('hello')
    await one.settled()
    const statuses: Array<string> = []
    one.chat.on('status', ({ status }) => statuses.push(status))
    one.fire('offline')
    expect(one.chat.state.status).toBe('offline')
    expect(one.chat.state.lostAt).toBeGreaterThan(Date.now() - 5_000)
    desk.reply(await addressOf(), 'while you were away')
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
    const wire = await cuttingProxy(host.port)
    const one = page(wire.base)
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
    const aging = await start(desk.sink, settings({ origins: [], allowNoOrigin: true }), { now: () => now })
    const one = page(aging.base)
    one.chat.connect()
    one.chat.send('before')
    await one.settled()
    now += 31 * 60_000
    one.fire('offline')
    one.fire('online')
    one.chat.send('after')
    await one.settled()
    expect(desk.texts(await addressOf())).toEqual(['before', 'after'])
    await aging.stop()
  })

  it('that is refused for good is not tried again', async () => {
    const closed = await start(desk.sink, settings({ origins: [] }))
    const one = page(closed.base)
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
    const one = page(host.base, { environment: { random: () => 0.5 } })
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

/** A server of the test's own, to send what the real one would not. */
const scripted = async (
  script: (frame: ClientFrame, tell: (frame: ServerFrame) => void, socket: ServerSocket) => void,
) => {
  const http = createServer((_, response) =>
    response.setHeader('content-type', 'application/json').end(
      JSON.stringify({
        sessionToken: 's',
        resumeToken: 'r',
        expiresIn: 600_000,
        visitorId: 'v_1',
        seq: 0,
        config: { maxFiles: 3, maxFileBytes: 10, types: [], maxTextLength: 100 },
      }),
    ),
  )
  const sockets = new WebSocketServer({ server: http })
  sockets.on('connection', (socket) =>
    socket.on('message', (data) =>
      script(JSON.parse(String(data)) as ClientFrame, (frame) => socket.send(JSON.stringify(frame)), socket),
    ),
  )
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  return {
    base: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    stop: async () => {
      for (const socket of sockets.clients) socket.terminate()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}

const agentSays = (seq: number, prev: number) => ({
  seq,
  prev,
  from: 'agent' as const,
  author: 'Ana',
  text: `#${seq}`,
  files: [],
  at: seq,
})
const welcome = {
  type: 'welcome',
  conversation: 'c1',
  status: 'open',
  seq: 1,
  reset: false,
  changed: [],
  readUpTo: 0,
  more: false,
} as const

describe('what comes in', () => {
  it('with a gap is fetched before it is shown', async () => {
    const asked: Array<ClientFrame> = []
    const server = await scripted((frame, tell) => {
      asked.push(frame)
      if (frame.type === 'hello') {
        tell({ ...welcome, messages: [agentSays(1, 0)] })
        tell({ type: 'message', message: agentSays(9, 5) })
      }
      if (frame.type === 'fetch') tell({ type: 'page', messages: [agentSays(5, 1), agentSays(9, 5)], more: false })
    })
    const one = page(server.base)
    one.chat.connect()
    await until(() => one.chat.state.messages.length === 3)
    expect(one.texts()).toEqual(['#1', '#5', '#9'])
    expect(asked.filter((frame) => frame.type === 'fetch')).toEqual([{ type: 'fetch', after: 1 }])
    expect(one.heard.map((message) => message.text)).toEqual(['#5', '#9'])
    one.chat.destroy()
    await server.stop()
  })

  it('twice, late or in any order is shown once, by seq', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 20 }), async (order) => {
        const server = await scripted((frame, tell) => {
          if (frame.type === 'hello') {
            tell({ ...welcome, messages: [] })
            for (const seq of [...order, 6]) tell({ type: 'message', message: agentSays(seq, seq - 1) })
          }
          if (frame.type === 'fetch') {
            const seqs = [1, 2, 3, 4, 5, 6].filter((seq) => seq > frame.after)
            tell({ type: 'page', messages: seqs.map((seq) => agentSays(seq, seq - 1)), more: false })
          }
        })
        const one = openPage(server.base)
        one.chat.connect()
        await until(() => one.chat.state.messages.length === 6)
        expect(one.texts()).toEqual(['#1', '#2', '#3', '#4', '#5', '#6'])
        expect(one.heard.map((message) => message.text).sort()).toEqual(one.texts())
        one.chat.destroy()
        await server.stop()
      }),
      { numRuns: 20 },
    )
  })

  it('typing goes out at most every three seconds, and stops when a message goes', async () => {
    const asked: Array<ClientFrame> = []
    const server = await scripted((frame, tell) => {
      asked.push(frame)
      if (frame.type === 'hello') tell({ ...welcome, messages: [] })
      if (frame.type === 'send') tell({ type: 'sent', clientId: frame.clientId, conversation: 'c1', seq: 1, at: 1 })
    })
    const one = page(server.base)
    one.chat.connect()
    await one.online()
    for (let n = 0; n < 10; n += 1) one.chat.typing(true)
    one.chat.typing(false)
    one.chat.send('done')
    await one.settled()
    expect(asked.map((frame) => (frame.type === 'typing' ? frame.on : frame.type))).toEqual([
      'hello',
      true,
      false,
      'send',
    ])
    one.chat.destroy()
    await server.stop()
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
        const site = await start(own.sink, settings({ origins: [], allowNoOrigin: true, rates: wideRates }))
        const wire = await cuttingProxy(site.port)
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
        await site.stop()
      }),
      { numRuns: 60 },
    )
    expect(cuts).toBeGreaterThan(20)
  }, 120_000)
})
