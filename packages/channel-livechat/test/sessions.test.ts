import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SessionAnswer } from '../src/protocol/frames.ts'
import { allows, originPattern } from '../src/server/origins.ts'
import { readToken, signToken } from '../src/server/tokens.ts'
import { memoryDesk, type MemoryDesk } from './memory-desk.ts'
import {
  clientId,
  dial,
  enter,
  openSession,
  origin,
  post,
  secret,
  settings,
  start,
  until,
  type Started,
} from './server.ts'

const identitySecret = 'the key that the shop signs its customers with'

const jwt = (claims: object, key = identitySecret, header: object = { alg: 'HS256', typ: 'JWT' }): string => {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const body = `${part(header)}.${part(claims)}`
  return `${body}.${createHmac('sha256', key).update(body).digest('base64url')}`
}

let now = 1_700_000_000_000
const inSeconds = (seconds: number): number => now / 1000 + seconds

let desk: MemoryDesk
let host: Started
beforeEach(async () => {
  now = 1_700_000_000_000
  desk = memoryDesk()
  host = await start(desk.sink, settings({ identitySecret: [identitySecret, 'k'.repeat(32)] }), { now: () => now })
})
afterEach(() => host.stop())

const refusal = async (response: Response): Promise<unknown> => [response.status, await response.json()]

