/**
 * The unit that a provider counts in: `codePoints` (what people mean by characters), `utf8` (bytes), `utf16` (code units,
 * the `length` of a text), or a function. A function has to be monotone: a part of a text never measures more than
 * the whole.
 */
export type Measure = 'codePoints' | 'utf8' | 'utf16' | ((text: string) => number)

const codePoints = (text: string): number => {
  let count = 0
  for (const _ of text) count += 1
  return count
}

/** How much of the unit a text is. A lone surrogate is three bytes of UTF-8, since it is sent as U+FFFD. */
export const measureOf = (measure: Measure): ((text: string) => number) => {
  switch (measure) {
    case 'codePoints':
      return codePoints
    case 'utf8':
      return (text) => Buffer.byteLength(text, 'utf8')
    case 'utf16':
      return (text) => text.length
    default:
      return measure
  }
}
