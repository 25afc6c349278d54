import { createEngine } from '@guichet/engine'
import { memoryStorage } from '@guichet/engine/memory'
import { describe, expect, it, onTestFinished } from 'vitest'
import { email } from '../src/index.ts'
import { accountWith } from './harness/account.ts'
import { deliver } from './harness/inbox.ts'
import { mail } from './harness/mail.ts'
import { fieldOf, openRelay } from './harness/relay.ts'

const town = async (account: { readonly signature?: boolean } = {}) => {
  const relay = await openRelay()
  const channel = email({ listen: { host: '127.0.0.1', port: 0 } })
  const problems: Array<unknown> = []
  const engine = await createEngine({
    storage: memoryStorage(),
    channels: { email: channel },
    onError: (problem) => problems.push(problem),
  })
  onTestFinished(() => engine.close())
  const acme = engine.workspace('acme')
  await acme.queues.put({ id: 'support', name: 'Support', mode: 'shared', claimOnReply: true })
  await acme.agents.put({ id: 'ana', name: 'Ana', role: 'agent', queues: ['support'] })
  const { settings } = accountWith({ smtp: { host: '127.0.0.1', port: relay.port } })
  const put = await acme.accounts.put({ id: 'mailbox', channel: 'email', queue: 'support', settings, ...account })
  expect(put).toMatchObject({ ok: true })
  await expect.poll(() => channel.server.address()?.port).toBeGreaterThan(0)
  const port = channel.server.address()?.port ?? 0
  return {
    relay,
    engine,
    problems,
    acme,
    ana: acme.as('ana'),
    post: (raw: Uint8Array, from: string, to = 'support@guichet.test') => deliver(port, raw, from, [to]),
  }
}

