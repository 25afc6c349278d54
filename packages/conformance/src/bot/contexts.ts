import type { AttributeValue } from '@guichet/engine'
import type { BotContext, BotMessage, Part } from '@guichet/engine/ports'
import * as fc from 'fast-check'

const strange: ReadonlyArray<string> = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '👩‍👩‍👧 ¿Qué tal?',
  'مرحبا، أريد المساعدة',
  '我要找人工客服',
  'x'.repeat(20_000),
  '{{firstName}} <b>&amp;</b>',
  '__proto__',
  'constructor',
  '0',
  '-1',
  '99999999999999999999',
]

const textOf = (phrases: ReadonlyArray<string>): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom(...strange, ...phrases),
    fc.string({ unit: 'grapheme', maxLength: 100 }),
    fc.string({ unit: 'binary', maxLength: 20 }),
  )

/** What no bot may rely on: what it put beside its words before a host changed it. */
const memory = fc.option(
  fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.record({ step: fc.string({ maxLength: 8 }), missed: fc.nat(5) })),
)

const partsOf = (text: string): fc.Arbitrary<ReadonlyArray<Part>> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant([{ _tag: 'Text' as const, text }]) },
    fc.constant([{ _tag: 'Chosen' as const, choice: text, label: text }]),
    fc.constant([{ _tag: 'FormAnswer' as const, form: text, values: { email: text, [text]: true } }]),
    fc.constant([{ _tag: 'File' as const, file: { blob: 'b', name: text, mime: 'image/png', size: 9 } }]),
    fc.constant([{ _tag: 'Location' as const, latitude: 48.85, longitude: 2.35 }]),
  )

const messageOf = (name: string, phrases: ReadonlyArray<string>): fc.Arbitrary<Omit<BotMessage, 'seq'>> =>
  textOf(phrases)
    .chain((text) =>
      fc.record({
        by: fc.constantFrom(
          'contact' as const,
          'contact' as const,
          'agent' as const,
          'bot' as const,
          'system' as const,
        ),
        own: fc.boolean(),
        parts: partsOf(text),
        sentAt: fc.integer({ min: 0, max: 4_102_444_800_000 }),
        memory,
      }),
    )
    .map(({ own, by, parts, sentAt, memory: beside }) => ({
      by,
      parts,
      sentAt,
      bot: by === 'bot' ? (own ? name : 'another') : null,
      text: parts.map((part) => (part._tag === 'Text' ? part.text : '')).join(''),
      memory: by === 'bot' && own ? beside : null,
    }))

const uuid = fc.uuid()
const attribute: fc.Arbitrary<AttributeValue> = fc.oneof(fc.string({ maxLength: 10 }), fc.boolean(), fc.integer())
const attributes = fc.dictionary(fc.string({ maxLength: 8 }), attribute, { maxKeys: 3 })

/** Everything that an engine may show to a bot. */
export const anyContext = (name: string, phrases: ReadonlyArray<string>): fc.Arbitrary<BotContext> =>
  fc.record({
    workspace: uuid,
    conversation: uuid,
    account: uuid,
    channel: fc.constantFrom('livechat', 'email', 'sms'),
    subject: fc.option(textOf([])),
    messages: fc
      .array(messageOf(name, phrases), { maxLength: 8 })
      .map((all) => all.map((message, index): BotMessage => ({ ...message, seq: index + 1 }))),
    contact: fc.record({
      name: fc.option(textOf([])),
      firstName: fc.option(textOf([])),
      language: fc.option(fc.constantFrom('en', 'fr', 'fr-CA', 'zh-Hant-TW', 'xx', '', 'not a language')),
      custom: attributes,
      known: fc.subarray(['firstName', 'name', 'email', 'phone'] as const),
    }),
    attributes,
    cause: fc.constantFrom('message' as const, 'asked' as const),
  })

/** The customer has the last word, and waits. */
export const anyQuestion = (name: string, phrases: ReadonlyArray<string>): fc.Arbitrary<BotContext> =>
  fc.tuple(anyContext(name, phrases), textOf(phrases)).map(([context, text]) => ({
    ...context,
    cause: 'message',
    messages: [
      ...context.messages,
      {
        seq: context.messages.length + 1,
        by: 'contact' as const,
        bot: null,
        parts: [{ _tag: 'Text' as const, text }],
        text,
        sentAt: 1,
        memory: null,
      },
    ],
  }))
