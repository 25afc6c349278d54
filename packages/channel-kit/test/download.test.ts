import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { bring, bytes, fileServer } from './harness/downloads.ts'
import { closedPort, httpServer, socketServer } from './harness/servers.ts'

const digest = createHash('sha256').update(bytes).digest()

describe('a file', () => {
  test('comes with its bytes and its type', async () => {
    const { origin, seen } = await fileServer()
    const outcome = await bring(`${origin}/a`, [origin])
    expect(outcome).toEqual({ _tag: 'Fetched', bytes: Buffer.from(bytes), mime: 'image/png' })
    expect(seen()).toContain('"user-agent":"guichet"')
  })

  test('is asked for under another name where that is given', async () => {
    const { origin, seen } = await fileServer()
    await bring(origin, [origin], { userAgent: 'curl/8' })
    expect(seen()).toContain('"user-agent":"curl/8"')
  })

  test.each(['hex', 'base64', 'base64url'] as const)('has the announced sha256 in %s', async (encoding) => {
    const { origin } = await fileServer()
    expect(await bring(origin, [origin], { sha256: digest.toString(encoding) })).toMatchObject({ _tag: 'Fetched' })
  })

  test('that is seen or heard comes again when a page came in its place', async () => {
    const { origin } = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html>')
    })
    for (const mime of ['image/png', 'audio/ogg', 'video/mp4']) {
      expect(await bring(origin, [origin], { mime })).toMatchObject({ _tag: 'Retry' })
    }
    for (const mime of ['text/html', 'application/pdf']) {
      expect(await bring(origin, [origin], { mime })).toMatchObject({ _tag: 'Fetched' })
    }
  })

  test.each(['0'.repeat(64), digest.toString('hex').slice(2), 'nonsense', ''])(
    'with another sha256 than %j comes again',
    async (sha256) => {
      const { origin } = await fileServer()
      expect(await bring(origin, [origin], { sha256 })).toMatchObject({
        _tag: 'Retry',
        reason: 'not the bytes that were announced',
      })
    },
  )

  test('of exactly the bound comes, and one byte more is too large', async () => {
    const { origin } = await fileServer()
    expect(await bring(origin, [origin], { maxBytes: 3000 })).toMatchObject({ _tag: 'Fetched' })
    expect(await bring(origin, [origin], { maxBytes: 2999 })).toEqual({
      _tag: 'Gone',
      reason: 'larger than 2999 bytes',
    })
  })

  test('without an end is read no further than the bound', async () => {
    let written = 0
    let closed: Promise<void> | undefined
    const { origin } = await httpServer((_, response) => {
      closed = new Promise((resolve) => {
        response.on('close', resolve)
      })
      const more = (): void => {
        do written += 10_000
        while (response.write(Buffer.alloc(10_000)))
      }
      response.on('drain', more)
      more()
    })
    expect(await bring(origin, [origin])).toMatchObject({ _tag: 'Gone' })
    await closed
    // What lies in the buffers of the two ends.
    expect(written).toBeLessThan(50_000_000)
  })

  test('that breaks off comes again', async () => {
    const { origin } = await socketServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nabc'))
    })
    expect(await bring(origin, [origin])).toMatchObject({
      _tag: 'Retry',
      reason: expect.stringContaining('broken off'),
    })
  })

  test('that is stopped comes again', async () => {
    const stop = new AbortController()
    const { origin } = await socketServer((socket) => {
      socket.once('data', () => stop.abort())
    })
    expect(await bring(origin, [origin], { signal: stop.signal })).toEqual({ _tag: 'Retry', reason: 'stopped' })
  })

  test('that nobody answers for comes again', async () => {
    const origin = `http://127.0.0.1:${await closedPort()}`
    expect(await bring(origin, [origin])).toMatchObject({
      _tag: 'Retry',
      reason: expect.stringContaining('ECONNREFUSED'),
    })
  })

  test.each<[status: number, tag: string]>([
    [400, 'Gone'],
    [404, 'Gone'],
    [410, 'Gone'],
    [408, 'Retry'],
    [429, 'Retry'],
    [500, 'Retry'],
    [503, 'Retry'],
    [401, 'Retry'],
    [403, 'Retry'],
    [304, 'Gone'],
  ])('that is answered with %d is %s', async (status, tag) => {
    const { origin } = await httpServer((_, response) => response.writeHead(status).end())
    expect(await bring(origin, [origin])).toMatchObject({ _tag: tag, reason: `answered with ${status}` })
  })

  test.each([401, 403])('that is answered with %d is gone where an address expires for good', async (status) => {
    const { origin } = await httpServer((_, response) => response.writeHead(status).end())
    expect(await bring(origin, [origin], { expired: 'Gone' })).toMatchObject({ _tag: 'Gone' })
  })

  test('comes again after the pause that is asked for', async () => {
    const { origin } = await httpServer((_, response) => response.writeHead(429, { 'retry-after': '7' }).end())
    expect(await bring(origin, [origin])).toEqual({ _tag: 'Retry', reason: 'answered with 429', afterMs: 7000 })
  })
})
