import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium } from '../../../tooling/chromium.ts'
import { axeFindings, problems } from './browser.ts'
import { type ShownInbox, shownInbox } from './shown-inbox.ts'
import { atRest } from './at-rest.ts'

const available = await hasChromium()
const hour = 3_600_000

describe.skipIf(!available)('writing', () => {
  let inbox: ShownInbox
  let ana: Page
  beforeAll(async () => {
    inbox = await shownInbox()
    ana = await inbox.open('/?as=ana')
  })
  afterAll(() => inbox?.stop())

  const row = (text: string) => ana.locator('#list [role=option]', { hasText: text })
  const composer = () => ana.locator('#composer')
  const inbound = (text: string) => ana.locator('.message.in', { hasText: text })
  const outbound = (text: string) => ana.locator('.message.out', { hasText: text })
  const menu = (name: string) => ana.getByRole('dialog', { name })
  const claire = 'Claire Martin <claire@exemple.fr>'
  const begin = async (subject: string, text: string, from = claire) => {
    const { messageId } = await inbox.mail(from, subject, text)
    await row(text).click()
    await inbound(text).waitFor()
    return { id: new URL(ana.url()).searchParams.get('c') ?? '', messageId }
  }

  it('a slash finds a template, shows it filled for this customer, and inserts it to be edited', async () => {
    await begin('Retour', 'Comment retourner ma bougie ?')
    const { contact } = await inbox.newest()
    await inbox.post('/api/call?as=chloe', { call: 'contacts.edit', args: [contact.id, { firstName: 'Claire' }] })
    await composer().pressSequentially('/ret')
    const listed = ana.getByRole('listbox', { name: 'Suggestions' })
    await listed.getByRole('option', { name: 'Bon de retour' }).waitFor()
    await expect.poll(() => ana.locator('.template-preview').textContent()).toContain('Bonjour Claire,')
    await composer().press('Enter')
    await expect.poll(() => composer().inputValue()).toContain('Voici votre bon de retour')
    await expect.poll(() => composer().inputValue()).toContain('Bonjour Claire,')
    await expect.poll(() => composer().inputValue()).toMatch(/\nAna$/)
    await expect.poll(() => composer().inputValue()).not.toContain('{{')
  })

  it('a draft survives switching, a reload and another device, with “draft” on its row', async () => {
    await composer().fill('Bonjour Claire, un brouillon')
    await begin('Autre', 'Une autre question')
    await composer().fill('Une réponse commencée')
    await row('Comment retourner').or(row('un brouillon')).first().click()
    await inbound('Comment retourner').waitFor()
    await expect.poll(() => composer().inputValue()).toBe('Bonjour Claire, un brouillon')
    await row('un brouillon').getByText('Brouillon').waitFor()
    await row('Une réponse commencée').waitFor()
    await ana.reload()
    await inbound('Comment retourner').waitFor()
    await expect.poll(() => composer().inputValue()).toBe('Bonjour Claire, un brouillon')
    const { id } = await inbox.newest()
    await expect
      .poll(async () => (await inbox.get(`/api/conversations/${id}/draft?as=ana`)).body.text)
      .toBe('Une réponse commencée')
    const phone = await inbox.open(`/?as=ana&c=${id}`, { viewport: { width: 390, height: 800 } })
    await expect.poll(() => phone.locator('#composer').inputValue()).toBe('Une réponse commencée')
    await phone.context().close()
  })

  it('a reply and a note have drafts of their own, and the reply says to whom it goes', async () => {
    await ana.locator('.thread').focus()
    await ana.keyboard.press('n')
    await expect.poll(() => composer().inputValue()).toBe('')
    await composer().fill('Entre nous')
    await ana.getByRole('group', { name: 'Votre message' }).getByRole('button', { name: 'Répondre' }).click()
    await expect.poll(() => composer().inputValue()).toBe('Bonjour Claire, un brouillon')
    await composer().fill('')
    await expect.poll(() => composer().getAttribute('placeholder')).toBe('Répondre à Claire…')
    await ana.getByRole('button', { name: 'Note', exact: true }).click()
    await expect.poll(() => composer().inputValue()).toBe('Entre nous')
    await composer().fill('')
  })

  it('an at-sign calls for a colleague in a note, and a colon finds an emoji', async () => {
    await composer().pressSequentially('Pour @be')
    await ana.getByRole('option', { name: 'Ben Carter' }).click()
    await composer().pressSequentially('regarde :bou')
    await ana.getByRole('option', { name: ':bougie' }).waitFor()
    await composer().press('Enter')
    await expect.poll(() => composer().inputValue()).toBe('Pour @Ben regarde 🕯️ ')
    await composer().press('Control+Enter')
    await ana.locator('.message.note', { hasText: 'Pour @Ben' }).waitFor()
    const { body } = await inbox.get('/api/conversations?tab=all&as=ben')
    const found = body.items.find((one: { subject: string }) => one.subject === 'Retour')
    // It is shown before it has arrived.
    const mentions = async () =>
      (await inbox.get(`/api/conversations/${found.id}/messages?as=ben`)).body.items.at(-1).mentions
    await expect.poll(mentions).toEqual(['ben'])
  })

  it('slash commands run: a title for colleagues, the id, a quote, and never as words to the customer', async () => {
    await composer().fill('/rename Bougie de Claire')
    await composer().press('Control+Enter')
    await ana.getByRole('heading', { name: 'Bougie de Claire' }).waitFor()
    await expect.poll(() => composer().inputValue()).toBe('')
    await composer().pressSequentially('/id')
    await ana.locator('.choice', { hasText: '/id' }).waitFor()
    await composer().press('Enter')
    await expect
      .poll(() => ana.locator('.toast').allTextContents())
      .toContainEqual(expect.stringMatching(/[\da-f]{8}-/))
    await composer().pressSequentially('/quo')
    await ana.locator('.choice', { hasText: '/quote' }).waitFor()
    await composer().press('Enter')
    await composer().press('Enter')
    await ana.locator('.attached', { hasText: 'Cité : Comment retourner' }).waitFor()
    await composer().fill('Voilà comment.')
    await composer().press('Control+Enter')
    await outbound('Voilà comment').locator('.quoted', { hasText: 'Comment retourner' }).waitFor()
    await expect.poll(() => ana.locator('.message.out').count()).toBe(1)
  })

  it('an answer can wait for its time, be changed, taken back, and is dropped when they write first', async () => {
    const { id, messageId } = await begin('Plus tard', 'Écrivez-moi demain')
    await composer().fill('Bonjour, nous sommes demain.')
    await ana.locator('[data-menu=schedule]').click()
    await menu('Programmer l’envoi').getByRole('option', { name: 'Demain matin' }).click()
    const waiting = ana.getByRole('list', { name: 'Messages programmés' })
    await waiting.getByText('nous sommes demain').waitFor()
    await waiting.getByText('sauf réponse').waitFor()
    await expect.poll(() => composer().inputValue()).toBe('')
    await waiting.getByRole('button', { name: 'Modifier' }).click()
    await waiting.getByRole('textbox').fill('Bonjour, on y est.')
    await waiting.getByRole('button', { name: 'Enregistrer' }).click()
    await waiting.getByText('on y est').waitFor()
    await waiting.getByRole('button', { name: 'Annuler l’envoi' }).click()
    await waiting.waitFor({ state: 'detached' })
    await expect.poll(() => composer().inputValue()).toBe('Bonjour, on y est.')

    await ana.locator('[data-menu=schedule]').click()
    await menu('Programmer l’envoi').getByRole('option', { name: 'Dans 3 heures' }).click()
    await waiting.getByText('on y est').waitFor()
    await inbox.mail(claire, 'Re: Plus tard', 'Finalement, c’est réglé', messageId)
    await inbound('c’est réglé').waitFor()
    await waiting.waitFor({ state: 'detached' })
    await ana.locator('.system-line', { hasText: 'Un message programmé annulé' }).waitFor()

    await composer().fill('Je vous écris quand même.')
    await ana.locator('[data-menu=schedule]').click()
    await menu('Programmer l’envoi').getByLabel('Sauf si Claire écrit avant').uncheck()
    await menu('Programmer l’envoi').getByRole('option', { name: 'Dans 3 heures' }).click()
    await waiting.getByText('quand même').waitFor()
    inbox.clock.shift(4 * hour)
    await outbound('quand même').waitFor()
    inbox.clock.shift(0)
    const { body } = await inbox.get(`/api/conversations/${id}/messages`)
    expect(body.items.filter((one: { direction: string }) => one.direction === 'out').length).toBe(1)
  })

  it('a time that has passed is refused with a sentence, and the words stay', async () => {
    await begin('Hier', 'Une question d’hier')
    await composer().fill('Trop tard')
    await ana.locator('[data-menu=schedule]').click()
    const asked = menu('Programmer l’envoi')
    await asked.locator('input[type=datetime-local]').fill('2020-01-01T08:00')
    await asked.getByRole('button', { name: 'Programmer l’envoi' }).click()
    await asked.getByText('Cette heure est passée.').waitFor()
    await ana.keyboard.press('Escape')
    await expect.poll(() => composer().inputValue()).toBe('Trop tard')
    await composer().fill('')
  })

  it('forms, choices, offers and places go beside the words, and are shown as what they are', async () => {
    const insert = async (name: string) => {
      await ana.locator('[data-menu=insert]').click()
      await menu('Insérer').getByRole('option', { name }).click()
      return menu(name)
    }
    await (await insert('Formulaire')).getByRole('button', { name: 'Retour d’un article' }).click()
    const product = await insert('Produit')
    await product.getByRole('button', { name: 'Insérer' }).click()
    await product.getByText('À remplir.').first().waitFor()
    await product.getByLabel('Titre').fill('Bougie Lin')
    await product.getByLabel('Prix').fill('24,90')
    await product.getByRole('button', { name: 'Insérer' }).click()
    await (await insert('Lieu')).getByRole('button', { name: 'Insérer' }).click()
    const choices = await insert('Choix')
    await choices.getByRole('textbox').fill('Un échange\nUn remboursement')
    await choices.getByRole('button', { name: 'Insérer' }).click()
    await ana.locator('.attached', { hasText: 'Bougie Lin' }).waitFor()
    await composer().fill('Voici de quoi choisir.')
    await composer().press('Control+Enter')
    const sent = outbound('Voici de quoi choisir')
    await sent.getByText('Retour d’un article').waitFor()
    await sent.getByText(/24,90\s€/).waitFor()
    await sent.getByRole('link', { name: 'Maison Lune' }).waitFor()
    await sent.getByText('Un remboursement').waitFor()
    await sent.getByText('Pas encore de réponse.').waitFor()
    await expect.poll(() => ana.locator('.attached').count()).toBe(0)
  })

  it('a copy and one’s own box for the answers are asked for where there is mail', async () => {
    await ana.locator('[data-menu=insert]').click()
    await menu('Insérer').getByRole('option', { name: 'Copie à' }).click()
    await ana.getByLabel('Cc').fill('paul@exemple.fr')
    await ana.getByLabel('Réponses à').selectOption('agent')
    await ana.getByText('vos collègues ne les verront pas ici').waitFor()
    await composer().fill('Avec une copie.')
    await composer().press('Control+Enter')
    await outbound('Avec une copie').getByText('Cc : paul@exemple.fr').waitFor()
    const boxOf = async (box: string) => JSON.stringify((await inbox.get(`/api/mailbox/mails?box=${box}`)).body)
    await expect.poll(() => boxOf('paul@exemple.fr')).toContain('Avec une copie')
  })

  it('sends and closes with one key', async () => {
    const { id } = await begin('Fin', 'Merci, c’est tout')
    await composer().fill('Bonne journée !')
    await composer().press('Control+Shift+Enter')
    await expect.poll(async () => (await inbox.get(`/api/conversations/${id}`)).body.status).toBe('closed')
  })

  it('a new conversation begins with a name or an address', async () => {
    await ana.locator('#list').focus()
    await ana.keyboard.press('c')
    const asked = menu('Nouvelle conversation')
    await asked.getByRole('combobox', { name: 'À', exact: true }).fill('zoe@exemple.fr')
    await asked.getByRole('option', { name: 'Écrire à zoe@exemple.fr' }).click()
    await asked.getByLabel('Objet').fill('Votre visite')
    await asked.getByRole('textbox', { name: 'Message', exact: true }).fill('Bonjour, merci de votre visite.')
    await atRest(ana)
    expect(await axeFindings(ana)).toEqual([])
    await asked.getByRole('button', { name: 'Envoyer' }).click()
    await outbound('merci de votre visite').waitFor()
    await ana.locator('.thread-title', { hasText: 'Votre visite' }).waitFor()
    await ana.locator('#list').focus()
    await ana.keyboard.press('c')
    await asked.getByRole('combobox', { name: 'À', exact: true }).fill('Claire')
    await asked.getByRole('option', { name: 'Claire Martin' }).click()
    await asked.getByRole('textbox', { name: 'Message', exact: true }).fill('Une dernière chose.')
    await asked.getByRole('button', { name: 'Envoyer' }).click()
    await outbound('Une dernière chose').waitFor()
  })

  it('where nothing may be sent the composer says why, as soon as that is so, and notes are still written', async () => {
    const says = (text: string) => inbox.post('/api/phone/messages', { line: 'sms', phone: '+33639980177', text })
    await says('Plus de messages, je vous prie')
    await row('Plus de messages').click()
    await inbound('Plus de messages').waitFor()
    await composer().fill('Une offre pour vous')
    await says('STOP')
    await ana.locator('.system-line', { hasText: 'ne veut plus de messages : STOP' }).waitFor()
    await expect.poll(() => composer().isDisabled()).toBe(true)
    expect(await composer().getAttribute('placeholder')).toBe('Le client ne veut plus recevoir de messages.')
    await ana.getByRole('group', { name: 'Votre message' }).getByRole('button', { name: 'Note' }).click()
    await expect.poll(() => composer().isDisabled()).toBe(false)
    await ana.getByRole('group', { name: 'Votre message' }).getByRole('button', { name: 'Répondre' }).click()
    await atRest(ana)
    expect(await axeFindings(ana)).toEqual([])
    await says('START')
    await expect.poll(() => composer().isDisabled()).toBe(false)
    expect(await composer().inputValue()).toBe('Une offre pour vous')
  })

  it('no page threw, and no policy was violated', () => {
    expect(problems).toEqual([])
  })
})
