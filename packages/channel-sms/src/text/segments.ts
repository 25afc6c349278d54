import { graphemesOf } from '@guichet/channel-kit'
import { isGsm7, septetsOf } from './gsm7.ts'

/** What a text becomes as SMS. */
export interface Segmentation {
  /** `UCS-2` as soon as one character is not in the alphabet of GSM. */
  readonly encoding: 'GSM-7' | 'UCS-2'
  /** Septets or UTF-16 code units, escapes included. */
  readonly units: number
  /** What each part says, in order; there is at least one. Together they are the text, in NFC. */
  readonly segments: ReadonlyArray<string>
}

/**
 * How much goes into a message of one part, and into each of several, whose header takes six octets (3GPP TS 23.040,
 * 9.2.3.24.1): in septets, and in code units.
 */
const capacity = { 'GSM-7': { alone: 160, each: 153 }, 'UCS-2': { alone: 70, each: 67 } } as const

const septetsIn = (text: string): number => {
  let count = 0
  for (let at = 0; at < text.length; at += 1) count += septetsOf(text.charCodeAt(at))
  return count
}

/** What stays together: graphemes, unless one is larger than a part. A line break of two characters may be cut in two. */
function* wholes(text: string, encoding: Segmentation['encoding']): Generator<string, void, undefined> {
  if (encoding === 'GSM-7') return yield* text
  for (const grapheme of graphemesOf(text)) {
    if (grapheme === '\r\n' || grapheme.length > capacity[encoding].each) yield* grapheme
    else yield grapheme
  }
}

/**
 * How a text leaves as SMS, before it is sent: in which encoding, and in how many parts, each of which is paid for. It is
 * put into NFC first, since `e` with a combining accent is not in the alphabet of GSM and `é` is. A part never ends between
 * an escape and its character, between the halves of a surrogate pair, or inside a grapheme that one part can hold.
 *
 * Source: 3GPP TS 23.038 and 23.040, with concatenation references of 8 bits and without national shift tables, which
 * providers over HTTP do not offer.
 *
 * @example
 * ```ts
 * import { segmentsOf } from '@guichet/channel-sms'
 *
 * console.log(segmentsOf('Votre commande est prête.').encoding, segmentsOf('Déjà payé : 5 €').encoding)
 * const { segments, units } = segmentsOf('a'.repeat(161))
 * console.log(segments.map(({ length }) => length), units)
 * ```
 *
 * ```text
 * UCS-2 GSM-7
 * [ 153, 8 ] 161
 * ```
 */
export const segmentsOf = (text: string): Segmentation => {
  const composed = text.normalize('NFC')
  const encoding = isGsm7(composed) ? 'GSM-7' : 'UCS-2'
  const sizeOf = encoding === 'GSM-7' ? septetsIn : (some: string) => some.length
  const units = sizeOf(composed)
  const { alone, each } = capacity[encoding]
  if (units <= alone) return { encoding, units, segments: [composed] }
  const segments: Array<string> = []
  let segment = ''
  let used = 0
  for (const whole of wholes(composed, encoding)) {
    const size = sizeOf(whole)
    if (used + size > each) {
      segments.push(segment)
      segment = ''
      used = 0
    }
    segment += whole
    used += size
  }
  return { encoding, units, segments: [...segments, segment] }
}
