import { describe, expect, it } from 'vitest'
import { customer, picture, type Provider } from './support/provider.ts'
import { openServer } from './support/server.ts'
import { plivoProvider } from './support/plivo.ts'
import { telnyxProvider } from './support/telnyx.ts'
import { accountOf, town } from './support/town.ts'
import { twilioProvider } from './support/twilio.ts'

const providers: ReadonlyArray<Provider> = [twilioProvider, telnyxProvider, plivoProvider]

const hello = { id: 'MM1', from: customer, text: 'Look' }

describe.each(providers.map((provider) => [provider.name, provider] as const))('files by %s', (_, provider) => {
  it('are known by where they are, and brought from there', async () => {
    const server = await openServer(provider.handle)
    const account = await accountOf(provider, server.origin)
    const request = provider.incoming({ ...hello, media: [`${server.origin}${provider.mediaPath}`] })
    const [message] = await provider.channel.parse(request, account)
    const parts = message?._tag === 'MessageReceived' ? message.parts : []
    expect(parts).toMatchObject([
      { _tag: 'Text', text: 'Look' },
      { _tag: 'RemoteFile', file: provider.mediaFile ?? { name: 'image-1.png', mime: 'image/png' } },
    ])
    const file = parts[1]?._tag === 'RemoteFile' ? parts[1].file : undefined
    const context = { fetch, signal: AbortSignal.timeout(20_000), maxBytes: 1_000 }
    const brought = file && (await provider.channel.fetchFile?.(file, account, context))
    expect(brought).toMatchObject({ _tag: 'Fetched', mime: 'image/png' })
    expect(brought?._tag === 'Fetched' && Buffer.compare(brought.bytes, picture)).toBe(0)
  })

  it('are not brought from anywhere else, and nobody else is told the password', async () => {
    const own = await openServer(provider.handle)
    const stranger = await openServer(() => ({ status: 200, body: 'gotcha' }))
    const account = await accountOf(provider, own.origin)
    const context = { fetch, signal: AbortSignal.timeout(20_000), maxBytes: 1_000 }
    const fetched = (url: string) =>
      provider.channel.fetchFile?.({ name: 'x', mime: 'image/png', remote: { url } }, account, context)
    for (const url of [`${stranger.origin}/x`, 'http://169.254.169.254/', 'file:///etc/passwd', 'x']) {
      expect(await fetched(url)).toMatchObject({ _tag: 'Gone' })
    }
    own.script({ status: 307, headers: { location: `${stranger.origin}/x` }, body: '' })
    expect(await fetched(`${own.origin}/media/ME1`)).toMatchObject({ _tag: 'Gone' })
    expect(stranger.seen).toEqual([])
  })

  it('are asked for again when a page comes in their place', async () => {
    const server = await openServer(provider.handle)
    const account = await accountOf(provider, server.origin)
    server.script({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<html>' })
    const file = { name: 'x', mime: 'image/png', remote: { url: `${server.origin}${provider.mediaPath}` } }
    const context = { fetch, signal: AbortSignal.timeout(20_000), maxBytes: 1_000 }
    expect(await provider.channel.fetchFile?.(file, account, context)).toMatchObject({ _tag: 'Retry' })
  })

  it('go out as links, where the host has them, with the first text', async () => {
    const channel = provider.withFiles ?? provider.channel
    const { server, engine, ana, receive, conversations } = await town(provider, channel)
    await receive(provider.incoming(hello))
    const [conversation] = await conversations()
    const account = await accountOf(provider, server.origin)
    const file = { blob: 'b1', name: 'chair.png', mime: 'image/png', size: 8 }
    const message = {
      workspace: 'acme',
      conversation: conversation?.id ?? '',
      seq: 2,
      to: customer,
      cc: [],
      subject: null,
      parts: [
        { _tag: 'Text', text: 'Like this one?' },
        { _tag: 'File', file },
      ] as const,
      sentAt: 0,
    }
    expect(await channel.render(message, account)).toEqual({
      _tag: 'Rendered',
      wires: [{ to: customer, text: 'Like this one?', media: ['https://files.example.com/b1'] }],
    })
    expect(await provider.channel.render(message, account)).toEqual({ _tag: 'Unsupported', feature: 'files' })
    const wire = { to: customer, text: '', media: ['https://files.example.com/b1'] }
    const context = {
      idempotencyKey: 'k',
      fetch,
      signal: AbortSignal.timeout(20_000),
      blob: async () => picture,
    }
    expect(await channel.send(wire, account, context)).toMatchObject({ _tag: 'Accepted' })
    expect(decodeURIComponent(server.seen.at(-1)?.body ?? '')).toContain('https://files.example.com/b1')
    await engine.settle()
    expect(ana).toBeDefined()
  })

  it('are no part of a channel without links to them', () => {
    expect(provider.channel.capabilities.files).toEqual({ max: 0, maxBytes: 0, types: [] })
    expect(provider.withFiles?.capabilities.files.max).toBe(10)
  })
})
