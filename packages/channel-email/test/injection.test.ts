import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalAddress } from '../src/address/address.ts'
import { oneLine } from '../src/address/one-line.ts'
import { email } from '../src/index.ts'
import { accountWith } from './harness/account.ts'
import { reply, sendFrom } from './harness/outbound.ts'
import { fieldsOf, openRelay } from './harness/relay.ts'

/** What breaks out of fields, and pieces of SMTP and of headers to break out into. */
const evil = fc
  .array(
    fc.constantFrom(
      '\r',
      '\n',
      '\r\n',
      '\0',
      '\x7f',
      '\u0085',
      '\u2028',
      '\u2029',
      '\t',
      ' ',
      '<',
      '>',
      '"',
      "'",
      ',',
      ';',
      ':',
      '@',
      '\\',
      '(',
      ')',
      '[',
      ']',
      'Bcc: eve@evil.example',
      'RCPT TO:<eve@evil.example>',
      'eve@evil.example',
      'X-Injected: 1',
      '=?utf-8?Q?=0D=0AX-Injected:_1?=',
      '=?utf-8?B?DQo=?=',
      '\r\n.\r\n',
      'é',
      '汉',
      '\ud800',
      'a',
      'marie',
      'example.com',
    ),
    { maxLength: 8 },
  )
  .map((pieces) => pieces.join(''))

const nearAddress = fc.oneof(
  evil,
  fc.tuple(evil, evil).map(([local, domain]) => `${local}@${domain}`),
  evil.map((piece) => `marie${piece}@example.com`),
  evil.map((piece) => `marie@example.com${piece}`),
  evil.map((piece) => `"${piece}"@example.com`),
  fc.constant('marie@example.com'),
)

const known = [
  'from',
  'to',
  'cc',
  'reply-to',
  'subject',
  'message-id',
  'in-reply-to',
  'references',
  'date',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
  'x-guichet-loop',
]

const message = fc.record({
  to: nearAddress,
  toName: evil,
  cc: fc.array(nearAddress, { maxLength: 2 }),
  subject: evil,
  authorName: evil,
  text: evil,
  html: fc.option(evil, { nil: undefined }),
  file: fc.option(fc.record({ name: evil, mime: evil, contentId: evil }), { nil: undefined }),
  externalId: evil,
  references: fc.array(evil, { maxLength: 2 }),
  metaAddress: nearAddress,
})

describe('nothing written in a field', () => {
  it('adds a recipient or a header: the SMTP transcript has exactly the authorised ones', {
    timeout: 120_000,
  }, async () => {
    const relay = await openRelay({ maxRecipients: 100 })
    const account = accountWith({ name: 'Gui\tchet', smtp: { host: '127.0.0.1', port: relay.port } })
    const send = sendFrom(account)
    const channel = email({ listen: false })
    let sent = 0
    await fc.assert(
      fc.asyncProperty(message, async (given) => {
        const rendered = await channel.render(
          reply({
            to: given.to,
            toName: given.toName,
            cc: given.cc,
            subject: given.subject,
            authorName: given.authorName,
            parts: [
              { _tag: 'Text', text: `x${given.text}` },
              ...(given.html === undefined ? [] : [{ _tag: 'Html', html: given.html } as const]),
              ...(given.file === undefined
                ? []
                : [{ _tag: 'File', file: { blob: 'b', size: 1, ...given.file } } as const]),
            ],
            answers: {
              externalId: given.externalId,
              subject: given.subject,
              meta: {
                from: { address: given.to },
                to: [{ address: 'support@guichet.test' }, { address: given.metaAddress }],
                cc: [],
                replyTo: [],
                messageId: given.externalId,
                references: given.references,
                envelope: { from: '', to: [] },
                automatic: false,
              },
            },
          }),
          account,
        )
        if (rendered._tag === 'Unsupported') return
        const [wire] = rendered.wires
        if (wire === undefined) throw new Error('nothing rendered')
        for (const address of wire.envelope.to) expect(address).toMatch(/^[^\s<>"@,;:\\()[\]]+@[a-z0-9.-]+$/)
        const outcome = await send(wire)
        expect(outcome).toMatchObject({ _tag: 'Accepted' })
        sent++
        const mail = relay.delivered.at(-1)
        expect(mail?.from).toBe('support@guichet.test')
        // The server shows internationalised domains as letters again.
        expect((mail?.to ?? []).map(normalAddress).sort()).toEqual([...wire.envelope.to].sort())
        const names = fieldsOf(mail?.raw ?? '').map(([name]) => name)
        expect(names.filter((name) => !known.includes(name))).toEqual([])
        expect(new Set(names).size).toBe(names.length)
      }),
      {
        numRuns: 1_500,
        examples: [
          [
            {
              to: 'marie@example.com',
              toName: 'a\r\nBcc: eve@evil.example',
              cc: [],
              subject: 'x\r\nX-Injected: 1',
              authorName: '"',
              text: '\r\n.\r\nMAIL FROM:<x@y.z>',
              html: undefined,
              file: { name: 'a\r\nX: y"', mime: 'text/plain\r\nX: y', contentId: 'a>\r\nX: y' },
              externalId: 'a@b>\r\nX: y',
              references: ['<a>\r\nX: y'],
              metaAddress: 'paul@example.com',
            },
          ],
        ],
      },
    )
    expect(relay.delivered).toHaveLength(sent)
    expect(sent).toBeGreaterThan(50)
  })

  it('leaves one line of a field without a control character', () => {
    fc.assert(
      fc.property(fc.oneof(evil, fc.string({ unit: 'binary' })), fc.integer({ min: 0, max: 50 }), (text, max) => {
        const line = oneLine(text, max)
        // oxlint-disable-next-line no-control-regex -- these are what must be gone
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/)
        expect(line.length).toBeLessThanOrEqual(max)
        // Throws on half a character.
        encodeURIComponent(line)
      }),
    )
  })
})
