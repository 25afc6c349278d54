import type { Page } from 'playwright-core'
import { settled } from '../../../tooling/chromium.ts'

/** Nothing is under way and nothing moves any more: what is looked at is what stays. */
export const atRest = async (page: Page): Promise<void> => {
  // What the server has not answered is drawn paler.
  await page.locator('.pending').first().waitFor({ state: 'detached' })
  await settled(page)
}
