import { writtenOut } from '@guichet/engine/domain'
import type { ChannelAccount, ChannelCapabilities, FileRef, OutboundMessage, Part } from '@guichet/engine/ports'
import * as fc from 'fast-check'
import { assert, same } from '../assert.ts'
import { holds } from '../property.ts'
import type { ChannelCase } from './harness.ts'
import { offered } from './rich.ts'

const area = 'render'

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.constantFrom(
    '',
    ' ',
    'a\r\nBcc: eve@example.org',
    '\u0000',
    'x'.repeat(20_000),
    'مرحبا',
    '👩‍👩‍👧',
    '\ud800',
    '<b>&amp;',
  ),
)
const uuid = fc.nat(0xffff).map((n) => `01900000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`)
const optional = <A>(name: string, value: fc.Arbitrary<A>) =>
  fc.option(value, { nil: undefined }).map((given) => (given === undefined ? {} : { [name]: given }))

const file: fc.Arbitrary<FileRef> = fc
  .tuple(
    fc.record({
      blob: uuid,
      name: text,
      mime: fc.constantFrom('image/png', 'application/pdf', 'text/plain', 'application/octet-stream', 'no type'),
      size: fc.nat(50_000_000),
    }),
    optional('contentId', fc.constantFrom('image1', 'a@b', '<x>')),
  )
  .map(([known, extra]) => ({ ...known, ...extra }))

const part: fc.Arbitrary<Part> = fc.oneof(
  { arbitrary: fc.record({ _tag: fc.constant('Text' as const), text }), weight: 3 },
  {
    arbitrary: fc.record({ _tag: fc.constant('Html' as const), html: text.map((inner) => `<p>${inner}</p>`) }),
    weight: 1,
  },
  { arbitrary: fc.record({ _tag: fc.constant('File' as const), file }), weight: 1 },
  { arbitrary: offered, weight: 2 },
)

/** Every message that the engine may hand to a channel: it says something, and everything else is anything. */
const anyMessage = (
  { workspace }: ChannelAccount,
  { parts: shown = [] }: ChannelCapabilities,
  address: string,
): fc.Arbitrary<OutboundMessage> => {
  // What a channel does not show comes to it written out.
  const parts = (maxLength: number) => fc.array(part, { maxLength }).map((some) => writtenOut(some, shown))
  const to = fc.oneof({ arbitrary: fc.constant(address), weight: 5 }, { arbitrary: text, weight: 1 })
  return fc
    .tuple(
      fc.record({
        workspace: fc.constant(workspace),
        conversation: uuid,
        seq: fc.integer({ min: 1, max: 100_000 }),
        to,
        cc: fc.array(to, { maxLength: 3 }),
        subject: fc.option(text),
        parts: parts(4).map((some) => [...some, { _tag: 'Text' as const, text: 'Bonjour' }]),
        sentAt: fc.integer({ min: 0, max: 4_102_444_800_000 }),
      }),
      optional('toName', text),
      optional('authorName', text),
      optional(
        'answers',
        fc
          .tuple(optional('externalId', text), optional('subject', text), optional('meta', fc.jsonValue()))
          .map(([externalId, subject, meta]) => ({ ...externalId, ...subject, ...meta })),
      ),
      optional(
        'quote',
        fc
          .tuple(optional('externalId', text), parts(2))
          .map(([externalId, quoted]) => ({ ...externalId, parts: quoted })),
      ),
    )
    .map(([known, ...extras]): OutboundMessage => Object.assign({}, known, ...extras))
}

/** A message of one text. */
export const plain = (workspace: string, to: string, words = 'Bonjour !'): OutboundMessage => ({
  workspace,
  conversation: '01900000-0000-7000-8000-000000000001',
  seq: 2,
  to,
  cc: [],
  subject: null,
  parts: [{ _tag: 'Text', text: words }],
  sentAt: 1_767_268_800_000,
})

export const freeze = <A>(value: A): A => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(freeze)
  }
  return value
}

export const renderCases: ReadonlyArray<ChannelCase> = [
  {
    area,
    name: 'makes at least one wire of any message, or says what it does not support',
    body: async ({ channel, account, address, runs }) => {
      await holds(
        fc.asyncProperty(anyMessage(account, channel.capabilities, address), async (message) => {
          const rendered = await channel.render(message, account)
          if (rendered._tag === 'Unsupported') {
            assert(rendered.feature !== '', 'what is not supported must have a name')
            return
          }
          same(rendered._tag, 'Rendered', 'the tag')
          assert(rendered.wires.length > 0, 'a message must become at least one wire')
          const ids = rendered.externalIds ?? []
          assert(
            ids.every((externalId) => externalId !== ''),
            'an id that the channel gives must not be empty',
          )
          same(new Set(ids).size, ids.length, 'different ids that the channel gives')
        }),
        runs,
      )
    },
  },
  {
    area,
    name: 'supports a plain text to an address of its own kind',
    body: async ({ channel, account, address }) => {
      const rendered = await channel.render(plain(account.workspace, address), account)
      same(rendered._tag, 'Rendered', 'what became of a plain text')
    },
  },
  {
    area,
    name: 'shows what it says it shows: an offer or a question alone is a message',
    body: async ({ channel, account, address, runs }) => {
      const { parts: shown = [] } = channel.capabilities
      const alone = offered.filter(({ _tag }) => shown.includes(_tag))
      if (!fc.sample(offered, 200).some(({ _tag }) => shown.includes(_tag))) return
      await holds(
        fc.asyncProperty(alone, async (one) => {
          const rendered = await channel.render({ ...plain(account.workspace, address), parts: [one] }, account)
          same(rendered._tag, 'Rendered', `what became of ${one._tag}`)
          assert(rendered._tag === 'Rendered' && rendered.wires.length > 0, `no wire for ${one._tag}`)
        }),
        runs,
      )
    },
  },
  {
    area,
    name: 'makes the same of the same message: a retry sends what was sent before',
    guarantee: 'G17',
    body: async ({ channel, account, address, runs }) => {
      await holds(
        fc.asyncProperty(anyMessage(account, channel.capabilities, address), async (message) => {
          same(await channel.render(message, account), await channel.render(message, account), 'what was rendered')
        }),
        runs,
      )
    },
  },
  {
    area,
    name: 'leaves the message and the account as they are',
    body: async ({ channel, account, address, runs }) => {
      await holds(
        fc.asyncProperty(anyMessage(account, channel.capabilities, address), async (message) => {
          const before = JSON.stringify([message, account])
          await channel.render(freeze(message), freeze(structuredClone(account)))
          same(JSON.stringify([message, account]), before, 'the message and the account')
        }),
        runs,
      )
    },
  },
]
