import type { TranslatorCall } from '@guichet/engine/ports'
import { describe, expect, it, test } from 'vitest'
import { worked } from '../../../tooling/worked.ts'
import { detector, together } from '../src/index.ts'

const call: TranslatorCall = {
  signal: new AbortController().signal,
  fetch: () => Promise.reject(new Error('no network')),
}

describe('the detector', () => {
  test.each([
    ['Où est mon colis ?', 'fr'],
    ['Bonjour, je voudrais savoir si ma commande est partie hier.', 'fr'],
    ['Where is my parcel?', 'en'],
    ['Guten Tag, wo ist mein Paket?', 'de'],
    ['¿Dónde está mi pedido?', 'es'],
    ['Olá, onde está a minha encomenda?', 'pt'],
    ['Dov’è il mio pacco? Grazie mille', 'it'],
    ['Mijn pakket is niet aangekomen', 'nl'],
    ['Jag vill ha mina pengar tillbaka', 'sv'],
    ['Где моя посылка? Я жду уже неделю.', 'ru'],
    ['أين طلبي من فضلك؟', 'ar'],
    ['我的包裹在哪里', 'zh'],
    ['私の荷物はどこですか', 'ja'],
    ['제 소포는 어디에 있나요?', 'ko'],
    ['Wo ist mein Paket? https://shop.example/track/1234567 zoe@example.org', 'de'],
  ])('hears that %j is %s', async (text, language) => {
    expect(await detector().detect([text], call)).toEqual([language])
  })

  test.each([
    '',
    'ok',
    'merci',
    'Hello',
    'Claire Martin',
    'iPhone 15 Pro',
    '12345 67890 11',
    '😀😀😀',
    'https://example.com/track/a/b/c',
    'zoe@example.org',
    'x'.repeat(10_000),
    'zzzz qqqq xxxx wwww',
  ])('does not guess at %j', async (text) => {
    expect(await detector().detect([text], call)).toEqual([null])
  })

  it('looks at the beginning of what is long', async () => {
    const started = worked()
    const long = 'Wo ist mein Paket? Ich warte schon. '.repeat(20_000)
    expect(await detector().detect([long], call)).toEqual(['de'])
    expect(worked() - started).toBeLessThan(2_000)
  })

  it('does not translate, alone or together', async () => {
    const both = together({ detect: detector(), translate: detector() })
    expect(both.capabilities.translate).toBe(false)
    await expect((async () => both.translate({ texts: ['x'], from: null, to: 'fr' }, call))()).rejects.toThrow(
      /only detects/,
    )
  })
})