describe('the engine with a mailbox', () => {
  it('G14 makes a conversation of a mail, sends the answer, and finds the answer to that in the same conversation', async () => {
    const { relay, engine, ana, post, problems } = await town()
    const question = mail(
      {
        From: 'Marie <marie@example.com>',
        To: 'support@guichet.test',
        Cc: 'paul@example.com',
        Subject: 'Where is my order?',
        'Message-ID': '<1@example.com>',
      },
      'It was due on Monday.',
    )
    await post(question, 'marie@example.com')
    const [conversation] = (await ana.conversations.list({ tab: 'open' })).items
    expect(conversation).toMatchObject({
      subject: 'Where is my order?',
      contact: { name: 'Marie', address: 'marie@example.com' },
    })
    const id = conversation?.id ?? ''

    expect(await ana.conversations.reply(id, { text: 'It leaves today.' })).toMatchObject({ ok: true })
    await engine.settle()
    const [sent] = relay.delivered
    expect(sent?.to).toEqual(['marie@example.com', 'paul@example.com'])
    const raw = sent?.raw ?? ''
    expect(fieldOf(raw, 'subject')).toBe('Re: Where is my order?')
    expect(fieldOf(raw, 'in-reply-to')).toBe('<1@example.com>')

    const token = /<([^>]+)>/.exec(fieldOf(raw, 'reply-to') ?? '')?.[1] ?? ''
    await post(
      mail({ From: 'marie@example.com', To: token, Subject: 'thanks', 'Message-ID': '<2@example.com>' }),
      'marie@example.com',
      token,
    )
    await post(
      mail({
        From: 'marie@example.com',
        To: 'support@guichet.test',
        Subject: 'and more',
        'In-Reply-To': fieldOf(raw, 'message-id') ?? '',
      }),
      'marie@example.com',
    )
    const timeline = await ana.conversations.timeline(id)
    expect(timeline).toMatchObject({ ok: true })
    const messages = timeline.ok ? timeline.value.messages : []
    expect(messages.map(({ direction, matched }) => [direction, matched])).toEqual([
      ['in', 'none'],
      ['out', null],
      ['in', 'token'],
      ['in', 'token'],
    ])
    expect(messages[1]?.delivery?.status).toBe('sent')
    expect((await ana.conversations.list({ tab: 'all' })).items).toHaveLength(1)
    expect(problems).toEqual([])
  })

  it('G14 sends the first mail of a conversation that an agent starts, and finds every answer to it there', async () => {
    const { relay, engine, ana, post, problems } = await town()
    const started = await ana.conversations.start({
      account: 'mailbox',
      to: { address: 'marie@Example.com', name: 'Marie' },
      cc: ['paul@example.com'],
      subject: 'Your order',
      text: 'It has left.',
    })
    expect(started).toMatchObject({ ok: true, value: { conversation: { owner: 'ana', address: 'marie@example.com' } } })
    await engine.settle()
    const [sent] = relay.delivered
    expect(sent?.to).toEqual(['marie@example.com', 'paul@example.com'])
    const raw = sent?.raw ?? ''
    expect([fieldOf(raw, 'subject'), fieldOf(raw, 'to')]).toEqual(['Your order', 'Marie <marie@example.com>'])
    expect([fieldOf(raw, 'in-reply-to'), fieldOf(raw, 'references')]).toEqual([undefined, undefined])
    const token = /<([^>]+)>/.exec(fieldOf(raw, 'reply-to') ?? '')?.[1] ?? ''
    await post(
      mail({ From: 'marie@example.com', To: token, Subject: 'Re: Your order', 'Message-ID': '<2@example.com>' }),
      'marie@example.com',
      token,
    )
    await post(
      mail({
        From: 'marie@example.com',
        To: 'support@guichet.test',
        Subject: 'Re: Your order',
        'In-Reply-To': fieldOf(raw, 'message-id') ?? '',
      }),
      'marie@example.com',
    )
    const timeline = await ana.conversations.timeline(started.ok ? started.value.conversation.id : '')
    const messages = timeline.ok ? timeline.value.messages : []
    expect(messages.map(({ direction, matched, stranger }) => [direction, matched, stranger])).toEqual([
      ['out', null, false],
      ['in', 'token', false],
      ['in', 'token', false],
    ])
    expect(messages[0]?.delivery?.status).toBe('sent')
    expect((await ana.conversations.list({ tab: 'all' })).items).toHaveLength(1)
    expect(problems).toEqual([])
  })

  it('sends answers to the box of the agent who asked for that, and refuses it without one', async () => {
    const { relay, engine, acme, ana } = await town()
    const start = {
      account: 'mailbox',
      to: { address: 'marie@example.com' },
      text: 'Call me.',
      replyTo: 'agent',
    } as const
    expect(await ana.conversations.start(start)).toMatchObject({ refusal: { _tag: 'Invalid', what: 'replyTo' } })
    const box = 'ana@guichet.test'
    await acme.agents.put({ id: 'ana', name: 'Ana', role: 'agent', queues: ['support'], email: box })
    const started = await ana.conversations.start(start)
    await ana.conversations.reply(started.ok ? started.value.conversation.id : '', { text: 'Or write to us.' })
    await engine.settle()
    expect(relay.delivered.map(({ raw }) => fieldOf(raw, 'reply-to'))).toEqual([
      expect.stringMatching(/<ana@guichet\.test>$/),
      expect.stringMatching(/<support\+[a-z2-7]+@guichet\.test>$/),
    ])
  })

  it('ends a mail with the signature of who wrote it, in text and in HTML', async () => {
    const { relay, engine, acme, ana } = await town({ signature: true })
    const signature = '{{agent.name}}, for {{contact.name|you}}'
    await acme.agents.put({ id: 'ana', name: 'Ana', role: 'agent', queues: ['support'], signature })
    const html = '<p>It has left.</p>'
    const to = { address: 'marie@example.com', name: 'Marie & Max' }
    expect(await ana.conversations.start({ account: 'mailbox', to, text: 'It has left.', html })).toMatchObject({
      ok: true,
    })
    await engine.settle()
    const raw = (relay.delivered[0]?.raw ?? '').replace(/=\r?\n/g, '').replace(/\r\n/g, '\n')
    expect(raw).toMatch(/It has left\.\n\n--(=20| )\nAna, for Marie & Max/)
    expect(raw).toContain('<p>It has left.</p>')
    expect(raw).toMatch(/<div[^>]*>--(=20| )<br ?\/?>Ana, for Marie &amp; Max<\/div>/)
  })

  it('G02 keeps a mail once that is delivered twice, and G10 never its own', async () => {
    const { relay, engine, ana, post } = await town()
    const question = mail({ From: 'marie@example.com', To: 'support@guichet.test', Subject: 'Hello' })
    await post(question, 'marie@example.com')
    await post(question, 'marie@example.com')
    const [conversation] = (await ana.conversations.list({ tab: 'open' })).items
    await ana.conversations.reply(conversation?.id ?? '', { text: 'Hello Marie' })
    await engine.settle()
    await post(Buffer.from(relay.delivered[0]?.raw ?? ''), 'marie@example.com')
    const timeline = await ana.conversations.timeline(conversation?.id ?? '')
    expect(timeline.ok && timeline.value.messages.map(({ direction }) => direction)).toEqual(['in', 'out'])
    expect((await ana.conversations.list({ tab: 'all' })).items).toHaveLength(1)
  })

  it('G14 opens a conversation of its own for a stranger who forges a token or quotes a number', async () => {
    const { ana, post } = await town()
    await post(mail({ From: 'marie@example.com', To: 'support@guichet.test', Subject: 'Hello' }), 'marie@example.com')
    const forged = `support+${'a'.repeat(52)}@guichet.test`
    await post(mail({ From: 'eve@evil.example', To: forged, Subject: 'Re: Hello [#1]' }), 'eve@evil.example', forged)
    expect((await ana.conversations.list({ tab: 'all' })).items).toHaveLength(2)
  })
})
