import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium } from '../../../tooling/chromium.ts'
import { problems } from './browser.ts'
import { type ShownInbox, shownInbox } from './shown-inbox.ts'

const available = await hasChromium()

describe.skipIf(!available)('what calls for attention', () => {
  let inbox: ShownInbox
  let one: Page
  let two: Page
  let first: string
  beforeAll(async () => {
    inbox = await shownInbox()
    one = await inbox.open('/?as=ana')
    two = await one.context().newPage()
    await two.goto(`${inbox.url}/?as=ana`)
    await Promise.all([one, two].map((page) => page.locator('.list').waitFor()))
  })
  afterAll(() => inbox?.stop())

  const marks = (page: Page) => page.evaluate(() => performance.getEntriesByName('guichet.ring').length)
  const rung = async () => (await marks(one)) + (await marks(two))
  const row = (page: Page, text: string) => page.locator('#list [role=option]', { hasText: text })
  /** What a browser says of a window that is behind another. */
  const hide = (page: Page, hidden: boolean) =>
    page.evaluate(
      (state) => {
        Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
        document.dispatchEvent(new Event('visibilitychange'))
      },
      hidden ? 'hidden' : 'visible',
    )
  const menu = async (page: Page, choice: string) => {
    await page.locator('[data-menu=account]').click()
    await page.getByRole('option', { name: choice, exact: true }).click()
    await page.keyboard.press('Escape')
  }
  /** The windows hush each other for a moment after one has rung: until that is over. */
  const hushed = () => one.evaluate((name) => navigator.locks.request(name, () => undefined), 'guichet.ring.ana')

  it('one of two windows rings, and a window that nobody looks at counts in its title and on its icon', async () => {
    await hide(two, true)
    first = (await inbox.mail('Claire <claire@exemple.fr>', 'Cassée', 'Ma bougie est cassée.')).messageId
    await Promise.all([one, two].map((page) => row(page, 'Ma bougie est cassée').waitFor()))
    await expect.poll(rung).toBe(1)
    await expect.poll(() => two.title()).toBe('(1) Guichet')
    await expect.poll(() => two.locator('link[rel=icon]').getAttribute('href')).toBe('/favicon-new.svg')
    await expect.poll(() => one.title()).toBe('Guichet')
    await hide(two, false)
    await expect.poll(() => two.title()).toBe('Guichet')
    await expect.poll(() => two.locator('link[rel=icon]').getAttribute('href')).toBe('/favicon.svg')
    await hushed()
    expect(await rung()).toBe(1)
  })

  it('what one is looking at does not ring, and what is not chosen does not either', async () => {
    await row(one, 'Ma bougie est cassée').click()
    await row(two, 'Ma bougie est cassée').click()
    await Promise.all([one, two].map((page) => page.locator('.message.in').first().waitFor()))
    const before = await rung()
    await inbox.mail('Claire <claire@exemple.fr>', 'Re: Cassée', 'Une photo suit.', first)
    await Promise.all([one, two].map((page) => page.locator('.message.in', { hasText: 'Une photo suit.' }).waitFor()))
    for (const page of [one, two]) await menu(page, 'Un client écrit')
    await inbox.mail('Tom <tom@beispiel.de>', 'Später', 'Ich melde mich.')
    await Promise.all([one, two].map((page) => row(page, 'Ich melde mich').waitFor()))
    expect(await rung()).toBe(before)
    for (const page of [one, two]) await menu(page, 'Un client écrit')
    await inbox.mail('Tom <tom@beispiel.de>', 'Noch etwas', 'Und noch etwas.')
    await expect.poll(rung).toBe(before + 1)
  })

  it('a mention rings, one’s own words do not, and nothing does once sound is off', async () => {
    const { id } = await inbox.newest()
    await hushed()
    const before = await rung()
    await inbox.post(`/api/conversations/${id}/messages?as=ana`, { text: 'Je regarde.', note: true, mentions: ['ana'] })
    await inbox.post(`/api/conversations/${id}/messages?as=ben`, { text: '@Ana ?', note: true, mentions: ['ana'] })
    await expect.poll(rung).toBe(before + 1)
    await hushed()
    for (const page of [one, two]) await menu(page, 'Aucun son')
    await inbox.post(`/api/conversations/${id}/messages?as=ben`, { text: '@Ana !', note: true, mentions: ['ana'] })
    await row(one, 'Und noch etwas').click()
    await one.locator('.message.note', { hasText: '@Ana !' }).waitFor()
    expect(await rung()).toBe(before + 1)
    await one.reload()
    await expect.poll(() => one.evaluate(() => localStorage.getItem('guichet.volume'))).toBe('off')
  })

  it('no page threw, and no policy was violated', () => {
    expect(problems).toEqual([])
  })
})
