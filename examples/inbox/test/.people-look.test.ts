import { it } from 'vitest'
import { launchChromium } from '../../../tooling/chromium.ts'
import { openWindow, problems } from './browser.ts'
import { testInbox } from './inbox.ts'

it('looks', async () => {
  const [inbox, browser] = await Promise.all([testInbox({ pages: true, seed: true }), launchChromium()])
  try {
    const { body } = await inbox.get('/api/conversations?tab=all&as=chloe')
    const of = (name: string) => body.items.find((one: any) => one.contact.name === name)
    const claire = of('Claire Martin'), camille = of('Camille Roux')
    const shots: [string, string][] = [
      ['details', `c=${claire.id}`], ['unknown', `c=${camille.id}`], ['contact', `view=contact&v.who=${claire.contact.id}`],
      ['contacts', 'view=contacts'], ['tags', 'view=tags'], ['blocks', 'view=blocks'], ['reports', 'view=reports&v.by=day&v.days=7'],
      ['search', 'view=search&v.words=commande'],
    ]
    const want = (process.env.SHOTS ?? '').split(',').filter(Boolean)
    for (const [w, h] of [[1280, 800], [390, 844]] as const) for (const colorScheme of ['light', 'dark'] as const) {
      const page = await openWindow(browser, `${inbox.url}/?as=chloe`, { colorScheme, viewport: { width: w, height: h }, ...(w < 500 ? { isMobile: true, hasTouch: true } : {}) })
      page.on('console', (m) => m.type() === 'error' && console.log('CONSOLE', m.text()))
      page.on('pageerror', (e) => console.log('PAGEERROR', e.stack))
      page.on('requestfailed', (r) => console.log('FAILED', r.url(), r.failure()?.errorText))
      for (const [name, q] of shots) {
        if (want.length && !want.includes(name)) continue
        await page.goto(`${inbox.url}/?as=chloe&${q}`)
        await page.waitForTimeout(900)
        if (w < 500 && (name === 'details' || name === 'unknown')) { await page.locator('.to-details').click(); await page.waitForTimeout(400) }
        await page.screenshot({ path: `/tmp/people-${name}-${w}-${colorScheme}.png` })
      }
      await page.context().close()
    }
    console.log(problems)
  } finally { await browser.close(); await inbox.stop() }
}, 200000)
