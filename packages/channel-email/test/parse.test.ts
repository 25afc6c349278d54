import { describe, expect, it } from 'vitest'
import type { Automatic } from '@guichet/engine/ports'
import { loopMark } from '../src/thread/loop.ts'
import { messageId } from '../src/thread/message-id.ts'
import { signerOf } from '../src/thread/signer.ts'
import { accountWith, conversation } from './harness/account.ts'
import { filesIn, fromMarie, htmlIn, mail, parse, received, textIn } from './harness/mail.ts'

const account = accountWith({ aliases: ['help@guichet.test'] })
const signer = signerOf(account)
const ourId = messageId(signer, 'guichet.test', conversation, 3)

const multipart = (type: string, parts: ReadonlyArray<string>) =>
  `${parts.map((part) => `--b\r\n${part}\r\n`).join('')}--b--`
const mixed = { 'MIME-Version': '1.0', 'Content-Type': 'multipart/mixed; boundary=b' }
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

describe('a mail', () => {
  it('is one message with sender, subject, text, id and the time it says it was written', async () => {
    const event = await received(
      mail({
        From: '=?utf-8?Q?Marie_Cur=C3=ADe?= <Marie@Example.COM>',
        To: 'support@guichet.test',
        Subject: '=?utf-8?B?w4l0YXQ=?= of things',
        Date: 'Fri, 20 Nov 2026 10:00:00 +0100',
        'Message-ID': '<abc@example.com>',
      }),
      account,
    )
    expect(event).toMatchObject({
      externalId: 'abc@example.com',
      from: { address: 'Marie@example.com', email: 'Marie@example.com', name: 'Marie Curíe' },
      subject: 'État of things',
      sentAt: Date.UTC(2026, 10, 20, 9),
      parts: [{ _tag: 'Text', text: 'Hello' }],
    })
    expect(event.automatic).toBeUndefined()
  })

  it('G05 has an empty id when it brings none, for the engine to make one', async () => {
    expect((await received(mail(fromMarie), account)).externalId).toBe('')
    expect((await received(mail({ ...fromMarie, 'Message-ID': '<>' }), account)).externalId).toBe('')
  })

  it.each(['yesterday', '', 'Mon, 99 Foo 2026 25:61:00 +0000'])('has no time when its date is "%s"', async (Date) => {
    expect((await received(mail({ ...fromMarie, Date }), account)).sentAt).toBeUndefined()
  })

  it('has the text of its HTML when it brings no other', async () => {
    const event = await received(
      mail({ ...fromMarie, 'Content-Type': 'text/html' }, '<p>Hello <b>there</b></p><script>x()</script>'),
      account,
    )
    expect(textIn(event)).toBe('Hello there')
    expect(htmlIn(event)).toBe('<p>Hello <b>there</b></p>')
  })

  it('is unreadable, with its bytes, when nothing says who wrote it', async () => {
    const raw = new TextEncoder().encode('\r\njust words')
    const events = await parse(raw, account, { from: 'not an address' })
    expect(events).toEqual([{ _tag: 'Unreadable', reason: 'nothing says who wrote it', raw }])
    expect(await parse(new Uint8Array(), account)).toMatchObject([{ _tag: 'Unreadable' }])
  })

  it('is from the sender of its envelope when its From is missing', async () => {
    const event = await received(mail({ To: 'support@guichet.test', Subject: 'x' }), account, {
      from: 'paul@example.com',
    })
    expect(event.from.address).toBe('paul@example.com')
  })

  it('is from whom a form wrote it for, when the form uses our address', async () => {
    const event = await received(
      mail({ ...fromMarie, From: 'Form <support@guichet.test>', 'Reply-To': 'Paul <paul@example.com>' }),
      account,
    )
    expect(event.from).toMatchObject({ address: 'paul@example.com', name: 'Paul' })
  })

  it('is from whom a group of ours took it from, and from nobody else because a stranger says so', async () => {
    const fields = { ...fromMarie, From: 'Help <help@guichet.test>', 'X-Original-Sender': 'paul@example.com' }
    expect((await received(mail(fields), account)).from.address).toBe('paul@example.com')
    expect((await received(mail({ ...fields, From: 'eve@evil.example' }), account)).from.address).toBe(
      'eve@evil.example',
    )
  })

  it('has one line as its subject and name, whatever stood in them', async () => {
    const event = await received(
      mail({
        ...fromMarie,
        Subject: '=?utf-8?Q?a=0D=0ABcc:_x@y.z=00=E2=80=A8b?=',
        From: '=?utf-8?Q?M=0D=0Ax=E2=80=AE?= <marie@example.com>',
      }),
      account,
    )
    expect(event.subject).toBe('a Bcc: x@y.z b')
    expect(event.from.name).toBe('M x')
  })

  it('keeps what an answer needs, and at most 20 references: the first and the newest', async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `<${index}@example.com>`)
    const event = await received(
      mail({
        ...fromMarie,
        Cc: 'Team: paul@example.com, "Eve, X" <eve@example.com>;',
        References: ids.join('\r\n '),
        'Reply-To': 'm@example.org',
      }),
      account,
      { to: 'support@guichet.test, help@guichet.test' },
    )
    expect(event.meta).toMatchObject({
      from: { address: 'marie@example.com', name: 'Marie' },
      replyTo: [{ address: 'm@example.org' }],
      to: [{ address: 'support@guichet.test' }],
      cc: [{ address: 'paul@example.com' }, { address: 'eve@example.com', name: 'Eve, X' }],
      envelope: { from: 'marie@example.com', to: ['support@guichet.test', 'help@guichet.test'] },
      automatic: false,
    })
    const { references } = event.meta as { readonly references: ReadonlyArray<string> }
    expect(references).toHaveLength(20)
    expect([references[0], references.at(-1)]).toEqual(['0@example.com', '49@example.com'])
  })
})

