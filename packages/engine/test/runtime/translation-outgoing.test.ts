import { memoryStorage } from '@guichet/engine/memory'
import type { PublicThread, Sink } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { gate, phrasebook } from './phrases.ts'
import { type openShop, until, value } from './telegraph.ts'
import { french, standing, translatedShop } from './translated-shop.ts'

describe('what an agent answers', () => {
  it('leaves in the customer’s language, and keeps the original', async () => {
    const { write, opened, as, provider, said, settle } = await translatedShop()
    await write('Wo ist mein Paket?')
    await settle()
    const id = await opened()
    await value(as('ana').reply(id, { text: 'Il arrive demain' }))
    await settle()
    expect(provider.wires).toEqual(['Morgen ist es da'])
    expect((await said(id))[1]).toMatchObject({
      text: 'Il arrive demain',
      translations: [{ ...french('Morgen ist es da'), language: 'de' }],
      delivery: { status: 'sent' },
    })
  })

  it('leaves as it is when it is written in the customer’s language already', async () => {
    const { write, opened, as, provider, book, settle } = await translatedShop()
    await write('Wo ist mein Paket?')
    await settle()
    await value(as('ana').reply(await opened(), { text: 'Morgen ist es da' }))
    await settle()
    expect(provider.wires).toEqual(['Morgen ist es da'])
    expect(book.asked).toHaveLength(1)
  })

  it('leaves in the language that is known of her before she has written', async () => {
    const { write, opened, as, turn, provider, settle } = await translatedShop({}, {})
    await write('ok', { from: { address: 'claire', language: 'de' } })
    const id = await opened()
    await value(turn(id, 'fr'))
    await value(as('ana').reply(id, { text: 'Il arrive demain' }))
    await settle()
    expect(provider.wires).toEqual(['Morgen ist es da'])
  })

  it('leaves in its own words, and says so, when the translator fails or has not answered in ten seconds', async () => {
    const { write, opened, as, book, clock, provider, problems, said, settle } = await translatedShop()
    await write('Wo ist mein Paket?')
    await settle()
    const id = await opened()
    book.before = () => Promise.reject(new Error('down'))
    await value(as('ana').reply(id, { text: 'Il arrive demain' }))
    await settle()
    expect(provider.wires).toEqual(['Il arrive demain'])
    let aborted = false
    book.before = (_, signal) =>
      new Promise(() => signal.addEventListener('abort', () => void (aborted = true), { once: true }))
    await value(as('ana').reply(id, { text: 'Il arrive après-demain' }))
    await until(standing, () => book.asked.length === 3)
    clock.advance(9_999)
    expect(aborted).toBe(false)
    clock.advance(1)
    expect(aborted).toBe(true)
    await until(standing, () => provider.wires.length === 2)
    await settle()
    expect((await said(id)).slice(1).map(({ translations }) => translations)).toEqual([
      [{ language: 'de', provider: 'phrasebook', state: 'failed', text: null }],
      [{ language: 'de', provider: 'phrasebook', state: 'failed', text: null }],
    ])
    expect(problems).toEqual(['translator phrasebook', 'translator phrasebook'])
  })

  it.each([
    ['no list', () => 'Morgen'],
    ['too few', () => []],
    ['no words', () => [{ text: ' ', from: 'fr' }]],
    ['no language', () => [{ text: 'Morgen', from: 'the language of Molière' }]],
    ['a flood', () => [{ text: 'x'.repeat(100_000), from: 'fr' }]],
    ['more than the channel carries', () => [{ text: 'x'.repeat(200), from: 'fr' }]],
  ])('leaves in its own words when the translator answers %s', async (_, instead) => {
    const { write, opened, as, book, provider, settle } = await translatedShop({ capabilities: { maxTextLength: 100 } })
    await write('Wo ist mein Paket?')
    await settle()
    book.instead = instead
    await value(as('ana').reply(await opened(), { text: 'Il arrive demain' }))
    await settle()
    expect(provider.wires).toEqual(['Il arrive demain'])
  })

  it('and edits before it has left goes in the new words alone', async () => {
    const held = gate()
    const { write, opened, as, book, provider, said, settle } = await translatedShop()
    await write('Wo ist mein Paket?')
    await settle()
    const id = await opened()
    book.before = () => held.pass()
    const done = await value(as('ana').reply(id, { text: 'Il arrive demain' }))
    await until(standing, () => held.held() > 0)
    await value(as('ana').edit(id, { message: done.entry?.seq ?? 0, text: 'Il arrive après-demain' }))
    held.release()
    await settle()
    expect(provider.wires).toEqual(['Übermorgen ist es da'])
    expect((await said(id))[1]?.translations).toMatchObject([{ text: 'Übermorgen ist es da' }])
  })

  it('is not translated again, however often it is tried to send it', async () => {
    const first = await translatedShop()
    await first.write('Wo ist mein Paket?')
    await first.settle()
    const id = await first.opened()
    first.provider.answer = () => ({ _tag: 'Retry', reason: 'busy' })
    await value(first.as('ana').reply(id, { text: 'Il arrive demain' }))
    await first.settle()
    first.provider.answer = () => ({ _tag: 'Accepted', externalId: 'x' })
    await until(first.clock, () => first.provider.wires.length === 2)
    expect(first.provider.wires).toEqual(['Morgen ist es da', 'Morgen ist es da'])
    expect(first.book.asked.filter(({ to }) => to === 'de')).toHaveLength(1)
  })

  it('waits for the next engine when this one closes, and is translated there', async () => {
    const held = gate()
    const storage = memoryStorage()
    const kept = new Proxy(storage, {
      get: (target, name) => (name === 'close' ? () => undefined : Reflect.get(target, name)),
    })
    const first = await translatedShop({ storage: kept })
    await first.write('Wo ist mein Paket?')
    await first.settle()
    const id = await first.opened()
    first.book.before = () => held.pass()
    await value(first.as('ana').reply(id, { text: 'Il arrive demain' }))
    await until(standing, () => held.held() > 0)
    await first.engine.close()
    expect(first.provider.wires).toEqual([])
    const next = await translatedShop({ storage: kept, clock: first.clock })
    await next.settle()
    await until(next.clock, () => next.provider.wires.length > 0)
    expect(next.provider.wires).toEqual(['Morgen ist es da'])
    expect(first.problems).toEqual([])
  })
})

