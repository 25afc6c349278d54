import type { FileRef, OutboundMessage, Part } from '@guichet/engine/ports'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instagram, messenger, type MessengerWire } from '../src/index.ts'
import { accountOf, at, instagramAccount, marie, pageSettings } from './support/payloads.ts'
import { sendFailure } from '@guichet/local-providers/messenger'

const outbound = (parts: ReadonlyArray<Part>): OutboundMessage => ({
  workspace: 'acme',
  conversation: 'c1',
  seq: 4,
  to: marie,
  cc: [],
  subject: null,
  parts,
  sentAt: at,
})

const onMessenger = (parts: ReadonlyArray<Part>) => messenger().render(outbound(parts), accountOf(pageSettings))
const onInstagram = (parts: ReadonlyArray<Part>) => instagram().render(outbound(parts), accountOf(instagramAccount))

const wiresOf = async (rendered: ReturnType<typeof onMessenger>): Promise<ReadonlyArray<MessengerWire>> => {
  const known = await rendered
  if (known._tag === 'Unsupported') throw new Error(known.feature)
  return known.wires
}

const messagesOf = async (rendered: ReturnType<typeof onMessenger>) =>
  (await wiresOf(rendered)).map(({ content }) => {
    if (content._tag === 'Message') return content.message
    return content._tag === 'File' ? content.file.name : content._tag
  })

const text = (words: string): Part => ({ _tag: 'Text', text: words })
const choicesOf = (...labels: ReadonlyArray<string>): Part => ({
  _tag: 'Choices',
  choices: labels.map((label, index) => ({ id: `id${index}`, label })),
})
const file = (mime: string, size = 1_000, name = 'a file'): FileRef => ({ blob: 'b', name, mime, size })
const filePart = (mime: string, size?: number, name?: string): Part => ({ _tag: 'File', file: file(mime, size, name) })

describe('words', () => {
  it('that stand next to each other are one message', async () => {
    expect(await messagesOf(onMessenger([text('Hello'), text('there')]))).toEqual([{ text: 'Hello\nthere' }])
  })

  it('are below 2000 characters each on Messenger, and at most 1000 bytes on Instagram', async () => {
    const words = text('é'.repeat(4_000))
    const lengths = (await messagesOf(onMessenger([words]))).map((one) =>
      typeof one === 'string' ? 0 : String(one['text']).length,
    )
    expect(lengths).toEqual([1999, 1999, 2])
    const bytes = (await messagesOf(onInstagram([words]))).map((one) =>
      Buffer.byteLength(typeof one === 'string' ? '' : String(one['text'])),
    )
    expect(bytes).toEqual(Array.from({ length: 8 }, () => 1000))
  })

  it('with half a character are sent with a sign in its place', async () => {
    expect(await messagesOf(onMessenger([text('a\ud800b')]))).toEqual([{ text: 'a\ufffdb' }])
  })

  it('that are none are no message', async () => {
    expect(await onMessenger([text(' \n ')])).toMatchObject({ _tag: 'Unsupported' })
    expect(await onMessenger([{ _tag: 'Html', html: '<p>Hi</p>' }])).toMatchObject({ _tag: 'Unsupported' })
  })
})

describe('files', () => {
  it.each([
    ['image/png', 'image'],
    ['image/svg+xml', 'file'],
    ['audio/ogg', 'audio'],
    ['video/mp4', 'video'],
    ['application/pdf', 'file'],
  ])('of the type %s go as %s on Messenger', async (mime, kind) => {
    const [wire] = await wiresOf(onMessenger([filePart(mime)]))
    expect(wire?.content).toMatchObject({ _tag: 'File', kind })
  })

  it('stay between the words that they stand between', async () => {
    const parts = [text('First'), filePart('image/png', 1, 'a.png'), text('then'), filePart('image/png', 1, 'b.png')]
    expect(await messagesOf(onMessenger(parts))).toEqual([{ text: 'First' }, 'a.png', { text: 'then' }, 'b.png'])
  })

  it('that Meta does not take are said to be that, and nothing of the message leaves', async () => {
    expect(await onMessenger([text('x'), filePart('image/png', 25_000_001, 'big.png')])).toEqual({
      _tag: 'Unsupported',
      feature: 'big.png: more than 25000000 bytes',
    })
    expect(await onInstagram([filePart('image/png', 8_000_001, 'big.png')])).toMatchObject({ _tag: 'Unsupported' })
    expect(await onInstagram([filePart('video/mp4', 8_000_001)])).toMatchObject({ _tag: 'Rendered' })
    expect(await onInstagram([filePart('application/zip')])).toEqual({
      _tag: 'Unsupported',
      feature: 'a file of the type application/zip',
    })
  })
})

