import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { livechat, livechatSettings } from '../src/index.ts'
import { memoryDesk } from './memory-desk.ts'
import { enter, openSession, origin, post, secret, settings, start } from './server.ts'

describe('on the server of a host', () => {
  it('answers below its path and leaves every other request alone', async () => {
    const host = await start(memoryDesk().sink, settings(), {
      host: (request, response) => response.end(`host: ${request.url}`),
    })
    const at = async (path: string) => (await fetch(`http://127.0.0.1:${host.port}${path}`)).text()
    expect(await at('/')).toBe('host: /')
    expect(await at('/chat/v10/sessions')).toBe('host: /chat/v10/sessions')
    expect(await at('/chat')).toBe('host: /chat')
    expect(await at('/chat/v1/nothing')).toBe('{"error":"not_found"}')
    expect((await openSession(host.base)).visitorId).toMatch(/^v_/)
    await host.stop()
  })

  it('is asked before a listener that answers 404 to everything, added before or after it', async () => {
    const host = await start(memoryDesk().sink, settings(), { host: (_, response) => response.writeHead(404).end() })
    let later = 0
    host.server.on('request', () => {
      later += 1
    })
    expect((await post(`${host.base}/sessions`, { account: 'acme/site' })).status).toBe(200)
    expect(later).toBe(0)
    expect((await fetch(`http://127.0.0.1:${host.port}/other`)).status).toBe(404)
    expect(later).toBe(1)
    await host.stop()
  })

  it('shares the server with another WebSocket server', async () => {
    const host = await start(memoryDesk().sink)
    const other = new WebSocketServer({ server: host.server, path: '/live' })
    other.on('connection', (socket) => socket.send('other'))
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}/live`)
    expect(await new Promise((resolve) => socket.once('message', (data) => resolve(String(data))))).toBe('other')
    expect((await enter(host.base)).welcome.type).toBe('welcome')
    socket.terminate()
    other.close()
    await host.stop()
  })

  it('turns away an upgrade that nobody wants', async () => {
    const host = await start(memoryDesk().sink)
    for (const path of ['/live', '/chat/v1/wss', '/chat/v1']) {
      const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, { headers: { origin } })
      await expect(new Promise((_, reject) => socket.once('error', reject))).rejects.toThrow('404')
    }
    await host.stop()
  })

  it('lets go of the server when it is detached', async () => {
    const server = createServer((_, response) => response.end('host'))
    const before = server.emit
    const chat = livechat()
    const detach = chat.attach(server)
    const detachTwice = chat.attach(server, { path: '/second' })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const text = async (path: string) => (await fetch(`${base}${path}`)).text()
    expect(await text('/chat/v1/x')).toBe('{"error":"not_found"}')
    detach()
    expect(await text('/chat/v1/x')).toBe('host')
    expect(await text('/second/x')).toBe('{"error":"not_found"}')
    detachTwice()
    expect(await text('/second/x')).toBe('host')
    expect(server.listenerCount('upgrade')).toBe(0)
    expect(server.emit === before || server.emit('nothing')).toBe(false)
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  it('can be routed by the host itself', async () => {
    const chat = livechat()
    const server = createServer((request, response) => {
      if (!chat.handle(request, response, { path: '/help' })) response.end('host')
    })
    server.on('upgrade', (request, socket, head) => {
      if (!chat.upgrade(request, socket, head, { path: '/help' })) socket.destroy()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const checked = await livechatSettings['~standard'].validate(settings())
    if (checked.issues !== undefined) throw new Error('the settings are right')
    const off = new AbortController()
    const account = { workspace: 'acme', id: 'site', name: 'Site', settings: checked.value }
    await chat.connect?.(account, memoryDesk().sink, { signal: off.signal, now: Date.now })
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    expect(await (await fetch(`${base}/chat/v1/sessions`)).text()).toBe('host')
    const peer = await enter(`${base}/help`)
    expect(peer.welcome.status).toBe('none')
    off.abort()
    expect((await peer.closed).code).toBe(1012)
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  it('answers the wrong method and the wrong path with a code', async () => {
    const host = await start(memoryDesk().sink)
    const status = async (method: string, path: string) =>
      (await fetch(`${host.base}${path}`, { method, headers: { origin } })).status
    expect(await status('GET', '/sessions')).toBe(405)
    expect(await status('DELETE', '/files/b1')).toBe(405)
    expect(await status('PUT', '/files')).toBe(405)
    expect(await status('GET', '/files/..%2f..%2fetc')).toBe(404)
    expect(await status('POST', '/')).toBe(404)
    await host.stop()
  })
})

describe('the channel', () => {
  it('takes nothing by webhook, and calls a message sent that stands in the journal', async () => {
    const chat = livechat()
    const request = { method: 'POST', url: 'https://x/', headers: {}, body: new Uint8Array() }
    const checked = await livechatSettings['~standard'].validate(settings())
    if (checked.issues !== undefined) throw new Error('the settings are right')
    const account = { workspace: 'acme', id: 'site', name: 'Site', settings: checked.value }
    expect(await chat.verify(request, account)).toBe(false)
    expect(await chat.parse(request, account)).toEqual([])
    expect(chat.capabilities).toMatchObject({ threading: 'contact', live: true, webhook: false, idempotentSend: true })
    const message = {
      workspace: 'acme',
      conversation: 'c1',
      seq: 2,
      to: 'v_1',
      cc: [],
      subject: null,
      parts: [],
      sentAt: 0,
    }
    const rendered = await chat.render(message, account)
    expect(rendered).toEqual({ _tag: 'Rendered', wires: [{ to: 'v_1' }] })
    const context = {
      idempotencyKey: 'k',
      signal: new AbortController().signal,
      fetch: globalThis.fetch,
      blob: async () => new Uint8Array(),
    }
    expect(await chat.send({ to: 'v_1' }, account, context)).toEqual({ _tag: 'Accepted', status: 'sent' })
  })
})

describe('the settings of an account', () => {
  const issues = async (value: unknown) =>
    (await livechatSettings['~standard'].validate(value)).issues?.map((issue) => issue.path?.join('.'))

  it('have a default for all but origins and secret', async () => {
    const result = await livechatSettings['~standard'].validate({
      origins: ['HTTPS://Shop.example:443', 'https://*.shop.example'],
      secret,
    })
    expect(result.issues).toBeUndefined()
    expect('value' in result && result.value).toMatchObject({
      origins: ['https://shop.example', 'https://*.shop.example'],
      allowNoOrigin: false,
      secrets: [secret],
      files: { max: 3, maxBytes: 10_485_760 },
    })
  })

  it('are refused with the place that is wrong', async () => {
    expect(await issues(undefined)).toEqual([undefined])
    expect(await issues({})).toEqual(['origins', 'secret'])
    expect(await issues({ origins: ['shop.example', 'https://*', '*', 'https://a.b/c'], secret })).toEqual(
      Array(4).fill('origins'),
    )
    expect(await issues({ origins: [], secret: 'short' })).toEqual(['secret'])
    expect(await issues({ origins: [], secret, previousSecrets: ['short'] })).toEqual(['previousSecrets'])
    expect(await issues({ origins: [], secret, identitySecret: ['short'] })).toEqual(['identitySecret'])
    expect(
      await issues({ origins: [], secret, files: { max: -1 }, rates: { frames: { burst: 0 }, messages: { ip: 3 } } }),
    ).toEqual(['files.max', 'rates.messages.ip', 'rates.frames.burst'])
  })
})
