import { createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { OutboundMessage, Part } from '@guichet/engine/ports'
import { email, sanitise } from '../src/index.ts'
import { loopMark } from '../src/thread/loop.ts'
import { openMessageId } from '../src/thread/message-id.ts'
import { openReplyToken } from '../src/thread/reply-token.ts'
import { signerOf } from '../src/thread/signer.ts'
import { accountWith, conversation } from './harness/account.ts'
import { fromMarie, mail, received } from './harness/mail.ts'
import { reply, sendFrom, wireOf } from './harness/outbound.ts'
import { fieldOf, fieldsOf, openRelay } from './harness/relay.ts'

const signer = signerOf(accountWith())

const accountAt = (port: number) => accountWith({ smtp: { host: '127.0.0.1', port } })

const answering = async (fields: Readonly<Record<string, string>>): Promise<Partial<OutboundMessage>> => {
  const event = await received(mail({ ...fromMarie, 'Message-ID': '<1@example.com>', ...fields }), accountWith())
  return {
    answers: {
      externalId: event.externalId ?? '',
      ...(event.meta === undefined ? {} : { meta: event.meta }),
      ...(event.subject === undefined ? {} : { subject: event.subject }),
    },
  }
}

describe('a reply on the wire', () => {
  it('arrives with threading headers, a reply token, a loop mark, its author and its date', async () => {
    const relay = await openRelay()
    const account = accountAt(relay.port)
    const wire = await wireOf(
      reply({
        ...(await answering({ References: '<0@example.com>', Subject: 'RE: AW: Hello', Cc: 'paul@example.com' })),
        subject: 'RE: AW: Hello',
      }),
      account,
    )
    const outcome = await sendFrom(account)(wire)
    expect(outcome).toEqual({ _tag: 'Accepted', externalId: wire.messageId, status: 'sent' })
    const [sent] = relay.delivered
    expect(sent).toMatchObject({ from: 'support@guichet.test', to: ['marie@example.com', 'paul@example.com'] })
    const raw = sent?.raw ?? ''
    expect(fieldOf(raw, 'message-id')).toBe(`<${wire.messageId}>`)
    expect(fieldOf(raw, 'in-reply-to')).toBe('<1@example.com>')
    expect(fieldOf(raw, 'references')).toBe('<0@example.com> <1@example.com>')
    expect(fieldOf(raw, 'subject')).toBe('Re: Hello')
    expect(fieldOf(raw, 'from')).toMatch(/<support@guichet\.test>$/)
    expect(fieldOf(raw, 'to')).toBe('Marie <marie@example.com>')
    expect(fieldOf(raw, 'cc')).toBe('paul@example.com')
    expect(fieldOf(raw, 'date')).toBe('Sat, 21 Nov 2026 12:00:00 +0000')
    expect(fieldOf(raw, 'x-guichet-loop')).toBe(loopMark(signer))
    const [, token] = /\+([a-z2-7]+)@guichet\.test/.exec(fieldOf(raw, 'reply-to') ?? '') ?? []
    expect(openReplyToken(signer, token ?? '')).toBe(conversation)
    expect(raw).toContain('Bonjour !')
  })

  it('asks for answers in the box of who wrote it, where that was wanted, and never in one of ours without a token', async () => {
    const account = accountAt(1)
    const replyTo = async (address: string) => (await wireOf(reply({ replyTo: address }), account)).replyTo
    expect(await replyTo('ana@Guichet.test')).toBe('ana@guichet.test')
    expect(await replyTo('Support@guichet.test')).toMatch(/^support\+[a-z2-7]+@guichet\.test$/)
    expect(await replyTo('ana@guichet.test\r\nBcc: eve@evil.example')).toMatch(/^support\+[a-z2-7]+@guichet\.test$/)
  })

  it('G14 leads its answer back to the conversation, and G10 is no message when it comes back itself', async () => {
    const relay = await openRelay()
    const account = accountAt(relay.port)
    await sendFrom(account)(await wireOf(reply(), account))
    const raw = relay.delivered[0]?.raw ?? ''
    const channel = email({ listen: false })
    const request = (body: string) => ({ method: 'POST', url: 'smtp:', headers: {}, body: Buffer.from(body) })
    expect(await channel.parse(request(raw), account)).toMatchObject([{ _tag: 'Ignored' }])
    const answer = mail({
      From: 'marie@example.com',
      To: 'elsewhere@example.com',
      'In-Reply-To': fieldOf(raw, 'message-id') ?? '',
    })
    expect((await received(answer, account)).evidence?.[0]).toEqual({ by: 'token', conversation })
  })

  it('has the same Message-ID at every attempt, sealed, and says so before anything is sent', async () => {
    const [a, b, c] = [
      await wireOf(reply(), accountWith()),
      await wireOf(reply({ sentAt: 5 }), accountWith()),
      await wireOf(reply({ seq: 3 }), accountWith()),
    ]
    expect(a.messageId).toBe(b.messageId)
    expect(a.messageId).not.toBe(c.messageId)
    expect(openMessageId(signer, a.messageId)).toEqual({ conversation, seq: 2 })
    expect(await email({ listen: false }).render(reply(), accountWith())).toMatchObject({ externalIds: [a.messageId] })
  })

  it('carries safe HTML beside its text, files with their names, and pictures that the HTML shows', async () => {
    const relay = await openRelay()
    const account = accountAt(relay.port)
    const wire = await wireOf(
      reply({
        parts: [
          {
            _tag: 'Html',
            html: '<p onclick="x()">Bonjour <b>Marie</b><img src="cid:logo@x"><script>alert(1)</script></p>',
          },
          { _tag: 'File', file: { blob: 'b1', name: 'été\r\nX: y.pdf', mime: 'application/pdf', size: 1 } },
          { _tag: 'File', file: { blob: 'b2', name: 'logo.png', mime: 'image/png', size: 1, contentId: 'logo@x' } },
        ],
      }),
      account,
    )
    await sendFrom(account)(wire)
    const back = await received(
      Buffer.from(
        (relay.delivered[0]?.raw ?? '')
          .replace(/^message-id:.*$/im, 'X-Old: y')
          .replace('support@guichet.test>', 'other@guichet.test>'),
      ),
      accountWith({ address: 'x@y.test' }),
    )
    expect(back.parts).toMatchObject([
      { _tag: 'Text', text: 'Bonjour Marie' },
      { _tag: 'Html', html: '<p>Bonjour <b>Marie</b><img src="cid:logo@x" /></p>' },
      { _tag: 'File', file: { contentId: 'logo@x', mime: 'image/png' } },
      { _tag: 'File', file: { name: 'été X: y.pdf', mime: 'application/pdf' } },
    ])
    expect(relay.delivered[0]?.raw).not.toMatch(/script|onclick/)
  })

  const offers: ReadonlyArray<Part> = [
    {
      _tag: 'Product',
      title: 'A <b>chair</b>',
      price: { amount: 12_050, currency: 'EUR' },
      url: 'https://shop.example/a?b=1&c=2',
    },
    { _tag: 'ContactCard', name: 'Ana "A." Roy', emails: ['ana@guichet.test'], phones: ['+33 6 12 34 56 78'] },
    { _tag: 'Location', latitude: 48.85, longitude: 2.35, label: 'The shop' },
    {
      _tag: 'Form',
      form: { id: 'f', title: 'Your size', fields: [{ name: 's', label: 'S & co', kind: 'text', required: true }] },
    },
    { _tag: 'Choices', choices: [{ id: 'y', label: '<script>alert(1)</script>' }] },
  ]

  it('says what it offers in words and in HTML, each in its place', async () => {
    const wire = await wireOf(reply({ parts: [{ _tag: 'Text', text: 'Look:\n1 < 2' }, ...offers] }), accountWith())
    expect(wire.text.split('\n\n')).toEqual([
      'Look:\n1 < 2',
      'A <b>chair</b>\n120.50 EUR\nhttps://shop.example/a?b=1&c=2',
      'Ana "A." Roy\nana@guichet.test\n+33 6 12 34 56 78',
      'The shop\n48.85, 2.35\ngeo:48.85,2.35',
      'Your size\n- S & co',
      '1. <script>alert(1)</script>',
    ])
    const html = wire.html ?? ''
    expect(html).toContain('<div>Look:<br />1 &lt; 2</div>')
    expect(html).toContain(
      '<b>A &lt;b&gt;chair&lt;/b&gt;</b><br />120.50 EUR<br /><a href="https://shop.example/a?b=1&amp;c=2"',
    )
    expect(html).toContain('<a href="mailto:ana@guichet.test"')
    expect(html).toContain('<li>S &amp; co</li>')
    expect(html).not.toContain('<script')
    expect(sanitise(html)).toBe(html)
  })

  it('makes no link of what nobody should open, whatever has come to stand there', async () => {
    const bad = ['javascript:alert(1)', 'data:text/html,x', 'https://a.example/" onclick="x()', 'file:///etc/passwd']
    const parts = bad.map((url): Part => ({ _tag: 'Product', title: 'A', url }))
    const { html } = await wireOf(reply({ parts }), accountWith())
    expect(html).not.toContain('<a ')
    expect(sanitise(html ?? '')).toBe(html)
  })

  it('keeps the HTML of its words, and offers beside it', async () => {
    const parts: ReadonlyArray<Part> = [
      { _tag: 'Text', text: 'Look' },
      { _tag: 'Html', html: '<p>Look <b>here</b></p>' },
      { _tag: 'PaymentLink', title: 'Pay', price: { amount: 500, currency: 'JPY' }, url: 'https://pay.example' },
    ]
    const { html, text } = await wireOf(reply({ parts }), accountWith())
    expect(text).toBe('Look\n\nPay: 500 JPY\nhttps://pay.example')
    expect(html).toMatch(/^<p>Look <b>here<\/b><\/p>\n<table/)
    expect(html?.match(/Look/g)).toHaveLength(1)
  })

  it('G09 can be files alone', async () => {
    const relay = await openRelay()
    const account = accountAt(relay.port)
    const parts = [{ _tag: 'File', file: { blob: 'b1', name: 'a.pdf', mime: 'application/pdf', size: 1 } }] as const
    expect(await sendFrom(account)(await wireOf(reply({ parts }), account))).toMatchObject({ _tag: 'Accepted' })
    expect(relay.delivered[0]?.raw).toMatch(/text\/plain[\s\S]*application\/pdf/)
  })

  it('quotes the message that it quotes', async () => {
    const wire = await wireOf(
      reply({ quote: { externalId: '9@example.com', parts: [{ _tag: 'Text', text: 'one\ntwo' }] } }),
      accountWith(),
    )
    expect(wire.text).toBe('Bonjour !\n\n> one\n> two')
    expect(wire.inReplyTo).toBe('9@example.com')
  })

  it('keeps 20 references at most', async () => {
    const References = Array.from({ length: 60 }, (_, index) => `<${index}@example.com>`).join(' ')
    const { references } = await wireOf(reply(await answering({ References })), accountWith())
    expect(references).toHaveLength(20)
    expect([references[0], references.at(-1)]).toEqual(['0@example.com', '1@example.com'])
  })

  it.each([
    ['no address', { to: 'marie' }],
    ['two addresses', { to: 'a@example.com, b@example.com' }],
    ['a quoted local part', { to: '"a@evil.example x"@example.com' }],
    ['a line break', { to: 'a@example.com\r\nRCPT TO:<b@example.com>' }],
    ['the mailbox itself', { to: 'support+x@guichet.test' }],
    ['a copy to no address', { cc: ['paul'] }],
    ['nothing to say', { parts: [{ _tag: 'Text', text: '  ' }] }],
  ] as const)('is not written to %s', async (_, over) => {
    expect(await email({ listen: false }).render(reply(over), accountWith())).toMatchObject({ _tag: 'Unsupported' })
  })

  it('uses one connection for one mail after the other', async () => {
    let connections = 0
    const relay = await openRelay({
      onConnect: (_session, done) => {
        connections++
        done()
      },
    })
    const account = accountAt(relay.port)
    const send = sendFrom(account)
    for (const seq of [1, 2, 3]) await send(await wireOf(reply({ seq }), account))
    expect(relay.delivered).toHaveLength(3)
    expect(connections).toBe(1)
    expect(fieldsOf(relay.delivered[2]?.raw ?? '').filter(([name]) => name === 'message-id')).toHaveLength(1)
  })
})

const refuse = (responseCode: number, text = 'no') => Object.assign(new Error(text), { responseCode })

describe('what became of a send', () => {
  const outcomeWith = async (options: Parameters<typeof openRelay>[0], over: Partial<OutboundMessage> = {}) => {
    const relay = await openRelay(options)
    const account = accountAt(relay.port)
    return { outcome: await sendFrom(account)(await wireOf(reply(over), account)), relay }
  }

  it('G17 is final when the server refuses the mail or its only recipient with 5xx', async () => {
    expect(
      (await outcomeWith({ onData: (stream, _, done) => stream.resume().on('end', () => done(refuse(554))) })).outcome,
    ).toMatchObject({ _tag: 'Rejected', code: '554' })
    expect(
      (await outcomeWith({ onRcptTo: (_, __, done) => done(refuse(550, '5.1.1 no such user')) })).outcome,
    ).toMatchObject({ _tag: 'Rejected', code: '5.1.1' })
  })

  it('G17 is to be tried again when the server says 4xx', async () => {
    expect(
      (await outcomeWith({ onData: (stream, _, done) => stream.resume().on('end', () => done(refuse(451))) })).outcome,
    ).toMatchObject({ _tag: 'Retry' })
    expect((await outcomeWith({ onRcptTo: (_, __, done) => done(refuse(450)) })).outcome).toMatchObject({
      _tag: 'Retry',
    })
    expect((await outcomeWith({ onMailFrom: (_, __, done) => done(refuse(421)) })).outcome).toMatchObject({
      _tag: 'Retry',
    })
  })

  it('G17 is accepted, with what was refused beside it, when one of several recipients is refused', async () => {
    const { outcome, relay } = await outcomeWith(
      {
        onRcptTo: ({ address }, _, done) =>
          done(address === 'paul@example.com' ? refuse(550, '5.1.1 no such user') : null),
      },
      { cc: ['paul@example.com'] },
    )
    expect(outcome).toMatchObject({
      _tag: 'Accepted',
      status: 'sent',
      error: { code: '5.1.1', message: expect.stringContaining('paul@example.com') },
    })
    expect(relay.delivered[0]?.to).toEqual(['marie@example.com'])
  })

  it('G17 is to be tried again when one recipient is refused for now and the other for good', async () => {
    const { outcome } = await outcomeWith(
      { onRcptTo: ({ address }, _, done) => done(refuse(address === 'paul@example.com' ? 550 : 450)) },
      { cc: ['paul@example.com'] },
    )
    expect(outcome).toMatchObject({ _tag: 'Retry' })
  })

  it('G17 is to be tried again when nobody listens, when the name is unknown, and when the login is refused', async () => {
    const closed = await openRelay()
    await new Promise<void>((resolve) => closed.server.close(resolve))
    const unreachable = accountAt(closed.port)
    expect(await sendFrom(unreachable)(await wireOf(reply(), unreachable))).toMatchObject({ _tag: 'Retry' })
    const unknown = accountWith({ smtp: { host: 'no-such-host.invalid', port: 25 } })
    expect(await sendFrom(unknown)(await wireOf(reply(), unknown))).toMatchObject({ _tag: 'Retry' })
    const guarded = await openRelay({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      authOptional: false,
      onAuth: (_, __, done) => done(refuse(535)),
    })
    const locked = accountWith({ smtp: { host: '127.0.0.1', port: guarded.port, auth: { user: 'u', pass: 'p' } } })
    expect(await sendFrom(locked)(await wireOf(reply(), locked))).toMatchObject({ _tag: 'Retry', afterMs: 300_000 })
  })

  it('G17 is not sent at all when it was stopped before', async () => {
    const relay = await openRelay()
    const account = accountAt(relay.port)
    expect(await sendFrom(account)(await wireOf(reply(), account), { signal: AbortSignal.abort() })).toMatchObject({
      _tag: 'Retry',
    })
    expect(relay.delivered).toHaveLength(0)
  })

  it('G17 is to be tried again when a file cannot be read', async () => {
    const relay = await openRelay()
    const account = accountAt(relay.port)
    const wire = await wireOf(
      reply({ parts: [{ _tag: 'File', file: { blob: 'b', name: 'a', mime: 'text/plain', size: 1 } }] }),
      account,
    )
    expect(await sendFrom(account)(wire, { blob: () => Promise.reject(new Error('gone')) })).toMatchObject({
      _tag: 'Retry',
    })
    expect(relay.delivered).toHaveLength(0)
  })

  /** A server that speaks SMTP up to a point, where the test decides what happens. */
  const scripted = async (at: 'data' | 'middle' | 'end', then: (socket: Socket) => void): Promise<number> => {
    const server = createServer((socket) => {
      let inData = false
      let bytes = 0
      let tail = ''
      socket.on('error', () => {})
      socket.write('220 test\r\n')
      socket.on('data', (chunk) => {
        if (inData) {
          bytes += chunk.byteLength
          tail = (tail + chunk.toString('latin1')).slice(-5)
          if ((at === 'middle' && bytes > 100_000) || (at === 'end' && tail === '\r\n.\r\n')) then(socket)
          return
        }
        const command = chunk.toString().slice(0, 4).toUpperCase()
        if (command !== 'DATA') socket.write('250 ok\r\n')
        else if (at === 'data') then(socket)
        else {
          inData = true
          socket.write('354 go\r\n')
        }
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      server.close()
    })
    return (server.address() as AddressInfo).port
  }
  const big = { parts: [{ _tag: 'Text', text: 'x'.repeat(70).concat('\n').repeat(400_000) }] } as const

  it('G17 is to be tried again when the connection ends before or within the mail', async () => {
    for (const at of ['data', 'middle'] as const) {
      const account = accountAt(await scripted(at, (socket) => socket.destroy()))
      expect(await sendFrom(account)(await wireOf(reply(big), account))).toMatchObject({ _tag: 'Retry' })
    }
  })

  it('G17 is uncertain when the connection ends after the mail and before the answer', async () => {
    const account = accountAt(await scripted('end', (socket) => socket.destroy()))
    expect(await sendFrom(account)(await wireOf(reply(), account))).toMatchObject({ _tag: 'Ambiguous' })
  })

  it('G17 is uncertain when it is stopped while it waits for the answer, and the connection is ended', async () => {
    const abort = new AbortController()
    let ended: Promise<unknown> | undefined
    const account = accountAt(
      await scripted('end', (socket) => {
        ended = new Promise((resolve) => socket.once('close', resolve))
        abort.abort()
      }),
    )
    expect(await sendFrom(account)(await wireOf(reply(), account), { signal: abort.signal })).toMatchObject({
      _tag: 'Ambiguous',
    })
    await ended
  })
})
