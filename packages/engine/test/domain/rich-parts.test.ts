import {
  type Part,
  type RichPart,
  allWordsOf,
  checkParts,
  plainOf,
  previewOf,
  richParts,
  saysSomething,
  textOf,
  tooMuch,
  writtenOut,
} from '@guichet/engine/domain'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { offered, part } from './rich-part-samples.ts'
import { by, channel, fromCustomer, receive, start, step, text } from './shop.ts'

const approved = { _tag: 'ProviderTemplate', name: 'again', language: 'en', values: [], text: 'May we write?' } as const

describe('parts beyond words and files', () => {
  it('are accepted when they make sense, and then they say something on every channel', () => {
    fc.assert(
      fc.property(offered, (one) => {
        expect(checkParts([one])).toBeNull()
        expect(plainOf(one).trim()).not.toBe('')
        expect(saysSomething([one])).toBe(true)
        expect(previewOf([one]).trim()).not.toBe('')
      }),
    )
  })

  it('are checked whatever is handed over instead of them, and never by an exception', () => {
    const tag = fc.constantFrom(...richParts, 'Video', '__proto__')
    const name = fc.constantFrom(
      'form',
      'choices',
      'price',
      'url',
      'title',
      'latitude',
      'emails',
      'lines',
      'id',
      'fields',
      'items',
      'kind',
      '_tag',
      'values',
      'header',
      'buttons',
      'index',
    )
    const junk = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom<unknown>(null, undefined, 0, -1, 1.5, Number.NaN, '', ' ', 'x', true, 'x'.repeat(3_000)),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(name, tie('value'), { maxKeys: 3 }),
      ),
    })).value
    const made = fc.tuple(tag, fc.dictionary(name, junk)).map(([_tag, fields]) => ({ ...fields, _tag }))
    fc.assert(
      fc.property(fc.oneof(made, junk), (one) => {
        const refusal = checkParts([one as Part])
        if (refusal === null) return
        expect(refusal._tag).toBe('Invalid')
        expect(refusal._tag === 'Invalid' && refusal.issues.length).toBeGreaterThan(0)
      }),
      { numRuns: 500 },
    )
  })

  it.each<[string, unknown, string]>([
    ['half a cent', { _tag: 'Product', title: 'A', price: { amount: 1.5, currency: 'EUR' } }, 'price.amount'],
    [
      'a debt',
      { _tag: 'PaymentLink', title: 'A', price: { amount: -1, currency: 'EUR' }, url: 'https://a.example' },
      'price.amount',
    ],
    [
      'a currency nobody knows',
      { _tag: 'Product', title: 'A', price: { amount: 1, currency: 'euro' } },
      'price.currency',
    ],
    ['a script for a link', { _tag: 'Product', title: 'A', url: 'javascript:alert(1)' }, 'url'],
    ['a file for a link', { _tag: 'CompanyDetails', name: 'A', lines: [], url: 'file:///etc/passwd' }, 'url'],
    ['no link to pay by', { _tag: 'PaymentLink', title: 'A', price: { amount: 1, currency: 'EUR' } }, 'url'],
    ['a place beyond the pole', { _tag: 'Location', latitude: 91, longitude: 0 }, 'latitude'],
    ['a place that is no number', { _tag: 'Location', latitude: 1, longitude: Number.NaN }, 'longitude'],
    ['a choice without a label', { _tag: 'Choices', choices: [{ id: 'a', label: ' ' }] }, 'choices[0].label'],
    [
      'a choice that is there twice',
      {
        _tag: 'Choices',
        choices: [
          { id: 'a', label: 'A' },
          { id: 'a', label: 'B' },
        ],
      },
      'choices[1].id',
    ],
    ['nothing to choose', { _tag: 'Choices', choices: [] }, 'choices'],
    ['a card of nobody', { _tag: 'ContactCard', name: '', emails: [], phones: [] }, 'name'],
    ['a value that is none', { ...approved, values: [7] }, 'values'],
    ['a price without an amount', { ...approved, values: [{ _tag: 'Currency', text: '5' }] }, 'values'],
    ['a header that nobody knows', { ...approved, header: { _tag: 'Hologram' } }, 'header._tag'],
    [
      'a script above the words',
      { ...approved, header: { _tag: 'Media', kind: 'image', url: 'data:x' } },
      'header.url',
    ],
    ['a button beyond the tenth', { ...approved, buttons: [{ _tag: 'Flow', index: 10 }] }, 'buttons[0].index'],
    [
      'a button that is there twice',
      {
        ...approved,
        buttons: [
          { _tag: 'Flow', index: 0 },
          { _tag: 'Url', index: 0, suffix: 'a' },
        ],
      },
      'buttons[1].index',
    ],
    ['an answer of our own', { _tag: 'FormAnswer', form: 'who', values: {} }, 'only customers'],
    ['something else', { _tag: 'Video' }, 'no such part'],
  ])('say what to change: %s', (_, given, place) => {
    const refusal = checkParts([{ _tag: 'Text', text: 'Hello' }, given as Part])
    expect(refusal).toMatchObject({ _tag: 'Invalid', what: 'parts' })
    expect(JSON.stringify(refusal)).toContain('parts[1]')
    expect(JSON.stringify(refusal)).toContain(place)
  })

  it('are written out in their places where the channel does not show them, and left where it does', () => {
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 4 }),
        fc.subarray(['Form', 'Choices', 'Product', 'Location'] as const),
        (parts, shown) => {
          const out = writtenOut(parts, shown)
          expect(out).toHaveLength(parts.length)
          for (const [at, one] of out.entries()) {
            const before = parts[at] as Part
            const stays = before._tag === 'Text' || (shown as ReadonlyArray<string>).includes(before._tag)
            if (stays) expect(one).toBe(before)
            else expect(one).toEqual({ _tag: 'Text', text: plainOf(before as RichPart) })
          }
          expect(writtenOut(out, shown)).toBe(out)
        },
      ),
    )
  })

  it('say what a template shows above its words', () => {
    const bill = { url: 'https://acme.example/bill.pdf', filename: 'bill.pdf' }
    expect(plainOf({ ...approved, header: { _tag: 'Media', kind: 'document', ...bill } })).toBe(
      `May we write?\nbill.pdf\n${bill.url}`,
    )
    expect(plainOf({ ...approved, header: { _tag: 'Location', latitude: 1, longitude: 2, label: 'The shop' } })).toBe(
      'May we write?\nThe shop\n1, 2\ngeo:1,2',
    )
    expect(plainOf({ ...approved, header: { _tag: 'Text', text: 'Zoe' } })).toBe('May we write?')
  })

  it('are found by what they say: all words begin with the text', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
        const words = allWordsOf(parts)
        expect(words.startsWith(textOf(parts))).toBe(true)
        for (const one of parts) expect(words).toContain(one._tag === 'Text' ? one.text : plainOf(one as RichPart))
      }),
    )
  })
})

