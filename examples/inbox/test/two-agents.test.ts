import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium } from '../../../tooling/chromium.ts'
import { problems } from './browser.ts'
import { type ShownInbox, shownInbox } from './shown-inbox.ts'

const available = await hasChromium()

describe.skipIf(!available)('two agents in two windows', () => {
  let inbox: ShownInbox
  let ana: Page
  let ben: Page
  beforeAll(async () => {
    inbox = await shownInbox()
    ;[ana, ben] = await Promise.all([inbox.open('/?as=ana'), inbox.open('/?as=ben')])
  })
  afterAll(() => inbox?.stop())

  const row = (page: Page, text: string) => page.locator('#list [role=option]', { hasText: text })

  it('one claims; the other’s reply is refused with a sentence, keeps its text, and goes after taking over', async () => {
    await inbox.mail('Nina <nina@example.co.uk>', 'Where is my parcel?', 'It never came.')
    await row(ana, 'It never came').click()
    await row(ben, 'It never came').click()
    await ben.locator('#composer').fill('Bonjour Nina, je regarde.')
    // Ben's window has not heard yet that Ana was faster.
    await ben.route('**/api/feed**', (route) => route.abort())
    await ana.locator('[data-act=claim]').click()
    await row(ana, 'Ana').waitFor()
    // It stands there before the server has heard of it.
    await expect.poll(async () => (await inbox.newest()).owner).toBe('ana')
    await ben.locator('#composer').press('Control+Enter')

    const refused = ben.getByRole('alert')
    await refused.getByText('Ana s’en occupe').waitFor()
    await expect.poll(() => ben.locator('#composer').inputValue()).toBe('Bonjour Nina, je regarde.')
    await expect.poll(() => ben.locator('.message.out').count()).toBe(0)

    await refused.getByRole('button', { name: 'Prendre la main' }).click()
    await ben.locator('[data-act=assign]', { hasText: 'Ben' }).waitFor()
    await ben.locator('#composer').press('Control+Enter')
    await ben.locator('.message.out', { hasText: 'je regarde' }).waitFor()
    await expect.poll(() => ben.locator('#composer').inputValue()).toBe('')
    await ana.locator('.message.out', { hasText: 'je regarde' }).waitFor()
    await row(ana, 'Ben').waitFor()
    await ben.unroute('**/api/feed**')
  })

  it('an answer to what has changed stops with a sentence, and goes when she insists', async () => {
    const emma = 'Emma <emma@example.co.uk>'
    const { messageId } = await inbox.mail(emma, 'Price list', 'Do you have one?')
    await row(ana, 'Do you have one?').click()
    await ana.locator('.message.in', { hasText: 'Do you have one?' }).waitFor()
    // What comes now does not reach Ana's window in time.
    const thread = '**/api/conversations/*/messages?**'
    await ana.route(thread, (route) => (route.request().method() === 'GET' ? route.abort() : route.continue()))
    await inbox.mail(emma, 'Re: Price list', 'I mean for wholesale.', messageId)
    await ana.locator('#composer').fill('Yes, here it is.')
    await ana.locator('#composer').press('Control+Enter')
    const refused = ana.getByRole('alert')
    await refused.getByText('Emma vient d’écrire. Relisez avant d’envoyer.').waitFor()
    await expect.poll(() => ana.locator('#composer').inputValue()).toBe('Yes, here it is.')
    await ana.unroute(thread)
    await refused.getByRole('button', { name: 'Envoyer quand même' }).click()
    await ana.locator('.message.out', { hasText: 'Yes, here it is.' }).waitFor()
    await ana.locator('.message.in', { hasText: 'I mean for wholesale.' }).waitFor()
  })

  it('closing moves on to the next one, and z takes it back', async () => {
    await inbox.mail('Paul <paul@exemple.fr>', 'Horaires', 'Êtes-vous ouverts ?')
    const { id } = await inbox.newest()
    await row(ana, 'Êtes-vous ouverts').click()
    await ana.locator('.message.in', { hasText: 'Êtes-vous ouverts' }).waitFor()
    await ana.locator('#list').focus()
    await ana.keyboard.press('e')
    await ana.getByText('Conversation fermée.').waitFor()
    await row(ana, 'Êtes-vous ouverts').waitFor({ state: 'detached' })
    await expect.poll(async () => (await inbox.get(`/api/conversations/${id}`)).body.status).toBe('closed')
    await ana.keyboard.press('z')
    await row(ana, 'Êtes-vous ouverts').waitFor()
    await expect.poll(async () => (await inbox.get(`/api/conversations/${id}`)).body.status).toBe('open')
  })

  it('a draft survives going elsewhere and a reload, and a note is not a reply', async () => {
    await row(ana, 'Êtes-vous ouverts').click()
    await ana.locator('#composer').fill('Oui, de 10 h à')
    await row(ana, 'here it is').click()
    await expect.poll(() => ana.locator('#composer').inputValue()).not.toBe('Oui, de 10 h à')
    await row(ana, 'Oui, de 10 h').waitFor()
    await ana.reload()
    await row(ana, 'Brouillon').filter({ hasText: 'Oui, de 10 h' }).click()
    await expect.poll(() => ana.locator('#composer').inputValue()).toBe('Oui, de 10 h à')
    await ana.locator('#list').focus()
    await ana.keyboard.press('n')
    await expect.poll(() => ana.locator('#composer').inputValue()).toBe('')
    await ana.locator('#composer').fill('@Ben tu sais ?')
    await ana.locator('#composer').press('Control+Enter')
    await ana.locator('.message.note', { hasText: '@Ben tu sais' }).waitFor()
    await expect.poll(() => ana.locator('#composer').inputValue()).toBe('Oui, de 10 h à')
  })

  it('the keyboard alone reads, assigns, tags, snoozes and finds', async () => {
    await inbox.mail('Sofia <sofia@exemple.fr>', 'Adresse', 'Puis-je changer d’adresse ?')
    const { id } = await inbox.newest()
    const now = async () => (await inbox.get(`/api/conversations/${id}?as=ben`)).body
    await row(ben, 'changer d’adresse').waitFor()
    await ben.keyboard.press('Control+k')
    await ben.getByRole('combobox', { name: 'Commandes et recherche' }).waitFor()
    await ben.keyboard.type('sofia')
    await ben.getByRole('option', { name: 'Sofia' }).first().waitFor()
    await ben.keyboard.press('Enter')
    await ben.locator('.message.in', { hasText: 'changer d’adresse' }).waitFor()
    await ben.locator('#list').focus()
    await ben.keyboard.press('a')
    await ben.getByRole('dialog').getByRole('combobox').waitFor()
    await ben.keyboard.type('ben')
    await ben.keyboard.press('Enter')
    await expect.poll(async () => (await now()).owner).toBe('ben')
    await ben.keyboard.press('l')
    await ben.getByRole('dialog').getByRole('combobox').waitFor()
    await ben.keyboard.type('adresse')
    await ben.keyboard.press('Enter')
    await expect.poll(async () => (await now()).tags).toEqual(['adresse'])
    await ben.keyboard.press('h')
    await ben.getByRole('dialog').getByRole('listbox').waitFor()
    await ben.keyboard.press('Enter')
    await expect.poll(async () => (await now()).status).toBe('pending')
    await row(ben, 'changer d’adresse').waitFor({ state: 'detached' })
  })

  it('what is refused is taken back, with a sentence and the act that helps', async () => {
    await inbox.mail('Aïcha <aicha@exemple.fr>', 'Retour', 'Comment retourner une bougie ?')
    const { id } = await inbox.newest()
    await inbox.post(`/api/conversations/${id}/claim?as=ana`, {})
    await row(ben, 'retourner une bougie').click()
    await ben.locator('.message.in', { hasText: 'retourner une bougie' }).waitFor()
    await ben.locator('[data-act=close]').click()
    await ben.getByText('Ana s’en occupe', { exact: false }).waitFor()
    await ben.locator('h2', { hasText: 'Aïcha' }).first().waitFor()
    expect((await inbox.get(`/api/conversations/${id}`)).body.status).toBe('open')
    await ben.locator('.toast').getByRole('button', { name: 'Prendre la main' }).click()
    await expect.poll(async () => (await inbox.get(`/api/conversations/${id}`)).body.owner).toBe('ben')
  })

  it('no page threw, and no policy was violated', () => {
    expect(problems).toEqual([])
  })
})
