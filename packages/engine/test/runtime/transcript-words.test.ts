import { describe, expect, it } from 'vitest'
import { wordsOf } from '../../src/runtime/transcript/words.ts'

describe('the words of a message in a transcript', () => {
  it.each([
    ['<p>Hello,</p><p>where is it?</p>', 'Hello,\nwhere is it?'],
    ['<style>p { color: red }</style>one<br>two', 'one\ntwo'],
    ['5 &lt; 6 &amp;&nbsp;7 &#8364; &#x20AC; &unknown;', '5 < 6 & 7 € € &unknown;'],
    ['&#0; &#99999999;', '&#0; &#99999999;'],
    ['<img src="x" alt="a > b">', 'b">'],
    ['', ''],
  ])('are read off %j where there is nothing else', (html, words) => {
    expect(wordsOf([{ _tag: 'Html', html }])).toBe(words)
  })

  it('are the text where there is one, and what is beyond words written out', () => {
    const choices = [{ id: 'y', label: 'Yes' }]
    expect(
      wordsOf([
        { _tag: 'Html', html: '<b>Was it delivered?</b>' },
        { _tag: 'Text', text: 'Was it delivered?' },
        { _tag: 'Choices', choices },
      ]),
    ).toBe('Was it delivered?\n1. Yes')
  })
})