describe('the files of a mail', () => {
  it('G09 all arrive: attached, inline, shown in the HTML or referred to by nothing', async () => {
    const image = (id: string) =>
      `Content-Type: image/png\r\nContent-ID: <${id}>\r\nContent-Disposition: inline\r\nContent-Transfer-Encoding: base64\r\n\r\n${png}`
    const event = await received(
      mail(
        { ...fromMarie, ...mixed, 'Content-Type': 'multipart/related; boundary=b' },
        multipart('related', [
          'Content-Type: text/html\r\n\r\n<p>See <img src="cid:shown@x"></p>',
          image('shown@x'),
          image('orphan@x'),
          'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="../../a/b.pdf"\r\n\r\nPDF',
          'Content-Type: application/octet-stream\r\n\r\n\x01\x02',
        ]),
      ),
      account,
    )
    expect(filesIn(event).map(({ name, mime, contentId }) => [name, mime, contentId])).toEqual([
      ['image.png', 'image/png', 'shown@x'],
      ['image.png', 'image/png', undefined],
      ['.._.._a_b.pdf', 'application/pdf', undefined],
      ['attachment', 'application/octet-stream', undefined],
    ])
    expect(Buffer.from(filesIn(event)[0]?.bytes ?? []).toString('base64')).toBe(png)
  })

  it('G09 make a message without a word', async () => {
    const event = await received(
      mail({ ...fromMarie, 'Content-Type': 'image/png', 'Content-Transfer-Encoding': 'base64' }, png),
      account,
    )
    expect(event.parts).toMatchObject([{ _tag: 'File', file: { mime: 'image/png' } }])
  })

  it('G09 include a mail that was forwarded as a file, whole', async () => {
    const inner = 'From: eve@example.com\r\nSubject: inner\r\nContent-Type: text/plain\r\n\r\nsecret words'
    const event = await received(
      mail(
        { ...fromMarie, ...mixed },
        multipart('mixed', [
          'Content-Type: text/plain\r\n\r\nsee below',
          `Content-Type: message/rfc822\r\n\r\n${inner}`,
        ]),
      ),
      account,
    )
    expect(textIn(event)).toBe('see below')
    expect(
      filesIn(event).map(({ name, bytes }) => [name, Buffer.from(bytes).toString().includes('secret words')]),
    ).toEqual([['message.eml', true]])
  })

  it('G09 include pictures written into the HTML itself', async () => {
    const event = await received(
      mail({ ...fromMarie, 'Content-Type': 'text/html' }, `<p>x<img src="data:image/png;base64,${png}"></p>`),
      account,
    )
    const [file] = filesIn(event)
    expect(file).toMatchObject({ name: 'image-1.png', mime: 'image/png', contentId: 'embedded-1@message' })
    expect(Buffer.from(file?.bytes ?? []).toString('base64')).toBe(png)
    expect(htmlIn(event)).toContain('src="cid:embedded-1@message"')
  })
})

describe('our own mail coming back', () => {
  const echoes: ReadonlyArray<readonly [string, Readonly<Record<string, string>>]> = [
    ['with our sealed Message-ID', { ...fromMarie, 'Message-ID': `<${ourId}>` }],
    [
      'with our address and loop header',
      { ...fromMarie, From: 'support@guichet.test', 'X-Guichet-Loop': loopMark(signer) },
    ],
    ['from the mailbox itself', { ...fromMarie, From: 'Help <HELP+x@guichet.test>' }],
  ]
  it.each(echoes)('G10 is ignored %s', async (_, fields) => {
    expect(await parse(mail(fields), account)).toMatchObject([{ _tag: 'Ignored' }])
  })

  it('G10 is a message when it only pretends: a Message-ID or loop header that we did not seal', async () => {
    const forged = `${ourId.slice(0, ourId.indexOf('@') - 1)}a@guichet.test`
    expect(await parse(mail({ ...fromMarie, 'Message-ID': `<${forged}>` }), account)).toMatchObject([
      { _tag: 'MessageReceived' },
    ])
    expect(await received(mail({ ...fromMarie, 'X-Guichet-Loop': 'a'.repeat(26) }), account)).not.toHaveProperty(
      'automatic',
    )
  })

  it('G11 is stored as a notification when somebody else passes it on', async () => {
    expect((await received(mail({ ...fromMarie, 'X-Guichet-Loop': loopMark(signer) }), account)).automatic).toBe(
      'notification',
    )
  })

  it('G10 between two accounts is mail, not a loop', async () => {
    const sales = accountWith({ address: 'sales@guichet.test' }, { id: 'sales' })
    const event = await received(
      mail({
        From: 'support@guichet.test',
        To: 'sales@guichet.test',
        'Message-ID': `<${ourId}>`,
        'X-Guichet-Loop': loopMark(signer),
      }),
      sales,
    )
    expect(event.automatic).toBeUndefined()
  })
})

