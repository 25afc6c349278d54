import * as fc from 'fast-check'
import type { Rendered, SendOutcome, Signal } from '@guichet/engine/ports'
import { assert, same } from '../assert.ts'
import { holds } from '../property.ts'
import { within } from '../within.ts'
import type { ChannelBench, ChannelCase, ProviderAnswer, ProviderRequest } from './harness.ts'
import { type Fate, withProvider } from './provider.ts'
import { freeze } from './render.ts'

const area = 'signal'

/** Longer than any answer from this machine takes, in milliseconds; nothing waits for it unless a case fails. */
const patienceMs = 10_000

/** What any channel can say that says such things at all. */
const plainly = (to: string): ReadonlyArray<Signal> => [
  { _tag: 'Read', to, externalId: 'm1' },
  { _tag: 'Typing', to, on: true, answers: 'm1' },
  { _tag: 'Reaction', to, externalId: 'm1', direction: 'in', emoji: '❤️' },
  { _tag: 'Reaction', to, externalId: 'm1', direction: 'in', emoji: null },
  { _tag: 'Control', to, ours: true },
]

const named = ({ channel }: ChannelBench, signals: ReadonlyArray<Signal>): ReadonlyArray<Signal> =>
  signals.filter(({ _tag }) => channel.capabilities.signals?.includes(_tag) === true)

const id = fc.oneof(fc.string({ minLength: 1, maxLength: 200 }), fc.constantFrom('wamid.HBgL=', 'm_1', '💺'))
const sign = fc.constantFrom('👍', '❤️', '👩‍👩‍👧‍👦', '1️⃣', '🇫🇷', ':-)', '🫠')

/** Whatever a channel may be asked to tell; of these it is asked those that it names. */
const anySignal = (address: string): fc.Arbitrary<Signal> => {
  const to = fc.oneof(fc.constant(address), fc.string({ maxLength: 50 }))
  return fc.oneof(
    fc.record({ _tag: fc.constant('Read' as const), to, externalId: id }),
    fc.record(
      { _tag: fc.constant('Typing' as const), to, on: fc.boolean(), answers: id },
      { requiredKeys: ['_tag', 'to', 'on'] },
    ),
    fc.record({
      _tag: fc.constant('Reaction' as const),
      to,
      externalId: id,
      direction: fc.constantFrom('in' as const, 'out' as const),
      emoji: fc.option(sign),
    }),
    fc.record({ _tag: fc.constant('Control' as const), to, ours: fc.boolean() }),
  )
}

const told = async ({ channel, account }: ChannelBench, signal: Signal): Promise<Rendered<unknown>> => {
  const rendered = await channel.signal?.(signal, account)
  assert(rendered !== undefined, 'a channel that names signals has a signal')
  return rendered
}

/** What it comes to when all requests for a signal meet one fate. */
const meeting = async (
  bench: ChannelBench,
  signal: Signal,
  fateOf: (request: ProviderRequest) => Fate,
): Promise<ReadonlyArray<SendOutcome['_tag']>> => {
  const { channel, account } = bench
  const rendered = await told(bench, signal)
  const tags: Array<SendOutcome['_tag']> = []
  for (const wire of rendered._tag === 'Rendered' ? rendered.wires : []) {
    const outcome = await withProvider(fateOf, async ({ fetch }) => {
      const context = {
        idempotencyKey: 'acme/c1/2/0',
        signal: new AbortController().signal,
        fetch,
        blob: () => Promise.reject(new Error('there is no file')),
      }
      try {
        return await within(patienceMs, 'send came to no end', () => channel.send(wire, account, context))
      } catch (error) {
        if (error instanceof Error && error.message.startsWith('send came to no end')) throw error
        return { _tag: 'Ambiguous', reason: String(error) } as const
      }
    })
    tags.push(outcome._tag)
  }
  return tags
}

const comesTo = async (bench: ChannelBench, fate: Fate, may: ReadonlyArray<SendOutcome['_tag']>): Promise<void> => {
  for (const signal of named(bench, plainly(bench.address))) {
    for (const tag of await meeting(bench, signal, () => fate)) {
      assert(may.includes(tag), `${signal._tag}: expected ${may.join(' or ')}, got ${tag}`)
    }
  }
}

