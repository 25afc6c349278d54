import { createEngine } from '@guichet/engine'
import { Guichet, fromEffect } from '@guichet/engine/effect'
import { manualClock, memoryStorage } from '@guichet/engine/memory'
import * as Context from 'effect/Context'
import * as Effect from 'effect/Effect'
import * as Fiber from 'effect/Fiber'
import * as Stream from 'effect/Stream'
import { describe, expect, it } from 'vitest'
import { anySettings, plainCapabilities } from '../../../tooling/channels/plain-channel.ts'

class Line extends Context.Service<Line, { readonly say: (words: string) => Effect.Effect<void> }>()('test/Line') {}

/** A channel that needs a service of the host's and holds a resource while it is connected. */
const telegraph = (log: Array<string>) =>
  fromEffect<unknown, string, Line>({
    name: 'telegraph',
    spi: 1,
    capabilities: { ...plainCapabilities, live: true, idempotentSend: true },
    settings: anySettings,
    verify: () => Effect.succeed(true),
    parse: (request) =>
      Effect.succeed([
        {
          _tag: 'MessageReceived',
          externalId: 'one',
          from: { address: 'tom' },
          parts: [{ _tag: 'Text', text: new TextDecoder().decode(request.body) }],
        },
      ]),
    render: (message) =>
      Effect.succeed({ _tag: 'Rendered', wires: message.parts.map((part) => (part._tag === 'Text' ? part.text : '')) }),
    send: (wire) =>
      Effect.gen(function* () {
        const line = yield* Line
        yield* line.say(wire)
        return { _tag: 'Accepted' as const }
      }),
    connect: () =>
      Effect.asVoid(
        Effect.acquireRelease(
          Effect.sync(() => log.push('connected')),
          () => Effect.sync(() => log.push('released')),
        ),
      ),
  })