describe('a translator that is slow', () => {
  it('delays neither what comes in nor what leaves elsewhere, however many wait for it', async () => {
    const held = gate()
    const { write, as, house, book, provider, settle } = await translatedShop()
    await value(house.accounts.put({ id: 'wire', channel: 'telegraph', queue: 'desk', translate: 'fr' }))
    book.before = () => held.pass()
    for (let n = 0; n < 450; n += 1) await write('Guten Tag', { from: { address: `many-${n}` } })
    await value(house.accounts.put({ id: 'wire', channel: 'telegraph', queue: 'desk' }))
    await write('Hello', { from: { address: 'plain' } })
    const { items } = await as('chloe').list({ tab: 'open', limit: 1 })
    await value(as('ana').reply(items[0]?.id ?? '', { text: 'At once' }))
    await until(standing, () => provider.wires.length > 0)
    expect(provider.wires).toEqual(['At once'])
    held.release()
    await settle()
  })

  it('is not asked more than it takes at once', async () => {
    const { write, opened, turn, book, settle, said } = await translatedShop(
      { translator: phrasebook({ maxTexts: 3, maxCharacters: 40 }) },
      {},
    )
    const long = 'Guten Tag\n\n  Morgen ist es da\r\n\t\n   \nWo ist mein Paket? Guten Tag'
    for (const text of ['a', 'b', 'c', 'd', 'x'.repeat(30), 'y'.repeat(30), 'z'.repeat(41), long]) await write(text)
    const id = await opened()
    await value(turn(id, 'fr', 'de'))
    await settle()
    for (const { texts } of book.asked) {
      expect(texts.length).toBeLessThanOrEqual(3)
      expect(texts.join('').length).toBeLessThanOrEqual(40)
    }
    const translated = (await said(id)).map(({ translations }) => translations[0])
    expect(translated.map((one) => one?.state)).toEqual(Array.from({ length: 8 }, () => 'done'))
    expect(translated.slice(-2).map((one) => one?.text)).toEqual([
      `[fr] ${'z'.repeat(40)}[fr] z`,
      '[fr] Guten Tag\n\n  Morgen ist es da\r\n\t\n   \n[fr] Wo ist mein Paket? Guten Tag',
    ])
  })

  it('translates a long text as a whole, or not at all', async () => {
    const { write, opened, turn, book, settle, said } = await translatedShop(
      { translator: phrasebook({ maxCharacters: 12 }) },
      {},
    )
    book.before = (texts) => (texts.includes('poison') ? Promise.reject(new Error('400')) : undefined)
    await write('Guten Tag\n\npoison\n\nGuten Tag')
    await write('Guten Tag\n\nGuten Tag')
    const id = await opened()
    await value(turn(id, 'fr', 'de'))
    await settle()
    expect((await said(id)).map(({ translations }) => [translations[0]?.state, translations[0]?.text])).toEqual([
      ['failed', null],
      ['done', 'Bonjour\n\nBonjour'],
    ])
  })

  it('that cannot take one text still translates the others', async () => {
    const { write, opened, turn, book, settle, said } = await translatedShop({}, {})
    for (const text of ['one', 'poison', 'three']) await write(text)
    book.before = (texts) => (texts.includes('poison') ? Promise.reject(new Error('400')) : undefined)
    const id = await opened()
    await value(turn(id, 'fr', 'de'))
    await settle()
    expect((await said(id)).map(({ translations }) => translations[0]?.state)).toEqual(['done', 'failed', 'done'])
  })

  it('and fails again and again is left alone for a minute, then tried again', async () => {
    const { write, opened, book, clock, settle, said } = await translatedShop()
    book.before = () => Promise.reject(new Error('down'))
    for (let n = 1; n <= 5; n += 1) {
      await write(`Nummer ${n}`)
      await settle()
    }
    const asked = book.asked.length
    await write('Guten Tag')
    await settle()
    expect(book.asked).toHaveLength(asked)
    book.before = () => undefined
    clock.advance(60_001)
    await write('Wo ist mein Paket?')
    await settle()
    expect((await said(await opened())).map(({ translations }) => translations[0]?.state)).toEqual(
      Array.from({ length: 7 }, () => 'done'),
    )
  })
})

