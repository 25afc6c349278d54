import { it } from 'vitest'
import { launchChromium } from '../../../tooling/chromium.ts'
import { testInbox } from './inbox.ts'
it('x', async () => {
  const [inbox, browser] = await Promise.all([testInbox({ pages: true }), launchChromium()])
  const page = await (await browser.newContext({ locale: 'fr-FR', viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })).newPage()
  page.setDefaultTimeout(4000)
  page.on('pageerror', (e) => console.log('PAGEERROR', e.stack))
  page.on('console', (m) => console.log('CONSOLE', m.type(), m.text()))
  page.on('requestfailed', (r) => console.log('FAILED', r.url(), r.failure()?.errorText))
  page.on('response', (r) => r.status() >= 400 && console.log('STATUS', r.status(), r.url()))
  try {
    await inbox.mail('Claire Martin <claire@exemple.fr>', 'Retour', 'Comment retourner ma bougie ?')
    await page.goto(`${inbox.url}/?as=ana`)
    await page.locator('#list [role=option]', { hasText: 'Comment' }).click()
    await page.locator('.message.in').waitFor()
    await page.locator('#composer').pressSequentially('/ret')
    await page.waitForTimeout(800)
    await page.screenshot({ path: '/tmp/D2-dbg.png' })
    await page.locator('#list').focus()
    await page.keyboard.press('c')
    await page.waitForTimeout(1000)
    const { readdirSync } = await import('node:fs')
    const chunk = readdirSync(inbox.pages + '/assets').filter((n) => n.startsWith('dialogs'))
    console.log(chunk)
    for (const c of chunk) console.log(await page.evaluate(`import('/assets/${c}').then((m)=>Object.keys(m).join(),(e) => String(e.stack))`))
    console.log(await page.locator('dialog, .empty').allInnerTexts())
  } catch (e) { console.log(String(e)); await page.screenshot({ path: '/tmp/D2-dbg.png' }) }
  await browser.close(); await inbox.stop()
}, 120000)
