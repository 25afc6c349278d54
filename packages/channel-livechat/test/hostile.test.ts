import { connect as connectTcp, type Socket } from 'node:net'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { decodeFrame, decodeSessionRequest } from '../src/protocol/decode.ts'
import { heartbeat, helloDeadline } from '../src/protocol/limits.ts'
import { limitKey } from '../src/server/client-ip.ts'
import { makeLimiter } from '../src/server/rates.ts'
import { manualClock } from './manual-clock.ts'
import { memoryDesk, type MemoryDesk } from './memory-desk.ts'
import {
  clientId,
  dial,
  enter,
  openSession,
  origin,
  post,
  settings,
  start,
  until,
  wideRates,
  type Started,
} from './server.ts'

let desk: MemoryDesk
let host: Started
beforeEach(async () => {
  desk = memoryDesk()
  host = await start(desk.sink)
})
afterEach(() => host.stop())

/** That nothing else suffers: a visitor comes in and is answered. */
const stillServes = async (): Promise<void> => {
  const peer = await enter(host.base)
  peer.tell({ type: 'send', clientId: clientId(), text: 'still here', files: [] })
  expect(await peer.next('sent')).toMatchObject({ seq: 1 })
}

/** A socket without a library: what is written is what goes out, and nothing is read that is not asked for. */
const rawSocket = async (sessionToken: string): Promise<Socket> => {
  const socket = connectTcp(host.port, '127.0.0.1')
  socket.on('error', () => {})
  socket.write(
    `GET /chat/v1/ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: ${origin}\r\n\r\n`,
  )
  await new Promise<void>((resolve) => socket.once('data', () => resolve()))
  socket.write(frame(0x81, Buffer.from(JSON.stringify({ type: 'hello', sessionToken, lastSeq: 0 }))))
  await new Promise<void>((resolve) => socket.once('data', () => resolve()))
  return socket
}

/** A masked frame (RFC 6455, 5.2) with a mask of zeros. */
const frame = (first: number, payload: Buffer): Buffer => {
  const head =
    payload.length < 126
      ? Buffer.from([first, 0x80 | payload.length])
      : Buffer.from([first, 0x80 | 126, payload.length >> 8, payload.length & 0xff])
  return Buffer.concat([head, Buffer.alloc(4), payload])
}

const closeCodeIn = (bytes: Buffer): number | undefined => {
  const at = bytes.lastIndexOf(0x88)
  return at === -1 ? undefined : bytes.readUInt16BE(at + 2)
}

