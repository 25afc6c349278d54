import type { InboundEvent } from '@guichet/engine/ports'
import { describe, expect, it, onTestFinished } from 'vitest'
import { gate } from './phrases.ts'
import { openShop, value } from './telegraph.ts'
import { french, translatedShop } from './translated-shop.ts'

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
