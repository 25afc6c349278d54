import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { exchange } from '../src/index.ts'
import { post } from './harness/post.ts'
import { httpServer, socketServer } from './harness/servers.ts'

const answer = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n'

describe('an answer', () => {
  test('has its status, its headers and what it says', async () => {
    const { origin, seen } = await httpServer((_, response) => {
      response
        .writeHead(201, { 'X-Trace': 'a1', 'content-type': 'application/json' })
        .end('{"id":12345678901234567890}')
    })
    const outcome = await exchange(fetch, { method: 'POST', url: `${origin}/messages`, json: { to: '1' } })
    expect(outcome).toMatchObject({
      _tag: 'Answered',
      status: 201,
      headers: { 'x-trace': 'a1', 'content-type': 'application/json' },
      body: '{"id":12345678901234567890}',
      complete: true,
      json: { id: '12345678901234567890' },
    })
    expect(seen()).toContain('"content-type":"application/json"')
  })

  test.each([400, 401, 404, 429, 500, 503])('is one with status %d as well', async (status) => {
    const { origin } = await httpServer((_, response) => response.writeHead(status).end('{"error":{"code":4}}'))
    expect(await exchange(fetch, post(origin))).toMatchObject({ status, json: { error: { code: 4 } } })
  })

  test('is a redirect as it stands: nobody else is asked', async () => {
    const { origin, seen } = await httpServer((_, response) => response.writeHead(307, { location: '/other' }).end())
    expect(await exchange(fetch, post(origin))).toMatchObject({
      _tag: 'Answered',
      status: 307,
      headers: { location: '/other' },
    })
    expect(seen()).not.toContain('/other')
  })

  test('without a body is complete, and says nothing', async () => {
    const { origin } = await httpServer((_, response) => response.writeHead(204).end())
    const outcome = await exchange(fetch, post(origin))
    expect(outcome).toMatchObject({ status: 204, body: '', complete: true })
    expect(outcome).not.toHaveProperty('json')
  })

  test('that is no JSON has none', async () => {
    const { origin } = await httpServer((_, response) => response.end('<html>Bad gateway</html>'))
    const outcome = await exchange(fetch, post(origin))
    expect(outcome).toMatchObject({ body: '<html>Bad gateway</html>', complete: true })
    expect(outcome).not.toHaveProperty('json')
  })

  test('that is too large is read to the bound, and its connection given up', async () => {
    let gone: Promise<unknown> | undefined
    const { origin } = await httpServer((_, response) => {
      gone = once(response, 'close')
      // It never ends by itself.
      const more = (): void => {
        while (response.write('1'.repeat(10_000)));
      }
      response.on('drain', more)
      more()
    })
    const outcome = await exchange(fetch, post(origin), { maxBytes: 1000 })
    expect(outcome).toMatchObject({ _tag: 'Answered', status: 200, body: '1'.repeat(1000), complete: false })
    expect(outcome).not.toHaveProperty('json')
    await gone
  })

  test('that breaks off is still one: the provider has spoken', async () => {
    const { origin } = await socketServer((socket) => {
      socket.once('data', () => socket.end(`${answer}content-length: 100\r\n\r\n{"id":1}`))
    })
    const outcome = await exchange(fetch, post(origin))
    expect(outcome).toMatchObject({ _tag: 'Answered', status: 200, complete: false })
    expect(outcome).not.toHaveProperty('json')
  })

  test('that is stopped halfway is still one', async () => {
    const stop = new AbortController()
    const { origin } = await socketServer((socket) => {
      socket.once('data', () => socket.write(`${answer}content-length: 100\r\n\r\n{"id":1}`))
    })
    const stopping: typeof fetch = async (input, init) => {
      const response = await fetch(input, init)
      stop.abort()
      return response
    }
    expect(await exchange(stopping, post(origin), { signal: stop.signal })).toMatchObject({
      _tag: 'Answered',
      status: 200,
      complete: false,
    })
  })
})
