import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileSize, screenFiles } from '../src/widget/attachments.ts'
import { en } from '../src/widget/strings/en.ts'
import { fr } from '../src/widget/strings/fr.ts'
import { language } from '../src/widget/translate.ts'

const dictionaries = { en, fr }
const speak = (locale: string) => language(dictionaries, locale, {})
const places = (text: string) => [...new Set(text.match(/\{\w+\}/g))].toSorted()

describe('the texts of the widget', () => {
  it('are the same in every language, with the same places to fill', () => {
    expect(Object.keys(fr).toSorted()).toEqual(Object.keys(en).toSorted())
    for (const key of Object.keys(en) as Array<keyof typeof en>) expect(places(fr[key])).toEqual(places(en[key]))
  })

  it('have no space that breaks before : ; ! ? in French', () => {
    for (const text of Object.values(fr)) expect(text).not.toMatch(/ [:;!?]/)
  })

  it.each([
    ['fr', 'Envoyer', 'fr', 'ltr'],
    ['fr-CA', 'Envoyer', 'fr-CA', 'ltr'],
    ['ar-EG', 'Send', 'ar-EG', 'rtl'],
    ['arn', 'Send', 'arn', 'ltr'],
    ['en_US', 'Send', 'en', 'ltr'],
    ['', 'Send', 'en', 'ltr'],
  ] as const)('speak for the locale "%s": %s', (wanted, send, locale, dir) => {
    const spoken = speak(wanted)
    expect([spoken.t('send'), spoken.locale, spoken.dir]).toEqual([send, locale, dir])
  })

  it('use the singular of the language: zero is singular in French', () => {
    const { t } = speak('fr')
    expect([0, 1, 2].map((n) => t('unread', { n }))).toEqual(['0 non lu', '1 non lu', '2 non lus'])
  })

  it('give way to those of the host, one by one', () => {
    const { t } = language(dictionaries, 'en', { send: 'Go' })
    expect([t('send'), t('close')]).toEqual(['Go', 'Close the chat'])
  })

  it('never fill a place with what another value contains', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (name, text) => {
        expect(speak('en').t('says', { name, text })).toBe(`${name}: ${text}`)
      }),
    )
  })

  it('write sizes in the units of the language', () => {
    expect(fileSize(2_400_000, speak('en'))).toBe('2.4 MB')
    expect(fileSize(2_400_000, speak('fr')).replace(/\s/u, ' ')).toBe('2,4 Mo')
    expect(fileSize(1, speak('en'))).toBe('1 kB')
  })
})

describe('the choice of files', () => {
  const limits = { maxFiles: 3, maxFileBytes: 1000, types: ['image/*', 'application/pdf'] }
  const file = fc
    .record({
      name: fc.string({ minLength: 1 }),
      type: fc.constantFrom('image/png', 'application/pdf', 'application/zip', '', 'imagex/png', 'application/pdfx'),
      size: fc.integer({ min: 0, max: 1500 }),
    })
    .map(({ name, type, size }) => new File([new Uint8Array(size)], name, { type }))

  it('accepts or refuses each file, never both, and keeps within the limits whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.array(file, { maxLength: 5 }), { maxLength: 4 }), (rounds) => {
        let chosen: ReadonlyArray<File> = []
        for (const added of rounds) {
          const before = chosen.length
          const screened = screenFiles(chosen, added, limits, speak('en'))
          expect(screened.files.length - before + screened.refusals.length).toBe(added.length)
          chosen = screened.files
        }
        expect(chosen.length).toBeLessThanOrEqual(limits.maxFiles)
        for (const one of chosen) {
          expect(one.size).toBeLessThanOrEqual(limits.maxFileBytes)
          expect(one.type).toMatch(/^(image\/.*|application\/pdf)$/)
        }
      }),
    )
  })
})