describe('who may come in', () => {
  it('answers an allowed origin, by its name', async () => {
    const response = await post(`${host.base}/sessions`, { account: 'acme/site' })
    expect(response.status).toBe(200)
    expect(response.headers.get('access-control-allow-origin')).toBe(origin)
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  it.each([
    'https://evil.example',
    'http://shop.example',
    'https://shop.example:8443',
    'https://shop.example.evil.example',
    'null',
  ])('refuses the origin %s with 403 and a code', async (other) => {
    const response = await post(`${host.base}/sessions`, { account: 'acme/site' }, { origin: other })
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    expect(await refusal(response)).toEqual([403, { error: 'origin' }])
    await expect(dial(host.base, { origin: other }).open).rejects.toThrow('403')
  })

  it('refuses who sends no origin, unless the account says otherwise', async () => {
    const bare = (account: string) =>
      fetch(`${host.base}/sessions`, { method: 'POST', body: JSON.stringify({ account }) })
    expect(await refusal(await bare('acme/site'))).toEqual([403, { error: 'origin' }])
    await expect(dial(host.base, {}).open).rejects.toThrow('403')
    await host.connect('acme/app', desk.sink, settings({ origins: [], allowNoOrigin: true }))
    expect((await bare('acme/app')).status).toBe(200)
  })

  it('an empty list refuses every browser', async () => {
    await host.connect('acme/closed', desk.sink, settings({ origins: [] }))
    expect(await refusal(await post(`${host.base}/sessions`, { account: 'acme/closed' }))).toEqual([
      403,
      { error: 'origin' },
    ])
  })

  it('G52 an origin of one account opens no socket of another', async () => {
    await host.connect('acme/blog', desk.sink, settings({ origins: ['https://blog.example'] }))
    const session = await openSession(host.base)
    const peer = dial(host.base, { origin: 'https://blog.example' })
    await peer.open
    peer.tell({ type: 'hello', sessionToken: session.sessionToken, lastSeq: 0 })
    expect(await peer.closed).toEqual({ code: 4403, reason: 'origin' })
  })

  it('answers a preflight only where an account allows the origin', async () => {
    const ask = (from: string) => fetch(`${host.base}/sessions`, { method: 'OPTIONS', headers: { origin: from } })
    const yes = await ask(origin)
    expect([yes.status, yes.headers.get('access-control-allow-origin')]).toEqual([204, origin])
    expect((await ask('https://evil.example')).status).toBe(403)
  })

  it('a star is one label and nothing else', () => {
    const patterns = ['https://*.shop.example'].map((pattern) => originPattern(pattern) as string)
    const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?$/)
    fc.assert(
      fc.property(label, label, (one, two) => {
        expect(allows(patterns, `https://${one}.shop.example`)).toBe(true)
        expect(allows(patterns, `https://${two}.${one}.shop.example`)).toBe(false)
        expect(allows(patterns, `http://${one}.shop.example`)).toBe(false)
        expect(allows(patterns, `https://${one}.shop.example.${two}`)).toBe(false)
        expect(allows(patterns, `https://${one}.shop.example:444`)).toBe(false)
        expect(allows(patterns, `https://${one}-shop.example`)).toBe(false)
      }),
    )
    for (const no of [
      'https://shop.example',
      'https://.shop.example',
      'https://*.shop.example',
      'https://a@b.shop.example',
      '',
    ]) {
      expect(allows(patterns, no)).toBe(false)
    }
    expect(allows([originPattern('https://Shop.example:443') as string], 'https://shop.example')).toBe(true)
    expect(originPattern('https://shop.example/path')).toBeUndefined()
    expect(originPattern('https://*')).toBeUndefined()
  })

  it.each([
    ['{', 400, 'bad_request'],
    ['[]', 400, 'bad_request'],
    ['{"account":1}', 400, 'bad_request'],
    ['{"account":"acme/site","page":"x"}', 400, 'bad_request'],
    ['{"account":"acme/site","resumeToken":{}}', 400, 'bad_request'],
    ['{"account":"acme/none"}', 404, 'unknown_account'],
    ['{"account":"__proto__"}', 404, 'unknown_account'],
    [JSON.stringify({ account: 'acme/site', tz: 'x'.repeat(20_000) }), 413, 'too_large'],
  ])('answers %.40s with %i %s', async (body, status, code) => {
    expect(await refusal(await post(`${host.base}/sessions`, body))).toEqual([status, { error: code }])
  })
})

describe('tokens', () => {
  it('bring the visitor back to the same history, with a new token each time', async () => {
    const first = await openSession(host.base)
    desk.reply(first.visitorId, 'welcome')
    const second = await openSession(host.base, { resumeToken: first.resumeToken })
    expect(second.visitorId).toBe(first.visitorId)
    expect(second.seq).toBe(1)
    expect(second.resumeToken).not.toBe(first.resumeToken)
  })

  it('hold 128 random bits, for visitors and for tokens', async () => {
    const [one, two] = await Promise.all([openSession(host.base), openSession(host.base)])
    const bits = (token: string): number => Buffer.from(token, 'base64url').length * 8
    expect(bits(one.visitorId.slice(2))).toBe(128)
    expect(one.visitorId).not.toBe(two.visitorId)
    const nonce = (session: SessionAnswer): string =>
      (
        JSON.parse(Buffer.from(session.sessionToken.split('.')[0] as string, 'base64url').toString()) as {
          nonce: string
        }
      ).nonce
    expect(bits(nonce(one))).toBe(128)
    expect(nonce(one)).not.toBe(nonce(two))
    expect(bits(one.sessionToken.split('.')[1] as string)).toBe(256)
  })

  it('with any character changed are worth nothing, and say only that', () => {
    const claims = { purpose: 'resume', account: 'acme/site', address: 'v_1', expires: 10 } as const
    const token = signToken(claims, secret)
    const expected = { purpose: 'resume', account: 'acme/site', now: 9 } as const
    expect(readToken(token, [secret], expected)).toMatchObject(claims)
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom(...'Az09-_.'), (at, character) => {
        const forged = token.slice(0, at) + character + token.slice(at + 1)
        const same = Buffer.from(forged.split('.')[1] ?? '', 'base64url').equals(
          Buffer.from(token.split('.')[1] ?? '', 'base64url'),
        )
        fc.pre(forged !== token && !(same && forged.split('.')[0] === token.split('.')[0]))
        expect(readToken(forged, [secret], expected)).toBeUndefined()
      }),
    )
    fc.assert(fc.property(fc.string(), (noise) => readToken(noise, [secret], expected) === undefined))
  })

  it.each(['nonsense', 'a.b', `${Buffer.from('{"account":"acme/site"}').toString('base64url')}.AAAA`])(
    'a forged resume token (%s) is answered with 401 and a code',
    async (resumeToken) => {
      expect(await refusal(await post(`${host.base}/sessions`, { account: 'acme/site', resumeToken }))).toEqual([
        401,
        { error: 'resume_invalid' },
      ])
    },
  )

  it('G52 of another account, or for another purpose, are forged', async () => {
    await host.connect('acme/other', desk.sink, settings())
    const session = await openSession(host.base)
    for (const body of [
      { account: 'acme/other', resumeToken: session.resumeToken },
      { account: 'acme/site', resumeToken: session.sessionToken },
    ]) {
      expect(await refusal(await post(`${host.base}/sessions`, body))).toEqual([401, { error: 'resume_invalid' }])
    }
    const peer = dial(host.base)
    await peer.open
    peer.tell({ type: 'hello', sessionToken: session.resumeToken, lastSeq: 0 })
    expect(await peer.closed).toEqual({ code: 4401, reason: 'unauthorized' })
    expect(peer.frames).toEqual([{ type: 'error', code: 'unauthorized' }])
  })

  it('end: a session after 30 minutes, a resume token after 90 days', async () => {
    const session = await openSession(host.base)
    now += 30 * 60_000 - 1
    await enter(host.base, session)
    now += 1
    const peer = dial(host.base)
    await peer.open
    peer.tell({ type: 'hello', sessionToken: session.sessionToken, lastSeq: 0 })
    expect((await peer.closed).code).toBe(4401)
    expect((await openSession(host.base, { resumeToken: session.resumeToken })).visitorId).toBe(session.visitorId)
    now += 90 * 24 * 3_600_000
    const late = await post(`${host.base}/sessions`, { account: 'acme/site', resumeToken: session.resumeToken })
    expect(await refusal(late)).toEqual([401, { error: 'resume_invalid' }])
  })

  it('outlive a change of the secret exactly as long as the old one is listed', async () => {
    const session = await openSession(host.base)
    const renewed = 'n'.repeat(40)
    await host.connect('acme/site', desk.sink, settings({ secret: renewed, previousSecrets: [secret] }), () => now)
    const resumed = await openSession(host.base, { resumeToken: session.resumeToken })
    expect(resumed.visitorId).toBe(session.visitorId)
    await host.connect('acme/site', desk.sink, settings({ secret: renewed }), () => now)
    const old = await post(`${host.base}/sessions`, { account: 'acme/site', resumeToken: session.resumeToken })
    expect(old.status).toBe(401)
    expect((await openSession(host.base, { resumeToken: resumed.resumeToken })).visitorId).toBe(session.visitorId)
  })
})

