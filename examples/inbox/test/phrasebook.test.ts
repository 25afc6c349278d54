import { titleOf, translatorCases } from '@guichet/conformance'
import type { TranslatorCall } from '@guichet/engine/ports'
import { describe, expect, it, onTestFinished, test } from 'vitest'
import { phrasebook } from '../server/phrasebook/phrasebook.ts'
import { phrases, words } from '../server/phrasebook/phrases.ts'
import { workspaceId } from '../server/shop.ts'
import { translatorFrom } from '../server/translator.ts'
import { testInbox } from './inbox.ts'
import { until } from './until.ts'

const call: TranslatorCall = {
  signal: new AbortController().signal,
  fetch: () => Promise.reject(new Error('no network')),
}

const say = async (text: string, to: string, from: string | null = null): Promise<string | undefined> =>
  (await phrasebook().translate({ texts: [text], from, to }, call))[0]?.text

describe('the phrase book', () => {
  const sentences = phrases.slice(10, 24).flatMap(({ fr, en, de }) => [
    { text: fr, language: 'fr' },
    { text: en, language: 'en' },
    { text: de, language: 'de' },
  ])
  for (const each of translatorCases({ open: phrasebook, sentences, into: 'fr' })) test(titleOf(each), each.run)

  it('says each thing once in each language, so that it finds its way back', async () => {
    for (const list of [phrases, words]) {
      for (const language of ['fr', 'en', 'de'] as const) {
        const said = list.map((one) => one[language].toLowerCase())
        expect(said.filter((one, index) => said.indexOf(one) !== index)).toEqual([])
      }
    }
    for (const { fr, de } of phrases) expect(await say(de, 'fr', 'de')).toBe(fr)
  })

  it('translates the letter of a customer in Munich, and leaves her name alone', async () => {
    const letter =
      'Guten Tag,\n\nich möchte drei Kerzen „Lin“ nach München bestellen. Kommen sie sicher vor dem 24. Dezember an? Und kann ich die Rechnung auf eine Firma ausstellen lassen?\n\nMit freundlichen Grüßen\nThomas Becker'
    expect(await say(letter, 'fr')).toBe(
      'Bonjour,\n\nje voudrais commander trois bougies « Lin » pour Munich. Arriveront-elles à coup sûr avant le 24 décembre? Et puis-je recevoir la facture au nom d’une entreprise?\n\nCordialement\nThomas Becker',
    )
  })

  it('says where it has only put words together, and leaves what it does not know', async () => {
    expect(await say('Wann kommt die Lieferung mit meinem Regal?', 'fr')).toBe(
      '≈ Quand kommt die livraison avec meinem Regal?',
    )
    expect(await say('Xyzzy plugh', 'fr', 'de')).toBe('Xyzzy plugh')
  })

  it('has three languages and no others', async () => {
    await expect(say('Bonjour', 'es')).rejects.toThrow('no es: only fr, en, de')
    await expect(say('Hola', 'fr', 'es')).rejects.toThrow('no es: only fr, en, de')
  })
})

describe('who translates for the shop', () => {
  it('is a server of its own, DeepL, or the phrase book', () => {
    expect(translatorFrom({}).name).toBe('phrasebook')
    expect(translatorFrom({ TRANSLATE_URL: 'http://localhost:5000' }).name).toBe('libretranslate')
    expect(translatorFrom({ DEEPL_KEY: 'a:fx' }).name).toBe('deepl')
  })

  it('is stopped at the start by an address that is none', () => {
    expect(() => translatorFrom({ TRANSLATE_URL: 'localhost' })).toThrow('url: an address that begins with http')
  })
})

describe('the shop', () => {
  it('reads a German mail in French, and answers it in German', async () => {
    const inbox = await testInbox()
    onTestFinished(() => inbox.stop())
    await inbox.mail('thomas@example.org', 'Kerzen', 'Guten Tag, wo ist mein Paket? Ich warte seit einer Woche.')
    const { id } = await until(() => inbox.newest())
    const ana = inbox.engine.workspace(workspaceId).as('ana').conversations
    await ana.setTranslation(id, { translation: { team: 'fr', customer: null } })
    await inbox.engine.settle()
    await ana.reply(id, { text: 'Votre colis est en route.' })
    await inbox.engine.settle()
    const page = await ana.timeline(id)
    if (!page.ok) throw new Error(page.refusal._tag)
    const [asked, answered] = page.value.messages
    expect(asked?.language).toBe('de')
    expect(asked?.translations).toMatchObject([{ language: 'fr', provider: 'phrasebook', state: 'done' }])
    expect(answered?.translations).toMatchObject([{ language: 'de', text: 'Ihr Paket ist unterwegs.' }])
  })
})
