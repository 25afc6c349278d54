import { describe, expect, test } from 'vitest'
import { exchange } from '../src/index.ts'
import { impatientFetch } from './harness/impatient.ts'
import { post } from './harness/post.ts'
import { closedPort, httpServer, socketServer, tlsServer } from './harness/servers.ts'

describe('nothing was handed over', () => {
  test('when nobody listens', async () => {
    const port = await closedPort()
    expect(await exchange(fetch, post(`http://127.0.0.1:${port}`))).toEqual({
      _tag: 'NotReached',
      reason: `connect ECONNREFUSED 127.0.0.1:${port}`,
    })
  })

  test('when nobody listens on any of the addresses of a name', async () => {
    const outcome = await exchange(fetch, post(`http://localhost:${await closedPort()}`))
    expect(outcome).toMatchObject({ _tag: 'NotReached', reason: expect.stringContaining('ECONNREFUSED') })
  })

  test('when the name leads nowhere', async () => {
    const outcome = await exchange(fetch, post('https://nobody.invalid/'))
    expect(outcome).toMatchObject({ _tag: 'NotReached', reason: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/) })
  })

  test('when what answers speaks no TLS', async () => {
    const { port, seen } = await socketServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    })
    expect(await exchange(fetch, post(`https://127.0.0.1:${port}`))).toMatchObject({ _tag: 'NotReached' })
    expect(seen()).not.toContain('a message')
  })

  test('when its certificate is signed by nobody whom we trust', async () => {
    const { origin, seen } = await tlsServer()
    const outcome = await exchange(fetch, post(origin))
    expect(outcome).toMatchObject({ _tag: 'NotReached', reason: expect.stringMatching(/certificate/) })
    expect(seen()).toBe('')
  })

  test('when the connection ends before TLS stands', async () => {
    const { port } = await socketServer((socket) => {
      socket.once('data', () => socket.end())
    })
    expect(await exchange(fetch, post(`https://127.0.0.1:${port}`))).toMatchObject({ _tag: 'NotReached' })
  })

  test('when no connection comes about in time', async () => {
    // It takes the connection and never says a word of TLS.
    const { port } = await socketServer(() => {})
    const outcome = await exchange(await impatientFetch(), post(`https://127.0.0.1:${port}`))
    expect(outcome).toMatchObject({ _tag: 'NotReached', reason: expect.stringContaining('UND_ERR_CONNECT_TIMEOUT') })
  })

  test('when it was stopped before it began', async () => {
    const { origin, seen } = await httpServer((_, response) => response.end())
    const outcome = await exchange(fetch, post(origin), { signal: AbortSignal.abort() })
    expect(outcome).toEqual({ _tag: 'NotReached', reason: 'stopped before it began' })
    expect(seen()).toBe('')
  })

  test.each([
    ['no address', 'hush'],
    ['another protocol', 'ftp://hush.invalid/'],
    ['a password in the address', 'https://user:hush@nobody.invalid/'],
    ['a port that fetch refuses', 'http://127.0.0.1:6000/'],
  ])('when there is %s, and the reason keeps it secret', async (_, url) => {
    const outcome = await exchange(fetch, post(url))
    expect(outcome._tag).toBe('NotReached')
    expect(JSON.stringify(outcome)).not.toContain('hush')
  })

  test('when a header cannot be sent', async () => {
    const headers = { authorization: 'Bearer hush\u0000' }
    const outcome = await exchange(fetch, { method: 'POST', url: 'http://127.0.0.1:9', headers })
    expect(outcome._tag).toBe('NotReached')
    expect(JSON.stringify(outcome)).not.toContain('hush')
  })
})
