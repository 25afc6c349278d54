import { titleOf, translatorCases } from '@guichet/conformance'
import type { Translator } from '@guichet/engine/ports'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { deepL, detector, libreTranslate, together } from '../src/index.ts'
import { deeplProtocol } from './deepl-protocol.ts'
import { libreProtocol } from './libre-protocol.ts'
import { type LocalServer, openServer } from './local-server.ts'
import { sentences } from './phrases.ts'

let libre: LocalServer
let deepl: LocalServer

beforeAll(async () => {
  libre = await openServer(libreProtocol({ apiKey: 'the key' }))
  deepl = await openServer(deeplProtocol('the key'))
})

afterAll(() => Promise.all([libre.close(), deepl.close()]))

const overLibre = (): Translator => libreTranslate({ url: libre.url, apiKey: 'the key' })
const overDeepL = (): Translator => deepL({ url: deepl.url, authKey: 'the key' })

const translators: ReadonlyArray<readonly [what: string, open: () => Translator]> = [
  ['LibreTranslate', overLibre],
  ['DeepL', overDeepL],
  ['the detector', detector],
  ['the detector together with DeepL', () => together({ detect: detector(), translate: overDeepL() })],
]

describe.each(translators)('%s', (_, open) => {
  for (const each of translatorCases({ open, sentences, into: 'fr' })) test(titleOf(each), each.run)
})
