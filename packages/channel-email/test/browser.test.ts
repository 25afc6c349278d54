import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, launchChromium } from '../../../tooling/chromium.ts'
import { sanitise } from '../src/index.ts'
import { anyHtml, attacks } from './harness/attacks.ts'

/**
 * Runs in the page, as text: what of some HTML is alive once a browser has read it, and once more when what it made of
 * it is read again, where filters that only look at text are deceived.
 */
const inspect = `(documents) => {
  const dead = /^(?:script|style|iframe|object|embed|form|input|button|textarea|select|base|meta|link|template|noscript|video|audio|source|xmp|plaintext)$/
  const alive = (root) => [...root.querySelectorAll('*')].filter((element) =>
    element.namespaceURI !== 'http://www.w3.org/1999/xhtml' ||
    dead.test(element.localName) ||
    [...element.attributes].some(({ name }) => /^on|^(?:style|srcset|background|poster|formaction|id|name|class)$/.test(name)) ||
    (element.localName === 'img' && element.hasAttribute('src') && !/^cid:/i.test(element.getAttribute('src'))) ||
    (element.localName === 'a' && element.hasAttribute('href') && !/^(?:https?|mailto|tel):$/.test(element.protocol)),
  ).map((element) => element.outerHTML)
  return documents.flatMap((html) => {
    const room = document.createElement('div')
    document.body.append(room)
    room.innerHTML = html
    const first = alive(room)
    room.innerHTML = room.innerHTML
    const found = [...first, ...alive(room)]
    room.remove()
    return found.length === 0 ? [] : [{ html, found }]
  })
}`

describe.skipIf(!(await hasChromium()))('HTML from outside, in Chromium', () => {
  let browser: Awaited<ReturnType<typeof launchChromium>> | undefined
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(() => browser?.close())

  it('runs no script, loads nothing, and holds nothing alive, however it is put together', async () => {
    const page = await browser?.newPage()
    if (page === undefined) throw new Error('no browser')
    const loaded: Array<string> = []
    await page.route('**/*', (route) => {
      loaded.push(route.request().url())
      return route.abort()
    })
    const opened: Array<string> = []
    page.on('dialog', (dialog) => {
      opened.push(dialog.message())
      void dialog.dismiss()
    })
    const documents = [...attacks, ...fc.sample(anyHtml, 3_000)].map(sanitise)
    expect(await page.evaluate(`(${inspect})(${JSON.stringify(documents)})`)).toEqual([])
    await page.setContent(documents.slice(0, 500).join('<hr>'))
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
    // A picture of the mail itself is asked for by Content-ID, which goes nowhere.
    expect(loaded.filter((url) => !url.startsWith('cid:'))).toEqual([])
    expect(opened).toEqual([])
  })

  it('is seen to be alive when it has not been cleaned: the inspection is awake', async () => {
    const page = await browser?.newPage()
    if (page === undefined) throw new Error('no browser')
    await page.route('**/*', (route) => route.abort())
    const found: unknown = await page.evaluate(`(${inspect})(${JSON.stringify(attacks.slice(0, 3))})`)
    expect(found).toHaveLength(3)
  })
})
