import { describe, expect, it } from 'vitest'
import { customer, ours } from './support/provider.ts'
import { providers } from './support/providers.ts'
import { json, openServer, type Script } from './support/server.ts'
import { accountOf, asRequest, town } from './support/town.ts'

const hello = { id: 'SM1', from: customer, text: 'Where is my order?' }

describe.each(providers.map((provider) => [provider.name, provider] as const))('SMS by %s', (_name, provider) => {
  const { channel } = provider

  it('G52 leaves what is for another number alone, and says whose it is', async () => {
    const account = await accountOf(provider, 'http://127.0.0.1:1')
    const request = provider.incoming({ ...hello, to: '+14155550199' })
    const written = (number: string) => (provider.digits ? number.slice(1) : number)
    expect(channel.accountsOf(request)).toContain(written('+14155550199'))
    expect(channel.accountsOf(provider.incoming(hello))).toContain(written(ours))
    expect(await channel.parse(request, account)).toEqual([
      { _tag: 'Ignored', reason: expect.stringMatching(/^another account: .*14155550199/) },
    ])
  })

  it('G52 believes what is signed for the account, by the old secret and the new one, and nothing else', async () => {
    const { engine, conversations } = await town(provider)
    const request = provider.incoming(hello)
    expect((await engine.receive('acme/sms', asRequest(request))).status).toBe(401)
    const forged = { ...provider.sign(request), body: provider.incoming({ ...hello, text: 'Another' }).body }
    expect((await engine.receive('acme/sms', asRequest(forged))).status).toBe(401)
    expect(await conversations()).toEqual([])
  })

  it('G18 answers, and follows what becomes of the answer: doubled, late and out of order', async () => {
    const { server, engine, ana, receive, conversations, messages, problems } = await town(provider)
    await receive(provider.incoming(hello))
    const [conversation] = await conversations()
    expect(await ana.conversations.reply(conversation?.id ?? '', { text: 'It leaves today: é €' })).toMatchObject({
      ok: true,
    })
    await engine.settle()
    const [sent] = server.seen
    expect(sent && provider.said(sent)).toEqual({ to: customer, text: 'It leaves today: é €' })
    const delivery = async () => (await messages()).at(-1)?.delivery
    expect(await delivery()).toMatchObject({ status: 'sent' })
    const id = (await delivery())?.externalId ?? ''
    expect(id).not.toBe('')
    const report = { id, to: customer, ...(sent === undefined ? {} : { sent }) }
    for (const status of ['delivered', 'sent', 'delivered'] as const) {
      expect((await receive(provider.report({ ...report, status }))).status).toBe(200)
      expect(await delivery()).toMatchObject({ status: 'delivered' })
    }
    expect(problems).toEqual([])
  })

  it('G18 says why a message has failed', async () => {
    const { server, engine, ana, receive, conversations, messages } = await town(provider)
    await receive(provider.incoming(hello))
    const [conversation] = await conversations()
    await ana.conversations.reply(conversation?.id ?? '', { text: 'It leaves today.' })
    await engine.settle()
    const id = (await messages()).at(-1)?.delivery?.externalId ?? ''
    const [sent] = server.seen
    const code = provider.failure
    await receive(
      provider.report({ id, to: customer, status: 'failed', code, ...(sent === undefined ? {} : { sent }) }),
    )
    expect((await messages()).at(-1)?.delivery).toMatchObject({ error: { code } })
  })

  it('G19 takes STOP and START for what they are, beside the message that says them', async () => {
    const account = await accountOf(provider, 'http://127.0.0.1:1')
    const eventsOf = (text: string) => channel.parse(provider.incoming({ ...hello, text }), account)
    expect(await eventsOf(' Stop. ')).toMatchObject([
      { _tag: 'MessageReceived', from: { address: customer } },
      { _tag: 'ConsentChanged', address: customer, given: false, scope: 'all', by: 'Stop.' },
    ])
    expect(await eventsOf('START')).toMatchObject([
      { _tag: 'MessageReceived' },
      { _tag: 'ConsentChanged', given: true },
    ])
    expect(await eventsOf('HELP')).toMatchObject([{ _tag: 'MessageReceived' }])
    expect(await eventsOf('stop by tomorrow')).toHaveLength(1)
  })

  // Not every provider has a code for it.
  const optOuts = [provider.optedOut ?? []].flat()
  it.each(optOuts)('G19 learns from a report with the code %s that a customer has opted out', async (code) => {
    const account = await accountOf(provider, 'http://127.0.0.1:1')
    const request = provider.report({ id: 'SM7', to: customer, status: 'failed', code })
    expect(await channel.parse(request, account)).toMatchObject([
      { _tag: 'ConsentChanged', address: customer, given: false, by: code },
      { _tag: 'DeliveryReported', externalId: 'SM7', status: 'failed', error: { code }, because: 'optedOut' },
    ])
  })

  it('G19 takes a code for an opt-out that the account names as one', async () => {
    const account = await accountOf(provider, 'http://127.0.0.1:1')
    const code = provider.failure
    const eventsWith = (optOutCodes: ReadonlyArray<string>) => {
      const request = provider.report({ id: 'SM7', to: customer, status: 'failed', code })
      return channel.parse(request, { ...account, settings: { ...account.settings, optOutCodes } })
    }
    expect(await eventsWith([])).toMatchObject([{ _tag: 'DeliveryReported' }])
    expect(await eventsWith([code])).toMatchObject([
      { _tag: 'ConsentChanged', address: customer, given: false, by: code },
      { _tag: 'DeliveryReported', because: 'optedOut' },
    ])
  })

  const send = async (scripts: ReadonlyArray<Script>, signal = AbortSignal.timeout(20_000), settings = {}) => {
    const server = await openServer(provider.handle)
    server.script(...scripts)
    const account = await accountOf(provider, server.origin)
    const context = { idempotencyKey: 'acme/c1/2/0', fetch, signal, blob: async () => new Uint8Array() }
    const wire = { to: customer, text: 'Bonjour', media: [] }
    const sending = channel.send(wire, { ...account, settings: { ...account.settings, ...settings } }, context)
    return { server, sending: Promise.resolve(sending) }
  }

  it('G17 has sent what the provider names, and nothing else', async () => {
    const { sending } = await send([])
    expect(await sending).toMatchObject({ _tag: 'Accepted', externalId: expect.stringMatching(/./) })
    for (const body of ['nonsense', '', '{}', '[]', 'null', '{"sid":7.5}', '<html>']) {
      for (const status of [200, 201, 202]) {
        const { sending: doubtful } = await send([{ status, body, headers: { 'content-type': 'application/json' } }])
        expect(await doubtful, `${status} ${body}`).toMatchObject({ _tag: 'Ambiguous' })
      }
    }
  })

  it('G17 does not know of a message whose answer is lost, and does of one that never left', async () => {
    const reset = await send(['reset'])
    expect(await reset.sending).toMatchObject({ _tag: 'Ambiguous' })
    const stop = new AbortController()
    const silent = await send(['silence'], stop.signal)
    await silent.server.read(1)
    stop.abort()
    expect(await silent.sending).toMatchObject({ _tag: 'Ambiguous' })
    const closed = await send([], undefined, { apiUrl: 'http://127.0.0.1:1' })
    expect(await closed.sending).toMatchObject({ _tag: 'Retry' })
    expect(closed.server.seen).toEqual([])
  })

  it('G17 waits as long as it is told to, and knows an expired token and a server in trouble', async () => {
    const answered = async (script: Script) => (await send([script])).sending
    expect(await answered({ status: 429, headers: { 'retry-after': '7' }, body: '' })).toMatchObject({
      _tag: 'Retry',
      afterMs: 7_000,
      scope: 'account',
    })
    expect(await answered(json(429, {}))).toEqual({ _tag: 'Retry', reason: expect.any(String), scope: 'account' })
    expect(await answered(json(401, {}))).toMatchObject({ _tag: 'Rejected', because: 'auth' })
    for (const status of [500, 502, 503, 504]) {
      expect(await answered({ status, body: '<html>' })).toMatchObject({ _tag: 'Ambiguous' })
    }
    expect(await answered({ status: 503, headers: { 'retry-after': '1' }, body: '' })).toMatchObject({ _tag: 'Retry' })
    expect(await answered({ status: 400, body: 'no' })).toMatchObject({ _tag: 'Rejected', code: 'http-400' })
    for (const status of [302, 402, 404]) {
      const script = { status, headers: { location: 'http://127.0.0.1:1' }, body: '' }
      expect(await answered(script)).toMatchObject({ _tag: 'Rejected', because: 'account' })
    }
    expect(await answered({ status: 400, body: '{"err', cut: true })).toMatchObject({ _tag: 'Retry' })
    expect(await answered({ status: 425, body: '' })).toMatchObject({ _tag: 'Retry' })
    expect(await answered({ status: 408, body: '' })).toMatchObject({ _tag: 'Ambiguous' })
  })

  it.each(Object.entries(provider.verdicts))('G17 ends error %s as its table says: %s', async (code, verdict) => {
    const { sending } = await send([provider.refusal(code)])
    const outcome = await sending
    if (verdict === 'throttle') expect(outcome).toMatchObject({ _tag: 'Retry', scope: 'account' })
    else if (verdict === 'again') expect(outcome).toMatchObject({ _tag: 'Retry' })
    else if (verdict === 'uncertain') expect(outcome).toMatchObject({ _tag: 'Ambiguous' })
    else {
      expect(outcome).toMatchObject({ _tag: 'Rejected', code })
      expect(outcome._tag === 'Rejected' && (outcome.because ?? 'refused')).toBe(verdict)
    }
  })

  it('sends no half of a surrogate pair', async () => {
    const { server, receive, answer } = await town(provider)
    await receive(provider.incoming(hello))
    await answer('Half a \ud83d smile')
    expect(server.seen.map((seen) => provider.said(seen).text)).toEqual(['Half a \ufffd smile'])
  })

  it('splits a long text where the provider would refuse it, and loses nothing', async () => {
    const { server, engine, ana, receive, conversations, messages } = await town(provider)
    await receive(provider.incoming(hello))
    const [conversation] = await conversations()
    const text = Array.from({ length: 600 }, (_, index) => `word${index}`).join(' ')
    await ana.conversations.reply(conversation?.id ?? '', { text })
    await engine.settle()
    expect(server.seen.length).toBeGreaterThan(1)
    expect(server.seen.map((seen) => provider.said(seen).text).join(' ')).toBe(text)
    expect((await messages()).at(-1)?.delivery).toMatchObject({ status: 'sent' })
  })
})
