import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium } from '../../../tooling/chromium.ts'
import { axeFindings, problems } from './browser.ts'
import { type ShownInbox, shownInbox } from './shown-inbox.ts'

const available = await hasChromium()
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

describe.skipIf(!available)('the pages, with a seeded shop', () => {
  let inbox: ShownInbox
  beforeAll(async () => {
    inbox = await shownInbox({ seed: true })
  })
  afterAll(() => inbox?.stop())

  const conversation = async (name: string): Promise<string> => {
    const { body } = await inbox.get('/api/conversations?tab=all&as=chloe')
    return body.items.find((one: any) => one.contact.name === name).id
  }
  const settled = (page: Page) => page.locator('.message').first().waitFor()

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`axe finds nothing on the desk, ${colorScheme}`, async () => {
      const page = await inbox.open(`/?as=ana&c=${await conversation('Claire Martin')}`, {
        colorScheme,
      })
      await settled(page)
      expect(await axeFindings(page)).toEqual([])
      await page.locator('#list').focus()
      for (const key of ['h', 'a', 'l', 'Control+k', '?']) {
        await page.keyboard.press(key)
        await page.getByRole('dialog').waitFor()
        expect(await axeFindings(page), key).toEqual([])
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'detached' })
      }
      await page.keyboard.press('n')
      await page.locator('.composer.note').waitFor()
      expect(await axeFindings(page)).toEqual([])
      await page.context().close()
    })

    it(`axe finds nothing on the desk on a phone, ${colorScheme}`, async () => {
      const page = await inbox.open('/?as=ben', { colorScheme, ...phone })
      await page.locator('#list').waitFor()
      expect(await axeFindings(page)).toEqual([])
      await page.locator('#list [role=option]').first().click()
      await settled(page)
      expect(await axeFindings(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
      await page.context().close()
    })

    it(`axe finds nothing on the shop and its widget, ${colorScheme}`, async () => {
      const page = await inbox.open('/site', { colorScheme })
      expect(await axeFindings(page)).toEqual([])
      await page.locator('guichet-chat [part=launcher]').click()
      await page.locator('guichet-chat textarea').fill('Bonjour')
      await page.locator('guichet-chat textarea').press('Enter')
      // The assistant answers with something to press.
      await page.locator('guichet-chat').getByRole('button', { name: 'Suivre ma commande' }).waitFor()
      expect(await axeFindings(page)).toEqual([])
      await page.context().close()
    })

    it(`axe finds nothing on the mailbox, ${colorScheme}`, async () => {
      const page = await inbox.open('/mailbox', { colorScheme })
      await page.locator('.mail-row', { hasText: 'Sofia Rossi' }).first().click()
      await page.locator('.headers summary').click()
      expect(await axeFindings(page)).toEqual([])
      await page.getByRole('button', { name: 'Écrire à la boutique' }).click()
      await page.locator('form.write').waitFor()
      expect(await axeFindings(page)).toEqual([])
      await page.context().close()
    })
  }

  it('a customer writes by hand, an agent sees it, and the answer arrives in the open mailbox', async () => {
    const mailbox = await inbox.open('/mailbox')
    await mailbox.getByRole('button', { name: 'Écrire à la boutique' }).click()
    await mailbox.locator('[name=from]').fill('lea@exemple.fr')
    await mailbox.locator('[name=name]').fill('Léa Petit')
    await mailbox.locator('[name=subject]').fill('Une mèche trop courte')
    await mailbox.locator('[name=text]').fill('Bonjour, la mèche de ma bougie est trop courte.')
    const desk = await inbox.open('/?as=ana')
    await desk.locator('#list').waitFor()
    await mailbox.getByRole('button', { name: 'Envoyer', exact: true }).click()
    await desk.locator('#list [role=option]', { hasText: 'Léa Petit' }).click()
    await desk.locator('#composer').fill('Bonjour Léa, nous la remplaçons.')
    await desk.locator('#composer').press('Control+Enter')
    await mailbox.locator('.mail-row', { hasText: 'nous la remplaçons' }).click()
    await mailbox.locator('article', { hasText: 'nous la remplaçons' }).waitFor()
    await Promise.all([desk.context().close(), mailbox.context().close()])
  })

  it('speaks English to who wants English', async () => {
    const page = await inbox.open('/?as=ana', { locale: 'en-GB' })
    await page.getByRole('heading', { name: 'Open', exact: true }).waitFor()
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
    await page.context().close()
  })

  const asset = (name: string) => readFileSync(join(inbox.pages, 'assets', name))
  const weigh = (names: Iterable<string>) =>
    [...names].reduce((sum, name) => sum + gzipSync(asset(name), { level: 9 }).length, 0)

  /** Scripts with all that they import before they run. */
  const withImports = (names: ReadonlyArray<string>, seen = new Set<string>()): ReadonlySet<string> => {
    for (const name of names) {
      if (seen.has(name)) continue
      seen.add(name)
      const imported = asset(name)
        .toString()
        .matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)
      withImports(
        [...imported].map(([, other]) => other ?? ''),
        seen,
      )
    }
    return seen
  }

  /** What the desk needs to show its list and an open conversation in one language. */
  const firstScripts = (language: 'fr' | 'en'): ReadonlySet<string> => {
    const page = readFileSync(join(inbox.pages, 'desk/index.html'), 'utf8')
    const named = [...page.matchAll(/\/assets\/([\w-]+\.js)/g)].map(([, name]) => name ?? '')
    const words = readdirSync(join(inbox.pages, 'assets')).filter((name) =>
      new RegExp(`^${language}-.*\\.js$`).test(name),
    )
    return withImports([...named, ...words])
  }

  for (const language of ['fr', 'en'] as const) {
    it(`the list and an open conversation are there with at most 45 KB of script, compressed, in ${language}`, async () => {
      const first = firstScripts(language)
      const c = await conversation('Claire Martin')
      const page = await inbox.open('about:blank', { locale: language })
      // Nothing else arrives: what is seen and written here came with these.
      await page.route('**/assets/*.js', (route) =>
        first.has(route.request().url().split('/').at(-1) ?? '') ? route.continue() : route.abort(),
      )
      await page.goto(`${inbox.url}/?as=ana&c=${c}`)
      await settled(page)
      await page.locator('#list [role=option]').first().waitFor()
      await page.locator('#composer').fill('Bonjour')
      await page.locator('.composer [type=submit]:not([disabled])').waitFor()
      await page.locator('#composer').fill('')
      const weight = weigh(first)
      console.info(`the desk with a conversation in ${language}: ${weight} bytes of script, gzipped`)
      expect(weight).toBeLessThanOrEqual(45 * 1024)
      await page.context().close()
    })
  }

  it('the desk weighs at most 8 KB of style, compressed', () => {
    const page = readFileSync(join(inbox.pages, 'desk/index.html'), 'utf8')
    const styles = [...page.matchAll(/\/assets\/([\w-]+\.css)/g)].map(([, name]) => name ?? '')
    expect(styles).not.toEqual([])
    expect(weigh(styles)).toBeLessThanOrEqual(8 * 1024)
  })

  it('no page threw, and no policy was violated', () => {
    expect(problems).toEqual([])
  })
})
