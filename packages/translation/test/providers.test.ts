import type { Translator, TranslatorCall } from '@guichet/engine/ports'
import { describe, expect, it, test } from 'vitest'
import { TranslatorError, deepL, libreTranslate } from '../src/index.ts'
import { deeplProtocol } from './deepl-protocol.ts'
import { libreProtocol } from './libre-protocol.ts'
import { type Behaviour, type LocalServer, serverFor } from './local-server.ts'

const key = 'c0ffee-secret-key'
const call = (signal = new AbortController().signal): TranslatorCall => ({ signal, fetch: globalThis.fetch })
const text = 'Wo ist mein Paket? Ich habe es vor einer Woche bestellt.'
const request = { texts: [text], from: 'de', to: 'fr' }

const libre = async (): Promise<readonly [LocalServer, Translator]> => {
  const server = await serverFor(libreProtocol({ apiKey: key }))
  return [server, libreTranslate({ url: `${server.url}/`, apiKey: key })]
}
const deepl = async (): Promise<readonly [LocalServer, Translator]> => {
  const server = await serverFor(deeplProtocol(key))
  return [server, deepL({ url: server.url, authKey: key })]
}

const providers = [
  ['libretranslate', libre],
  ['deepl', deepl],
] as const

const failure = async (asking: unknown): Promise<TranslatorError> => {
  try {
    await asking
  } catch (error) {
    if (error instanceof TranslatorError) return error
    throw error
  }
  throw new Error('it did not fail')
}

const answers: ReadonlyArray<readonly [what: string, behaviour: Behaviour, code: string]> = [
  [
    'does not accept the key',
    () => ({ status: 403, json: { error: `no key ${key}`, message: `no key ${key}` } }),
    'Forbidden',
  ],
  ['wants a key', () => ({ status: 401, json: {} }), 'Forbidden'],
  [
    'has too many requests',
    () => ({ status: 429, json: { message: 'Slow down' }, headers: { 'retry-after': '5' } }),
    'RateLimited',
  ],
  ['has used its quota', () => ({ status: 456, json: { message: 'Quota exceeded' } }), 'QuotaExceeded'],
  ['takes no request as large', () => ({ status: 413, text: 'too large' }), 'TooLarge'],
  ['does not know the language', () => ({ status: 400, json: { error: 'xx is not supported' } }), 'Rejected'],
  ['is elsewhere', () => ({ status: 404, text: '<html>' }), 'Misconfigured'],
  ['is down', () => ({ status: 503, text: 'busy' }), 'Unavailable'],
  ['leads elsewhere', () => ({ status: 307, text: '', headers: { location: 'http://127.0.0.1:1/' } }), 'Unavailable'],
  ['breaks off', () => 'cut', 'Unavailable'],
  ['answers with a page', () => ({ status: 200, text: '<html>hello</html>' }), 'Nonsense'],
  ['answers null', () => ({ status: 200, text: 'null' }), 'Nonsense'],
  ['answers a number', () => ({ status: 200, text: '42' }), 'Nonsense'],
  ['answers nothing of use', () => ({ status: 200, json: {} }), 'Nonsense'],
  ['answers too few', () => ({ status: 200, json: { translations: [], translatedText: [] } }), 'Nonsense'],
  ['answers numbers', () => ({ status: 200, json: { translations: [{ text: 4 }], translatedText: [4] } }), 'Nonsense'],
  ['does not end', () => ({ status: 200, text: `"${'x'.repeat(11_000_000)}"` }), 'Nonsense'],
]

describe.each(providers)('%s', (name, open) => {
  test.each(answers)('that %s is an error that says so, and never the key', async (_, behaviour, code) => {
    const [server, translator] = await open()
    server.instead = behaviour
    const error = await failure(translator.translate(request, call()))
    expect(error.code).toBe(code)
    expect(error.message).toMatch(new RegExp(`^${name}: `))
    expect(JSON.stringify([error.message, error.stack, error.cause])).not.toContain(key)
  })

  it('that is not there is an error that names the host', async () => {
    const [server, translator] = await open()
    await server.close()
    const error = await failure(translator.translate(request, call()))
    expect([error.code, error.message]).toEqual([
      'Unavailable',
      `${name}: it cannot be reached at ${new URL(server.url).host}`,
    ])
  })

  it('that hangs is given up when the signal says so, with its reason', async () => {
    const [server, translator] = await open()
    const stop = new AbortController()
    const reason = new Error('ten seconds are over')
    server.instead = () => {
      queueMicrotask(() => stop.abort(reason))
      return 'hang'
    }
    const asked = (async () => translator.translate(request, call(stop.signal)))()
    await expect(asked).rejects.toBe(reason)
    await server.givenUp()
  })

  it('tells the provider nothing but texts and languages', async () => {
    const [server, translator] = await open()
    await translator.translate({ texts: ['a < b && <b>c</b>', ' ', '😀'], from: null, to: 'fr' }, call())
    expect(server.seen).toHaveLength(1)
    const body = JSON.parse(server.seen[0]?.body ?? '') as Record<string, unknown>
    expect(body['q'] ?? body['text']).toEqual(['a < b && <b>c</b>', '😀'])
    expect(Object.keys(body).sort()).toEqual(
      name === 'deepl' ? ['target_lang', 'text'] : ['api_key', 'format', 'q', 'source', 'target'],
    )
  })

  it('is not asked about texts without words', async () => {
    const [server, translator] = await open()
    expect(await translator.translate({ texts: ['', '\n'], from: null, to: 'fr' }, call())).toEqual([
      { text: '', from: 'und' },
      { text: '\n', from: 'und' },
    ])
    expect(server.seen).toEqual([])
  })
})

