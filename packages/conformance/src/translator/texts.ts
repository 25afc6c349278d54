import * as fc from 'fast-check'

const strange: ReadonlyArray<string> = [
  '',
  '   ',
  '\n\t',
  '\u0000',
  '\ud800',
  '😀',
  '👩‍👩‍👧 ¿Qué tal?',
  'مرحبا، أريد المساعدة',
  '我要找人工客服',
  'e\u0301\u0301\u0301',
  '<script>alert(1)</script>',
  'a < b && c > d &amp; "e"',
  '{{name}} %s ${x}',
  '12345 67890',
  'https://example.org/?q=1&r=2 zoe@example.org',
  'line one\r\nline two\n\n\nline five',
  '__proto__',
]

/** Texts as strangers write them, never more than are taken at once. */
export const anyTexts = (
  phrases: ReadonlyArray<string>,
  { maxTexts, maxCharacters }: { readonly maxTexts: number; readonly maxCharacters: number },
): fc.Arbitrary<ReadonlyArray<string>> =>
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...phrases, ...strange),
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.string({ maxLength: 60 }),
      ),
      { maxLength: Math.min(maxTexts, 12) },
    )
    .map((texts) => {
      let left = maxCharacters
      return texts.filter((text) => {
        left -= text.length
        return left >= 0
      })
    })