describe('the engine for people who write Effect', () => {
  it('runs as a layer, with a channel that asks for services, refusals as failures, and the feed as a stream', async () => {
    const log: Array<string> = []
    const line = Line.of({ say: (words) => Effect.sync(() => void log.push(words)) })
    const program = Effect.gen(function* () {
      const guichet = yield* Guichet
      const acme = guichet.workspace('acme')
      yield* acme.queues.put({ id: 'desk', name: 'Desk', mode: 'shared', claimOnReply: true })
      for (const id of ['ana', 'ben']) yield* acme.agents.put({ id, name: id, role: 'agent', queues: ['desk'] })
      yield* acme.accounts.put({ id: 'wire', channel: 'telegraph', queue: 'desk' })
      const heard = yield* Effect.forkChild(Stream.runCollect(Stream.take(acme.feed({ since: 0 }), 2)))
      const request = new Request('https://host.example/hook', { method: 'POST', body: 'STOP' })
      yield* guichet.receive('acme/wire', request)
      const { items } = yield* acme.as('ana').conversations.list({ tab: 'open' })
      const id = items[0]?.id ?? ''
      yield* acme.as('ana').conversations.reply(id, { text: 'GO' })
      const lost = yield* acme
        .as('ben')
        .conversations.claim(id)
        .pipe(
          Effect.map(() => 'won'),
          Effect.catchTag('AlreadyOwned', ({ owner }) => Effect.succeed(`owned by ${owner}`)),
        )
      yield* guichet.settle
      const entries = yield* Fiber.join(heard)
      return { lost, heard: entries.map((item) => item._tag) }
    })
    const made = Effect.gen(function* () {
      const channel = yield* telegraph(log)
      const layer = Guichet.layer({ storage: memoryStorage(), channels: { telegraph: channel }, clock: manualClock() })
      return yield* Effect.provide(program, layer)
    })
    const result = await Effect.runPromise(Effect.provideService(made, Line, line))
    expect(result).toEqual({ lost: 'owned by ana', heard: ['Entry', 'Entry'] })
    expect(log).toEqual(['connected', 'GO', 'released'])
  })

  it('has templates and slash commands, and fails as a layer when those do not fit together', async () => {
    const program = Effect.gen(function* () {
      const acme = (yield* Guichet).workspace('acme')
      yield* acme.queues.put({ id: 'desk', name: 'Desk', mode: 'shared', claimOnReply: true })
      yield* acme.agents.put({ id: 'ana', name: 'Ana', role: 'agent', queues: ['desk'] })
      const { templates, slash } = acme.as('ana')
      const own = { _tag: 'Own', agent: 'ana' } as const
      yield* templates.put({ title: 'Hello', text: 'Hello {{contact.name|there}}', scope: own })
      const unknown = yield* templates
        .put({ title: 'Hello', text: '{{nobody}}', scope: own })
        .pipe(Effect.catchTag('Invalid', ({ what }) => Effect.succeed(what)))
      const hidden = yield* slash.run('c1', '/id').pipe(Effect.catchTag('NotFound', () => Effect.succeed('hidden')))
      return { found: (yield* templates.find()).length, unknown, hidden, known: slash.list().length }
    })
    const layer = Guichet.layer({ storage: memoryStorage(), clock: manualClock() })
    expect(await Effect.runPromise(Effect.provide(program, layer))).toEqual({
      found: 1,
      unknown: 'template',
      hidden: 'hidden',
      known: 5,
    })
    const twice = { usage: 'id', about: 'x', run: async () => ({ ok: true, value: { _tag: 'Done' } }) as const }
    const broken = Guichet.layer({ storage: memoryStorage(), slash: { id: twice } })
    const failure = await Effect.runPromise(Effect.flip(Effect.provide(program, broken)))
    expect(failure).toMatchObject({ code: 'Misconfigured' })
  })

  it('has everything that the other face has', async () => {
    const other = await createEngine({ storage: memoryStorage(), clock: manualClock() })
    const shop = other.workspace('shop')
    const session = shop.as('ana')
    const names = (whole: object): ReadonlyArray<string> => Object.keys(whole).sort()
    await Effect.runPromise(
      Effect.gen(function* () {
        const guichet = yield* Guichet
        const lifted = guichet.workspace('shop')
        expect(names(lifted)).toEqual(names(shop).filter((name) => name !== 'on'))
        expect(names(lifted.as('ana'))).toEqual(names(session))
        for (const part of ['conversations', 'contacts', 'slash', 'tags', 'presence'] as const) {
          expect(names(lifted.as('ana')[part])).toEqual(names(session[part]))
        }
        const queue = { id: 'support', name: 'Support', mode: 'shared', claimOnReply: true } as const
        yield* lifted.queues.put(queue)
        yield* lifted.agents.put({ id: 'ana', name: 'Ana', role: 'manager', queues: [] })
        const ana = lifted.as('ana')
        yield* ana.presence.set('online')
        const [seat] = yield* ana.presence.list()
        expect(seat?.presence).toBe('online')
        const refusal = yield* Effect.flip(lifted.departments.put({ id: 'd', name: 'D', queue: 'nowhere' }))
        expect(refusal).toMatchObject({ _tag: 'UnknownQueue', queue: 'nowhere' })
        expect(ana.slash.list().map(({ name }) => name)).toContain('rename')
      }).pipe(Effect.provide(Guichet.layer({ storage: memoryStorage(), clock: manualClock() }))),
    )
    await other.close()
  })

  it('takes of a channel everything that it may have, and gives it the services it asks for', async () => {
    const said: Array<string> = []
    const line = Line.of({ say: (words) => Effect.sync(() => void said.push(words)) })
    const heard = <A>(words: string, answer: A) =>
      Effect.map(
        Effect.flatMap(Line, ({ say }) => say(words)),
        () => answer,
      )
    const channel = await Effect.runPromise(
      fromEffect<unknown, string, Line>({
        name: 'telegraph',
        spi: 1,
        capabilities: { ...plainCapabilities, signals: ['Read'], profiles: true },
        settings: anySettings,
        acknowledgement: { status: 204 },
        verify: () => Effect.succeed(true),
        parse: () => Effect.succeed([]),
        render: () => Effect.succeed({ _tag: 'Rendered', wires: [] }),
        send: () => Effect.succeed({ _tag: 'Accepted' }),
        signal: ({ _tag, to }) => heard(`${_tag} ${to}`, { _tag: 'Rendered', wires: [] } as const),
        profile: (address) => heard(`who is ${address}`, { _tag: 'Unknown' } as const),
        fetchFile: ({ name }) => heard(`fetch ${name}`, { _tag: 'Gone', reason: 'too old' } as const),
        handshake: ({ url }) => heard(url, { status: 200 }),
      }).pipe(Effect.provideService(Line, line)),
    )
    const account = { workspace: 'acme', id: 'wire', name: 'Wire', settings: {} }
    const context = { signal: new AbortController().signal, fetch, maxBytes: 1 }
    const file = { name: 'a.png', mime: 'image/png', remote: 1 }
    expect(channel.acknowledgement).toEqual({ status: 204 })
    await channel.signal?.({ _tag: 'Read', to: 'zoe', externalId: 'm1' }, account)
    expect(await channel.profile?.('zoe', account, context)).toEqual({ _tag: 'Unknown' })
    expect(await channel.fetchFile?.(file, account, context)).toEqual({ _tag: 'Gone', reason: 'too old' })
    const request = { method: 'GET', url: 'https://host.example', headers: {}, body: new Uint8Array() }
    expect(await channel.handshake?.(request, account)).toEqual({ status: 200 })
    expect(said).toEqual(['Read zoe', 'who is zoe', 'fetch a.png', 'https://host.example'])
  })
})