const asJson = { 'content-type': 'application/json' }

export const signalCases: ReadonlyArray<ChannelCase> = [
  {
    area,
    name: 'tells everything that it says it tells',
    body: async (bench) => {
      for (const signal of named(bench, plainly(bench.address))) {
        const rendered = await told(bench, signal)
        same(rendered._tag, 'Rendered', `what became of ${JSON.stringify(signal)}`)
        assert(rendered._tag === 'Rendered' && rendered.wires.length > 0, `no wire for ${JSON.stringify(signal)}`)
      }
    },
  },
  {
    area,
    name: 'answers whatever it may be asked to tell, the same each time, and leaves it as it is',
    guarantee: 'G48',
    body: async (bench) => {
      const { channel, account, address, runs } = bench
      if (named(bench, plainly(address)).length === 0) return
      const any = anySignal(address).filter((signal) => named(bench, [signal]).length > 0)
      await holds(
        fc.asyncProperty(any, async (signal) => {
          const before = JSON.stringify([signal, account])
          const [frozen, frozenAccount] = [freeze(structuredClone(signal)), freeze(structuredClone(account))]
          const first = await channel.signal?.(frozen, frozenAccount)
          same(JSON.stringify([frozen, frozenAccount]), before, 'the signal and the account')
          same(await channel.signal?.(frozen, frozenAccount), first, 'the second answer')
          if (first?._tag === 'Unsupported') {
            assert(first.feature.trim() !== '', 'what it does not support must have a name')
            return
          }
          assert(first !== undefined && Array.isArray(first.wires), 'wires, perhaps none')
        }),
        runs,
      )
    },
  },
  {
    area,
    name: 'says whom it is for, beside which message, and which sign',
    body: async (bench) => {
      const { address } = bench
      const heart = { _tag: 'Reaction', to: address, externalId: 'm1', direction: 'in', emoji: '❤️' } as const
      const others: ReadonlyArray<readonly [Signal, Signal]> = [
        [heart, { ...heart, emoji: null }],
        [heart, { ...heart, externalId: 'm2' }],
        [
          { _tag: 'Control', to: address, ours: true },
          { _tag: 'Control', to: address, ours: false },
        ],
        [
          { _tag: 'Typing', to: address, on: true, answers: 'm1' },
          { _tag: 'Typing', to: address, on: false, answers: 'm1' },
        ],
      ]
      for (const [one, other] of others) {
        if (named(bench, [one]).length === 0) continue
        const [first, second] = [await told(bench, one), await told(bench, other)]
        assert(
          JSON.stringify(first) !== JSON.stringify(second),
          `the same for ${JSON.stringify(one)} and ${JSON.stringify(other)}`,
        )
      }
    },
  },
  {
    area,
    name: 'is accepted when the provider takes it',
    needs: ['provider'],
    body: async (bench) => {
      const { accepts, tells } = bench.given('provider')
      for (const signal of named(bench, plainly(bench.address))) {
        const takes = (request: ProviderRequest): ProviderAnswer => tells?.(signal) ?? accepts(request)
        for (const tag of await meeting(bench, signal, takes)) same(tag, 'Accepted', `what became of ${signal._tag}`)
      }
    },
  },
  {
    area,
    name: 'is never taken for told when the provider refuses it, has too much to do, fails or hangs up',
    guarantee: 'G17',
    needs: ['provider'],
    body: async (bench) => {
      const { refuses = { status: 400, headers: asJson, body: '{}' } } = bench.given('provider')
      await comesTo(bench, refuses, ['Rejected'])
      await comesTo(bench, { status: 429, headers: asJson, body: '{}' }, ['Retry'])
      await comesTo(bench, { status: 503, body: '<html>oops</html>' }, ['Retry', 'Ambiguous'])
      await comesTo(bench, 'resets', ['Retry', 'Ambiguous'])
    },
  },
]
