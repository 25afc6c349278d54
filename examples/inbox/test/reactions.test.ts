import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium } from '../../../tooling/chromium.ts'
import { axeFindings, problems } from './browser.ts'
import { type ShownInbox, shownInbox } from './shown-inbox.ts'
import { until } from './until.ts'

const available = await hasChromium()
const phone = '+33639980150'
const day = 86_400_000

describe.skipIf(!available)('a sign of an agent that the customer could not be told of', () => {
  let inbox: ShownInbox
  let ana: Page
  let id: string
  const says = (text: string) =>
    inbox.post('/api/phone/messages', { line: 'whatsapp', phone, name: 'Claire Martin', text })
  beforeAll(async () => {
    inbox = await shownInbox()
    await says('Elle est superbe !')
    id = (await inbox.newest()).id
    ana = await inbox.open(`/?as=ana&c=${id}`)
    await superbe(ana).waitFor()
  })
  afterAll(() => inbox?.stop())

  const superbe = (page: Page) => page.locator('.message.in', { hasText: 'Elle est superbe' })
  const failed = (page: Page) => superbe(page).getByRole('button', { name: 'le client ne la voit pas' })
  const onThePhone = async (): Promise<string | null> => {
    const { body } = await inbox.get('/api/phone/messages')
    return body.items.find((one: any) => one.phone === phone && one.text === 'Elle est superbe !').theirs
  }

  it('stays beside the message, and says why', async () => {
    await inbox.post('/api/provider', { whatsapp: false })
    await superbe(ana).hover()
    await superbe(ana).getByRole('button', { name: 'Actions sur le message' }).click()
    await ana.getByRole('button', { name: 'Réagir avec ❤️' }).click()
    await superbe(ana).locator('.reaction', { hasText: '❤️' }).waitFor()
    expect(await failed(ana).count()).toBe(0)
    // What waits is looked at again when the time for an answer is over.
    await inbox.post('/api/clock', { advanceMs: 2 * day })
    await failed(ana).waitFor()
    expect(await onThePhone()).toBeNull()
  })

  for (const colorScheme of ['light', 'dark'] as const)
    it(`axe finds nothing, ${colorScheme}`, async () => {
      const page = await inbox.open(`/?as=ana&c=${id}`, { colorScheme })
      await failed(page).waitFor()
      expect(await axeFindings(page)).toEqual([])
      await page.context().close()
    })

  it('is told once more when it is pressed again', async () => {
    await inbox.post('/api/provider', { whatsapp: true })
    await says('Vous l’avez encore ?')
    await ana.locator('.message.in', { hasText: 'Vous l’avez encore' }).waitFor()
    await failed(ana).click()
    await until(async () => ((await onThePhone()) === '❤️' ? true : undefined))
    await failed(ana).waitFor({ state: 'detached' })
    expect(await superbe(ana).locator('.reaction').textContent()).toBe('❤️')
  })

  it('no page threw, and no policy was violated', () => {
    expect(problems).toEqual([])
  })
})
