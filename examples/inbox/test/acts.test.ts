import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium } from '../../../tooling/chromium.ts'
import { axeFindings, problems } from './browser.ts'
import { type ShownInbox, shownInbox } from './shown-inbox.ts'

const available = await hasChromium()
const claire = 'Claire Martin <claire@exemple.fr>'

describe.skipIf(!available)('what is done to a conversation', () => {
  let inbox: ShownInbox
  let ana: Page
  let ben: Page
  beforeAll(async () => {
    inbox = await shownInbox()
    ;[ana, ben] = await Promise.all([inbox.open('/?as=ana'), inbox.open('/?as=ben')])
  })
  afterAll(() => inbox?.stop())

  const row = (page: Page, text: string) => page.locator('#list [role=option]', { hasText: text })
  const inbound = (page: Page, text: string) => page.locator('.message.in', { hasText: text })
  const figure = (name: string) => ana.locator(`.nav [data-count="${name}"]`)
  const toast = (page: Page, text: string) => page.locator('.toast', { hasText: text })
  const status = async (id: string) => (await inbox.get(`/api/conversations/${id}?as=chloe`)).body.status
  const begin = async (subject: string, text: string, from = claire) => {
    const { messageId } = await inbox.mail(from, subject, text)
    await ana.locator('.nav').getByRole('button', { name: 'Ouvertes' }).click()
    await row(ana, text).click()
    await inbound(ana, text).waitFor()
    return { id: new URL(ana.url()).searchParams.get('c') ?? '', messageId }
  }
  const key = async (page: Page, name: string) => {
    await page.locator('#list').focus()
    await page.keyboard.press(name)
  }
  const command = async (page: Page, name: string) => {
    await page.locator('#list').focus()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Commandes et recherche' }).fill(name)
    await page.getByRole('dialog').getByRole('option', { name }).first().click()
  }
  const more = async (name: string) => {
    await ana.locator('[data-menu=more]').click()
    await ana.getByRole('dialog', { name: 'Autres actions' }).getByRole('option', { name }).click()
  }

  it('what is closed leaves the list, and comes back by itself when the customer writes again', async () => {
    const { id, messageId } = await begin('Mèche', 'Ma mèche est courte.')
    await key(ana, 'e')
    await toast(ana, 'Conversation fermée.').waitFor()
    await row(ana, 'Ma mèche').waitFor({ state: 'detached' })
    expect(await status(id)).toBe('closed')
    await inbox.mail(claire, 'Re: Mèche', 'Elle est toujours courte.', messageId)
    await row(ana, 'toujours courte').waitFor()
    expect(await status(id)).toBe('open')
    expect((await inbox.get('/api/conversations?tab=all')).body.items).toHaveLength(1)
  })

  it('spam is out of the way, hears no more of itself, and comes back when it was none', async () => {
    const lotto = 'Lotto <win@lotto.example>'
    const { id, messageId } = await begin('Gagné', 'Vous avez gagné.', lotto)
    await key(ana, '!')
    await toast(ana, 'Marquée comme indésirable.').waitFor()
    await row(ana, 'Vous avez gagné').waitFor({ state: 'detached' })
    await expect.poll(() => figure('spam').textContent()).toBe('1')
    await inbox.mail(lotto, 'Re: Gagné', 'Vous avez encore gagné.', messageId)
    await ana.locator('.nav').getByRole('button', { name: 'Indésirables' }).click()
    await row(ana, 'encore gagné').click()
    await inbound(ana, 'encore gagné').waitFor()
    expect(await status(id)).toBe('spam')
    await ana.getByPlaceholder('Indésirable : aucune réponse ne part.').waitFor()
    expect(await axeFindings(ana)).toEqual([])
    await ana.locator('[data-act=notSpam]').click()
    await toast(ana, 'Retirée des indésirables.').waitFor()
    await expect.poll(() => status(id)).toBe('open')
    await ana.locator('.nav').getByRole('button', { name: 'Ouvertes' }).click()
    await row(ana, 'encore gagné').waitFor()
  })

  it('what is archived is out of the lists, and comes out again as closed', async () => {
    const { id } = await begin('Merci', 'Tout est bien arrivé.')
    await more('Archiver')
    await toast(ana, 'Conversation archivée.').waitFor()
    await row(ana, 'bien arrivé').waitFor({ state: 'detached' })
    await ana.locator('.nav').getByRole('button', { name: 'Archivées' }).click()
    await row(ana, 'bien arrivé').click()
    await ana.getByPlaceholder('Archivée : désarchivez pour répondre.').waitFor()
    await ana.locator('[data-act=unarchive]').click()
    await toast(ana, 'Conversation désarchivée.').waitFor()
    await expect.poll(() => status(id)).toBe('closed')
  })

  it('a colleague who is invited into an exclusive queue sees it, until she leaves', async () => {
    const { id } = await begin('Colis', 'Où est mon colis bleu ?')
    const give = (call: string, to: object) => inbox.post('/api/call?as=chloe', { call, args: [id, to] })
    await give('conversations.transfer', { to: { queue: 'livraisons' } })
    await give('conversations.assign', { agents: ['ana'] })
    await row(ben, 'colis bleu').waitFor({ state: 'detached' })
    await row(ana, 'colis bleu').click()
    await inbound(ana, 'colis bleu').waitFor()
    await more('Inviter un collègue')
    const asked = ana.getByRole('dialog', { name: 'Inviter…' })
    await asked.getByRole('combobox').fill('ben')
    await asked.getByRole('option', { name: 'Ben Carter' }).click()
    await toast(ana, 'Ben est dans la conversation.').waitFor()
    await ana.locator('.system-line', { hasText: 'Ana a invité Ben' }).waitFor()
    await row(ben, 'colis bleu').click()
    await inbound(ben, 'colis bleu').waitFor()
    await command(ben, 'Quitter la conversation')
    await row(ben, 'colis bleu').waitFor({ state: 'detached' })
    await ana.locator('.system-line', { hasText: 'Ben a quitté la conversation' }).waitFor()
  })

  it('who keeps a conversation for herself is not relieved of it by a colleague', async () => {
    const { id } = await begin('Facture', 'Il manque ma facture.')
    await key(ana, 't')
    await toast(ana, 'Vous vous en occupez.').waitFor()
    await more('Garder pour moi')
    await ana.locator('.system-line', { hasText: 'Ana garde la conversation' }).waitFor()
    await row(ben, 'ma facture').getByText('Gardée par Ana').waitFor({ state: 'attached' })
    await row(ben, 'ma facture').click()
    await inbound(ben, 'ma facture').waitFor()
    await key(ben, 't')
    await toast(ben, 'Ana garde cette conversation.').waitFor()
    await more('Ne plus garder pour moi')
    await ana.locator('.system-line', { hasText: 'Ana ne garde plus la conversation' }).waitFor()
    await key(ben, 't')
    await toast(ben, 'Vous avez pris la main.').waitFor()
    expect((await inbox.get(`/api/conversations/${id}`)).body.owner).toBe('ben')
  })

  it('a transfer finds a colleague by the beginning of any of her names', async () => {
    const { id } = await begin('Vitrine', 'Quand ouvrez-vous ?')
    await key(ana, 'Shift+T')
    const asked = ana.getByRole('dialog', { name: 'Transférer à…' })
    await asked.getByRole('combobox').fill('cart')
    await asked.getByRole('option', { name: 'Ben Carter' }).waitFor()
    expect(await asked.getByRole('option').count()).toBe(1)
    await asked.getByRole('combobox').press('Enter')
    await toast(ana, 'Transférée à Ben.').waitFor()
    expect((await inbox.get(`/api/conversations/${id}?as=ben`)).body.owner).toBe('ben')
  })

  it('each letter does what the help says of it', async () => {
    await begin('Parfum', 'Quel parfum choisir ?')
    const focused = () => ana.evaluate(() => document.activeElement?.id)
    await key(ana, 'r')
    await expect.poll(focused).toBe('composer')
    await ana.keyboard.press('Escape')
    await expect.poll(focused).toBe('list')
    await ana.keyboard.press('s')
    await row(ana, 'Quel parfum').getByText('À suivre').waitFor({ state: 'attached' })
    await ana.keyboard.press('s')
    await row(ana, 'Quel parfum').getByText('À suivre').waitFor({ state: 'detached' })
    const details = ana.locator('[data-section=contact]')
    await details.waitFor()
    await key(ana, 'i')
    await details.waitFor({ state: 'detached' })
    await key(ana, ']')
    await details.waitFor()
    await key(ana, 'j')
    await inbound(ana, 'Quel parfum').waitFor({ state: 'detached' })
    await key(ana, 'k')
    await inbound(ana, 'Quel parfum').waitFor()
    await ana.keyboard.press('Escape')
    const goTo = (second: string) =>
      // Both at once: how fast a busy machine is has no part in it.
      ana.evaluate((letter) => {
        for (const pressed of ['g', letter])
          document.body.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true, cancelable: true }))
      }, second)
    const tabs = { p: 'En attente', c: 'Fermées', s: 'Indésirables', a: 'Toutes', m: 'À moi', o: 'Ouvertes' }
    for (const [letter, heading] of Object.entries(tabs)) {
      await goTo(letter)
      await ana.getByRole('heading', { name: heading, exact: true, level: 2 }).waitFor()
    }
  })

  it('menus show the keys of what they offer', async () => {
    await row(ana, 'Quel parfum').click()
    await ana.locator('[data-menu=more]').click()
    const offered = ana.getByRole('dialog', { name: 'Autres actions' })
    for (const [name, sign] of [
      ['Étiquettes', 'l'],
      ['Fermer', 'e'],
      ['Mettre en attente', 'h'],
      ['Transférer à…', '⇧ t'],
    ] as const) {
      const keys = offered.getByRole('option', { name }).locator('kbd')
      expect((await keys.allTextContents()).join(' '), name).toBe(sign)
    }
    await ana.keyboard.press('Escape')
  })

  it('no page threw, and no policy was violated', () => {
    expect(problems).toEqual([])
  })
})
