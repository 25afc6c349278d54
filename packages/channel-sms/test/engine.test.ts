import { describe, expect, it } from 'vitest'
import { customer, type Provider } from './support/provider.ts'
import { plivoProvider } from './support/plivo.ts'
import { telnyxProvider } from './support/telnyx.ts'
import { town } from './support/town.ts'
import { twilioProvider } from './support/twilio.ts'

const named = (some: ReadonlyArray<Provider>) => some.map((provider) => [provider.name, provider] as const)

const hello = { id: 'SM1', from: customer, text: 'Hello' }

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
