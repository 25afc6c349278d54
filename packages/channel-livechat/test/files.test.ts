import { memoryBlobs } from '@guichet/engine/memory'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SessionAnswer, UploadAnswer } from '../src/protocol/frames.ts'
import { shownName, typeOf } from '../src/server/file-check.ts'
import { sharedUploads } from '../src/server/shared-uploads.ts'
import { makeUploads } from '../src/server/uploads.ts'
import { memoryDesk, type MemoryDesk } from './memory-desk.ts'
import { clientId, enter, openSession, origin, settings, start, type Started } from './server.ts'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let desk: MemoryDesk
let host: Started
let now = Date.now()
beforeEach(async () => {
  now = Date.now()
  desk = memoryDesk()
  host = await start(desk.sink, settings({ files: { max: 2, maxBytes: 1_000 } }), {
    now: () => now,
    maxPendingBytes: 5_000,
  })
})
afterEach(() => host.stop())

const upload = (session: SessionAnswer, bytes: Uint8Array | string, name: string, type: string): Promise<Response> =>
  fetch(`${host.base}/files?${new URLSearchParams({ name, type })}`, {
    method: 'POST',
    headers: { origin, authorization: `Bearer ${session.sessionToken}` },
    body: typeof bytes === 'string' ? bytes : new Uint8Array(bytes),
  })

