import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { launchChromium } from '../../../../tooling/chromium.ts'
import { type PageOptions, type Site, startSite } from './site.ts'

export const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 780 },
  hasTouch: true,
  isMobile: true,
}

/** One browser and one site for a file; each visit is a new visitor with a storage of his own. */
export const useSite = () => {
  let browser: Browser | undefined
  let site: Site | undefined
  let visitors: ReadonlyArray<BrowserContext> = []
  beforeAll(async () => {
    ;[browser, site] = await Promise.all([launchChromium(), startSite()])
  })
  // Pages left behind would go on moving and polling beside the tests that follow.
  afterEach(async () => {
    await Promise.all(visitors.map((visitor) => visitor.close()))
    visitors = []
  })
  afterAll(async () => {
    await browser?.close()
    await site?.stop()
  })
  return {
    get site(): Site {
      if (site === undefined) throw new Error('The site runs within tests only')
      return site
    },
    visit: async (options: PageOptions = {}, visitor: BrowserContextOptions = {}): Promise<Page> => {
      const context = await browser?.newContext({
        viewport: { width: 1100, height: 760 },
        locale: 'en-US',
        timezoneId: 'Europe/Paris',
        ...visitor,
      })
      if (context === undefined || site === undefined) throw new Error('The browser runs within tests only')
      visitors = [...visitors, context]
      const page = await context.newPage()
      page.setDefaultTimeout(20_000)
      await page.goto(site.url(options))
      await page.waitForFunction(() => window.widget !== undefined && window.chat !== undefined)
      return page
    },
  }
}

/** What a screen reader would have been told, in order. */
export const heard = (page: Page): Promise<ReadonlyArray<string>> =>
  page.evaluate(() =>
    [...(window.widget.shadowRoot?.querySelectorAll('[role=status] p') ?? [])].map((line) => line.textContent ?? ''),
  )

/** The accessible name of what has the focus, inside the shadow root or not. */
export const focused = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const outer = document.activeElement
    const inner = outer?.shadowRoot?.activeElement ?? outer
    return inner?.getAttribute('aria-label') ?? inner?.textContent ?? null
  })

export const open = (page: Page): Promise<void> => page.evaluate(() => window.widget.show())