describe('what machines write', () => {
  const cases: ReadonlyArray<readonly [Automatic | undefined, string, Readonly<Record<string, string>>]> = [
    ['reply', 'Auto-Submitted: auto-replied', { 'Auto-Submitted': 'auto-replied (vacation)' }],
    ['notification', 'Auto-Submitted: auto-generated', { 'Auto-Submitted': 'auto-generated' }],
    [undefined, 'Auto-Submitted: no', { 'Auto-Submitted': 'no' }],
    ['reply', 'Precedence: auto_reply', { Precedence: 'auto_reply' }],
    ['notification', 'Precedence: bulk', { Precedence: 'Bulk' }],
    ['reply', 'X-Autoreply', { 'X-Autoreply': 'yes' }],
    ['notification', 'X-Auto-Response-Suppress', { 'X-Auto-Response-Suppress': 'DR, OOF, AutoReply' }],
    [undefined, 'X-Auto-Response-Suppress that asks for no receipts', { 'X-Auto-Response-Suppress': 'DR, RN' }],
    ['notification', 'a mailing list', { 'List-Id': '<news.example.com>' }],
    [
      undefined,
      'a group address that passes on a person',
      { 'List-Id': '<support.example.com>', 'X-Original-Sender': 'marie@example.com' },
    ],
    ['bounce', 'a delivery report', { 'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b' }],
    [
      'notification',
      'a read receipt',
      { 'Content-Type': 'multipart/report; report-type="disposition-notification"; boundary=b' },
    ],
    ['bounce', 'the mailer daemon', { From: 'MAILER-DAEMON@example.com' }],
    ['reply', 'the null sender', { 'Return-Path': '<>' }],
    ['notification', 'no-reply', { From: 'no-reply@shop.example' }],
    [
      undefined,
      'no-reply that writes for somebody',
      { From: 'no-reply@shop.example', 'Reply-To': 'marie@example.com' },
    ],
  ]
  it.each(cases)('G11 is %s for %s', async (automatic, _, fields) => {
    expect((await received(mail({ ...fromMarie, ...fields }), account)).automatic).toBe(automatic)
  })

  it('G11 is a reply when its envelope has the null sender', async () => {
    expect((await received(mail(fromMarie), account, { from: '' })).automatic).toBe('reply')
  })

  const bounceOf = (id: string, action = 'failed') =>
    mail(
      {
        From: 'Mail System <MAILER-DAEMON@mx.example>',
        To: 'support@guichet.test',
        'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b',
      },
      multipart('report', [
        'Content-Type: text/plain\r\n\r\nIt could not be delivered.',
        `Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; marie@example.com\r\nAction: ${action}\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1\r\n no such user`,
        `Content-Type: text/rfc822-headers\r\n\r\nFrom: support@guichet.test\r\nMessage-ID:\r\n <${id}>\r\nSubject: Re: Hello`,
      ]),
    )

  it('G18 a bounce of our message belongs to its conversation and reports that it failed', async () => {
    const events = await parse(bounceOf(ourId), account, { from: '' })
    expect(events).toMatchObject([
      {
        _tag: 'MessageReceived',
        automatic: 'bounce',
        evidence: [
          { by: 'token', conversation },
          { by: 'externalId', externalId: ourId },
        ],
      },
      {
        _tag: 'DeliveryReported',
        externalId: ourId,
        status: 'failed',
        error: { code: '5.1.1', message: 'smtp; 550 5.1.1 no such user' },
      },
    ])
  })

  it('a report that it is late, or a bounce of what we never sent, reports no failure', async () => {
    expect(await parse(bounceOf(ourId, 'delayed'), account, { from: '' })).toHaveLength(1)
    expect(await parse(bounceOf('somebody@else.example'), account, { from: '' })).toHaveLength(1)
  })
})

it('is its subject when everything stands there', async () => {
  expect(textIn(await received(mail({ ...fromMarie, Subject: 'Please call me' }, ''), account))).toBe('Please call me')
})
