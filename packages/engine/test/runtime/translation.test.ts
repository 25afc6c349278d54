import type { MessageView } from '@guichet/engine'
import { memoryStorage } from '@guichet/engine/memory'
import type { InboundEvent, PublicThread, Sink } from '@guichet/engine/ports'
import { describe, expect, it, onTestFinished } from 'vitest'
import { gate, phrasebook } from './phrases.ts'
import { openShop, until, value } from './telegraph.ts'

const translatedShop = async (
  over: Parameters<typeof openShop>[0] & { readonly translator?: ReturnType<typeof phrasebook> } = {},
  account: { readonly translate?: string | null } = { translate: 'fr' },
) => {
  const book = over.translator ?? phrasebook()
  const shop = await openShop({ ...over, options: { translator: book, ...over.options } })
  onTestFinished(() => shop.engine.close())
  const house = shop.engine.workspace('shop')
  await value(house.accounts.put({ id: 'wire', channel: 'telegraph', queue: 'desk', ...account }))
  const as = (agent: string) => house.as(agent).conversations
  const settle = () => shop.engine.settle()
  const said = async (id: string): Promise<ReadonlyArray<MessageView>> =>
    (await value(as('chloe').timeline(id))).messages
  const turn = (id: string, team: string | null, customer: string | null = null) =>
    as('ana').setTranslation(id, { translation: team === null ? null : { team, customer } })
  return { ...shop, book, house, as, settle, said, turn }
}

/** A clock that stands: only the event loop goes round. */
const standing = { advance: () => undefined } as unknown as Parameters<typeof until>[0]

const french = (text: string, state = 'done') => ({ language: 'fr', provider: 'phrasebook', state, text })

describe('what the customer writes', () => {
  it('stands in the team’s language beside the original, pending until then', async () => {
    const held = gate()
    const { write, opened, book, said, settle } = await translatedShop()
    book.before = () => held.pass()
    await write('Wo ist mein Paket?')
    const id = await opened()
    expect((await said(id))[0]).toMatchObject({
      text: 'Wo ist mein Paket?',
      translations: [{ language: 'fr', provider: null, state: 'pending', text: null }],
    })
    held.release()
    await settle()
    expect((await said(id))[0]).toMatchObject({
      text: 'Wo ist mein Paket?',
      language: 'de',
      translations: [french('Où est mon colis ?')],
    })
    expect(book.asked).toEqual([{ texts: ['Wo ist mein Paket?'], from: 'de', to: 'fr' }])
  })

  it('teaches the language of the conversation and of the contact, unless that was known', async () => {
    const { write, opened, as, house, settle } = await translatedShop()
    await write('Wo ist mein Paket?')
    await write('Where is my parcel?', { from: { address: 'paul', language: 'it' } })
    await settle()
    const { items } = await as('chloe').list({ tab: 'open' })
    const languages = await Promise.all(
      items.map(async ({ id, contact }) => [
        (await value(as('chloe').get(id))).state.translation?.customer,
        (await value(house.as('chloe').contacts.get(contact.id))).language,
      ]),
    )
    expect(languages.sort()).toEqual([
      ['de', 'de'],
      ['en', 'it'],
    ])
    await expect(opened()).resolves.toBeDefined()
  })

  it('in the team’s own language needs no other words, and nobody is asked for them', async () => {
    const { write, opened, book, said, settle } = await translatedShop()
    await write('Où est mon colis ?')
    await settle()
    expect((await said(await opened()))[0]).toMatchObject({ language: 'fr', translations: [] })
    expect(book.asked).toEqual([])
  })

  it('is not translated, nor pending, when it has no words, or nobody reads it', async () => {
    const bytes = (_: string, json: unknown) => (json === 'bytes' ? new Uint8Array(3) : json)
    const { write, opened, book, said, settle } = await translatedShop({
      channel: {
        parse: ({ body }) => JSON.parse(new TextDecoder().decode(body), bytes) as ReadonlyArray<InboundEvent>,
      },
    })
    const file = { name: 'a.txt', mime: 'text/plain', bytes: 'bytes' as unknown as Uint8Array }
    await write('', { parts: [{ _tag: 'File', file }] })
    await write('I am away', { automatic: 'reply' })
    await settle()
    const messages = await said(await opened())
    expect(messages.map(({ translations }) => translations)).toEqual([[], []])
    expect(book.asked).toEqual([])
  })

  it('that nobody can tell is a guess of the translator’s, of which nothing is learnt', async () => {
    const { write, opened, as, said, settle } = await translatedShop()
    await write('ok')
    await settle()
    const id = await opened()
    expect((await said(id))[0]).toMatchObject({ language: null, translations: [french('[fr] ok')] })
    expect((await value(as('ana').get(id))).state.translation).toEqual({ team: 'fr', customer: null, from: 1 })
  })

  it('loses its translations with an edit, and gets new ones', async () => {
    const held = gate()
    const { write, post, opened, book, said, settle } = await translatedShop()
    await write('Wo ist mein Paket?')
    await settle()
    book.before = () => held.pass()
    await post([{ _tag: 'MessageEdited', externalId: 'in-1', parts: [{ _tag: 'Text', text: 'Guten Tag' }] }])
    const id = await opened()
    expect((await said(id))[0]?.translations).toMatchObject([{ state: 'pending' }])
    held.release()
    await settle()
    expect((await said(id))[0]).toMatchObject({ text: 'Guten Tag', translations: [french('Bonjour')] })
  })

  it('is not given the words of what it said before it was edited', async () => {
    const held = gate()
    const { write, post, opened, book, said, settle } = await translatedShop()
    book.before = ([text]) => (text === 'Wo ist mein Paket?' ? held.pass() : undefined)
    await write('Wo ist mein Paket?')
    await post([{ _tag: 'MessageEdited', externalId: 'in-1', parts: [{ _tag: 'Text', text: 'Guten Tag' }] }])
    held.release()
    await settle()
    expect((await said(await opened()))[0]).toMatchObject({ text: 'Guten Tag', translations: [french('Bonjour')] })
  })

  it('written while another is being translated is translated after it, each of them once', async () => {
    const held = gate()
    const { write, opened, book, said, settle } = await translatedShop()
    book.before = () => held.pass()
    await write('Wo ist mein Paket?')
    await write('Guten Tag')
    await write('Morgen ist es da')
    held.release()
    await settle()
    const messages = await said(await opened())
    expect(messages.map(({ translations }) => translations[0]?.text)).toEqual([
      'Où est mon colis ?',
      'Bonjour',
      'Il arrive demain',
    ])
    expect(book.asked.flatMap(({ texts }) => texts)).toEqual(['Wo ist mein Paket?', 'Guten Tag', 'Morgen ist es da'])
  })

  it('as spam is left alone, until somebody says that it is none', async () => {
    const { write, opened, as, book, said, settle } = await translatedShop()
    await write('Guten Tag')
    await settle()
    const id = await opened()
    await value(as('chloe').spam(id))
    await write('Wo ist mein Paket?')
    await settle()
    expect((await said(id)).map(({ translations }) => translations.length)).toEqual([1, 0])
    expect(book.asked).toHaveLength(1)
    await value(as('chloe').notSpam(id))
    await settle()
    expect((await said(id))[1]?.translations).toEqual([french('Où est mon colis ?')])
  })
})

