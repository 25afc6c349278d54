import type { OutboundMessage, Part } from '@guichet/engine/ports'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { whatsApp, type WhatsAppWire } from '../src/index.ts'
import { accountWith } from './support/account.ts'
import { issuesOf } from '@guichet/local-providers/whatsapp'
import { zoesAddress } from './support/webhook.ts'

const channel = whatsApp()

const messageOf = (parts: ReadonlyArray<Part>, more: Partial<OutboundMessage> = {}): OutboundMessage => ({
  workspace: 'acme',
  conversation: '01900000-0000-7000-8000-000000000001',
  seq: 2,
  to: zoesAddress,
  cc: [],
  subject: null,
  parts,
  sentAt: 1_767_268_800_000,
  ...more,
})

const rendered = async (
  parts: ReadonlyArray<Part>,
  more: Partial<OutboundMessage> = {},
): Promise<ReadonlyArray<WhatsAppWire>> => {
  const made = await channel.render(messageOf(parts, more), accountWith())
  if (made._tag !== 'Rendered') throw new Error(made.feature)
  return made.wires
}

const unsupported = async (parts: ReadonlyArray<Part>, more: Partial<OutboundMessage> = {}) => {
  const made = await channel.render(messageOf(parts, more), accountWith())
  return made._tag === 'Unsupported' ? made.feature : undefined
}

const text = (said: string): Part => ({ _tag: 'Text', text: said })
const file = (mime: string, size = 1000, name = 'a file'): Part => ({
  _tag: 'File',
  file: { blob: 'b1', name, mime, size },
})
const choices = (...labels: ReadonlyArray<string>): Part => ({
  _tag: 'Choices',
  choices: labels.map((label, at) => ({ id: `c${at}`, label })),
})

const head = { messaging_product: 'whatsapp', recipient_type: 'individual', to: '16505551234' }

/** Wires as the API gets them, with the file that they need. */
const issues = (wires: ReadonlyArray<WhatsAppWire>): ReadonlyArray<string> =>
  wires.flatMap(({ body, upload }) => {
    const held = upload === undefined ? body : { ...body, [upload.kind]: { ...(body[upload.kind] as object), id: 'f' } }
    return issuesOf(held, new Set(['f']))
  })

