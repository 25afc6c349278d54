import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyHtml, attacks } from './harness/attacks.ts'
import { isWorkable } from '../src/html/sanitise.ts'
import { htmlToText } from '../src/html/to-text.ts'
import { sanitise } from '../src/index.ts'

/** What a browser would act on, in HTML as the sanitiser writes it: every attribute in double quotes. */
const dangerous = (html: string): ReadonlyArray<string> =>
  [...html.matchAll(/<\/?([a-z0-9]+)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*\/?>/gi)].flatMap(
    ([tag, name = '', list = '']) => {
      const attributes = [...list.matchAll(/\s([a-z-]+)(?:="([^"]*)")?/gi)]
      const bad = attributes.some(
        ([, key = '', value = '']) =>
          /^(?:on.+|style|srcset|background|poster|formaction|action|id|name|class|srcdoc)$/i.test(key) ||
          (/^(?:href|src)$/i.test(key) && !/^(?:https?:\/\/|mailto:|tel:|cid:)/i.test(value)) ||
          (/^src$/i.test(key) && !/^cid:/i.test(value)),
      )
      return bad || badTag.test(name) ? [tag] : []
    },
  )

const badTag =
  /^(?:script|style|iframe|object|embed|form|input|button|textarea|svg|math|xmp|base|meta|link|template|noscript|video|audio|source)$/i

describe('HTML from outside', () => {
  it.each(attacks)('does nothing in a browser: %s', (attack) => {
    const clean = sanitise(`<p>before</p>${attack}<p>after</p>`)
    expect(dangerous(clean)).toEqual([])
    expect(clean).toContain('<p>before</p>')
  })

  it('does nothing in a browser, however its pieces are put together', () => {
    fc.assert(
      fc.property(anyHtml, (html) => {
        expect(dangerous(sanitise(html))).toEqual([])
      }),
      { numRuns: 3_000 },
    )
  })

  it('is clean when it has been cleaned: a second look changes nothing', () => {
    fc.assert(
      fc.property(anyHtml, (html) => {
        const clean = sanitise(html)
        expect(sanitise(clean)).toBe(clean)
      }),
      { numRuns: 3_000 },
    )
  })

  it('keeps words, structure, links and the pictures of the mail', () => {
    const html =
      '<h1>Hi</h1><ul><li>a<li><a href="https://a.example/?b=1&amp;c=2">link</a></ul><table width="100"><tr><td colspan="2">x</td></tr></table><img src="cid:a@b" alt="logo">'
    expect(sanitise(html)).toBe(
      '<h1>Hi</h1><ul><li>a</li><li><a href="https://a.example/?b=1&amp;c=2" target="_blank" rel="noopener noreferrer nofollow">link</a></li></ul><table width="100"><tr><td colspan="2">x</td></tr></table><img alt="logo" src="cid:a@b" />',
    )
  })

  it('loads nothing from elsewhere, and says where a picture would come from', () => {
    const clean = sanitise('<img src="https://shop.example/a.png" alt="a">')
    expect(clean).toBe('<img alt="a" data-remote-src="https://shop.example/a.png" />')
    expect(sanitise(clean)).toBe(clean)
  })

  it('is not worked on when it is too long or too deep to be', () => {
    expect(isWorkable('<p>x</p>'.repeat(1_000))).toBe(true)
    expect(isWorkable('<br>'.repeat(50_000))).toBe(true)
    expect(isWorkable('<div>'.repeat(20_000))).toBe(false)
    expect(isWorkable('x'.repeat(600_000))).toBe(false)
  })

  it('says its words as text, with its links', () => {
    expect(
      htmlToText(sanitise('<p>Hello <b>you</b></p><p><a href="https://a.example">here</a></p><img src="cid:x">')),
    ).toBe('Hello you\n\nhere [https://a.example]')
  })
})
