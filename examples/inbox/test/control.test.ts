import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium } from '../../../tooling/chromium.ts'
import { problems } from './browser.ts'
import { isFitFor, looks } from './looks.ts'
import { type ShownInbox, shownInbox } from './shown-inbox.ts'
import { until } from './until.ts'

const available = await hasChromium()
const phone = '+33639980130'

describe.skipIf(!available)('a conversation that two applications of the shop share', () => {
  let inbox: ShownInbox
  let ana: Page
  let id: string
  beforeAll(async () => {
    inbox = await shownInbox()
    await inbox.post('/api/phone/messages', { line: 'messenger', phone, name: 'Claire Martin', text: 'Bonsoir' })
    id = (await inbox.newest()).id
    ana = await inbox.open(`/?as=ana&c=${id}`)
    await ana.locator('.message.in', { hasText: 'Bonsoir' }).waitFor()
  })
  afterAll(() => inbox?.stop())

  const takeBack = (page: Page) => page.locator('.composer').getByRole('button', { name: 'Reprendre la conversation' })
  const composer = (page: Page) => page.locator('#composer')
  const line = (text: string) => ana.locator('.system-line', { hasText: text })
  const goElsewhere = async () =>
    expect((await inbox.post('/api/phone/elsewhere', { line: 'messenger', phone })).status).toBe(200)
  const received = async (text: string) =>
    (await inbox.get('/api/phone/messages')).body.items.find(
      (one: any) => one.phone === phone && one.direction === 'received' && one.text === text,
    )
  const choose = async (name: string) => {
    await ana.locator('[data-menu=more]').click()
    await ana.getByRole('dialog', { name: 'Autres actions' }).getByRole('option', { name }).click()
  }

  it('the composer says that another application has it, and what the customer says there is read here', async () => {
    expect(await takeBack(ana).count()).toBe(0)
    await goElsewhere()
    await takeBack(ana).waitFor()
    expect(await composer(ana).isDisabled()).toBe(true)
    expect(await composer(ana).getAttribute('placeholder')).toBe('Une autre application tient cette conversation.')
    await inbox.post('/api/phone/messages', { line: 'messenger', phone, text: 'Vous êtes là ?' })
    await ana.locator('.message.in', { hasText: 'Vous êtes là ?' }).waitFor()
  })

  it.each(looks)('axe finds nothing, %s, at %i', async (...look) => {
    await isFitFor(inbox, `/?as=ana&c=${id}`, look, (page) => takeBack(page).waitFor())
  })

  it('it is taken back, and who asked for it goes on with the answer', async () => {
    await takeBack(ana).press('Enter')
    await line('Ana demande à reprendre cette conversation').waitFor()
    await line('La conversation est revenue d’une autre application').waitFor()
    await expect.poll(() => ana.evaluate(() => document.activeElement?.id)).toBe('composer')
    await ana.keyboard.type('Nous sommes là.')
    await expect.poll(() => composer(ana).inputValue()).toBe('Nous sommes là.')
    await ana.keyboard.press('Control+Enter')
    await until(() => received('Nous sommes là.'))
  })

  it('it is passed on from the menu, and taken back from the palette', async () => {
    await choose('Confier à une autre application')
    await takeBack(ana).waitFor()
    await ana.locator('#list').focus()
    await ana.keyboard.press('Control+k')
    await ana.getByRole('combobox', { name: 'Commandes et recherche' }).fill('reprendre')
    await ana.getByRole('dialog').getByRole('option', { name: 'Reprendre la conversation' }).click()
    await takeBack(ana).waitFor({ state: 'detached' })
    expect(await composer(ana).isDisabled()).toBe(false)
  })

  it('while the provider is out of order it stays elsewhere, and comes when the provider is back', async () => {
    await goElsewhere()
    await takeBack(ana).waitFor()
    await inbox.post('/api/provider', { messenger: false })
    await takeBack(ana).click()
    await line('Ana demande à reprendre cette conversation').nth(2).waitFor()
    const waits = await until(async () => {
      const { body } = await inbox.get('/api/upcoming?as=ana')
      return body.items.find((one: any) => one.kind === 'signal' && one.due > inbox.clock.now())
    })
    expect(waits).toMatchObject({ conversation: id, name: 'Claire Martin' })
    expect(await composer(ana).isDisabled()).toBe(true)
    await inbox.post('/api/provider', { messenger: true })
    await inbox.post('/api/clock', { advanceMs: 60_000 })
    await takeBack(ana).waitFor({ state: 'detached' })
  })

  it('somebody on another channel is offered neither', async () => {
    await inbox.mail('Claire Martin <claire@exemple.fr>', 'Mèche', 'Ma mèche est courte.')
    await ana.locator('#list [role=option]', { hasText: 'Ma mèche' }).click()
    await ana.locator('.message.in', { hasText: 'Ma mèche' }).waitFor()
    await ana.locator('[data-menu=more]').click()
    const more = ana.getByRole('dialog', { name: 'Autres actions' })
    await more.getByRole('option', { name: 'Indésirable' }).waitFor()
    expect(await more.getByRole('option', { name: /autre application|Reprendre/ }).count()).toBe(0)
    await ana.keyboard.press('Escape')
  })

  it('no page threw, and no policy was violated', () => {
    expect(problems).toEqual([])
  })
})
