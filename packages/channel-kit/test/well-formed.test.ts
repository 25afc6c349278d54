import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wellFormed } from '../src/index.ts'
import { text } from './harness/texts.ts'

describe('a text that is sent', () => {
  test.each<[what: string, given: string, sent: string]>([
    ['a first half alone', 'a\ud83d', 'a\ufffd'],
    ['a second half alone', '\ude00b', '\ufffdb'],
    ['halves in the wrong order', '\ude00\ud83d', '\ufffd\ufffd'],
    ['a half before a pair', '\ud83d\ud83d\ude00', '\ufffd😀'],
  ])('has U+FFFD in place of %s', (_, given, sent) => {
    expect(wellFormed(given)).toBe(sent)
  })

  test('is what UTF-8 makes of it, so that nothing changes on the way', () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(wellFormed(given)).toBe(new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.from(given)))
      }),
    )
  })
})
