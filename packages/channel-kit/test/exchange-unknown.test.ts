import { describe, expect, test } from 'vitest'
import { exchange } from '../src/index.ts'
import { impatientFetch } from './harness/impatient.ts'
import { post } from './harness/post.ts'
import { socketServer } from './harness/servers.ts'

describe('nobody knows what was handed over', () => {
  test('when the connection is reset after the request', async () => {
    const { origin, seen } = await socketServer((socket) => {
      socket.once('data', () => socket.resetAndDestroy())
    })
    expect(await exchange(fetch, post(origin))).toEqual({ _tag: 'Unknown', reason: 'read ECONNRESET' })
    expect(seen()).toContain('POST / HTTP/1.1')
  })

  test('when the connection ends without an answer', async () => {
    const { origin } = await socketServer((socket) => {
      socket.once('data', () => socket.end())
    })
    expect(await exchange(fetch, post(origin))).toEqual({
      _tag: 'Unknown',
      reason: 'UND_ERR_SOCKET: other side closed',
    })
  })

  test('when the answer is no HTTP', async () => {
    const { origin } = await socketServer((socket) => {
      socket.once('data', () => socket.end('NONSENSE\r\n\r\n'))
    })
    expect(await exchange(fetch, post(origin))).toMatchObject({
      _tag: 'Unknown',
      reason: expect.stringContaining('does not match the HTTP/1.1 protocol'),
    })
  })

  test('when no answer comes in time', async () => {
    const { origin } = await socketServer(() => {})
    const outcome = await exchange(await impatientFetch(), post(origin))
    expect(outcome).toMatchObject({ _tag: 'Unknown', reason: expect.stringContaining('UND_ERR_HEADERS_TIMEOUT') })
  })

  test('when it was stopped after it was written', async () => {
    const stop = new AbortController()
    const { origin } = await socketServer((socket) => {
      socket.once('data', () => stop.abort(new Error('hush')))
    })
    expect(await exchange(fetch, post(origin), { signal: stop.signal })).toEqual({
      _tag: 'Unknown',
      reason: 'stopped before the answer',
    })
  })

  test('when its own time is over', async () => {
    const { origin } = await socketServer(() => {})
    expect(await exchange(fetch, post(origin), { signal: AbortSignal.timeout(50) })).toMatchObject({ _tag: 'Unknown' })
  })

  test('when what fails is nothing that is known', async () => {
    for (const thrown of [undefined, null, 'hush', new Error('hush'), new TypeError('hush'), { code: 7 }]) {
      const failing = (): Promise<Response> => Promise.reject(thrown)
      expect((await exchange(failing, post('http://127.0.0.1/')))._tag).toBe('Unknown')
    }
  })
})