const uploaded = async (...args: Parameters<typeof upload>): Promise<UploadAnswer> => {
  const response = await upload(...args)
  expect(response.status).toBe(200)
  return (await response.json()) as UploadAnswer
}
const refusal = async (response: Response): Promise<unknown> => [response.status, await response.json()]
const fetchFile = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${host.base}/files/${path}`, { headers })

describe('files of a visitor', () => {
  it('go up first and become part of the message that names them', async () => {
    const peer = await enter(host.base)
    const file = await uploaded(peer.session, png, 'photo of it.png', 'image/png')
    expect(file).toMatchObject({ name: 'photo of it.png', mime: 'image/png', size: png.length })
    expect(desk.events).toEqual([])
    peer.tell({ type: 'send', clientId: clientId(), text: '', files: [file.id] })
    const { message } = await peer.next('message')
    expect(message.files).toMatchObject([{ name: 'photo of it.png', mime: 'image/png', size: png.length }])
    const [event] = desk.events
    expect(event?._tag === 'MessageReceived' && event.parts).toEqual([
      { _tag: 'File', file: { name: 'photo of it.png', mime: 'image/png', bytes: png } },
    ])
  })

  it('G02 a message with files that is sent again is the same message, though its uploads are used', async () => {
    const peer = await enter(host.base)
    const file = await uploaded(peer.session, png, 'a.png', 'image/png')
    const id = clientId()
    peer.tell({ type: 'send', clientId: id, text: 'look', files: [file.id] })
    const first = await peer.next('sent')
    peer.tell({ type: 'send', clientId: id, text: 'look', files: [file.id] })
    expect(await peer.next('sent')).toEqual(first)
    const other = clientId()
    peer.tell({ type: 'send', clientId: other, text: 'look again', files: [file.id] })
    expect(await peer.next('failed')).toEqual({ type: 'failed', clientId: other, code: 'unknown_upload' })
    expect(desk.texts(peer.address)).toEqual(['look'])
  })

  it('stay where they are while the store is down', async () => {
    const peer = await enter(host.base)
    const file = await uploaded(peer.session, png, 'a.png', 'image/png')
    const id = clientId()
    desk.breakStore(true)
    peer.tell({ type: 'send', clientId: id, text: 'look', files: [file.id] })
    expect(await peer.next('failed')).toMatchObject({ code: 'unavailable' })
    desk.breakStore(false)
    peer.tell({ type: 'send', clientId: id, text: 'look', files: [file.id] })
    expect(await peer.next('sent')).toMatchObject({ clientId: id })
  })

  it('G52 of somebody else cannot be named', async () => {
    const [one, two] = [await enter(host.base), await enter(host.base)]
    const file = await uploaded(one.session, png, 'a.png', 'image/png')
    two.tell({ type: 'send', clientId: clientId(), text: 'mine now', files: [file.id] })
    expect(await two.next('failed')).toMatchObject({ code: 'unknown_upload' })
  })

  it('are no more than the account allows in one message', async () => {
    const peer = await enter(host.base)
    const files = await Promise.all(['a', 'b', 'c'].map((name) => uploaded(peer.session, png, name, 'image/png')))
    peer.tell({ type: 'send', clientId: clientId(), text: '', files: files.map((file) => file.id) })
    expect(await peer.next('failed')).toMatchObject({ code: 'too_many_files' })
  })

  it.each([
    [
      'a program called photo.png',
      Buffer.from('MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00', 'latin1'),
      'photo.png',
      'image/png',
    ],
    [
      'a picture that runs scripts',
      Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
      'a.svg',
      'image/svg+xml',
    ],
    [
      'the same without its first line',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      'a.svg',
      'image/svg+xml',
    ],
    ['a page', Buffer.from('<!doctype html><script>1</script>'), 'a.html', 'text/html'],
    ['an archive called list.csv', Buffer.from('PK\x03\x04\x14\x00\x00\x00\x00\x00', 'latin1'), 'list.csv', 'text/csv'],
    ['noise called note.txt', Buffer.from([0x61, 0x00, 0x62]), 'note.txt', 'text/plain'],
    ['bytes that are no text', Buffer.from([0xff, 0xc0, 0x80]), 'note.txt', 'text/plain'],
    ['something without a type', Buffer.from('just words'), 'thing', ''],
  ])('%s is refused by what it is', async (_, bytes, name, type) => {
    const session = await openSession(host.base)
    expect(await refusal(await upload(session, bytes, name, type))).toEqual([415, { error: 'file_type' }])
  })

  it('are what their bytes say, not what they are called', async () => {
    const session = await openSession(host.base)
    expect(await uploaded(session, png, 'report.pdf', 'application/pdf')).toMatchObject({ mime: 'image/png' })
    expect(await uploaded(session, 'plain words', 'a.txt', 'text/plain; charset=utf-8')).toMatchObject({
      mime: 'text/plain',
    })
  })

  it('that are too large, empty, or from nobody are refused', async () => {
    const session = await openSession(host.base)
    expect(await refusal(await upload(session, 'x'.repeat(1_001), 'a.txt', 'text/plain'))).toEqual([
      413,
      { error: 'too_large' },
    ])
    expect(await refusal(await upload(session, '', 'a.txt', 'text/plain'))).toEqual([400, { error: 'bad_request' }])
    const nobody = { ...session, sessionToken: session.resumeToken }
    expect(await refusal(await upload(nobody, 'x', 'a.txt', 'text/plain'))).toEqual([401, { error: 'session_invalid' }])
  })

  it('wait in a bounded place, for ten minutes', async () => {
    const session = await openSession(host.base)
    for (let n = 0; n < 4; n += 1) await uploaded(session, 'x', `${n}.txt`, 'text/plain')
    expect(await refusal(await upload(session, 'x', 'a.txt', 'text/plain'))).toEqual([409, { error: 'too_many_files' }])
    let at = 0
    const uploads = makeUploads(() => at, 100)
    const file = (size: number) => ({ name: 'a', mime: 'text/plain', bytes: new Uint8Array(size) })
    const id = uploads.reserve('one', 60, 9)?.keep(file(60)) as string
    expect(uploads.reserve('two', 60, 9)).toBeUndefined()
    expect(uploads.named('one', [id], 'x').state).toBe('ready')
    at = 10 * 60_000
    expect(uploads.named('one', [id], 'x').state).toBe('unknown')
    expect(uploads.reserve('two', 100, 9)).toBeDefined()
  })

  it('are found by another process that has the same place for them, and by their owner alone', async () => {
    const place = memoryBlobs()
    const [one, other] = await Promise.all([
      start(desk.sink, settings(), { now: () => now, uploads: place }),
      start(desk.sink, settings(), { now: () => now, uploads: place }),
    ])
    try {
      const peer = await enter(other.base)
      const sent = await fetch(`${one.base}/files?name=a.png&type=image/png`, {
        method: 'POST',
        headers: { origin, authorization: `Bearer ${peer.session.sessionToken}` },
        body: new Uint8Array(png),
      })
      const { id } = (await sent.json()) as UploadAnswer
      const stranger = await enter(other.base)
      stranger.tell({ type: 'send', clientId: clientId(), text: '', files: [id] })
      expect(await stranger.next('failed')).toMatchObject({ code: 'unknown_upload' })
      peer.tell({ type: 'send', clientId: clientId(), text: '', files: [id, 'x'.repeat(22)] })
      expect(await peer.next('failed')).toMatchObject({ code: 'unknown_upload' })
      peer.tell({ type: 'send', clientId: clientId(), text: '', files: [id] })
      expect(await peer.next('sent')).toMatchObject({ seq: expect.any(Number) })
      expect(await peer.next('message')).toMatchObject({ message: { files: [{ name: 'a.png', mime: 'image/png' }] } })
    } finally {
      await Promise.all([one.stop(), other.stop()])
    }
  })

  it('count for nothing at another process when their time is over, and are removed by the one that took them', async () => {
    let at = 0
    const kept = memoryBlobs()
    const [one, other] = [sharedUploads(kept, () => at), sharedUploads(kept, () => at)]
    const file = { name: 'a', mime: 'text/plain', bytes: new Uint8Array([1, 10, 2]) }
    const [first = '', second = ''] = ['a'.repeat(22), 'b'.repeat(22)]
    await one.put('acme/site/v_1', first, file)
    expect(await other.find('acme/site/v_1', [first])).toEqual([file])
    at = 10 * 60_000
    expect(await other.find('acme/site/v_1', [first])).toBeUndefined()
    await one.put('acme/site/v_1', second, file)
    expect(await kept.get('acme', `upload-${first}`)).toBeUndefined()
    expect(await other.find('acme/site/v_1', [second])).toEqual([file])
  })

  it('give back their place whatever happens to them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ size: fc.integer({ min: 1, max: 40 }), end: fc.constantFrom('keep', 'release', 'both') })),
        (steps) => {
          let at = 0
          const uploads = makeUploads(() => at, 100)
          for (const { size, end } of steps) {
            const place = uploads.reserve('one', size, 1_000)
            if (end !== 'release') place?.keep({ name: 'a', mime: 'b', bytes: new Uint8Array(Math.ceil(size / 2)) })
            if (end !== 'keep') place?.release()
          }
          at = 10 * 60_000
          expect(uploads.reserve('one', 100, 1)).toBeDefined()
          expect(uploads.reserve('one', 1, 1)).toBeUndefined()
        },
      ),
    )
  })
})

describe('files of an agent', () => {
  it('open with the key that came with the message, and with nothing else', async () => {
    const peer = await enter(host.base)
    const blob = desk.giveFile(peer.address, 'Reçu "42".pdf', 'application/pdf', Buffer.from('%PDF-1.7'))
    const { message } = await peer.next('message')
    const key = message.files[0]?.key as string
    const response = await fetchFile(`${blob}?k=${key}`)
    expect(await response.text()).toBe('%PDF-1.7')
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="Re_u _42_.pdf"; filename*=UTF-8''Re%C3%A7u%20%2242%22.pdf`,
    )
    expect(response.headers.get('content-type')).toBe('application/octet-stream')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
    const picture = desk.giveFile(peer.address, 'a.png', 'image/png', png)
    expect(await refusal(await fetchFile(`${picture}?k=${key}`))).toEqual([401, { error: 'session_invalid' }])
    now += 24 * 3_600_000
    expect((await fetchFile(`${blob}?k=${key}`)).status).toBe(401)
  })

  it('open with the session as well, but only for whom they are', async () => {
    const [one, two] = [await enter(host.base), await enter(host.base)]
    const blob = desk.giveFile(one.address, 'a.png', 'image/png', png)
    const as = (session: SessionAnswer) => fetchFile(blob, { authorization: `Bearer ${session.sessionToken}`, origin })
    const mine = await as(one.session)
    expect([
      mine.status,
      mine.headers.get('content-type'),
      mine.headers.get('content-disposition')?.slice(0, 6),
    ]).toEqual([200, 'image/png', 'inline'])
    expect(await refusal(await as(two.session))).toEqual([404, { error: 'not_found' }])
    expect((await fetchFile(blob)).status).toBe(401)
    expect(
      (await fetchFile(blob, { authorization: `Bearer ${one.session.sessionToken}`, origin: 'https://evil.example' }))
        .status,
    ).toBe(403)
  })

  it('that could run are never shown in place', async () => {
    const peer = await enter(host.base)
    for (const mime of ['image/svg+xml', 'text/html', 'application/xhtml+xml']) {
      const blob = desk.giveFile(peer.address, 'a', mime, Buffer.from('<script>1</script>'))
      const response = await fetchFile(blob, { authorization: `Bearer ${peer.session.sessionToken}` })
      expect(response.headers.get('content-disposition')).toMatch(/^attachment;/)
      expect(response.headers.get('content-type')).toBe('application/octet-stream')
    }
  })
})

describe('names and types', () => {
  it('a name is only ever a name', () => {
    expect(shownName('../../etc/passwd')).toBe('passwd')
    expect(shownName('C:\\Users\\me\\photo.png')).toBe('photo.png')
    expect(shownName('invoice\u202efdp.exe')).toBe('invoicefdp.exe')
    expect(shownName('a\r\nSet-Cookie: x')).toBe('aSet-Cookie: x')
    expect(['', '.', '..', '/', '\0'].map(shownName)).toEqual(['file', 'file', 'file', 'file', 'file'])
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const shown = shownName(name)
        expect(shown).not.toMatch(/[/\\\p{Cc}]/u)
        expect(shown.length).toBeGreaterThan(0)
        expect(() => encodeURIComponent(shown)).not.toThrow()
      }),
    )
  })

  it('any bytes have a type or none, and it is an accepted one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.string(), async (bytes, claimed) => {
        const type = await typeOf(bytes, claimed, ['image/*', 'text/plain'])
        if (type !== undefined) expect(type).toMatch(/^image\/|^text\/plain$/)
      }),
    )
  })
})