describe('choices', () => {
  const replies = (...titles: ReadonlyArray<string>) =>
    titles.map((title, index) => ({ content_type: 'text', title, payload: `id${index}` }))

  it('are buttons below the words', async () => {
    expect(await messagesOf(onMessenger([text('Was it delivered?'), choicesOf('Yes', 'No')]))).toEqual([
      { text: 'Was it delivered?', quick_replies: replies('Yes', 'No') },
    ])
  })

  it('alone are their own words', async () => {
    expect(await messagesOf(onInstagram([choicesOf('Yes', 'No')]))).toEqual([
      { text: '1. Yes\n2. No', quick_replies: replies('Yes', 'No') },
    ])
  })

  it('come after everything else: what follows would take the buttons away', async () => {
    const parts = [text('Which?'), choicesOf('Red', 'Blue'), filePart('image/png', 1, 'a.png')]
    expect(await messagesOf(onMessenger(parts))).toEqual([
      { text: 'Which?' },
      'a.png',
      { text: '1. Red\n2. Blue', quick_replies: replies('Red', 'Blue') },
    ])
  })

  it('too long for a button are written out, and cut on it', async () => {
    const long = 'The large one with the oak table'
    expect(await messagesOf(onMessenger([text('Which?'), choicesOf(long, 'None')]))).toEqual([
      {
        text: `Which?\n1. ${long}\n2. None`,
        quick_replies: [
          {
            content_type: 'text',
            title: 'The large one with…',
            payload: JSON.stringify({ choice: 'id0', label: long }),
          },
          { content_type: 'text', title: 'None', payload: 'id1' },
        ],
      },
    ])
  })

  it('beyond thirteen are written out', async () => {
    const labels = Array.from({ length: 15 }, (_, index) => `Chair ${index}`)
    const [message] = await messagesOf(onMessenger([choicesOf(...labels)]))
    expect(message).toMatchObject({ text: expect.stringContaining('15. Chair 14') })
    expect(typeof message === 'object' && message['quick_replies']).toHaveLength(13)
  })

  it('hang on the last piece of a long text', async () => {
    const messages = await messagesOf(onInstagram([text('word '.repeat(300)), choicesOf('Yes')]))
    expect(messages.map((message) => typeof message === 'object' && 'quick_replies' in message)).toEqual([false, true])
  })
})

describe('offers', () => {
  const price = { amount: 9_000, currency: 'EUR' }
  const url = 'https://shop.example/chair'

  it('are cards and buttons with a link on Messenger', async () => {
    const product: Part = { _tag: 'Product', title: 'Chair', description: 'Oak', price, url }
    const payment: Part = { _tag: 'PaymentLink', title: 'Order 42', price, url }
    expect(await messagesOf(onMessenger([product, payment]))).toEqual([
      {
        attachment: {
          type: 'template',
          payload: {
            template_type: 'generic',
            elements: [{ title: 'Chair', subtitle: '90.00 EUR\nOak', default_action: { type: 'web_url', url } }],
          },
        },
      },
      {
        attachment: {
          type: 'template',
          payload: {
            template_type: 'button',
            text: 'Order 42',
            buttons: [{ type: 'web_url', url, title: '90.00 EUR' }],
          },
        },
      },
    ])
  })

  it('that fit in no card are words, with all that they say', async () => {
    const product: Part = { _tag: 'Product', title: 'Chair', description: 'Oak '.repeat(40), price, url }
    expect(await messagesOf(onMessenger([product]))).toEqual([
      { text: `Chair\n${'Oak '.repeat(40)}\n90.00 EUR\n${url}` },
    ])
    expect(await messagesOf(onMessenger([{ _tag: 'Product', title: 'Chair' }]))).toEqual([{ text: 'Chair' }])
  })
})

describe('whatever is written', () => {
  const words = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 3_000 }),
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc
      .array(fc.constantFrom('👨‍👩‍👧‍👦', 'é', 'mot ', '\n\n', '🇫🇷', 'क्षि'), { maxLength: 700 })
      .map((some) => some.join('')),
  )
  const label = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter((one) => one.trim() !== '')
  const price = fc.record({ amount: fc.nat(1_000_000), currency: fc.constantFrom('EUR', 'JPY') })
  const part: fc.Arbitrary<Part> = fc.oneof(
    fc.record({ _tag: fc.constant('Text' as const), text: words }),
    fc.array(label, { minLength: 1, maxLength: 20 }).map((labels) => choicesOf(...labels)),
    fc.record({ _tag: fc.constant('PaymentLink' as const), title: label, price, url: fc.webUrl() }),
    fc.record({ _tag: fc.constant('Product' as const), title: label, description: label, price, url: fc.webUrl() }),
  )

  it.each(['messenger', 'instagram'] as const)(
    '%s takes every message that comes of it, and no word is lost',
    async (product) => {
      const render = product === 'messenger' ? onMessenger : onInstagram
      await fc.assert(
        fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 4 }), async (parts) => {
          const shown =
            product === 'messenger' ? parts : parts.filter(({ _tag }) => _tag === 'Text' || _tag === 'Choices')
          const rendered = await render(shown)
          if (rendered._tag === 'Unsupported') {
            expect(shown.every((one) => one._tag === 'Text' && one.text.trim() === '')).toBe(true)
            return
          }
          const rules = { product, wroteAt: () => at, isHeld: () => false, now: at }
          for (const { to, content } of rendered.wires) {
            const message = content._tag === 'Message' ? content.message : {}
            expect(sendFailure({ recipient: { id: to }, messaging_type: 'RESPONSE', message }, rules)).toBeUndefined()
          }
          const letters = (said: string) => Buffer.from(said).toString().replace(/\s/gu, '')
          const sent = letters(
            rendered.wires
              .map(({ content }) => (content._tag === 'Message' ? String(content.message['text'] ?? '') : ''))
              .join(''),
          )
          for (const one of shown) if (one._tag === 'Text') expect(sent).toContain(letters(one.text))
        }),
        { numRuns: 150 },
      )
    },
  )
})