describe('a customer in a chat', () => {
  const chat = async () => {
    let sink: Sink | undefined
    const shop = await translatedShop({
      capabilities: { live: true },
      connect: (_, own) => {
        sink = own
        return Promise.resolve()
      },
    } as Parameters<typeof openShop>[0])
    await shop.write('Wo ist mein Paket?')
    await shop.settle()
    const read = async (): Promise<PublicThread> => {
      const thread = await sink?.thread('claire', { after: 0, limit: 50 })
      if (thread === undefined) throw new Error('no thread')
      return thread
    }
    const texts = async () =>
      (await read()).messages.map(({ parts }) => parts.map((part) => (part._tag === 'Text' ? part.text : '')).join(''))
    return { ...shop, id: await shop.opened(), read, texts }
  }

  it('never sees what is not translated yet, and nothing overtakes it', async () => {
    const held = gate()
    const { id, as, book, texts, settle } = await chat()
    book.before = () => held.pass()
    await value(as('ana').reply(id, { text: 'Il arrive demain' }))
    await value(as('ana').reply(id, { text: 'Morgen ist es da' }))
    expect(await texts()).toEqual(['Wo ist mein Paket?'])
    held.release()
    await settle()
    expect(await texts()).toEqual(['Wo ist mein Paket?', 'Morgen ist es da', 'Morgen ist es da'])
  })

  it('goes on reading what she has read when an edit comes before it could be sent', async () => {
    const held = gate()
    const { id, as, book, provider, texts, settle } = await chat()
    provider.answer = () => ({ _tag: 'Retry', reason: 'busy' })
    const done = await value(as('ana').reply(id, { text: 'Il arrive demain' }))
    await settle()
    expect(await texts()).toEqual(['Wo ist mein Paket?', 'Morgen ist es da'])
    book.before = () => held.pass()
    await value(as('ana').edit(id, { message: done.entry?.seq ?? 0, text: 'Il arrive après-demain' }))
    expect(await texts()).toEqual(['Wo ist mein Paket?', 'Morgen ist es da'])
    held.release()
    await settle()
    expect(await texts()).toEqual(['Wo ist mein Paket?', 'Übermorgen ist es da'])
  })

  it('goes on reading what she has read until an edit is translated too, and whatever is turned off later', async () => {
    const held = gate()
    const { id, as, book, texts, turn, settle } = await chat()
    const done = await value(as('ana').reply(id, { text: 'Il arrive demain' }))
    await settle()
    book.before = () => held.pass()
    await value(as('ana').edit(id, { message: done.entry?.seq ?? 0, text: 'Il arrive après-demain' }))
    expect((await texts())[1]).toBe('Morgen ist es da')
    held.release()
    await settle()
    expect((await texts())[1]).toBe('Übermorgen ist es da')
    await value(turn(id, null))
    expect((await texts())[1]).toBe('Übermorgen ist es da')
    await value(turn(id, 'fr', 'en'))
    expect((await texts())[1]).toBe('Übermorgen ist es da')
  })
})
