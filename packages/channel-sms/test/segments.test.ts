import fc from 'fast-check'
import { SegmentedMessage } from 'sms-segments-calculator'
import { describe, expect, it } from 'vitest'
import { segmentsOf } from '../src/index.ts'
import { isGsm7, septetsOf } from '../src/text/gsm7.ts'

/** 2,000 with every test run; the whole is `GUICHET_SEGMENT_RUNS=100000`. */
const numRuns = Number(process.env['GUICHET_SEGMENT_RUNS'] ?? 2_000)

const letters = [...'abc XYZ 019 @£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&\'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà\n\r']
const extended = [...'\f^{}\\[~]|€']
const foreign = [...'çâêîôûœŁžшЖяعربيעברית漢字かなカ한글→“”’—…`']
const pairs = ['😀', '🚀', '🐶', '𝄞', '𠮷']

/** Mostly one kind of character, so that long texts in GSM-7 and texts about the limits do come. */
const text = fc
  .tuple(
    fc.constantFrom(
      [...letters, ...extended],
      letters,
      [...letters, ...extended, ...foreign],
      foreign,
      [...foreign, ...pairs],
      pairs,
      [...letters, ...pairs],
    ),
    fc.oneof(fc.nat(80), fc.nat(400), fc.integer({ min: 145, max: 165 }), fc.integer({ min: 60, max: 75 })),
  )
  .chain(([alphabet, length]) =>
    fc.array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length, size: 'max' }),
  )
  .map((characters) => characters.join(''))

describe('the parts of a text', () => {
  it(`are those of Twilio's calculator, on ${numRuns} texts`, () => {
    // Both define the same on texts that are in NFC already and whose graphemes are single characters (or the pair of CR and
    // LF, that both take for two). Elsewhere they differ on purpose: the calculator does not compose what came decomposed,
    // and takes emoji that are joined of several, flags and skin tones for several graphemes.
    fc.assert(
      fc.property(
        text.filter((one) => one.normalize('NFC') === one),
        (one) => {
          const theirs = new SegmentedMessage(one)
          const ours = segmentsOf(one)
          expect(ours.encoding).toBe(theirs.getEncodingName())
          expect(ours.segments.length).toBe(theirs.segmentsCount)
          const unit = ours.encoding === 'GSM-7' ? 7 : 16
          expect(ours.units * unit).toBe(theirs.messageSize)
          expect(ours.segments.map((segment) => [...segment].length)).toEqual(
            theirs.segments.map(
              (segment) => [...segment].flatMap((each) => [...(('raw' in each && each.raw) || '')]).length,
            ),
          )
        },
      ),
      { numRuns },
    )
  })

  const anything = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 400, size: 'max' }),
    fc.string({ unit: 'binary', maxLength: 400, size: 'max' }),
    fc
      .array(fc.constantFrom('👨‍👩‍👧‍👦', '🇫🇷', '👍🏽', 'é', 'e\u0301', 'ก็', 'नी', 'a', '€', '\ud800'), {
        maxLength: 200,
        size: 'max',
      })
      .map((some) => some.join('')),
  )

  it('are together the text in NFC, whatever it is', () => {
    fc.assert(
      fc.property(anything, (one) => {
        expect(segmentsOf(one).segments.join('')).toBe(one.normalize('NFC'))
      }),
      { numRuns: 500 },
    )
  })

  it('are each within the limit, and as few as they can be where graphemes are kept whole', () => {
    fc.assert(
      fc.property(anything, (one) => {
        const { encoding, segments, units } = segmentsOf(one)
        const sizes = segments.map((segment) =>
          encoding === 'UCS-2'
            ? segment.length
            : [...segment].reduce((sum, each) => sum + septetsOf(each.charCodeAt(0)), 0),
        )
        const [alone, each] = encoding === 'GSM-7' ? [160, 153] : [70, 67]
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(units)
        if (segments.length === 1) expect(units).toBeLessThanOrEqual(alone)
        else for (const size of sizes) expect(size).toBeLessThanOrEqual(each)
      }),
      { numRuns: 500 },
    )
  })

  it('end between graphemes', () => {
    const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
    fc.assert(
      fc.property(anything, (one) => {
        const { segments } = segmentsOf(one)
        const ends = new Set([0])
        for (const { index, segment } of graphemes.segment(segments.join(''))) {
          ends.add(index + segment.length)
          // One that is larger than a part has to be cut; a line break of two characters may be.
          if (segment.length > 67 || segment === '\r\n') {
            for (let at = index; at < index + segment.length; at += 1) ends.add(at)
          }
        }
        let end = 0
        for (const segment of segments) {
          end += segment.length
          expect(ends.has(end)).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['nothing', '', 'GSM-7', 1],
    ['160 septets', 'a'.repeat(160), 'GSM-7', 1],
    ['161 septets', 'a'.repeat(161), 'GSM-7', 2],
    ['306 septets', 'a'.repeat(306), 'GSM-7', 2],
    ['307 septets', 'a'.repeat(307), 'GSM-7', 3],
    ['80 euros', '€'.repeat(80), 'GSM-7', 1],
    ['81 euros', '€'.repeat(81), 'GSM-7', 2],
    ['an escape that would be cut off', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 'GSM-7', 3],
    ['an accent of its own', 'e\u0301'.repeat(160), 'GSM-7', 1],
    ['a cedilla', 'ç', 'UCS-2', 1],
    ['70 code units', 'ж'.repeat(70), 'UCS-2', 1],
    ['71 code units', 'ж'.repeat(71), 'UCS-2', 2],
    ['pairs that would be cut in two', `${'ж'.repeat(66)}😀${'ж'.repeat(66)}`, 'UCS-2', 3],
    ['a family that would be torn', `${'ж'.repeat(60)}👨‍👩‍👧‍👦${'ж'.repeat(10)}`, 'UCS-2', 2],
  ])('of %s', (_, text_, encoding, count) => {
    expect(segmentsOf(text_).encoding).toBe(encoding)
    expect(segmentsOf(text_).segments).toHaveLength(count)
  })
})

describe('the alphabet of GSM', () => {
  it('has 127 characters of one septet and ten of two', () => {
    const sizes = Array.from({ length: 0x10000 }, (_, unit) => septetsOf(unit))
    expect(sizes.filter((size) => size === 1)).toHaveLength(127)
    expect(sizes.filter((size) => size === 2)).toHaveLength(10)
  })

  it('has É and Ç, and neither ç nor the backtick', () => {
    expect(['É', 'Ç', 'ç', '`'].map(isGsm7)).toEqual([true, true, false, false])
  })
})
