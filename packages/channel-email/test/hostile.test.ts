import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { InboundEvent } from '@guichet/engine/ports'
import { accountWith } from './harness/account.ts'
import { longestBlock } from './harness/longest-block.ts'
import { filesIn, fromMarie, mail, parse, received, textIn } from './harness/mail.ts'

const account = accountWith()
const megabyte = 1024 * 1024
const head = { ...fromMarie, 'MIME-Version': '1.0' }

const nested = (depth: number) =>
  Array.from(
    { length: depth },
    (_, index) => `Content-Type: multipart/mixed; boundary=b${index}\r\n\r\n--b${index}\r\n`,
  ).join('')

const bombs: ReadonlyArray<readonly [string, () => Uint8Array, ReadonlyArray<InboundEvent['_tag']>]> = [
  ['1,000 nested parts', () => mail(head, `\r\n`.concat(nested(1_000))), ['MessageReceived']],
  [
    '1,000 nested multiparts',
    () => new TextEncoder().encode(`From: a@example.com\r\n${nested(1_000)}\r\nx`),
    ['Unreadable'],
  ],
  ['a header of 10 MB', () => mail({ ...head, 'X-Big': 'x'.repeat(10 * megabyte) }), ['Unreadable']],
  [
    '100,000 headers',
    () => mail({ ...head, 'X-Many': Array.from({ length: 100_000 }, () => 'x') }),
    ['Unreadable', 'MessageReceived'],
  ],
  [
    '50,000 addresses',
    () => mail({ ...head, Cc: Array.from({ length: 50_000 }, (_, index) => `u${index}@example.com`).join(',\r\n ') }),
    ['Unreadable', 'MessageReceived'],
  ],
  ['groups nested 100,000 times', () => mail({ ...head, Cc: 'a:'.repeat(100_000) }), ['Unreadable', 'MessageReceived']],
  ['100,000 opened comments', () => mail({ ...head, Cc: '('.repeat(100_000) }), ['Unreadable', 'MessageReceived']],
  [
    '20,000 parts',
    () =>
      mail(
        { ...head, 'Content-Type': 'multipart/mixed; boundary=b' },
        '--b\r\nContent-Type: image/png\r\n\r\nx\r\n'.repeat(20_000),
      ),
    ['Unreadable'],
  ],
  ['24 MB of empty lines', () => mail(head, '\n'.repeat(24 * megabyte)), ['Unreadable']],
  ['24 MB on one line', () => mail(head, 'a'.repeat(24 * megabyte)), ['MessageReceived']],
  [
    '24 MB of base64',
    () =>
      mail(
        { ...head, 'Content-Type': 'application/zip', 'Content-Transfer-Encoding': 'base64' },
        `${'A'.repeat(76)}\r\n`.repeat(300_000),
      ),
    ['MessageReceived'],
  ],
  [
    '200,000 opened elements',
    () => mail({ ...head, 'Content-Type': 'text/html' }, '<div>'.repeat(200_000)),
    ['MessageReceived'],
  ],
  [
    '300,000 ampersands',
    () => mail({ ...head, 'Content-Type': 'text/html' }, '&<'.repeat(150_000)),
    ['MessageReceived'],
  ],
  [
    '20,000 references',
    () =>
      mail({
        ...head,
        References: Array.from({ length: 20_000 }, (_, index) => `<${index}@example.com>`).join('\r\n '),
      }),
    ['MessageReceived'],
  ],
  [
    '10,000 forged tokens',
    () => mail({ ...head, Cc: Array.from({ length: 10_000 }, () => `s+${'a'.repeat(52)}@x.y`).join(',\r\n ') }),
    ['MessageReceived'],
  ],
  [
    'a subject of 500 kB of encoded words',
    () => mail({ ...head, Subject: '=?utf-8?Q?=C3=A9?=\r\n '.repeat(25_000) }),
    ['MessageReceived'],
  ],
]

describe('a hostile mail', () => {
  it.each(bombs)('has an outcome, and holds up nobody for long: %s', async (_, make, outcomes) => {
    const raw = make()
    const { result, blocked } = await longestBlock(() => parse(raw, account))
    expect(outcomes).toContain(result[0]?._tag)
    expect(blocked).toBeLessThan(1_000)
  })

  it('G06 that cannot be read keeps its bytes', async () => {
    const raw = new TextEncoder().encode(`From: a@example.com\r\n${nested(100)}\r\nx`)
    expect(await parse(raw, account)).toEqual([{ _tag: 'Unreadable', reason: expect.stringContaining('depth'), raw }])
  })

  it('loses nothing of a text too long to show: the whole of it is a file', async () => {
    const event = await received(mail(head, 'word '.repeat(100_000)), account)
    expect(textIn(event).length).toBeLessThan(210_000)
    expect(filesIn(event).map(({ name, bytes }) => [name, bytes.byteLength])).toEqual([['message.txt', 499_999]])
  })

  it('G09 loses nothing of HTML too deep to clean: it is a file, and its text is there', async () => {
    const event = await received(mail({ ...head, 'Content-Type': 'text/html' }, '<div>'.repeat(20_000)), account)
    expect(filesIn(event)).toMatchObject([{ name: 'message.html', mime: 'text/html' }])
  })

  it('is an event or several, never an exception, whatever its bytes are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), fc.string(), async (bytes, from) => {
        expect((await parse(bytes, account, { from })).length).toBeGreaterThan(0)
      }),
      { numRuns: 300 },
    )
  })

  it('is an event or several, never an exception, whatever its headers and parts are', async () => {
    const word = fc.constantFrom(
      'text/plain',
      'multipart/mixed',
      'multipart/report; report-type=delivery-status',
      'message/rfc822',
      'message/delivery-status',
      '; boundary=b',
      '; boundary="',
      '; charset=x-none',
      '; charset=utf-7',
      'base64',
      'quoted-printable',
      'x-uuencode',
      '=?x?Q?=?=',
      '<a@b>',
      '<>',
      '"',
      '(',
      ';',
      ',',
      ':',
      'marie@example.com',
      '@',
      'é',
      '\0',
      '--b',
      '--b--',
      '\r\n',
      '\r\n ',
      'cid:',
      '%',
    )
    const value = fc.array(word, { maxLength: 5 }).map((words) => words.join(' '))
    const name = fc.constantFrom(
      'From',
      'To',
      'Cc',
      'Reply-To',
      'Sender',
      'Subject',
      'Date',
      'Message-ID',
      'In-Reply-To',
      'References',
      'Content-Type',
      'Content-Disposition',
      'Content-ID',
      'Content-Transfer-Encoding',
      'Auto-Submitted',
      'Return-Path',
    )
    const fields = fc.dictionary(name, value)
    await fc.assert(
      fc.asyncProperty(fields, fields, value, value, async (outer, inner, text, more) => {
        const raw = mail(outer, `${text}\r\n--b\r\n${Buffer.from(mail(inner, more)).toString('latin1')}\r\n--b--`)
        expect((await parse(raw, account)).length).toBeGreaterThan(0)
      }),
      { numRuns: 1_000 },
    )
  })
})
