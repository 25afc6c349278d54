const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Each segment carries a copy of all that is segmented, so that long texts would take quadratic time in one go. */
const window = 128

/** Where to end a slice that begins at `from`: never between the halves of a surrogate pair. */
const endOf = (text: string, from: number, size: number): number => {
  const end = Math.min(from + size, text.length)
  return end < text.length && /[\ud800-\udbff]/.test(text.charAt(end - 1)) ? end + 1 : end
}

/**
 * What people take for one character, as Unicode has it (UAX #29), in linear time.
 *
 * @example
 * ```ts
 * import { graphemesOf } from '@guichet/channel-kit'
 *
 * console.log([...graphemesOf('né👨‍👩‍👧🇫🇷')])
 * ```
 *
 * ```text
 * [ 'n', 'é', '👨‍👩‍👧', '🇫🇷' ]
 * ```
 */
export function* graphemesOf(text: string): Generator<string, void, undefined> {
  let at = 0
  while (at < text.length) {
    const end = endOf(text, at, window)
    const segments = Array.from(segmenter.segment(text.slice(at, end)), ({ segment }) => segment)
    // The last one may go on beyond the window. A segment begins anew where one has ended: nothing before it matters.
    const whole = end === text.length ? segments : segments.slice(0, -1)
    if (whole.length === 0) whole.push(longAt(text, at))
    for (const segment of whole) {
      at += segment.length
      yield segment
    }
  }
}

/** A grapheme that is larger than the window. */
const longAt = (text: string, at: number): string => {
  for (let size = window * 2; ; size *= 2) {
    const end = endOf(text, at, size)
    const segment = segmenter.segment(text.slice(at, end)).containing(0)?.segment ?? ''
    if (segment.length < end - at || end === text.length) return segment
  }
}
