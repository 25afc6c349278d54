import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { atRest } from './at-rest.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What somebody has open: a window of its own, with nothing of another's. It fails the test when its page fails. */
export const openWindow = async (browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Page> => {
  const context = await browser.newContext({
    locale: 'fr-FR',
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  page.on('pageerror', (error) => problems.push(`${url}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && /content security|trusted/i.test(message.text())) problems.push(message.text())
  })
  await page.goto(url)
  return page
}

/** Errors of pages and violations of their policy, over all windows of a test file. */
export const problems: string[] = []

interface Violation {
  readonly id: string
  readonly nodes: ReadonlyArray<{ readonly html: string; readonly failureSummary: string }>
}

/** Everything that axe finds on a page at rest, shadow roots included, as lines that say where. */
export const axeFindings = async (page: Page): Promise<ReadonlyArray<string>> => {
  await atRest(page)
  // Evaluated from outside: the page's own policy stays as it is.
  await page.evaluate(axe)
  const violations = await page.evaluate(async () => {
    const run = (globalThis as unknown as { axe: { run: (context: Document) => Promise<{ violations: Violation[] }> } })
      .axe
    return (await run.run(document)).violations
  })
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`))
}