describe('frames that are none', () => {
  it.each([
    ['not JSON', 'hello'],
    ['a list', '[]'],
    ['null', 'null'],
    ['an unknown type', '{"type":"drop table"}'],
    ['a type that every object has', '{"type":"constructor"}'],
    ['no type', '{}'],
    ['a hello again', '{"type":"hello","sessionToken":"x","lastSeq":0}'],
    ['a client id that is no UUID', '{"type":"send","clientId":"1","text":"x"}'],
    ['a text that is a number', `{"type":"send","clientId":"${clientId()}","text":7}`],
    ['files that are objects', `{"type":"send","clientId":"${clientId()}","text":"x","files":[{}]}`],
    ['a negative number', '{"type":"fetch","after":-1}'],
    ['a fraction', '{"type":"read","seq":1.5}'],
    ['a polluting key', '{"__proto__":{"type":"ping"}}'],
  ])('%s is closed with 4400 and a code, nothing more', async (_, text) => {
    const peer = await enter(host.base)
    peer.socket.send(text)
    expect(await peer.closed).toEqual({ code: 4400, reason: 'bad_frame' })
    expect(peer.frames.at(-1)).toEqual({ type: 'error', code: 'bad_frame' })
    expect(desk.events).toEqual([])
    await stillServes()
  })

  it('binary is closed with 1003', async () => {
    const peer = await enter(host.base)
    peer.socket.send(Buffer.from([0, 1, 2, 255]))
    expect((await peer.closed).code).toBe(1003)
    await stillServes()
  })

  it('more than 64 KB is closed with 1009', async () => {
    const peer = await enter(host.base)
    peer.socket.send(JSON.stringify({ type: 'send', clientId: clientId(), text: 'x'.repeat(70_000), files: [] }))
    expect((await peer.closed).code).toBe(1009)
    await stillServes()
  })

  it('text that is not UTF-8 is closed with 1007', async () => {
    const socket = await rawSocket((await openSession(host.base)).sessionToken)
    const bytes: Array<Buffer> = []
    socket.on('data', (chunk) => bytes.push(chunk))
    socket.write(frame(0x81, Buffer.from([0xff, 0xfe, 0xfd])))
    await new Promise((resolve) => socket.once('close', resolve))
    expect(closeCodeIn(Buffer.concat(bytes))).toBe(1007)
    await stillServes()
  })

  it('a message in endless tiny fragments is closed', async () => {
    const socket = await rawSocket((await openSession(host.base)).sessionToken)
    socket.resume()
    socket.write(
      Buffer.concat([
        frame(0x01, Buffer.from('x')),
        ...Array.from({ length: 5_000 }, () => frame(0x00, Buffer.from('x'))),
      ]),
    )
    await new Promise((resolve) => socket.once('close', resolve))
    await stillServes()
  })

  it('a message before hello is closed with 4401', async () => {
    const peer = dial(host.base)
    await peer.open
    peer.tell({ type: 'send', clientId: clientId(), text: 'let me in', files: [] })
    expect((await peer.closed).code).toBe(4401)
    expect(desk.events).toEqual([])
  })

  it('decoders take anything and never throw', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.object({ withBoxedValues: false }).map((value) => JSON.stringify(value)),
        ),
        (text) => {
          decodeFrame(text)
          decodeSessionRequest(text)
        },
      ),
    )
    expect(Object.hasOwn(Object.prototype, 'type')).toBe(false)
  })

  it('decoders give back exactly what is a frame', () => {
    const seq = fc.nat()
    const id = fc.uuid({ version: 4 })
    fc.assert(
      fc.property(
        fc.oneof(
          fc.record({
            type: fc.constant('send'),
            clientId: id,
            text: fc.string(),
            files: fc.array(fc.base64String({ maxLength: 20 })),
            quote: seq,
          }),
          fc.record({ type: fc.constantFrom('ack', 'read'), seq }),
          fc.record({ type: fc.constant('fetch'), after: seq }),
          fc.record({ type: fc.constant('typing'), on: fc.boolean() }),
          fc.record({ type: fc.constantFrom('end', 'ping') }),
          fc.record({ type: fc.constant('hello'), sessionToken: fc.string(), lastSeq: seq, conversation: fc.string() }),
        ),
        fc.dictionary(fc.constantFrom('extra', '__proto__', 'toString'), fc.jsonValue()),
        (wanted, extra) => {
          const json = JSON.stringify({ ...extra, ...wanted })
          expect(decodeFrame(json)).toEqual(wanted)
        },
      ),
    )
  })
})

