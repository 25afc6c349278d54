import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium } from '../../../tooling/chromium.ts'
import { axeFindings, problems } from './browser.ts'
import { isFitFor, looks } from './looks.ts'
import { type ShownInbox, shownInbox } from './shown-inbox.ts'
import { until } from './until.ts'

const available = await hasChromium()
const day = 86_400_000

describe.skipIf(!available)('when the time for an answer is over', () => {
  let inbox: ShownInbox
  let ana: Page
  let id: string
  const phone = '+33639980120'
  beforeAll(async () => {
    inbox = await shownInbox()
    await inbox.post('/api/phone/messages', {
      line: 'whatsapp',
      phone,
      name: 'Claire Martin',
      text: 'Où est ma commande ?',
    })
    id = (await inbox.newest()).id
    ana = await inbox.open(`/?as=ana&c=${id}`)
    await ana.locator('.message.in').waitFor()
  })
  afterAll(() => inbox?.stop())

  const dialog = (page: Page) => page.getByRole('dialog', { name: 'Envoyer un modèle approuvé' })
  const offer = (page: Page) => page.getByRole('button', { name: 'Choisir un modèle approuvé' })

  it('the composer says so at once, and offers the templates that the provider has approved', async () => {
    expect(await offer(ana).count()).toBe(0)
    await inbox.post('/api/clock', { advanceMs: 2 * day })
    await offer(ana).click()
    const names = dialog(ana).getByRole('radiogroup').getByRole('radio')
    await names.first().waitFor()
    expect(await names.count()).toBe(4)
    await expect.poll(() => ana.locator('#composer').getAttribute('placeholder')).toContain('modèle approuvé')
  })

  it('one is filled in, shown as it will be read, and leaves when nothing is missing', async () => {
    await dialog(ana).getByRole('radio', { name: 'commande en route' }).check()
    // Whom it greets is known.
    expect(await dialog(ana).getByLabel('Variable 1').inputValue()).toBe('Claire')
    await dialog(ana).getByLabel('Variable 2').fill('48210')
    await dialog(ana).getByRole('button', { name: 'Envoyer' }).click()
    await dialog(ana).getByText('À remplir.').waitFor()
    await dialog(ana).getByLabel('Variable 3').fill('jeudi')
    const said = 'Bonjour Claire, votre commande 48210 a quitté notre atelier. Elle arrive jeudi.'
    await dialog(ana).getByText(said).waitFor()
    await dialog(ana).getByRole('button', { name: 'Envoyer' }).click()
    await dialog(ana).waitFor({ state: 'hidden' })
    await ana.locator('.message.out', { hasText: said }).waitFor()
    const got = await until(async () => {
      const { body } = await inbox.get('/api/phone/messages')
      return body.items.find((one: any) => one.phone === phone && one.direction === 'received')
    })
    expect(got.text).toBe(`Votre commande est partie\n${said}\nMaison Lune`)
  })

  it('is among the commands as well, while it can be done', async () => {
    await ana.keyboard.press('Control+k')
    await ana.getByRole('combobox', { name: 'Commandes et recherche' }).fill('modèle approuvé')
    await ana.getByRole('dialog').getByRole('option', { name: 'Choisir un modèle approuvé' }).click()
    await dialog(ana).getByRole('radio').first().waitFor()
    await ana.keyboard.press('Escape')
    await dialog(ana).waitFor({ state: 'hidden' })
  })

  it('it says why there is none while the provider is out of order', async () => {
    await inbox.post('/api/provider', { whatsapp: false })
    await offer(ana).click()
    await dialog(ana).getByRole('alert').waitFor()
    await ana.keyboard.press('Escape')
    await inbox.post('/api/provider', { whatsapp: true })
  })

  it.each(looks)('axe finds nothing, %s, at %i', async (...look) => {
    await isFitFor(inbox, `/?as=ana&c=${id}`, look, async (page) => {
      await offer(page).click()
      await dialog(page).getByRole('radio').first().waitFor()
    })
  })

  it('the first word to somebody on WhatsApp is an approved template, also to a number that nobody knows', async () => {
    await ana.locator('#list').focus()
    await ana.keyboard.press('c')
    const asked = ana.getByRole('dialog', { name: 'Nouvelle conversation' })
    await asked.getByLabel('Depuis').selectOption('whatsapp')
    await asked.getByRole('combobox', { name: 'À', exact: true }).fill('+33 6 39 98 01 21')
    await asked.getByRole('option', { name: 'Écrire à +33639980121' }).click()
    await asked.getByRole('radio', { name: 'avis bougie' }).check()
    await asked.getByLabel('Variable 1').fill('Sous-bois')
    expect(await axeFindings(ana)).toEqual([])
    await asked.getByRole('button', { name: 'Envoyer' }).click()
    await ana.locator('.message.out', { hasText: 'que pensez-vous de votre bougie Sous-bois ?' }).waitFor()
    await until(async () => {
      const { body } = await inbox.get('/api/phone/messages')
      return body.items.find((one: any) => one.phone === '+33639980121' && one.text.includes('Sous-bois'))
    })
  })

  it('no page threw, and no policy was violated', () => {
    expect(problems).toEqual([])
  })
})
