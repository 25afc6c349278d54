import { describe, expect, it } from 'vitest'
import { customer, now, type Provider } from './support/provider.ts'
import { plivoProvider } from './support/plivo.ts'
import { providers } from './support/providers.ts'
import { telnyxProvider } from './support/telnyx.ts'
import { town } from './support/town.ts'
import { twilioProvider } from './support/twilio.ts'

const named = (some: ReadonlyArray<Provider>) => some.map((provider) => [provider.name, provider] as const)

const hello = { id: 'SM1', from: customer, text: 'Hello' }

describe.each(named(providers))('the engine with a number of %s', (_, provider) => {
  it('G19 sends nothing to who has said STOP, until START', async () => {
    const { server, engine, ana, receive, conversations } = await town(provider)
    await receive(provider.incoming(hello))
    await receive(provider.incoming({ ...hello, id: 'SM2', text: 'STOP', at: now }))
    const [conversation] = await conversations()
    const reply = () => ana.conversations.reply(conversation?.id ?? '', { text: 'One thing more' })
    expect(await reply()).toMatchObject({ ok: false })
    await engine.settle()
    expect(server.seen).toEqual([])
    await receive(provider.incoming({ ...hello, id: 'SM3', text: 'Start', at: now + 1_000 }))
    expect(await reply()).toMatchObject({ ok: true })
    await engine.settle()
    expect(server.seen).toHaveLength(1)
  })

  it('G17 learns from a report what became of a message whose answer was lost', async () => {
    const { server, engine, ana, receive, conversations, messages } = await town(provider)
    await receive(provider.incoming(hello))
    const [conversation] = await conversations()
    server.script('reset')
    await ana.conversations.reply(conversation?.id ?? '', { text: 'It leaves today.' })
    await engine.settle()
    const delivery = async () => (await messages()).at(-1)?.delivery
    expect(await delivery()).toMatchObject({ status: 'uncertain' })
    const [sent] = server.seen
    await receive(
      provider.report({ id: 'SM9', to: customer, status: 'delivered', ...(sent === undefined ? {} : { sent }) }),
    )
    expect(await delivery()).toMatchObject({ status: 'delivered', externalId: 'SM9' })
    expect(server.seen).toHaveLength(1)
  })
})

describe.each(named([twilioProvider, telnyxProvider, plivoProvider]))('the engine with files by %s', (_, provider) => {
  it('has the message at once, and its file when that has come', async () => {
    const { server, engine, receive, messages, problems } = await town(provider)
    await receive(provider.incoming({ ...hello, media: [`${server.origin}${provider.mediaPath}`] }))
    await engine.settle()
    await expect
      .poll(async () => (await messages())[0]?.parts)
      .toMatchObject([{ _tag: 'Text' }, { _tag: 'File', file: { size: 8 } }])
    expect(problems).toEqual([])
  })
})
