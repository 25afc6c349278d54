import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { hasChromium, settled } from '../../../tooling/chromium.ts'
import { faults } from './widget/faults.ts'
import type { PageOptions } from './widget/site.ts'
import { open, phone, useSite } from './widget/visit.ts'

/** One message of each kind, and everything that can stand around them. */
const fill = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const at = Date.UTC(2026, 10, 21, 14, 3)
    window.chat.history([
      { text: 'Bonjour ! Que puis-je faire pour vous ? https://maison-lune.example', at },
      { from: 'visitor', text: 'Ma bougie est cassée', at, state: 'seen' },
      { text: 'Voici', files: [{ name: 'candle.png', mime: 'image/png', size: 9, url: '/candle.svg' }], at },
      { text: 'Le bon', files: [{ name: 'bon.pdf', mime: 'application/pdf', size: 9, url: '/b' }], edited: true, at },
      { text: '', deleted: true, at },
      { from: 'visitor', text: 'Pas parti', state: 'failed', at },
      { from: 'visitor', text: 'En route', state: 'sending', at },
    ])
    window.chat.set({ conversation: 'open', typing: 'Ana', status: 'reconnecting', lostAt: Date.now() - 5000 })
  })

const looks = [
  'color',
  'backgroundColor',
  'fontSize',
  'letterSpacing',
  'textAlign',
  'textTransform',
  'fontStyle',
  'lineHeight',
  'wordSpacing',
  'textShadow',
  'cursor',
  'paddingLeft',
  'borderTopWidth',
  'display',
] as const

const computed = (page: Page): Promise<ReadonlyArray<string>> =>
  page.evaluate((properties) => {
    const root = window.widget.shadowRoot
    return [...(root?.querySelectorAll('.root *') ?? [])].map((node) => {
      const style = getComputedStyle(node)
      return `${node.tagName} ${node.className.toString()} ${properties.map((name) => style[name]).join(' ')}`
    })
  }, looks)

