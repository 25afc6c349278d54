import { type Engine, type EngineOptions, createEngine } from '@guichet/engine'
import { manualClock, memoryBlobs, memoryStorage } from '@guichet/engine/memory'
import type { Channel, ChannelCapabilities, InboundEvent, SendOutcome } from '@guichet/engine/ports'
import { plainChannel } from '../../../../tooling/channels/plain-channel.ts'

/** A provider on the other side of a channel: what it was given, and what it answers. */
export interface Provider {
  readonly wires: Array<string>
  answer: (wire: string) => SendOutcome | Promise<SendOutcome>
}

const capabilities = {
  edit: true,
  delete: true,
  receipts: true,
  typing: true,
  files: { max: 2, maxBytes: 1_000, types: ['text/plain'] },
}

/** A channel whose requests are events as JSON, signed with a word; its provider is the object beside it. */
export const telegraph = (provider: Provider, over: Partial<ChannelCapabilities> = {}, connect?: Channel['connect']) =>
  plainChannel({
    name: 'telegraph',
    capabilities: { ...capabilities, ...over },
    settings: {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (value) =>
          typeof value === 'object' && value !== null && 'broken' in value
            ? { issues: [{ message: 'broken is not a setting' }] }
            : { value },
      },
    },
    verify: (request) => request.headers['x-word'] === 'please',
    parse: (request) => JSON.parse(new TextDecoder().decode(request.body)) as ReadonlyArray<InboundEvent>,
    send: async (wire) => {
      provider.wires.push(wire)
      return provider.answer(wire)
    },
    ...(connect === undefined ? {} : { connect }),
  })

export const newProvider = (): Provider => {
  const provider: Provider = {
    wires: [],
    answer: () => ({ _tag: 'Accepted', externalId: `sent-${provider.wires.length}` }),
  }
  return provider
}

export interface Shop {
  readonly engine: Engine
  readonly provider: Provider
  readonly clock: ReturnType<typeof manualClock>
  readonly blobs: ReturnType<typeof memoryBlobs>
  readonly problems: Array<string>
  readonly write: (
    text: string,
    more?: Partial<Extract<InboundEvent, { readonly _tag: 'MessageReceived' }>>,
  ) => Promise<Response>
  readonly post: (body: unknown, headers?: Record<string, string>) => Promise<Response>
  /** The id of the one open conversation. */
  readonly opened: () => Promise<string>
}

/** What was asked for; a refusal fails the test. */
export const value = async <A>(
  outcome: Promise<{ readonly ok: true; readonly value: A } | { readonly ok: false; readonly refusal: unknown }>,
): Promise<A> => {
  const result = await outcome
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`)
  return result.value
}

/** An engine with a queue, two agents, a manager and one account, on a clock that stands still. */
export const openShop = async (
  over: {
    readonly storage?: EngineOptions['storage']
    readonly clock?: ReturnType<typeof manualClock>
    /** What else the engine is made of. */
    readonly options?: Partial<EngineOptions>
    readonly capabilities?: Partial<ChannelCapabilities>
    readonly connect?: Channel['connect']
    /** Methods that behave otherwise. */
    readonly channel?: Partial<Channel<unknown, string>>
  } = {},
): Promise<Shop> => {
  const provider = newProvider()
  const clock = over.clock ?? manualClock()
  const blobs = memoryBlobs()
  const problems: Array<string> = []
  const engine = await createEngine({
    storage: over.storage ?? memoryStorage(),
    channels: { telegraph: { ...telegraph(provider, over.capabilities, over.connect), ...over.channel } },
    clock,
    blobs,
    random: () => 0.5,
    onError: ({ where }) => problems.push(where),
    ...over.options,
  })
  const shop = engine.workspace('shop')
  await shop.queues.put({ id: 'desk', name: 'Desk', mode: 'shared', claimOnReply: true })
  await shop.agents.put({ id: 'ana', name: 'Ana', role: 'agent', queues: ['desk'] })
  await shop.agents.put({ id: 'ben', name: 'Ben', role: 'agent', queues: ['desk'] })
  await shop.agents.put({ id: 'chloe', name: 'Chloe', role: 'manager', queues: [] })
  await shop.accounts.put({ id: 'wire', channel: 'telegraph', queue: 'desk' })
  const post = (body: unknown, headers: Record<string, string> = { 'x-word': 'please' }): Promise<Response> =>
    engine.receive(
      'shop/wire',
      new Request('https://host.example/hook', {
        method: 'POST',
        headers,
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    )
  let written = 0
  return {
    engine,
    provider,
    clock,
    blobs,
    problems,
    post,
    write: (text, more = {}) => {
      written += 1
      const event: InboundEvent = {
        _tag: 'MessageReceived',
        externalId: `in-${written}`,
        from: { address: 'claire' },
        parts: [{ _tag: 'Text', text }],
        ...more,
      }
      return post([event])
    },
    opened: async () => {
      const { items } = await shop.as('chloe').conversations.list({ tab: 'open' })
      const [first] = items
      if (first === undefined) throw new Error('no conversation is open')
      return first.id
    },
  }
}

/** Moves the clock on, a second at a time, until something has happened. */
export const until = async (clock: Shop['clock'], done: () => boolean): Promise<void> => {
  for (let steps = 0; !done() && steps < 1_000; steps += 1) {
    clock.advance(1_000)
    await new Promise((resolve) => setImmediate(resolve))
  }
  if (!done()) throw new Error('it has not happened')
}
