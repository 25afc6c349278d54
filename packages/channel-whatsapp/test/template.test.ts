import type { OutboundMessage, ProviderTemplate } from '@guichet/engine/ports'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { whatsApp } from '../src/index.ts'
import { accountWith } from './support/account.ts'
import { issuesOf } from '@guichet/local-providers/whatsapp'
import { messages as samples } from './support/samples.ts'
import { openTown } from './support/town.ts'
import { fromZoe, zoesAddress } from './support/webhook.ts'

const approved = { _tag: 'ProviderTemplate', name: 'order_left', language: 'en_US', values: [], text: 'Hello' } as const

const bodyOf = async (template: Partial<ProviderTemplate>) => {
  const message: OutboundMessage = {
    workspace: 'acme',
    conversation: 'c',
    seq: 2,
    to: zoesAddress,
    cc: [],
    subject: null,
    parts: [{ ...approved, ...template }],
    sentAt: 0,
  }
  const made = await whatsApp().render(message, accountWith())
  if (made._tag !== 'Rendered' || made.wires.length !== 1) throw new Error('no template')
  return made.wires[0]?.body ?? {}
}

const componentsOf = async (template: Partial<ProviderTemplate>): Promise<unknown> => {
  const body = await bodyOf(template)
  expect(issuesOf(body, new Set())).toEqual([])
  return (body['template'] as { readonly components: unknown }).components
}

describe('a template', () => {
  it('has values in its words: in their order, by their names, prices and times', async () => {
    const price = { amount: 1250, currency: 'EUR' }
    expect(
      await componentsOf({
        values: [
          'Zoe',
          { _tag: 'Text', text: '42', name: 'order' },
          { _tag: 'Currency', price, text: '12.50 EUR' },
          { _tag: 'DateTime', text: 'May 1' },
        ],
      }),
    ).toEqual([
      {
        type: 'body',
        parameters: [
          { type: 'text', text: 'Zoe' },
          { type: 'text', parameter_name: 'order', text: '42' },
          { type: 'currency', currency: { fallback_value: '12.50 EUR', code: 'EUR', amount_1000: 12_500 } },
          { type: 'date_time', date_time: { fallback_value: 'May 1' } },
        ],
      },
    ])
  })

  it.each([
    ['EUR', 1250, 12_500],
    ['JPY', 500, 500_000],
    ['KWD', 1250, 1250],
  ])('says a price in thousandths: %s', async (currency, amount, thousandths) => {
    const values = [{ _tag: 'Currency', price: { amount, currency }, text: 'x' }] as const
    expect(await componentsOf({ values })).toMatchObject([{ parameters: [{ currency: { amount_1000: thousandths } }] }])
  })

  it('has a line, a file or a place above its words', async () => {
    expect(await componentsOf({ header: { _tag: 'Text', text: 'Order\n42' } })).toEqual([
      { type: 'header', parameters: [{ type: 'text', text: 'Order 42' }] },
    ])
    const url = 'https://acme.example/bill.pdf'
    const filename = 'bill.pdf'
    expect(await componentsOf({ header: { _tag: 'Media', kind: 'document', url, filename } })).toEqual([
      { type: 'header', parameters: [{ type: 'document', document: { link: url, filename } }] },
    ])
    for (const kind of ['image', 'video'] as const) {
      expect(await componentsOf({ header: { _tag: 'Media', kind, url, filename } })).toEqual([
        { type: 'header', parameters: [{ type: kind, [kind]: { link: url } }] },
      ])
    }
    const place = { latitude: 48.85, longitude: 2.35 }
    expect(
      await componentsOf({ header: { _tag: 'Location', ...place, label: 'The shop', address: '1 rue X' } }),
    ).toEqual([
      {
        type: 'header',
        parameters: [{ type: 'location', location: { ...place, name: 'The shop', address: '1 rue X' } }],
      },
    ])
  })

  it('gives its buttons what they need, each in its place', async () => {
    expect(
      await componentsOf({
        buttons: [
          { _tag: 'QuickReply', index: 0, payload: 'yes' },
          { _tag: 'Url', index: 1, suffix: 'orders/42' },
          { _tag: 'CopyCode', index: 2, code: 'SAVE20' },
          { _tag: 'Flow', index: 3, token: 't' },
          { _tag: 'Flow', index: 4 },
          { _tag: 'Catalog', index: 5, product: 'CHAIR' },
          { _tag: 'Catalog', index: 6 },
        ],
      }),
    ).toEqual([
      { type: 'button', sub_type: 'quick_reply', index: '0', parameters: [{ type: 'payload', payload: 'yes' }] },
      { type: 'button', sub_type: 'url', index: '1', parameters: [{ type: 'text', text: 'orders/42' }] },
      {
        type: 'button',
        sub_type: 'copy_code',
        index: '2',
        parameters: [{ type: 'coupon_code', coupon_code: 'SAVE20' }],
      },
      { type: 'button', sub_type: 'flow', index: '3', parameters: [{ type: 'action', action: { flow_token: 't' } }] },
      { type: 'button', sub_type: 'flow', index: '4' },
      {
        type: 'button',
        sub_type: 'catalog',
        index: '5',
        parameters: [{ type: 'action', action: { thumbnail_product_retailer_id: 'CHAIR' } }],
      },
      { type: 'button', sub_type: 'catalog', index: '6' },
    ])
  })

  it('is within the rules of the API, whatever fills it', async () => {
    const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((one) => /[\p{L}\d]/u.test(one))
    const template = fc.record({
      values: fc.array(
        fc.oneof(
          words,
          words.map((text) => ({ _tag: 'DateTime', text }) as const),
        ),
        { maxLength: 20 },
      ),
      header: words.map((text) => ({ _tag: 'Text', text }) as const),
      buttons: fc.uniqueArray(
        fc.record({ _tag: fc.constant('QuickReply' as const), index: fc.nat(9), payload: words }),
        { selector: ({ index }) => index },
      ),
    })
    await fc.assert(
      fc.asyncProperty(template, async (one) => {
        expect(issuesOf(await bodyOf(one), new Set())).toEqual([])
      }),
    )
  })

  it('reaches the customer as it was filled, also after its conversation was read back', async () => {
    const { ana, engine, graph, post, conversation, messages } = await openTown()
    await post(fromZoe(samples.text))
    const full: ProviderTemplate = {
      ...approved,
      values: [{ _tag: 'Text', text: 'Zoe', name: 'first_name' }],
      header: { _tag: 'Media', kind: 'image', url: 'https://acme.example/chair.png' },
      buttons: [{ _tag: 'Url', index: 0, suffix: '42' }],
    }
    expect(await ana.conversations.reply(await conversation(), { parts: [full] })).toMatchObject({ ok: true })
    await engine.settle()
    expect((await messages())[1]?.parts).toEqual([full])
    expect(graph.sent[0]?.body['template']).toMatchObject({ components: [{ type: 'header' }, { type: 'body' }, {}] })
    const wrong = { ...full, buttons: [{ _tag: 'Url', index: 11, suffix: '42' }] } as const
    expect(await ana.conversations.reply(await conversation(), { parts: [wrong] })).toMatchObject({
      refusal: { _tag: 'Invalid', what: 'parts' },
    })
  })
})