describe.skipIf(!(await hasChromium()))('the widget in a page', () => {
  const { visit, site } = (() => {
    const used = useSite()
    return { visit: used.visit, site: () => used.site }
  })()

  it.each([
    ['light', 'desktop'],
    ['dark', 'desktop'],
    ['light', 'phone'],
    ['dark', 'phone'],
  ] as const)('has no fault that axe can find, %s on a %s', async (css, device) => {
    const options: PageOptions = { css: css === 'dark' ? 'dark' : 'shop' }
    const page = await visit(options, device === 'phone' ? phone : {})
    await page.evaluate(() => window.chat.set({ unread: 3 }))
    expect(await faults(page)).toEqual([])
    await open(page)
    expect(await faults(page)).toEqual([])
    await fill(page)
    await page.locator('input[type=file]').setInputFiles([
      { name: 'a.png', mimeType: 'image/png', buffer: Buffer.alloc(9) },
      { name: 'a.exe', mimeType: 'application/x', buffer: Buffer.alloc(9) },
    ])
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: 'Options' }).click()
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: 'End the chat' }).click()
    expect(await faults(page)).toEqual([])
    await page.evaluate(() => window.chat.set({ conversation: 'ended' }))
    expect(await faults(page)).toEqual([])
  })

  it('runs under the strictest content security policy with trusted types, without one violation', async () => {
    const page = await visit({ strict: true, lang: 'fr' })
    await open(page)
    await fill(page)
    await page.getByLabel('Votre message').fill('Une\ndeux\ntrois')
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.alloc(9) })
    await page.getByRole('button', { name: 'Envoyer' }).click()
    await page.getByRole('button', { name: 'Options' }).click()
    await page.getByRole('img', { name: 'candle.png' }).waitFor()
    await page.setViewportSize({ width: 390, height: 700 })
    expect(await page.evaluate(() => window.violations)).toEqual([])
    expect(await page.locator('.bubble').count()).toBeGreaterThan(5)
    expect(await page.locator('.panel').evaluate((panel) => getComputedStyle(panel).position)).toBe('fixed')
  })

  it('looks the same under a hostile style sheet', async () => {
    const [calm, hostile] = await Promise.all([visit({ css: 'shop' }), visit({ css: 'hostile' })])
    for (const page of [calm, hostile]) {
      await page.evaluate(() => window.chat.set({ unread: 3 }))
      await fill(page)
      await page.evaluate(() => window.chat.set({ status: 'online', typing: null }))
    }
    expect(await computed(hostile)).toEqual(await computed(calm))
    for (const page of [calm, hostile]) await open(page)
    expect(await computed(hostile)).toEqual(await computed(calm))
    expect((await computed(calm)).length).toBeGreaterThan(60)
  })

  it.each([
    ['shop', 'dark', '', 'rgb(255, 255, 255)'],
    ['both', 'dark', '', 'rgb(25, 26, 29)'],
    ['both', 'light', '', 'rgb(255, 255, 255)'],
    ['dark', 'light', '', 'rgb(25, 26, 29)'],
    ['dark', 'light', 'theme="light"', 'rgb(255, 255, 255)'],
    ['shop', 'light', 'theme="dark"', 'rgb(25, 26, 29)'],
  ] as const)('follows the page and not the system: %s page, %s system, %s', async (css, system, widget, surface) => {
    const page = await visit({ css, widget }, { colorScheme: system })
    await open(page)
    expect(await page.locator('.panel').evaluate((panel) => getComputedStyle(panel).backgroundColor)).toBe(surface)
  })

  it.each(['#ffb703', '#0b626e', '#8f8f8f', 'oklch(60% .2 30)', '#fff', '#00f'])(
    'writes on the accent %s in a colour that can be read',
    async (accent) => {
      const page = await visit()
      await page.evaluate((value) => window.widget.style.setProperty('--guichet-accent', value), accent)
      const ratio = await page.locator('.launcher').evaluate(async (launcher) => {
        await Promise.all(launcher.getAnimations().map((animation) => animation.finished))
        const { backgroundColor, color } = getComputedStyle(launcher)
        const luminance = (value: string) => {
          const pixel = new OffscreenCanvas(1, 1).getContext('2d')
          if (pixel === null) return 0
          pixel.fillStyle = value
          pixel.fillRect(0, 0, 1, 1)
          const [r = 0, g = 0, b = 0] = [...pixel.getImageData(0, 0, 1, 1).data].map((part) =>
            part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
          )
          return 0.2126 * r + 0.7152 * g + 0.0722 * b
        }
        const [a, b] = [luminance(backgroundColor), luminance(color)]
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
      })
      expect(ratio).toBeGreaterThan(4.5)
    },
  )

  it('fills a phone, makes the page behind inert and still, and gives it back', async () => {
    const page = await visit({}, phone)
    await page.getByRole('button', { name: 'Open the chat' }).tap()
    const panel = page.getByRole('dialog')
    await expect.poll(() => panel.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 780 })
    expect(await panel.getAttribute('aria-modal')).toBe('true')
    expect(await page.locator('main').evaluate((main) => (main as HTMLElement).inert)).toBe(true)
    expect(await page.evaluate(() => document.documentElement.style.overflow)).toBe('hidden')
    expect(await page.locator('.launcher').isVisible()).toBe(false)
    const field = page.getByLabel('Your message')
    expect(await field.evaluate((node) => Number.parseFloat(getComputedStyle(node).fontSize))).toBeGreaterThanOrEqual(
      16,
    )
    await field.fill('Hello')
    await page.getByRole('button', { name: 'Send' }).tap()
    expect(await field.evaluate((node) => (node.getRootNode() as ShadowRoot).activeElement === node)).toBe(true)
    await page.getByRole('button', { name: 'Close the chat' }).tap()
    expect(await page.locator('main').evaluate((main) => (main as HTMLElement).inert)).toBe(false)
    expect(await page.evaluate(() => document.documentElement.style.overflow)).toBe('')
  })

  it('has no target under 24 pixels, and 44 on a phone but for links in a text', async () => {
    for (const [visitor, least] of [
      [{}, 24],
      [phone, 44],
    ] as const) {
      const page = await visit({}, visitor)
      await open(page)
      await fill(page)
      await page.getByRole('button', { name: 'Options' }).click()
      await settled(page)
      const small = await page.evaluate((size) => {
        const targets = [...(window.widget.shadowRoot?.querySelectorAll('button:not(.link), textarea, label') ?? [])]
        return targets
          .map((target) => ({ name: target.className || target.textContent, box: target.getBoundingClientRect() }))
          .filter(({ box }) => box.width > 0 && (box.width < size || box.height < size))
          .map(({ name, box }) => `${name} ${box.width}x${box.height}`)
      }, least)
      expect(small).toEqual([])
    }
  })

  it('works at 320 pixels without scrolling sideways', async () => {
    const page = await visit({}, { viewport: { width: 320, height: 480 } })
    await open(page)
    await fill(page)
    const wide = await page.evaluate(() =>
      [...(window.widget.shadowRoot?.querySelectorAll('.panel *') ?? [])]
        .filter((node) => !node.closest('.sr') && node.getBoundingClientRect().right > 320.5)
        .map((node) => node.className.toString()),
    )
    expect(wide).toEqual([])
    expect(await page.getByLabel('Your message').isVisible()).toBe(true)
  })

  it('speaks French on a French page, with the space that does not break', async () => {
    const page = await visit({ lang: 'fr-CA' })
    await page.evaluate(() => window.chat.set({ unread: 2 }))
    await page.getByRole('button', { name: 'Ouvrir la messagerie, 2 non lus' }).click()
    await page.evaluate(() => window.chat.arrive('Bonjour', { at: Date.UTC(2026, 10, 21, 14, 5) }))
    expect(await page.locator('[role=status] p').allTextContents()).toEqual(['Ana\u202f: Bonjour'])
    expect(await page.locator('.day').textContent()).toBe('samedi 21 novembre')
  })

  it('turns around for Arabic, takes its texts from the page, and lets each bubble have its direction', async () => {
    const page = await visit({ lang: 'ar', dir: 'rtl' })
    await page.evaluate(() => {
      window.widget.strings = { open: 'افتح المحادثة', compose: 'رسالتك' }
    })
    const launcher = page.getByRole('button', { name: 'افتح المحادثة' })
    expect((await launcher.boundingBox())?.x).toBe(20)
    await launcher.click()
    await page.getByLabel('رسالتك').waitFor()
    await page.evaluate(() => {
      window.chat.arrive('مرحبا')
      window.chat.arrive('Hello')
    })
    const bubbles = page.locator('.bubble')
    expect(await bubbles.evaluateAll((all) => all.map((each) => getComputedStyle(each).direction))).toEqual([
      'rtl',
      'ltr',
    ])
    const [first, panel] = [await bubbles.first().boundingBox(), await page.locator('.panel').boundingBox()]
    expect((first?.x ?? 0) + (first?.width ?? 0)).toBeGreaterThan((panel?.x ?? 0) + (panel?.width ?? 0) / 2)
  })

  it('stays on the other side when it is told to, and fills its box when it is inline', async () => {
    const start = await visit({ widget: 'position="start"' })
    expect((await start.locator('.launcher').boundingBox())?.x).toBe(20)
    const inline = await visit({ widget: 'inline' })
    expect(await inline.locator('.launcher').isVisible()).toBe(false)
    expect(await inline.getByRole('region', { name: 'Write to us' }).isVisible()).toBe(true)
    expect(await inline.evaluate(() => window.chat.asked)).toEqual([])
    await inline.getByLabel('Your message').focus()
    expect(await inline.evaluate(() => window.chat.asked)).toEqual(['connect'])
  })

  it('opens no socket and stores nothing before the visitor opens it', async () => {
    const page = await visit({ widget: 'server="/chat/v1" account="acme/site"' })
    const sockets: string[] = []
    page.on('websocket', (socket) => sockets.push(socket.url()))
    // A page that draws nothing may never call itself idle: then the bound ends the wait.
    await page.evaluate(() => new Promise((done) => requestIdleCallback(done, { timeout: 1_000 })))
    const stored = () => page.evaluate(() => [document.cookie, Object.keys(localStorage), Object.keys(sessionStorage)])
    expect(await stored()).toEqual(['', [], []])
    expect(sockets).toEqual([])
    const asked = () => site().requests.filter((path) => path.startsWith('/chat/'))
    expect(asked()).toEqual([])
    await open(page)
    await expect.poll(() => asked().length).toBeGreaterThan(0)
  })

  it('connects at once where the page asks for it', async () => {
    const page = await visit({ widget: 'server="/chat/v1" account="acme/eager" connect="load"' })
    await page.waitForFunction(() => window.widget.chat !== undefined)
    expect(await page.locator('#panel').isVisible()).toBe(false)
  })

  it('does not move under reduced motion, keeps its borders in forced colours, and is not printed', async () => {
    const page = await visit()
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await open(page)
    expect(await page.locator('.panel').evaluate((panel) => getComputedStyle(panel).animationName)).toBe('none')
    await page.evaluate(() => window.chat.arrive('Hello'))
    await page.emulateMedia({ forcedColors: 'active' })
    expect(await page.locator('.bubble').evaluate((bubble) => getComputedStyle(bubble).borderTopWidth)).toBe('1px')
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.panel').isVisible()).toBe(false)
  })
})