describe('libretranslate', () => {
  it('is spoken to without a key where none is wanted, below any path', async () => {
    const server = await serverFor((seen) => libreProtocol()({ ...seen, path: seen.path.replace('/mt', '') }))
    const translator = libreTranslate({ url: `${server.url}/mt/` })
    expect(await translator.translate({ ...request, from: null }, call())).toEqual([
      { text: 'Où est mon colis, commandé la semaine dernière ?', from: 'de' },
    ])
    expect(server.seen[0]?.path).toBe('/mt/translate')
    expect(server.seen[0]?.body).not.toContain('api_key')
  })

  it.each([
    ['pt-BR', 'pt'],
    ['zh-TW', 'zt'],
    ['zh-Hans', 'zh'],
    ['nn', 'nb'],
    ['DE', 'de'],
  ])('translates into %s as %s', async (to, code) => {
    const [server, translator] = await libre()
    await translator.translate({ ...request, to }, call())
    expect(JSON.parse(server.seen[0]?.body ?? '')).toMatchObject({ source: 'de', target: code })
  })

  it.each([
    [92, 'de', 'de'],
    [0.9, 'de', 'de'],
    [59, 'de', null],
    [0.3, 'de', null],
    [90, 'zt', 'zh-Hant'],
    ['90', 'de', null],
    [90, 7, null],
  ])('that is sure by %j of %j detects %j', async (confidence, language, expected) => {
    const [server, translator] = await libre()
    server.instead = () => ({ status: 200, json: [{ confidence, language }] })
    expect(await translator.detect(['x'], call())).toEqual([expected])
  })

  it('that detects nothing, or not what was asked, says so', async () => {
    const [server, translator] = await libre()
    server.instead = () => ({ status: 200, json: [] })
    expect(await translator.detect(['x'], call())).toEqual([null])
    server.instead = () => ({ status: 200, json: { language: 'de' } })
    expect((await failure(translator.detect(['x'], call()))).code).toBe('Nonsense')
  })

  it('answers a list of one without a list as well', async () => {
    const [server, translator] = await libre()
    server.instead = () => ({
      status: 200,
      json: { translatedText: 'Bonjour', detectedLanguage: { language: 'de', confidence: 90 } },
    })
    expect(await translator.translate({ ...request, from: null }, call())).toEqual([{ text: 'Bonjour', from: 'de' }])
  })
})

describe('deepl', () => {
  it.each([
    ['en', 'EN-GB'],
    ['en-US', 'EN-US'],
    ['pt', 'PT-PT'],
    ['pt-BR', 'PT-BR'],
    ['zh', 'ZH-HANS'],
    ['zh-Hant', 'ZH-HANT'],
    ['zh-HK', 'ZH-HANT'],
    ['no', 'NB'],
    ['fr-CA', 'FR'],
  ])('translates into %s as %s', async (to, code) => {
    const [server, translator] = await deepl()
    const answer = await translator.translate({ ...request, from: 'pt-BR', to }, call())
    expect(JSON.parse(server.seen[0]?.body ?? '')).toMatchObject({ source_lang: 'PT', target_lang: code })
    expect(answer[0]?.from).toBe('pt')
  })

  it('has a server of its own for keys of the free plan', async () => {
    const asked: Array<string> = []
    const fetch = (async (url: unknown) => {
      asked.push(String(url))
      return Response.json({ translations: [{ text: 'x', detected_source_language: 'DE' }] })
    }) as typeof globalThis.fetch
    for (const authKey of ['a', 'a:fx']) {
      await deepL({ authKey }).translate(request, { ...call(), fetch })
    }
    expect(asked).toEqual(['https://api.deepl.com/v2/translate', 'https://api-free.deepl.com/v2/translate'])
  })
})

describe('what cannot be right is said at once', () => {
  it.each([
    () => libreTranslate({ url: 'localhost:5000' }),
    () => libreTranslate({ url: 'file:///etc/passwd' }),
    () => libreTranslate({ url: `http://zoe:${key}@localhost` }),
    () => libreTranslate({ url: `http://localhost?key=${key}` }),
    () => libreTranslate({ url: 'http://localhost', maxCharacters: 0 }),
    () => libreTranslate({ url: 'http://localhost', maxTexts: 0 }),
    () => deepL({ authKey: '' }),
    () => deepL({ authKey: `${key}\n` }),
    () => deepL({ authKey: key, url: 'deepl' }),
  ])('%s', async (make) => {
    const error = await failure((async () => make())())
    expect(error.code).toBe('Misconfigured')
    expect(error.message).not.toContain(key)
  })
})