describe('peers that take their time', () => {
  it('are closed when they do not say hello in time', async () => {
    const clock = manualClock()
    const slow = await start(desk.sink, settings(), { clock })
    const peer = dial(slow.base)
    await peer.open
    clock.advance(helloDeadline - 1)
    expect(peer.socket.readyState).toBe(peer.socket.OPEN)
    clock.advance(1)
    expect(await peer.closed).toEqual({ code: 4408, reason: 'timeout' })
    await slow.stop()
  })

  it('are dropped after two heartbeats without an answer, and kept while they answer', async () => {
    const clock = manualClock()
    const slow = await start(desk.sink, settings(), { clock })
    const alive = await enter(slow.base)
    const dead = await enter(slow.base, undefined)
    dead.socket.removeAllListeners('ping')
    // A peer that is gone without a word: its answers to pings are held back.
    Object.assign(dead.socket, { pong: () => {} })
    const receiver = (dead.socket as unknown as { _receiver: NodeJS.EventEmitter })._receiver
    receiver.removeAllListeners('ping')
    for (let beats = 0; beats < 3; beats += 1) {
      const ping = new Promise((resolve) => alive.socket.once('ping', resolve))
      clock.advance(heartbeat)
      if (beats < 2) await ping
      // Answered, and heard: the server has read whatever came before this.
      alive.tell({ type: 'ping' })
      await alive.next('pong')
    }
    expect((await dead.closed).code).toBe(1006)
    expect(alive.socket.readyState).toBe(alive.socket.OPEN)
    await slow.stop()
  })

  it('who does not read is cut off at 1 MB, and the other tabs get everything', async () => {
    const session = await openSession(host.base)
    const stalled = await rawSocket(session.sessionToken)
    stalled.pause()
    const reader = await enter(host.base, session)
    const gone = new Promise((resolve) => stalled.once('close', resolve))
    const text = 'x'.repeat(60_000)
    // Loopback buffers take some megabytes before anything waits in the process.
    for (let n = 1; n <= 300; n += 1) {
      desk.reply(session.visitorId, text)
      await reader.next('message')
    }
    // The server has let go of it: what it still had for it is dropped, and reading meets the end.
    stalled.resume()
    await gone
    await stillServes()
  })

  it('a history of large messages comes in pages that a slow line can carry', async () => {
    const session = await openSession(host.base)
    for (let n = 0; n < 60; n += 1) desk.reply(session.visitorId, 'x'.repeat(50_000))
    const peer = await enter(host.base, session)
    const sizes = [peer.welcome.messages.length]
    for (let more = peer.welcome.more; more; ) {
      peer.tell({ type: 'fetch', after: sizes.reduce((sum, size) => sum + size, 0) })
      const page = await peer.next('page')
      sizes.push(page.messages.length)
      more = page.more
    }
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(60)
    expect(Math.max(...sizes)).toBeLessThan(10)
  })

  it('a socket that is gone when the answer comes harms nobody', async () => {
    const peer = await enter(host.base)
    const held: Array<() => void> = []
    desk.delay(() => new Promise((resolve) => held.push(resolve)))
    peer.tell({ type: 'send', clientId: clientId(), text: 'and away', files: [] })
    await until(() => held.length === 1)
    peer.socket.terminate()
    await peer.closed
    desk.delay(async () => {})
    for (const release of held) release()
    await until(() => desk.events.length === 1)
    desk.reply(peer.address, 'to nobody')
    expect(desk.texts(peer.address)).toEqual(['and away', 'to nobody'])
    await stillServes()
  })

  it('breaking off at any byte of the handshake or of a request harms nobody', async () => {
    const session = await openSession(host.base)
    const request = `GET /chat/v1/ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: ${origin}\r\n\r\n`
    const upload = `POST /chat/v1/files?name=a&type=text/plain HTTP/1.1\r\nHost: x\r\nOrigin: ${origin}\r\nAuthorization: Bearer ${session.sessionToken}\r\nContent-Length: 50\r\n\r\nhalf of it`
    const cut = async (text: string, at: number): Promise<void> => {
      const socket = connectTcp(host.port, '127.0.0.1')
      socket.on('error', () => {})
      await new Promise<void>((resolve) => socket.write(text.slice(0, at), () => resolve()))
      socket.resetAndDestroy()
      await new Promise((resolve) => socket.once('close', resolve))
    }
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(request, upload), fc.double({ min: 0, max: 1, noNaN: true }), (text, part) =>
        cut(text, Math.max(1, Math.floor(text.length * part))),
      ),
      { numRuns: 60 },
    )
    await stillServes()
  })
})