describe('a message to WhatsApp', () => {
  it('is a text, with a preview where there is a link', async () => {
    expect(await rendered([text('It left today.\r\n'), text('Bye')])).toEqual([
      { body: { ...head, type: 'text', text: { body: 'It left today.\nBye', preview_url: false } } },
    ])
    expect(await rendered([text('See https://acme.example/42')])).toMatchObject([
      { body: { text: { preview_url: true } } },
    ])
  })

  it('is several where a text is longer than 4096 characters, the first of which quotes', async () => {
    const long = `${'word '.repeat(1000)}\n\n${'👩‍👩‍👧‍👦'.repeat(200)}`
    const wires = await rendered([text(long)], { quote: { externalId: 'wamid.1', parts: [] } })
    expect(wires.length).toBeGreaterThan(1)
    expect(wires.map(({ body }) => body['context'])).toEqual([
      { message_id: 'wamid.1' },
      ...wires.slice(1).map(() => undefined),
    ])
    expect(issues(wires)).toEqual([])
  })

  it('goes to a number or to a business-scoped user id, and to nobody else', async () => {
    expect(await rendered([text('Hi')], { to: 'US.13491208655302741918' })).toMatchObject([
      { body: { recipient: 'US.13491208655302741918' } },
    ])
    for (const to of ['zoe@example.org', '', 'us.1', '12', '+1 650 555']) {
      expect(await unsupported([text('Hi')], { to })).toBe('recipient address')
    }
  })

  it.each([
    ['image/jpeg', 5, 'image'],
    ['image/png', 6, 'document'],
    ['image/webp', 1, 'document'],
    ['video/mp4', 16, 'video'],
    ['video/mp4', 17, 'document'],
    ['audio/ogg; codecs=opus', 16, 'audio'],
    ['audio/wav', 1, 'document'],
    ['application/pdf', 100, 'document'],
  ])('sends %s of %i MB as %s', async (mime, megabytes, kind) => {
    const [wire] = await rendered([file(mime, megabytes * 1024 * 1024)])
    expect(wire?.upload?.kind).toBe(kind)
    expect(wire?.body.type).toBe(kind)
  })

  it('is a voice message when it is recorded as one', async () => {
    const [voice, sound] = await rendered([file('audio/ogg; codecs=opus'), file('audio/ogg')])
    expect([voice?.body['audio'], sound?.body['audio']]).toEqual([{ voice: true }, {}])
  })

  it('uploads a picture that is too large for one as a document of no type: the API measures by that', async () => {
    const [large, fits] = await rendered([file('image/png', 6 * 1024 * 1024), file('image/png')])
    expect([large?.upload?.mime, fits?.upload?.mime]).toEqual(['application/octet-stream', 'image/png'])
  })

  it('cuts the name of a document before its ending, and between characters', async () => {
    const [wire] = await rendered([file('application/pdf', 1000, `${'é'.repeat(234)}😀😀😀.pdf`)])
    expect(wire?.body['document']).toEqual({ filename: `${'é'.repeat(234)}😀😀.pdf` })
  })

  it('makes no character of two halves that were not one', async () => {
    expect(await rendered([text('a\ud800\u0000\udc00')])).toMatchObject([{ body: { text: { body: 'a\ufffd\ufffd' } } }])
  })

  it('refuses a file of more than 100 MB', async () => {
    expect(await unsupported([file('application/pdf', 100 * 1024 * 1024 + 1)])).toMatch(/more than \d+ bytes/)
  })

  it('has its words below the file that follows them, up to 1024 characters', async () => {
    expect(await rendered([text('The bill'), file('application/pdf', 1000, 'bill.pdf')])).toMatchObject([
      {
        body: { type: 'document', document: { caption: 'The bill', filename: 'bill.pdf' } },
        upload: { kind: 'document' },
      },
    ])
    const two = await rendered([text('x'.repeat(1025)), file('image/png'), text('and'), file('audio/mpeg')])
    expect(two.map(({ body }) => body.type)).toEqual(['text', 'image', 'text', 'audio'])
    expect(issues(two)).toEqual([])
  })

  it('asks with three buttons, with a list of ten, or in words', async () => {
    expect(await rendered([text('Was it delivered?'), choices('Yes', 'No')])).toMatchObject([
      {
        body: {
          type: 'interactive',
          interactive: {
            type: 'button',
            body: { text: 'Was it delivered?' },
            action: { buttons: [{ type: 'reply', reply: { id: 'c0', title: 'Yes' } }, { reply: { title: 'No' } }] },
          },
        },
      },
    ])
    expect(await rendered([choices('Red', 'Green', 'Blue', 'Black')])).toMatchObject([
      {
        body: {
          interactive: {
            type: 'list',
            body: { text: 'Options' },
            action: { button: 'Options', sections: [{ rows: [{ id: 'c0', title: 'Red' }, {}, {}, {}] }] },
          },
        },
      },
    ])
    expect(await rendered([choices('twenty-four characters: 1', 'x')])).toMatchObject([
      { body: { type: 'text', text: { body: '1. twenty-four characters: 1\n2. x' } } },
    ])
    expect(await rendered([choices('exactly 24 characters: 1', 'x')])).toMatchObject([
      { body: { interactive: { type: 'list' } } },
    ])
    expect(await rendered([choices('Same', 'Same ')])).toMatchObject([{ body: { type: 'text' } }])
    expect(await rendered([choices(...Array.from({ length: 11 }, (_, at) => `${at}`))])).toMatchObject([
      { body: { type: 'text' } },
    ])
  })

  it('has the end of a long question above its buttons, and the rest before', async () => {
    const wires = await rendered([text('word '.repeat(1500)), choices('Yes')])
    expect(wires.map(({ body }) => body.type)).toEqual(['text', 'text', 'interactive'])
    expect(issues(wires)).toEqual([])
  })

  it('is a place, a card, a template with its values', async () => {
    expect(await rendered([{ _tag: 'Location', latitude: 48.85, longitude: 2.35, label: 'The shop' }])).toMatchObject([
      { body: { type: 'location', location: { latitude: 48.85, longitude: 2.35, name: 'The shop' } } },
    ])
    const card = { _tag: 'ContactCard', name: 'Ben', emails: ['b@x.org'], phones: ['+1'], company: 'Acme' } as const
    expect(await rendered([card])).toMatchObject([
      {
        body: {
          contacts: [
            {
              name: { formatted_name: 'Ben', first_name: 'Ben' },
              phones: [{ phone: '+1' }],
              emails: [{ email: 'b@x.org' }],
              org: { company: 'Acme' },
            },
          ],
        },
      },
    ])
    const template = { _tag: 'ProviderTemplate', name: 'order_left', language: 'en_US', text: 'Hello …' } as const
    expect(await rendered([{ ...template, values: ['Zoe', 'a\n\tb     c'] }])).toMatchObject([
      {
        body: {
          type: 'template',
          template: {
            name: 'order_left',
            language: { code: 'en_US' },
            components: [{ type: 'body', parameters: [{ type: 'text', text: 'Zoe' }, { text: 'a b   c' }] }],
          },
        },
      },
    ])
    expect(await rendered([{ ...template, values: [] }])).toMatchObject([{ body: { template: { components: [] } } }])
  })

  it('links to an offer with a button, or in words where its title is too long for one', async () => {
    const price = { amount: 1250, currency: 'EUR' }
    const url = 'https://pay.example/42'
    expect(await rendered([{ _tag: 'PaymentLink', title: 'Deposit', price, url }])).toMatchObject([
      {
        body: {
          interactive: {
            type: 'cta_url',
            body: { text: 'Deposit: 12.50 EUR' },
            action: { parameters: { display_text: 'Deposit', url } },
          },
        },
      },
    ])
    const product = { _tag: 'Product', title: 'Chair', description: 'Oak', price } as const
    expect(await rendered([{ ...product, url }])).toMatchObject([
      { body: { interactive: { type: 'cta_url', body: { text: 'Chair\nOak\n12.50 EUR' } } } },
    ])
    expect(await rendered([product])).toMatchObject([
      { body: { type: 'text', text: { body: 'Chair\nOak\n12.50 EUR' } } },
    ])
    expect(await rendered([{ _tag: 'PaymentLink', title: 'x'.repeat(21), price, url }])).toMatchObject([
      { body: { type: 'text', text: { body: expect.stringContaining(url), preview_url: true } } },
    ])
  })

  it('says something, or is none', async () => {
    for (const parts of [[], [text(' \u0000 \n')], [{ _tag: 'Html', html: '<p>Hi</p>' } as const]]) {
      expect(await unsupported(parts)).toBe('empty message')
    }
  })

  it('is within the limits of the API, whatever it says', async () => {
    const words = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.constantFrom('x'.repeat(9000), '😀'.repeat(3000), ' '),
    )
    const label = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((one) => one.trim() !== '')
    const part: fc.Arbitrary<Part> = fc.oneof(
      words.map(text),
      fc.array(label, { minLength: 1, maxLength: 12 }).map((labels) => choices(...labels)),
      fc
        .tuple(fc.constantFrom('image/png', 'audio/mpeg', 'text/plain'), words)
        .map(([mime, name]) => file(mime, 9, name)),
      label.map((title): Part => ({ _tag: 'Product', title, url: 'https://x.example' })),
      fc.tuple(label, words).map(([name, phone]): Part => ({ _tag: 'ContactCard', name, emails: [], phones: [phone] })),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 5 }), async (parts) => {
        const made = await channel.render(messageOf(parts), accountWith())
        if (made._tag === 'Rendered') expect(issues(made.wires)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })
})
