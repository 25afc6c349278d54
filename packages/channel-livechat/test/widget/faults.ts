import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { settled } from '../../../../tooling/chromium.ts'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Axe {
  readonly run: () => Promise<{
    readonly violations: ReadonlyArray<{ id: string; nodes: ReadonlyArray<{ html: string }> }>
  }>
}

/** What axe finds in a page that stands still. */
export const faults = async (page: Page): Promise<ReadonlyArray<string>> => {
  await page.evaluate(axe)
  await settled(page)
  const { violations } = await page.evaluate(() => (window as unknown as { axe: Axe }).axe.run())
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}
