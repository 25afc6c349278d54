import type { BrowserContextOptions, Page } from 'playwright-core'
import { launchChromium } from '../../../tooling/chromium.ts'
import { openWindow } from './browser.ts'
import { testInbox } from './inbox.ts'

/** The real host with its pages, and a browser to look at them. */
export const shownInbox = async (options: { readonly seed?: boolean; readonly bots?: boolean } = {}) => {
  const [inbox, browser] = await Promise.all([testInbox({ ...options, pages: true }), launchChromium()])
  return {
    ...inbox,
    /** A window on a path of the host, such as `/?as=ana`, or on any other address. */
    open: (path: string, window?: BrowserContextOptions): Promise<Page> =>
      openWindow(browser, new URL(path, inbox.url).href, window),
    stop: async () => {
      await browser.close()
      await inbox.stop()
    },
  }
}

export type ShownInbox = Awaited<ReturnType<typeof shownInbox>>
