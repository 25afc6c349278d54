import { it } from 'vitest'
import { launchChromium } from '../../../tooling/chromium.ts'
import { testInbox } from './inbox.ts'
it('shots', async () => {
  const [inbox, browser] = await Promise.all([testInbox({ pages: true, seed: true }), launchChromium()])
  for (const [w, scheme] of [[1280, 'light'], [1280, 'dark'], [390, 'light'], [390, 'dark']] as const) {
    const page = await (await browser.newContext({ locale: 'fr-FR', viewport: { width: w, height: 820 }, reducedMotion: 'reduce', colorScheme: scheme })).newPage()
    page.setDefaultTimeout(4000)
    page.on('pageerror', (e) => console.log('PAGEERROR', e.stack))
    const shot = (n: string) => page.screenshot({ path: `/tmp/D2-${n}-${w}-${scheme}.png` })
    const step = async (n: string, f: () => Promise<unknown>) => { try { await f(); await page.waitForTimeout(250); await shot(n) } catch (e) { console.log(n, w, String(e).slice(0, 300)); await shot(n + '-fail') } }
    const { body } = await inbox.get('/api/conversations?tab=all&as=ana&limit=100')
    const of = (s: string) => body.items.find((o: any) => (o.subject ?? o.preview ?? '').includes(s)) ?? body.items[0]
    await step('thread', async () => { await page.goto(`${inbox.url}/?as=ana&c=${of('Retour').id}`); await page.locator('.message').first().waitFor() })
    await step('german', async () => { await page.goto(`${inbox.url}/?as=ana&c=${of('Lieferung').id}`); await page.locator('.message').first().waitFor() })
    await step('template', () => page.locator('[data-menu=template]').click())
    await page.keyboard.press('Escape')
    await step('vase', async () => { await page.goto(`${inbox.url}/?as=ben&c=${of('vase').id}`); await page.locator('.scheduled').first().waitFor() })
    await step('message-menu', async () => { await page.locator('.message').first().hover(); await page.locator('.message-more').first().click() })
    await page.keyboard.press('Escape')
    await step('templates', async () => { await page.goto(`${inbox.url}/?as=chloe&view=templates&c=${of('Retour').id}`); await page.getByRole('button', { name: /Bon de retour/ }).click() })
    await page.context().close()
  }
  await browser.close(); await inbox.stop()
}, 240000)
