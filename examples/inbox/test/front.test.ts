import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { webFront } from '../server/cluster/front.ts'
import { joinWhileWell } from '../server/cluster/health.ts'
import type { Reachable } from '../server/cluster/node.ts'
import { makePool, type Pool } from '../server/cluster/pool.ts'
import { listen, portOf } from '../server/listen.ts'
import { events } from './feed.ts'
import { freePort } from './free-port.ts'

const host = '127.0.0.1'

describe('the front of a cluster', () => {
  const servers: Server[] = []
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.close()
      server.closeAllConnections()
    }
  })

  const serve = async (server: Server): Promise<number> => {
    await listen(server, 0, host)
    servers.push(server)
    return portOf(server)
  }
  const node = async (answer: RequestListener): Promise<Reachable> => ({
    port: await serve(createServer(answer)),
    smtpPort: 0,
  })
  const nobody = async (): Promise<Reachable> => ({ port: await freePort(), smtpPort: 0 })
  const named = (name: string) => node((_, response) => response.end(name))
  const front = async (...nodes: ReadonlyArray<Reachable>) => {
    const pool: Pool<Reachable> = makePool()
    const leave = nodes.map((one) => pool.join(one))
    return { url: `http://${host}:${await serve(webFront(pool, host))}`, leave }
  }
  const ask = async (url: string, init?: RequestInit) => (await fetch(url, init)).text()

  it('turns to one after the other, and to nobody who has left', async () => {
    const { url, leave } = await front(await named('a'), await named('b'))
    expect([await ask(url), await ask(url), await ask(url)]).toEqual(['a', 'b', 'a'])
    leave[0]?.()
    expect([await ask(url), await ask(url)]).toEqual(['b', 'b'])
    leave[1]?.()
    const { status, headers } = await fetch(url)
    expect([status, headers.get('retry-after')]).toEqual([503, '1'])
  })

  it('turns away from who says that it leaves, or is gone, and back to it when it is well again', async () => {
    let status = 200
    const leaving = await node((request, response) => {
      response.writeHead(request.url === '/health' ? status : 200).end('a')
    })
    const pool: Pool<Reachable> = makePool()
    const join = joinWhileWell(pool, host)
    const leave = [leaving, await named('b'), await nobody()].map(join)
    onTestFinished(() => leave.forEach((one) => one()))
    const turns = () => pool.inTurn().length
    await expect.poll(turns).toBe(2)
    status = 503
    await expect.poll(turns).toBe(1)
    expect(await ask(`http://${host}:${await serve(webFront(pool, host))}`)).toBe('b')
    status = 200
    await expect.poll(turns).toBe(2)
  })

  it('asks the next one what changes nothing, and repeats nothing that does', async () => {
    const { url } = await front(await nobody(), await named('b'))
    expect(await ask(url)).toBe('b')
    expect(await ask(url)).toBe('b')
    expect((await fetch(url, { method: 'POST', body: 'twice?' })).status).toBe(503)
  })

  it('passes bodies and headers, and says for whom it asks', async () => {
    const echo = await node((request, response) => {
      response.setHeader('x-for', request.headers['x-forwarded-for'] ?? '')
      request.pipe(response)
    })
    const { url } = await front(echo)
    const body = 'a'.repeat(1_000_000)
    const answer = await fetch(url, { method: 'POST', body, headers: { 'x-forwarded-for': '192.0.2.1' } })
    expect(answer.headers.get('x-for')).toBe('192.0.2.1, 127.0.0.1')
    expect(await answer.text()).toBe(body)
  })

  it('breaks a stream off where the process behind it does, so that its reader comes again', async () => {
    const stream = await node((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write('id: 1\nevent: said\ndata: "one"\n\n')
    })
    const { url } = await front(stream)
    const heard = events(url, { signal: new AbortController().signal })
    expect((await heard.next()).value).toMatchObject({ id: '1', data: 'one' })
    servers[0]?.closeAllConnections()
    await expect(heard.next()).rejects.toThrow()
  })

  it('carries a socket both ways, with whoever answers, until one side has ended', async () => {
    const server = createServer()
    const sockets = new WebSocketServer({ server }).on('connection', (socket) => {
      socket.on('message', (text) => socket.send(`heard ${text}`))
    })
    const { url } = await front(await nobody(), { port: await serve(server), smtpPort: 0 })
    const socket = new WebSocket(url.replace('http', 'ws'))
    await once(socket, 'open')
    socket.send('hello')
    expect(String((await once(socket, 'message'))[0])).toBe('heard hello')
    const closed = once(socket, 'close')
    for (const one of sockets.clients) one.terminate()
    await closed
  })
})
