import { createHmac } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { describe, expect, it, vi } from 'vitest'
import { clientSite, identitySecret } from './client-site.ts'
import { until } from './server.ts'
import { memoryStorage } from './visitor.ts'

const jwt = (sub: string, exp = Date.now() / 1000 + 600): string => {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const body = `${part({ alg: 'HS256' })}.${part({ sub, exp })}`
  return `${body}.${createHmac('sha256', identitySecret).update(body).digest('base64url')}`
}

const site = clientSite()

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
    const one = site.page(site.host().base, { storage })
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
    const one = site.page(site.host().base)
    one.chat.connect()
    await one.online()
    const mine = one.chat.send('Bonjour')
    expect(mine).toMatchObject({ state: 'sending', from: 'visitor', text: 'Bonjour' })
    await one.settled()
    expect(one.chat.state.messages).toMatchObject([{ id: mine.id, seq: 1, state: 'sent' }])
    const address = await site.addressOf()
    site.desk().agentTypes(address, true)
    await until(() => one.chat.state.typing === 'Ana')
    site.desk().reply(address, 'Bonjour, que puis-je faire ?')
    await until(() => one.chat.state.unread === 1)
    expect(one.chat.state).toMatchObject({ typing: null, conversation: 'open' })
    expect(one.heard.map((message) => message.text)).toEqual(['Bonjour, que puis-je faire ?'])
    one.chat.read()
    expect(one.chat.state).toMatchObject({ unread: 0, messages: [{}, { state: 'seen' }] })
    await until(() =>
      site.desk().events.some((event) => event._tag === 'ReadUpTo' && event.status === 'read' && event.seq === 2),
    )
    one.chat.end()
    await until(() => one.chat.state.conversation === 'ended')
  })

  it('every state is a new object, and the old ones stay as they were', async () => {
    const one = site.page(site.host().base)
    const states: Array<string> = []
    const kept: Array<object> = []
    one.chat.on('state', (state) => {
      states.push(JSON.stringify(state))
      kept.push(state)
    })
    one.chat.connect()
    one.chat.send('hello')
    await one.settled()
    site.desk().reply(await site.addressOf(), 'hi')
    await until(() => one.chat.state.unread === 1)
    expect(kept.map((state) => JSON.stringify(state))).toEqual(states)
    expect(new Set(kept).size).toBe(kept.length)
  })

  it('finds everything again after a reload, also what had not been sent', async () => {
    const storage = memoryStorage()
    const before = site.page(site.host().base, { storage })
    before.chat.connect()
    before.chat.send('one')
    await before.settled()
    before.fire('offline')
    expect(before.chat.state.status).toBe('offline')
    const late = before.chat.send('two')
    before.chat.destroy()
    const address = await site.addressOf()
    site.desk().reply(address, 'answer')
    const after = site.page(site.host().base, { storage })
    after.chat.connect()
    await after.settled()
    expect(after.texts()).toEqual(['one', 'answer', 'two'])
    expect(after.chat.state.messages[2]?.id).toBe(late.id)
    expect(site.desk().texts(address)).toEqual(['one', 'answer', 'two'])
    expect(after.heard).toEqual([])
    expect(after.chat.state.unread).toBe(1)
  })

  it('has two tabs that show the same: messages sent and read in one appear in the other', async () => {
    const storage = memoryStorage()
    const one = site.page(site.host().base, { storage })
    one.chat.connect()
    await one.online()
    const two = site.page(site.host().base, { storage })
    two.chat.connect()
    await two.online()
    one.chat.send('from one')
    two.chat.send('from two')
    await until(() => one.chat.state.messages.length === 2 && two.chat.state.messages.length === 2)
    await Promise.all([one.settled(), two.settled()])
    expect(one.texts()).toEqual(two.texts())
    site.desk().reply(await site.addressOf(), 'to both')
    await until(() => one.chat.state.unread === 1 && two.chat.state.unread === 1)
    two.chat.read()
    await until(() => one.chat.state.unread === 0)
  })

  it('logs out: nothing is left here, and whoever comes next is somebody else', async () => {
    const storage = memoryStorage()
    const one = site.page(site.host().base, { storage })
    one.chat.connect()
    one.chat.send('private')
    await one.settled()
    one.chat.logout()
    expect(one.chat.state).toMatchObject({ status: 'idle', messages: [], conversation: 'none' })
    expect(storage.items.size).toBe(0)
    one.chat.connect()
    one.chat.send('somebody else')
    await one.settled()
    expect(site.desk().addresses()).toHaveLength(2)
    expect(one.texts()).toEqual(['somebody else'])
  })

  it('another identity sees and sends nothing of the one before', async () => {
    const storage = memoryStorage()
    const first = site.page(site.host().base, { storage, token: jwt('u1') })
    first.chat.connect()
    first.chat.send('from u1')
    await first.settled()
    first.fire('offline')
    first.chat.send('never sent by u1')
    first.chat.destroy()
    const second = site.page(site.host().base, { storage, token: jwt('u2') })
    second.chat.connect()
    await second.online()
    second.chat.send('from u2')
    await second.settled()
    expect(second.texts()).toEqual(['from u2'])
    expect(site.desk().texts('sub:u1')).toEqual(['from u1'])
    expect(site.desk().texts('sub:u2')).toEqual(['from u2'])
  })

  it('asks the page for a fresh identity when the one it had is over, once', async () => {
    const given: Array<string> = [jwt('u1', 1), jwt('u1')]
    const asked = vi.fn(async () => given.shift() ?? 'nothing left')
    const one = site.page(site.host().base, { token: asked })
    one.chat.connect()
    await one.online()
    expect(asked).toHaveBeenCalledTimes(2)
    const refused = vi.fn(async () => 'never right')
    const two = site.page(site.host().base, { token: refused })
    two.chat.connect()
    await until(() => two.chat.state.status === 'closed')
    expect(refused).toHaveBeenCalledTimes(2)
    expect(two.errors).toEqual(['identity_invalid'])
  })

  it('keeps its outbox and goes on as somebody new when its resume token is worth nothing', async () => {
    const storage = memoryStorage()
    storage.setItem('guichet:acme/site', JSON.stringify({ resume: { token: 'forged', visitor: 'v_x' }, outbox: [] }))
    const one = site.page(site.host().base, { storage })
    one.chat.connect()
    one.chat.send('hello')
    await one.settled()
    expect(JSON.parse(storage.getItem('guichet:acme/site') as string)).toMatchObject({
      resume: { visitor: await site.addressOf() },
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
    const one = site.page(site.host().base, { storage })
    one.chat.connect()
    one.chat.send('hello')
    await one.settled()
    expect(site.desk().texts(await site.addressOf())).toEqual(['hello'])
  })

  it('sends files, and shows where they are', async () => {
    const one = site.page(site.host().base)
    one.chat.connect()
    const sent = one.chat.send('see here', [new File(['a,b\n1,2\n'], 'list.csv', { type: 'text/csv' })])
    expect(sent.files).toEqual([{ name: 'list.csv', mime: 'text/csv', size: 8 }])
    await one.settled()
    await until(() => one.chat.state.messages[0]?.files[0]?.url !== undefined)
    const url = one.chat.state.messages[0]?.files[0]?.url as string
    expect(await (await fetch(url)).text()).toBe('a,b\n1,2\n')
  })

  it('is told why a file is refused, and can send the next message', async () => {
    const one = site.page(site.host().base)
    one.chat.connect()
    one.chat.send('', [new File(['MZ\x90\x00\x03'], 'photo.png', { type: 'image/png' })])
    await until(() => one.chat.state.messages[0]?.state === 'failed')
    expect(one.chat.state.messages[0]?.error).toBe('file_type')
    expect(one.errors).toEqual(['file_type'])
    one.chat.send('without it')
    await until(() => one.chat.state.messages.some((message) => message.state === 'sent'))
    expect(site.desk().texts(await site.addressOf())).toEqual(['without it'])
  })

  it('keeps back what is too long, and says so', async () => {
    const one = site.page(site.host().base)
    one.chat.connect()
    await one.online()
    expect(one.chat.send('x'.repeat(10_001))).toMatchObject({ state: 'failed', error: 'too_long' })
    one.chat.send('short')
    await until(() => one.chat.state.messages.some((message) => message.text === 'short' && message.state === 'sent'))
  })

  it('retries by itself what passes, and on request what was refused', async () => {
    const one = site.page(site.host().base)
    one.chat.connect()
    await one.online()
    site.desk().breakStore(true)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    one.chat.send('hold on')
    const socket = one.sockets[0] as WebSocket
    await new Promise<void>((resolve) => {
      socket.addEventListener('message', (event) => {
        if (String(event.data).includes('unavailable')) resolve()
      })
    })
    expect(one.chat.state.messages[0]?.state).toBe('sending')
    site.desk().breakStore(false)
    vi.advanceTimersByTime(3_000)
    vi.useRealTimers()
    await one.settled()
    expect(site.desk().texts(await site.addressOf())).toEqual(['hold on'])
  })
})