describe('turning it on', () => {
  it('translates the newest messages in few requests, and says nothing of older ones', async () => {
    const { write, opened, book, said, turn, settle } = await translatedShop({}, {})
    for (let n = 1; n <= 25; n += 1) await write(`Nummer ${n}`)
    const id = await opened()
    expect((await said(id)).flatMap(({ translations }) => translations)).toEqual([])
    await value(turn(id, 'fr', 'de'))
    const pending = (await said(id)).map(({ translations }) => translations[0]?.state)
    await settle()
    const done = (await said(id)).map(({ translations }) => translations[0]?.state)
    expect(pending.slice(0, 5)).toEqual([undefined, undefined, undefined, undefined, undefined])
    expect(done.slice(0, 5)).toEqual(pending.slice(0, 5))
    expect(done.slice(5).every((state) => state === 'done')).toBe(true)
    expect(done).toHaveLength(25)
    expect(book.asked.map(({ texts }) => texts.length)).toEqual([20])
  })

  it('is refused where nobody translates, and when a language is none', async () => {
    const { write, opened, turn } = await translatedShop()
    await write('Guten Tag')
    const id = await opened()
    expect(await turn(id, 'klingon')).toMatchObject({
      refusal: { _tag: 'Invalid', what: 'translation', issues: [expect.stringContaining('team')] },
    })
    const bare = await openShop()
    onTestFinished(() => bare.engine.close())
    await bare.write('Guten Tag')
    const other = bare.engine.workspace('shop').as('ana').conversations
    expect(await other.setTranslation(await bare.opened(), { translation: { team: 'fr', customer: null } })).toEqual({
      ok: false,
      refusal: { _tag: 'Unsupported', feature: 'translation' },
    })
  })

  it('for an account wants a language and a translator', async () => {
    const { house } = await translatedShop()
    const account = { id: 'wire', channel: 'telegraph', queue: 'desk' }
    expect(await house.accounts.put({ ...account, translate: 'français' })).toMatchObject({
      refusal: { _tag: 'Invalid', what: 'account', issues: [expect.stringMatching(/^translate: a language tag/)] },
    })
    const bare = await openShop()
    onTestFinished(() => bare.engine.close())
    expect(await bare.engine.workspace('shop').accounts.put({ ...account, translate: 'fr' })).toMatchObject({
      refusal: { _tag: 'Invalid', what: 'account', issues: [expect.stringMatching(/^translate: .*no translator/)] },
    })
  })

  it('off leaves what was translated, and ends it', async () => {
    const { write, opened, book, said, turn, settle } = await translatedShop()
    await write('Guten Tag')
    await settle()
    const id = await opened()
    await value(turn(id, null))
    await write('Wo ist mein Paket?')
    await settle()
    expect((await said(id)).map(({ translations }) => translations.length)).toEqual([1, 0])
    expect(book.asked).toHaveLength(1)
  })

  it('in another team language translates again, beside what there is', async () => {
    const { write, opened, said, turn, settle } = await translatedShop()
    await write('Guten Tag')
    await settle()
    const id = await opened()
    await value(turn(id, 'en', 'de'))
    await settle()
    expect((await said(id))[0]?.translations).toEqual([
      french('Bonjour'),
      { ...french('Good morning'), language: 'en' },
    ])
  })
})

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
    for (const text of ['a', 'b', 'c', 'd', 'x'.repeat(30), 'y'.repeat(30), 'z'.repeat(41)]) await write(text)
    const id = await opened()
    await value(turn(id, 'fr', 'de'))
    await settle()
    for (const { texts } of book.asked) {
      expect(texts.length).toBeLessThanOrEqual(3)
      expect(texts.join('').length).toBeLessThanOrEqual(40)
    }
    expect((await said(id)).map(({ translations }) => translations[0]?.state)).toEqual([
      ...Array.from({ length: 6 }, () => 'done'),
      'failed',
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
