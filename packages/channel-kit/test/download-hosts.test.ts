import { describe, expect, test } from 'vitest'
import { bring, bytes, fileServer } from './harness/downloads.ts'
import { httpServer } from './harness/servers.ts'

describe('a redirect', () => {
  const redirecting = (location: (path: string) => string, status = 302) =>
    httpServer((request, response) => response.writeHead(status, { location: location(request.url ?? '') }).end())

  test.each([301, 302, 303, 307, 308])('with %d leads to another host that is allowed', async (status) => {
    const file = await fileServer()
    const { origin } = await redirecting(() => `${file.origin}/there`, status)
    expect(await bring(origin, [origin, file.origin])).toMatchObject({ _tag: 'Fetched' })
  })

  test('to a host that is not allowed is not followed', async () => {
    const file = await fileServer()
    const { origin } = await redirecting(() => `${file.origin}/there`)
    expect(await bring(origin, [origin])).toEqual({ _tag: 'Gone', reason: `files may not come from ${file.origin}` })
    expect(file.seen()).toBe('')
  })

  test('within a host is followed at most five times', async () => {
    const { origin, seen } = await redirecting((path) => `${path}x`)
    expect(await bring(`${origin}/`, [origin])).toEqual({ _tag: 'Gone', reason: 'too many redirects' })
    expect(seen().trim().split('\n')).toHaveLength(6)
  })

  test('keeps what is secret from whom it leads to, and from whom that leads back to', async () => {
    const other = await httpServer((request, response) => {
      response.writeHead(302, { location: `${first.origin}/back`, 'x-asked': request.url }).end()
    })
    const first = await httpServer((request, response) => {
      if (request.url === '/back') response.end(bytes)
      else response.writeHead(302, { location: request.url === '/a' ? '/b' : other.origin }).end()
    })
    const hosts = [
      { host: first.origin, secret: true },
      { host: other.origin, secret: true },
    ] as const
    const outcome = await bring(`${first.origin}/a`, hosts, { headers: { authorization: 'Bearer hush' } })
    expect(outcome).toMatchObject({ _tag: 'Fetched' })
    const [a, b, back] = first.seen().trim().split('\n')
    expect(a).toContain('hush')
    expect(b).toContain('hush')
    expect(back).toContain('GET /back')
    expect(back).not.toContain('hush')
    expect(other.seen()).not.toContain('hush')
  })
})

describe('what is secret', () => {
  test("is sent to a provider's own host", async () => {
    const { origin, seen } = await fileServer()
    await bring(origin, [{ host: origin, secret: true }], { headers: { authorization: 'Bearer hush' } })
    expect(seen()).toContain('Bearer hush')
  })

  test('is not sent to a host that is only allowed', async () => {
    const { origin, seen } = await fileServer()
    expect(await bring(origin, [origin], { headers: { authorization: 'Bearer hush' } })).toMatchObject({
      _tag: 'Fetched',
    })
    expect(seen()).not.toContain('hush')
  })
})