describe('too much', () => {
  const tight = { burst: 2, perMinute: 60 }

  it('sessions are limited by address, IPv6 by its /64', async () => {
    const limited = await start(
      desk.sink,
      settings({ rates: { ...wideRates, sessions: { ...wideRates.sessions, ip: tight } } }),
      {
        attach: { trustProxy: 1 },
      },
    )
    const from = async (ip: string) =>
      (await post(`${limited.base}/sessions`, { account: 'acme/site' }, { 'x-forwarded-for': `9.9.9.9, ${ip}` })).status
    expect(await from('2001:db8:1:2::1')).toBe(200)
    expect(await from('2001:db8:1:2:ffff::9')).toBe(200)
    expect(await from('2001:db8:1:2:1:2:3:4')).toBe(429)
    expect(await from('2001:db8:1:3::1')).toBe(200)
    expect(await from('203.0.113.7')).toBe(200)
    await limited.stop()
  })

  it('new visitors are limited by account, those who come back are not', async () => {
    const rates = { ...wideRates, sessions: { ...wideRates.sessions, account: tight } }
    const limited = await start(desk.sink, settings({ rates }), { now: () => 0 })
    const [one] = [await openSession(limited.base), await openSession(limited.base)]
    const refused = await post(`${limited.base}/sessions`, { account: 'acme/site' })
    expect([refused.status, await refused.json(), refused.headers.get('retry-after')]).toEqual([
      429,
      { error: 'rate_limited' },
      '10',
    ])
    expect((await openSession(limited.base, { resumeToken: one.resumeToken })).visitorId).toBe(one.visitorId)
    await limited.stop()
  })

  it('messages over the limit are refused and not stored, until some time has passed', async () => {
    let now = 0
    const rates = { ...wideRates, messages: { ...wideRates.messages, visitor: tight } }
    const limited = await start(desk.sink, settings({ rates }), { now: () => now })
    const peer = await enter(limited.base)
    for (const text of ['one', 'two', 'three']) peer.tell({ type: 'send', clientId: clientId(), text, files: [] })
    expect(await peer.next('failed')).toMatchObject({ code: 'rate_limited' })
    expect(desk.texts(peer.address)).toEqual(['one', 'two'])
    now += 1_000
    peer.tell({ type: 'send', clientId: clientId(), text: 'three', files: [] })
    await until(() => desk.texts(peer.address).length === 3)
    await limited.stop()
  })

  it('a socket that floods is closed with 4429', async () => {
    const limited = await start(desk.sink, settings({ rates: { ...wideRates, frames: { burst: 20, perMinute: 1 } } }))
    const peer = await enter(limited.base)
    for (let n = 0; n < 30; n += 1) peer.tell({ type: 'ping' })
    expect(await peer.closed).toEqual({ code: 4429, reason: 'rate_limited' })
    await limited.stop()
  })

  it('a flood before hello has been answered is closed with 4429', async () => {
    let release = (): void => {}
    const session = await openSession(host.base)
    const peer = dial(host.base)
    await peer.open
    desk.delay(() => new Promise((resolve) => (release = resolve)))
    peer.tell({ type: 'hello', sessionToken: session.sessionToken, lastSeq: 0 })
    for (let n = 0; n < 100; n += 1) peer.tell({ type: 'ping' })
    expect((await peer.closed).code).toBe(4429)
    desk.delay(async () => {})
    release()
    await stillServes()
  })

  it('new sockets are limited by address', async () => {
    const limited = await start(desk.sink, settings(), { connections: tight })
    const [one, two, three] = [dial(limited.base), dial(limited.base), dial(limited.base)]
    const results = await Promise.allSettled([one.open, two.open, three.open])
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'fulfilled', 'rejected'])
    await limited.stop()
  })

  it('the memory of limits is bounded, and forgets who was away longest', () => {
    let now = 0
    const limiter = makeLimiter({ burst: 1, perMinute: 1 }, () => now, 100)
    for (let n = 0; n < 10_000; n += 1) expect(limiter.take(`address ${n}`)).toBe(true)
    expect(limiter.size()).toBe(100)
    expect(limiter.take('address 9999')).toBe(false)
    now += 60_000
    expect(limiter.take('address 9999')).toBe(true)
  })

  it('one IPv6 customer is one /64, however it is written', () => {
    expect(limitKey('2001:db8::1')).toBe(limitKey('2001:0db8:0:0:1234:5678:9abc:def0'))
    expect(limitKey('2001:db8:0:1::1')).not.toBe(limitKey('2001:db8::1'))
    expect(limitKey('fe80::1%eth0')).toBe(limitKey('fe80::2'))
    expect(limitKey('203.0.113.7')).toBe('203.0.113.7')
  })
})