describe('identity', () => {
  it('is what the host has signed: the same person on every device', async () => {
    const token = jwt({ sub: 'u7', email: 'claire@example.org', name: 'Claire', exp: inSeconds(60) })
    const [one, two] = await Promise.all([openSession(host.base, { token }), openSession(host.base, { token })])
    expect([one.visitorId, two.visitorId]).toEqual(['sub:u7', 'sub:u7'])
    const peer = await enter(host.base, one)
    peer.tell({ type: 'send', clientId: clientId(), text: 'me', files: [] })
    await peer.next('sent')
    expect(desk.events[0]).toMatchObject({
      from: { address: 'sub:u7', verified: true, email: 'claire@example.org', name: 'Claire' },
    })
  })

  it('is accepted with either key while one is being replaced', async () => {
    const session = await openSession(host.base, { token: jwt({ sub: 'u7', exp: inSeconds(60) }, 'k'.repeat(32)) })
    expect(session.visitorId).toBe('sub:u7')
  })

  it('never takes over the history of who was there before, nor leaves its own behind', async () => {
    const anonymous = await openSession(host.base)
    desk.reply(anonymous.visitorId, 'for the anonymous')
    const token = jwt({ sub: 'u7', exp: inSeconds(60) })
    const known = await openSession(host.base, { token, resumeToken: anonymous.resumeToken })
    expect([known.visitorId, known.seq]).toEqual(['sub:u7', 0])
    desk.reply('sub:u7', 'for u7')
    const other = await openSession(host.base, {
      token: jwt({ sub: 'u8', exp: inSeconds(60) }),
      resumeToken: known.resumeToken,
    })
    expect([other.visitorId, other.seq]).toEqual(['sub:u8', 0])
    const signedOut = await openSession(host.base, { resumeToken: known.resumeToken })
    expect(signedOut.visitorId).toMatch(/^v_/)
    expect(signedOut.visitorId).not.toBe(anonymous.visitorId)
  })

  it.each([
    ['signed with another key', () => jwt({ sub: 'u7', exp: inSeconds(60) }, 'z'.repeat(32))],
    [
      'unsigned',
      () =>
        `${jwt({ sub: 'u7', exp: inSeconds(60) }, identitySecret, { alg: 'none' })
          .split('.')
          .slice(0, 2)
          .join('.')}.`,
    ],
    [
      'signed by us but naming another algorithm',
      () => jwt({ sub: 'u7', exp: inSeconds(60) }, identitySecret, { alg: 'none' }),
    ],
    [
      'with an extension that must be understood',
      () => jwt({ sub: 'u7', exp: inSeconds(60) }, identitySecret, { alg: 'HS256', crit: ['b64'] }),
    ],
    ['expired', () => jwt({ sub: 'u7', exp: inSeconds(0) })],
    ['without an end', () => jwt({ sub: 'u7' })],
    ['not valid yet', () => jwt({ sub: 'u7', exp: inSeconds(60), nbf: inSeconds(30) })],
    ['without a subject', () => jwt({ sub: ' ', exp: inSeconds(60) })],
    ['that is no token', () => 'hello'],
  ])('refuses an identity %s', async (_, token) => {
    expect(await refusal(await post(`${host.base}/sessions`, { account: 'acme/site', token: token() }))).toEqual([
      401,
      { error: 'identity_invalid' },
    ])
  })
})

