import type { Page } from 'playwright-core'

/** Nothing moves any more: what is looked at is what stays. */
export const atRest = async (page: Page): Promise<void> => {
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined))))
}
