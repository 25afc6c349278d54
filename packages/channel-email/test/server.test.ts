import { randomBytes } from 'node:crypto'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { email } from '../src/index.ts'
import { replyAddress } from '../src/thread/reply-token.ts'
import { signerOf } from '../src/thread/signer.ts'
import { accountWith, conversation } from './harness/account.ts'
import { cert, key } from '../../../tooling/channels/certificate.ts'
import { deliver, openInbox, talk } from './harness/inbox.ts'
import { longestBlock } from './harness/longest-block.ts'
import { fromMarie, mail } from './harness/mail.ts'
import { reply, sendFrom, wireOf } from './harness/outbound.ts'
import { recordingSink } from './harness/sink.ts'

const support = accountWith()
const hello = mail({ ...fromMarie, 'Message-ID': '<1@example.com>' })

/** Somebody in the middle of a mail: what she says next is its text. */
const begunMail = async (port: number) => {
  const client = await talk(port)
  const lines = ['EHLO test', 'MAIL FROM:<marie@example.com>', 'RCPT TO:<support@guichet.test>', 'DATA']
  for (const line of lines) await client.say(line)
  return client
}

describe('the SMTP server', () => {
  it('hands a mail on as its bytes and its envelope', async () => {
    const inbox = recordingSink()
    const { port } = await openInbox([[support, inbox]])
    await deliver(port, hello, 'marie@example.com', ['support@guichet.test'])
    expect(inbox.requests).toHaveLength(1)
    expect(inbox.requests[0]?.headers).toMatchObject({
      'x-envelope-from': 'marie@example.com',
      'x-envelope-to': 'support@guichet.test',
    })
    expect(Buffer.from(inbox.requests[0]?.body ?? []).toString()).toBe(Buffer.from(hello).toString())
  })

  it('refuses an unknown recipient at RCPT with 550 and takes the known one of the same mail', async () => {
    const inbox = recordingSink()
    const { port } = await openInbox([[support, inbox]])
    const client = await talk(port)
    await client.say('EHLO test')
    await client.say('MAIL FROM:<marie@example.com>')
    expect(await client.say('RCPT TO:<nobody@guichet.test>')).toMatch(/^550 /)
    expect(await client.say('RCPT TO:<support@elsewhere.test>')).toMatch(/^550 /)
    expect(await client.say('RCPT TO:<support@guichet.test>')).toMatch(/^250 /)
    expect(await client.say('DATA')).toMatch(/^354 /)
    expect(await client.say('Subject: x\r\n\r\nx\r\n.')).toMatch(/^250 /)
    expect(inbox.requests).toHaveLength(1)
  })

  it('receives at the address in any case, at its aliases, and at reply-token addresses of both', async () => {
    const account = accountWith({ aliases: ['help@guichet.test'] })
    const inbox = recordingSink()
    const { port } = await openInbox([[account, inbox]])
    const token = replyAddress(['support@guichet.test'], signerOf(account), conversation) ?? ''
    const to = ['SUPPORT@Guichet.Test', 'help@guichet.test', token, 'help+anything@guichet.test']
    for (const address of to) await deliver(port, hello, 'marie@example.com', [address])
    expect(inbox.requests.map(({ headers }) => headers['x-envelope-to']?.toLowerCase())).toEqual(
      to.map((address) => address.toLowerCase()),
    )
  })

  it('takes the null sender of a bounce', async () => {
    const inbox = recordingSink()
    const { port } = await openInbox([[support, inbox]])
    const client = await talk(port)
    await client.say('EHLO test')
    expect(await client.say('MAIL FROM:<>')).toMatch(/^250 /)
    await client.say('RCPT TO:<support@guichet.test>')
    await client.say('DATA')
    expect(await client.say('Subject: x\r\n\r\nx\r\n.')).toMatch(/^250 /)
    expect(inbox.requests[0]?.headers['x-envelope-from']).toBe('')
  })

  it('G06 answers 250 only after the mail has been stored', async () => {
    const steps: Array<string> = []
    let commit = () => {}
    const inbox = recordingSink(
      () =>
        new Promise((resolve) => {
          steps.push('received')
          commit = () => {
            steps.push('stored')
            resolve()
          }
          setImmediate(() => {
            steps.push('still waiting')
            commit()
          })
        }),
    )
    const { port } = await openInbox([[support, inbox]])
    await deliver(port, hello, 'marie@example.com', ['support@guichet.test'])
    steps.push('answered')
    expect(steps).toEqual(['received', 'still waiting', 'stored', 'answered'])
  })

  it('G06 answers 451 when the store is down, and 250 when the sender comes again after that', async () => {
    let down = true
    const inbox = recordingSink(async () => {
      if (down) throw new Error('the store is down')
    })
    const { port } = await openInbox([[support, inbox]])
    await expect(deliver(port, hello, 'marie@example.com', ['support@guichet.test'])).rejects.toMatchObject({
      responseCode: 451,
    })
    expect(inbox.requests).toHaveLength(0)
    down = false
    await deliver(port, hello, 'marie@example.com', ['support@guichet.test'])
    expect(inbox.requests).toHaveLength(1)
  })

  it('G04 hands one mail to every account it is for, each with its own recipients', async () => {
    const sales = accountWith({ address: 'sales@guichet.test' }, { id: 'sales' })
    const [a, b] = [recordingSink(), recordingSink()]
    const { port } = await openInbox([
      [support, a],
      [sales, b],
    ])
    await deliver(port, hello, 'marie@example.com', [
      'support@guichet.test',
      'sales@guichet.test',
      'sales+x@guichet.test',
    ])
    expect(a.requests.map(({ headers }) => headers['x-envelope-to'])).toEqual(['support@guichet.test'])
    expect(b.requests.map(({ headers }) => headers['x-envelope-to'])).toEqual([
      'sales@guichet.test, sales+x@guichet.test',
    ])
  })

  it('G04 asks the sender to come again when one of two accounts could not store it, though the other has', async () => {
    const sales = accountWith({ address: 'sales@guichet.test' }, { id: 'sales' })
    const [a, b] = [recordingSink(), recordingSink(() => Promise.reject(new Error('down')))]
    const { port } = await openInbox([
      [support, a],
      [sales, b],
    ])
    await expect(
      deliver(port, hello, 'marie@example.com', ['support@guichet.test', 'sales@guichet.test']),
    ).rejects.toMatchObject({ responseCode: 451 })
    expect(a.requests).toHaveLength(1)
  })

  it('G52 lets no account receive at an address that another one has', async () => {
    const other = accountWith(
      { address: 'other@guichet.test', aliases: ['support@guichet.test'] },
      { workspace: 'evil', id: 'x' },
    )
    const inbox = recordingSink()
    const { channel, port } = await openInbox([[support, inbox]])
    const spy = recordingSink()
    const abort = new AbortController()
    onTestFinished(() => abort.abort())
    await expect(channel.connect?.(other, spy.sink, { signal: abort.signal, now: () => 0 })).rejects.toThrow(
      'another account',
    )
    await deliver(port, hello, 'marie@example.com', ['support@guichet.test'])
    expect(inbox.requests).toHaveLength(1)
    expect(spy.requests).toHaveLength(0)
  })

  it('announces its limit, and refuses a mail that says it is larger before a byte of it is sent', async () => {
    const { port } = await openInbox([[support, recordingSink()]], { maxBytes: 1_000 })
    const client = await talk(port)
    expect(await client.say('EHLO test')).toMatch(/^250[- ]SIZE 1000$/m)
    expect(await client.say('MAIL FROM:<marie@example.com> SIZE=1001')).toMatch(/^552 /)
  })

  it('survives a 100 MB mail: 552, nothing stored, nothing kept in memory, and others are served meanwhile', async () => {
    const inbox = recordingSink()
    const { port } = await openInbox([[support, inbox]])
    const client = await begunMail(port)
    const before = process.memoryUsage().rss
    const block = Buffer.from(
      `${randomBytes(512 * 1024)
        .toString('base64')
        .replace(/(.{76})/g, '$1\r\n')}\r\n`,
    )
    let peak = before
    const { blocked } = await longestBlock(async () => {
      client.socket.write('Subject: x\r\n\r\n')
      for (let sent = 0; sent < 100 * 1024 * 1024; sent += block.byteLength) {
        if (!client.socket.write(block)) await new Promise((resolve) => client.socket.once('drain', resolve))
        peak = Math.max(peak, process.memoryUsage().rss)
      }
      await deliver(port, hello, 'paul@example.com', ['support@guichet.test'])
    })
    expect(inbox.requests.map(({ headers }) => headers['x-envelope-from'])).toEqual(['paul@example.com'])
    expect(await client.say('.')).toMatch(/^552 /)
    expect(inbox.requests).toHaveLength(1)
    expect((peak - before) / 1024 / 1024).toBeLessThan(120)
    expect(blocked).toBeLessThan(500)
  })

  it('answers 452 rather than hold more mails at once than there is room for', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const inbox = recordingSink(() => held)
    const { port } = await openInbox([[support, inbox]], { maxBytes: 10_000 })
    const full = mail(fromMarie, 'x'.repeat(9_500))
    const waiting = Array.from({ length: 8 }, () => deliver(port, full, 'marie@example.com', ['support@guichet.test']))
    const more = Array.from({ length: 4 }, () =>
      deliver(port, full, 'marie@example.com', ['support@guichet.test']).catch(
        (error: { responseCode: number }) => error,
      ),
    )
    const refused = await Promise.race(more)
    expect(refused).toMatchObject({ responseCode: 452 })
    release()
    await Promise.allSettled(waiting)
    await deliver(port, full, 'marie@example.com', ['support@guichet.test'])
  })

  it('takes a bare line feed and a dot for text, not for the end of the mail', async () => {
    const inbox = recordingSink()
    const { port } = await openInbox([[support, inbox]])
    const client = await begunMail(port)
    const smuggled =
      'Subject: x\r\n\r\nx\n.\nMAIL FROM:<ceo@guichet.test>\r\nRCPT TO:<support@guichet.test>\r\nDATA\r\nforged'
    expect(await client.say(`${smuggled}\r\n.`)).toMatch(/^250 /)
    expect(inbox.requests).toHaveLength(1)
    expect(Buffer.from(inbox.requests[0]?.body ?? []).toString()).toContain('forged')
  })

  it('offers neither AUTH nor, without a key, STARTTLS', async () => {
    const { port } = await openInbox([[support, recordingSink()]])
    const client = await talk(port)
    expect(await client.say('EHLO test')).not.toMatch(/AUTH|STARTTLS/)
    expect(await client.say('STARTTLS')).toMatch(/^5/)
  })

  it('offers STARTTLS with a key of its own, and sends over it to a server whose certificate it trusts', async () => {
    const inbox = recordingSink()
    const { port } = await openInbox([[support, inbox]], { tls: { key, cert } })
    const client = await talk(port)
    expect(await client.say('EHLO test')).toMatch(/STARTTLS/)
    const smtp = { host: '127.0.0.1', port, tls: { required: true, servername: 'localhost', ca: cert } }
    const sender = accountWith({ address: 'shop@example.com', smtp })
    const wire = await wireOf(reply({ to: 'support@guichet.test' }), sender)
    expect(await sendFrom(sender)(wire)).toMatchObject({ _tag: 'Accepted' })
    expect(inbox.requests).toHaveLength(1)
    const distrusting = accountWith({ address: 'shop@example.com', smtp: { ...smtp, tls: { required: true } } })
    expect(await sendFrom(distrusting)(wire)).toMatchObject({ _tag: 'Retry' })
    expect(inbox.requests).toHaveLength(1)
  })

  it('ends a connection whose command never ends', async () => {
    const { port } = await openInbox([[support, recordingSink()]])
    const client = await talk(port)
    expect(await client.say('x'.repeat(100_000))).toMatch(/^421 /)
  })

  it('ends the connection of a mail that does not end in ten minutes', async () => {
    const inbox = recordingSink()
    const { port } = await openInbox([[support, inbox]])
    const client = await talk(port)
    await client.say('EHLO test')
    await client.say('MAIL FROM:<marie@example.com>')
    await client.say('RCPT TO:<support@guichet.test>')
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => {
      vi.useRealTimers()
    })
    await client.say('DATA')
    client.socket.write('Subject: slow\r\n\r\n')
    // Written every minute: never idle, never done.
    for (let minute = 0; minute < 9; minute++) {
      vi.advanceTimersByTime(60_000)
      client.socket.write('.')
    }
    expect(client.socket.closed).toBe(false)
    vi.advanceTimersByTime(61_000)
    expect(await client.answer()).toBe('closed')
    expect(inbox.requests).toHaveLength(0)
  })

  it('keeps nothing of a mail whose sender went away in the middle of it', async () => {
    const inbox = recordingSink()
    const { port } = await openInbox([[support, inbox]])
    const client = await begunMail(port)
    client.socket.write('Subject: half\r\n\r\nhal')
    client.socket.destroy()
    await deliver(port, hello, 'paul@example.com', ['support@guichet.test'])
    expect(inbox.requests.map(({ headers }) => headers['x-envelope-from'])).toEqual(['paul@example.com'])
  })

  it('opens its port with the first account, closes it with the last, and opens it again', async () => {
    const channel = email({ listen: { host: '127.0.0.1', port: 0 } })
    const inbox = recordingSink()
    const [first, second] = [new AbortController(), new AbortController()]
    onTestFinished(() => second.abort())
    expect(channel.server.address()).toBeUndefined()
    await channel.connect?.(support, inbox.sink, { signal: first.signal, now: () => 0 })
    const port = channel.server.address()?.port ?? 0
    await deliver(port, hello, 'marie@example.com', ['support@guichet.test'])
    first.abort()
    expect(channel.server.address()).toBeUndefined()
    await expect(deliver(port, hello, 'marie@example.com', ['support@guichet.test'])).rejects.toThrow()
    await channel.connect?.(support, inbox.sink, { signal: second.signal, now: () => 0 })
    await deliver(channel.server.address()?.port ?? 0, hello, 'marie@example.com', ['support@guichet.test'])
    expect(inbox.requests).toHaveLength(2)
  })

  it('says so when its port is taken, and connects once it is free', async () => {
    const { port, stop } = await openInbox([[support, recordingSink()]])
    const channel = email({ listen: { host: '127.0.0.1', port } })
    const abort = new AbortController()
    onTestFinished(() => abort.abort())
    const connect = async () => channel.connect?.(support, recordingSink().sink, { signal: abort.signal, now: () => 0 })
    await expect(connect()).rejects.toMatchObject({ code: 'EADDRINUSE' })
    stop()
    await expect
      .poll(() =>
        connect().then(
          () => true,
          () => false,
        ),
      )
      .toBe(true)
  })
})
