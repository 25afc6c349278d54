import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { axeFindings } from './browser.ts'
import type { ShownInbox } from './shown-inbox.ts'

/** Both themes, at the width of a desk and of a telephone. */
export const looks = [
  ['light', 1280],
  ['dark', 1280],
  ['light', 390],
  ['dark', 390],
] as const

/** In one of them axe finds nothing in what `show` has brought up, and nothing stands out at the side. */
export const isFitFor = async (
  inbox: ShownInbox,
  path: string,
  [colorScheme, width]: (typeof looks)[number],
  show: (page: Page) => Promise<unknown>,
): Promise<void> => {
  const page = await inbox.open(path, { colorScheme, viewport: { width, height: 844 } })
  await show(page)
  expect(await axeFindings(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  await page.context().close()
}