describe('the length of a message', () => {
  const location: Part = { _tag: 'Location', latitude: 48.85, longitude: 2.35, label: 'The shop' }
  const written = plainOf(location).length

  it('counts what leaves: parts that the channel does not show are written out', () => {
    const max = 5 + 1 + written
    const parts = [...text('Here:'), location]
    expect(tooMuch(parts, { ...channel, maxTextLength: max })).toBeNull()
    expect(tooMuch(parts, { ...channel, maxTextLength: max - 1 })).toEqual({
      _tag: 'TextTooLong',
      length: max,
      max: max - 1,
    })
    expect(tooMuch(parts, { ...channel, maxTextLength: 5, parts: ['Location'] })).toBeNull()
  })

  it('a reply with an offer that leaves too much is refused as a long text is', () => {
    const { state } = step(undefined, receive('Where?'), fromCustomer({ start }))
    const reply = { _tag: 'Reply', parts: [location] } as const
    const narrow = { ...channel, maxTextLength: 10 }
    expect(step(state, reply, by('ana', { channel: narrow })).refusal).toMatchObject({ _tag: 'TextTooLong', max: 10 })
    expect(step(state, reply, by('ana', { channel: { ...narrow, parts: ['Location'] } })).refusal).toBeNull()
  })
})

describe('a reply that calls for colleagues', () => {
  it('names each once, is among what mentions them, and reaches the customer as it stands', () => {
    const { state } = step(undefined, receive('Hello'), fromCustomer({ start }))
    const reply = { _tag: 'Reply', parts: text('@Ben knows'), mentions: ['ben', 'ben'] } as const
    const done = step(state, reply, by('ana'))
    expect(done.entries[0]?.what).toMatchObject({
      message: { mentions: ['ben'], parts: [{ _tag: 'Text', text: '@Ben knows' }] },
    })
    expect(done.state?.mentioned).toEqual(['ben'])
  })

  it('is refused when one of them is not there', () => {
    const { state } = step(undefined, receive('Hello'), fromCustomer({ start }))
    const reply = { _tag: 'Reply', parts: text('@Eve?'), mentions: ['ben', 'eve'] } as const
    expect(step(state, reply, by('ana')).refusal).toEqual({ _tag: 'UnknownAgent', agent: 'eve' })
  })
})

describe('new words for a message', () => {
  it('leave what it offers as it was', () => {
    const { state } = step(undefined, receive('Hello'), fromCustomer({ start }))
    const offer = { _tag: 'Choices', choices: [{ id: 'y', label: 'Yes' }] } as const
    const target = {
      direction: 'out',
      author: { kind: 'agent', id: 'ana' },
      deleted: false,
      files: [],
      rich: [offer],
    } as const
    const { entries } = step(state, { _tag: 'EditMessage', message: 2, parts: text('Better') }, by('ana', { target }))
    expect(entries[0]?.what).toMatchObject({ _tag: 'MessageEdited', parts: [{ _tag: 'Text', text: 'Better' }, offer] })
  })
})
