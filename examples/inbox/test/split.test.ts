import type { FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium } from '../../../tooling/chromium.ts'
import { atRest } from './at-rest.ts'
import { axeFindings, problems } from './browser.ts'
import { type ShownInbox, shownInbox } from './shown-inbox.ts'

const available = await hasChromium()

describe.skipIf(!available)('two agents in one window', () => {
  let inbox: ShownInbox
  beforeAll(async () => {
    inbox = await shownInbox()
    await inbox.mail('Claire <claire@exemple.fr>', 'Cassée', 'Ma bougie est cassée.')
  })
  afterAll(() => inbox?.stop())

  const pane = (page: Page, name: string): FrameLocator => page.frameLocator(`iframe[data-pane=${name}]`)
  const row = (frame: FrameLocator, text: string) => frame.locator('#list [role=option]', { hasText: text })

  it('the palette leads there, and what one does is at once before the other', async () => {
    const page = await inbox.open('/?as=ana', { viewport: { width: 1280, height: 800 } })
    await page.locator('#list').focus()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('cote a cote')
    await page.getByRole('option', { name: 'Deux agents côte à côte' }).waitFor()
    await page.keyboard.press('Enter')
    const [ana, ben] = [pane(page, 'ana'), pane(page, 'ben')]
    await row(ana, 'Ma bougie est cassée').click()
    await row(ben, 'Ma bougie est cassée').waitFor()
    await ana.locator('[data-act=claim]').click()
    await row(ben, 'Ana').waitFor()
    await page.context().close()
  })

  it('the mailbox and the shop take the place of an agent, and come back as they were left', async () => {
    const page = await inbox.open('/split', { viewport: { width: 1280, height: 800 } })
    const ben = pane(page, 'ben')
    await row(ben, 'Ma bougie est cassée').click()
    await ben.locator('#composer').fill('Bonjour Claire, un instant')
    await page.getByLabel('À droite').selectOption('mailbox')
    await pane(page, 'mailbox').getByRole('button', { name: 'Écrire à la boutique' }).waitFor()
    await page.getByLabel('À droite').selectOption('site')
    await pane(page, 'site').locator('guichet-chat [part=launcher]').click()
    await pane(page, 'site').locator('guichet-chat textarea').fill('Il y a quelqu’un ?')
    await pane(page, 'site').locator('guichet-chat textarea').press('Enter')
    await row(pane(page, 'ana'), 'Il y a quelqu’un').waitFor()
    await page.getByLabel('À droite').selectOption('ben')
    await expect.poll(() => ben.locator('#composer').inputValue()).toBe('Bonjour Claire, un instant')
    expect(new URL(page.url()).search).toBe('?left=ana&right=ben')
    await page.context().close()
  })

  it('a narrow window shows one at a time', async () => {
    const page = await inbox.open('/split', { viewport: { width: 390, height: 844 } })
    await page.locator('iframe[data-pane=ana]').waitFor()
    await expect.poll(() => page.locator('iframe[data-pane=ben]').isVisible()).toBe(false)
    await page.getByRole('button', { name: 'Ben', exact: true }).click()
    await page.locator('iframe[data-pane=ben]').waitFor()
    await expect.poll(() => page.locator('iframe[data-pane=ana]').isVisible()).toBe(false)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await page.context().close()
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`axe finds nothing, ${colorScheme}`, async () => {
      for (const width of [1280, 390]) {
        const page = await inbox.open('/split', { colorScheme, viewport: { width, height: 800 } })
        await pane(page, 'ana').locator('#list').waitFor()
        await atRest(page)
        expect(await axeFindings(page), String(width)).toEqual([])
        await page.context().close()
      }
    })
  }

  it('no page threw, and no policy was violated', () => {
    expect(problems).toEqual([])
  })
})