describe('what is known of a visitor', () => {
  it('comes along with the first message, without what could be used', async () => {
    const response = await post(
      `${host.base}/sessions`,
      {
        account: 'acme/site',
        page: {
          url: 'https://user:pw@shop.example/cart?item=7&access_token=abc&resetKey=1#id_token=x',
          title: 'Cart',
          referrer: 'https://search.example/?q=candle&session=9',
        },
        locale: 'fr-FR',
        tz: 'Europe/Paris',
        screen: '1280x800',
      },
      {
        'user-agent':
          'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0',
      },
    )
    const peer = await enter(host.base, (await response.json()) as SessionAnswer)
    peer.tell({ type: 'send', clientId: clientId(), text: 'hi', files: [] })
    await peer.next('sent')
    await until(() => desk.events.length > 0)
    expect(desk.events[0]).toMatchObject({
      from: {
        language: 'fr-FR',
        verified: false,
        ip: '127.0.0.1',
        attributes: {
          browser: 'Edge 126',
          os: 'Windows',
          page: 'https://shop.example/cart?item=7',
          pageTitle: 'Cart',
          referrer: 'https://search.example/?q=candle',
          timezone: 'Europe/Paris',
          screen: '1280x800',
          ip: '127.0.0.1',
        },
      },
    })
  })

  it('is nothing when it is not what it says it is', async () => {
    const session = await openSession(host.base, {
      locale: '<script>',
      tz: 'a b',
      screen: 'wide',
      page: { url: 'javascript:alert(1)', referrer: 'file:///etc/passwd' },
    })
    const peer = await enter(host.base, session)
    peer.tell({ type: 'send', clientId: clientId(), text: 'hi', files: [] })
    await peer.next('sent')
    expect(desk.events[0]).toMatchObject({ from: { attributes: { ip: '127.0.0.1' } } })
    expect(Object.keys((desk.events[0] as { from: { attributes: object } }).from.attributes)).toEqual(['ip'])
  })
})
