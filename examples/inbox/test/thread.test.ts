import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium } from '../../../tooling/chromium.ts'
import { atRest } from './at-rest.ts'
import { axeFindings, problems } from './browser.ts'
import { type ShownInbox, shownInbox } from './shown-inbox.ts'

const available = await hasChromium()

describe.skipIf(!available)('the thread', () => {
  let inbox: ShownInbox
  let ana: Page
  beforeAll(async () => {
    inbox = await shownInbox()
    ana = await inbox.open('/?as=ana')
  })
  afterAll(() => inbox?.stop())

  const row = (page: Page, text: string) => page.locator('#list [role=option]', { hasText: text })
  const message = (page: Page, text: string) => page.locator('.message', { hasText: text })
  const composer = () => ana.locator('#composer')
  const claire = 'Claire Martin <claire@exemple.fr>'
  const begin = async (subject: string, text: string, from = claire) => {
    const { messageId } = await inbox.mail(from, subject, text)
    await row(ana, text).click()
    await message(ana, text).waitFor()
    return { id: new URL(ana.url()).searchParams.get('c') ?? '', messageId }
  }
  const answer = async (text: string) => {
    await composer().fill(text)
    await composer().press('Control+Enter')
    await message(ana, text).and(ana.locator('.out:not(.pending)')).waitFor()
  }
  const act = async (on: string, name: string) => {
    await message(ana, on).first().hover()
    await message(ana, on).first().getByRole('button', { name: 'Actions sur le message' }).click()
    await ana.getByRole('dialog', { name: 'Actions sur le message' }).getByRole('option', { name }).first().click()
  }

  it('a send is stopped when something came unseen: shown, or sent anyway, and nothing typed is lost', async () => {
    const { messageId } = await begin('Colis', 'Où est mon colis ?')
    await composer().fill('Il est en route.')
    await ana.route('**/api/feed**', (route) => route.abort())
    await ana.evaluate(() => window.dispatchEvent(new Event('offline')))
    await inbox.mail(claire, 'Re: Colis', 'Ah, il est arrivé !', messageId)
    await composer().press('Control+Enter')
    const refused = ana.getByRole('alert')
    await refused.getByText('Claire Martin vient d’écrire').waitFor()
    await expect.poll(() => composer().inputValue()).toBe('Il est en route.')
    await refused.getByRole('button', { name: 'Voir' }).click()
    await expect
      .poll(() =>
        message(ana, 'il est arrivé').evaluate((element) => {
          const { top, bottom } = element.getBoundingClientRect()
          return top >= 0 && bottom <= window.innerHeight
        }),
      )
      .toBe(true)
    await expect.poll(() => composer().inputValue()).toBe('Il est en route.')
    await ana.unroute('**/api/feed**')
    await ana.evaluate(() => window.dispatchEvent(new Event('online')))
    await answer('Il est en route.')
  })

  it('who else looks and who writes is said above the thread', async () => {
    const { id } = await inbox.newest()
    const ben = await inbox.open(`/?as=ben&c=${id}`)
    await message(ben, 'il est arrivé').waitFor()
    await ana.locator('.looking', { hasText: 'Ben regarde' }).waitFor()
    await ben.locator('#composer').pressSequentially('Je')
    await ana.locator('.looking', { hasText: 'Ben écrit' }).waitFor()
    await ben.context().close()
    // Who says nothing for ten seconds has stopped writing.
    inbox.clock.shift(11_000)
    await ana.locator('.looking').waitFor({ state: 'detached' })
    inbox.clock.shift(0)
  })

  it('a message can be quoted, reacted to, edited where the channel can, deleted, and copied', async () => {
    await act('Où est mon colis', 'Citer')
    await answer('Je réponds à cela.')
    await message(ana, 'Je réponds à cela').locator('.quoted', { hasText: 'Où est mon colis' }).waitFor()
    await message(ana, 'Où est mon colis').first().hover()
    await message(ana, 'Où est mon colis').first().getByRole('button', { name: 'Actions sur le message' }).click()
    await ana.getByRole('button', { name: 'Réagir avec 👍' }).click()
    await ana.locator('.message.in .reaction', { hasText: '👍' }).waitFor()
    await ana.locator('.message.in .reaction', { hasText: '👍' }).click()
    await ana.locator('.message.in .reaction').waitFor({ state: 'detached' })
    await ana.getByRole('group', { name: 'Votre message' }).getByRole('button', { name: 'Note' }).click()
    await composer().fill('Une note à changer')
    await composer().press('Control+Enter')
    await message(ana, 'Une note à changer').waitFor()
    await act('Une note à changer', 'Modifier')
    await ana.locator('.edit-area').fill('Une note changée')
    await ana.locator('.bubble').getByRole('button', { name: 'Enregistrer' }).click()
    await message(ana, 'Une note changée').getByText('modifié').waitFor()
    await act('Une note changée', 'Supprimer')
    await message(ana, 'Message supprimé').waitFor()
    // Mail cannot be changed once it has left: that is said, and nothing changes.
    await act('Je réponds à cela', 'Modifier')
    await ana.locator('.edit-area').fill('Autre chose')
    await ana.locator('.bubble').getByRole('button', { name: 'Enregistrer' }).click()
    await ana.getByText('Ce canal ne le permet pas').waitFor()
    await ana.locator('.bubble').getByRole('button', { name: 'Annuler' }).click()
    await message(ana, 'Je réponds à cela').waitFor()
  })

  it('a message becomes a template, a talk among colleagues, or a conversation of its own', async () => {
    await act('Je réponds à cela', 'Enregistrer comme modèle')
    const saved = ana.getByRole('dialog', { name: 'Enregistrer comme modèle' })
    await saved.getByRole('button', { name: 'Enregistrer' }).click()
    await saved.locator('.field.wrong').getByText('1 to 200 characters').waitFor()
    await saved.getByRole('textbox', { name: 'Titre', exact: true }).fill('Réponse type')
    await saved.getByLabel('Raccourci').fill('type')
    await saved.getByRole('button', { name: 'Enregistrer' }).click()
    await ana.getByText('Modèle enregistré.').waitFor()
    await composer().pressSequentially('/type')
    await ana.getByRole('option', { name: 'Réponse type' }).waitFor()
    await composer().fill('')

    const { id } = await inbox.newest()
    await act('Où est mon colis', 'En parler entre collègues')
    const asked = ana.getByRole('dialog', { name: 'En parler entre collègues' })
    await asked.getByLabel('Ben Carter').check()
    await asked.getByRole('textbox', { name: 'Message', exact: true }).fill('Ben, tu connais ce colis ?')
    await asked.getByRole('button', { name: 'Commencer' }).click()
    await message(ana, 'tu connais ce colis').waitFor()
    await ana.getByRole('button', { name: 'Collègues', exact: true }).waitFor()
    await expect.poll(() => ana.locator('.composer.note').count()).toBe(1)

    await ana.goto(`${inbox.url}/?as=ana&c=${id}`)
    await message(ana, 'il est arrivé').waitFor()
    await act('il est arrivé', 'Nouvelle conversation')
    await ana.getByText('dans une conversation à lui').waitFor()
    await message(ana, 'il est arrivé').waitFor()
    await expect.poll(() => ana.locator('.message').count()).toBe(1)
    await ana.goto(`${inbox.url}/?as=ana&c=${id}`)
    await ana
      .locator('.message', { hasText: 'Déplacé vers' })
      .getByRole('button', { name: 'une autre conversation' })
      .click()
    await message(ana, 'il est arrivé').waitFor()
    await expect.poll(() => ana.locator('.message').count()).toBe(1)
  })

  it('what did not get through says why, and goes again as a new message', async () => {
    await begin('Perdu', 'Écrivez-moi là', 'Personne <nobody@exemple.fr>')
    await answer('Vous êtes là ?')
    const failed = message(ana, 'Vous êtes là ?').first()
    await failed.getByText(/Non distribué : .*No such mailbox/).waitFor()
    await failed.getByRole('button', { name: 'Corriger' }).click()
    await expect.poll(() => composer().inputValue()).toBe('Vous êtes là ?')
    await composer().fill('')
    await failed.getByRole('button', { name: 'Réessayer' }).click()
    await expect.poll(() => message(ana, 'Vous êtes là ?').count()).toBe(2)
  })

  it('German is read in French, turned to the original, and the answer leaves in German', async () => {
    const { id } = await begin('Lieferung', 'Guten Tag. Wo ist mein Paket?', 'Thomas Becker <tom@beispiel.de>')
    await ana.locator('#list').focus()
    await ana.keyboard.press('Control+k')
    await ana.getByRole('dialog').getByRole('combobox').fill('Traduction')
    await ana.getByRole('dialog').getByRole('option', { name: 'Traduction' }).first().click()
    await ana.getByRole('dialog', { name: 'Traduction' }).getByRole('option', { name: 'allemand' }).click()
    await ana.locator('.looking', { hasText: 'Traduction : allemand ↔ français' }).waitFor()
    const said = ana.locator('.message.in')
    await said.getByText('Où est mon colis').waitFor()
    await said.getByRole('button', { name: 'Voir l’original' }).click()
    await said.getByText('Wo ist mein Paket?').waitFor()
    await said.getByRole('button', { name: 'Voir en français' }).click()
    await answer('Bonjour. Votre colis est en route.')
    const sent = message(ana, 'Votre colis est en route')
    await sent.getByRole('button', { name: 'Voir en allemand' }).click()
    await ana.locator('.message.out', { hasText: 'Ihr Paket ist unterwegs' }).waitFor()
    await expect
      .poll(async () => JSON.stringify((await inbox.get('/api/mailbox/mails?box=tom@beispiel.de')).body))
      .toContain('Ihr Paket ist unterwegs')
    await ana.locator('.looking button').click()
    await ana.getByRole('option', { name: 'Ne plus traduire' }).click()
    await ana.locator('.looking').waitFor({ state: 'detached' })
    expect((await inbox.get(`/api/conversations/${id}`)).body.state.translation).toBeNull()
  })

  it('bubbles are wide and dense enough: up to 720 px, and tighter when asked', async () => {
    await begin('Long', 'Un long message')
    await answer(`${'Une longue réponse qui tient sur plusieurs lignes. '.repeat(12)}Fin.`)
    const width = await message(ana, 'Fin.')
      .first()
      .evaluate((element) => element.getBoundingClientRect().width)
    const room = await ana.locator('.thread').evaluate((element) => element.getBoundingClientRect().width)
    expect(width).toBeLessThanOrEqual(720)
    expect(width).toBeGreaterThanOrEqual(Math.min(720, room * 0.7))
    const height = () =>
      message(ana, 'Fin.')
        .first()
        .evaluate((element) => element.getBoundingClientRect().height)
    const before = await height()
    await ana.keyboard.press('Control+k')
    await ana.getByRole('dialog').getByRole('combobox').fill('Affichage compact')
    await ana.keyboard.press('Enter')
    await expect.poll(height).toBeLessThan(before)
    await ana.reload()
    await message(ana, 'Fin.').waitFor()
    await expect.poll(() => height()).toBeLessThan(before)
  })

  it('prints a conversation, with its notes or without, as a PDF that holds every message', async () => {
    await ana.locator('.thread').focus()
    await ana.keyboard.press('n')
    await composer().fill('Une note interne')
    await composer().press('Control+Enter')
    await message(ana, 'Une note interne').waitFor()
    await ana.locator('.thread').focus()
    await ana.keyboard.press('p')
    const asked = ana.getByRole('dialog', { name: 'Imprimer la conversation' })
    const paper = ana.frameLocator('.paper')
    await paper.getByText('Fin.').waitFor()
    await expect.poll(() => paper.getByText('Une note interne').count()).toBe(0)
    await asked.getByLabel('Inclure les notes').check()
    await paper.getByText('Une note interne').waitFor()
    await atRest(ana)
    expect(await axeFindings(ana)).toEqual([])
    const page = await inbox.open(`${await ana.locator('.paper').getAttribute('src')}`)
    expect(await page.getByText('Une note interne').count()).toBe(1)
    // What the page says itself is in the language of the desk.
    expect(await page.locator('html').getAttribute('lang')).toBe('fr')
    expect(await page.locator('dt').allTextContents()).toEqual(['Avec', 'Par', 'Conversation', 'Heures'])
    const pdf = await page.pdf({ format: 'A4' })
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pdf.length).toBeGreaterThan(5000)
    await page.context().close()
    await ana.keyboard.press('Escape')
  })

  it('templates are written, refused at the field that is wrong, and removed with a way back', async () => {
    const chloe = await inbox.open('/?as=chloe&view=templates')
    await chloe.getByRole('heading', { name: 'Modèles', level: 1 }).waitFor()
    await chloe.getByRole('button', { name: 'Nouveau modèle' }).click()
    await chloe.getByRole('textbox', { name: 'Titre', exact: true }).fill('Congés')
    await chloe.locator('input[name=shortcut]').fill('conges')
    await chloe.getByLabel('Pour qui').selectOption('All')
    await chloe.getByRole('textbox', { name: 'Texte' }).fill('Bonjour {{contact.nmae}}, la boutique ferme.')
    await chloe.getByRole('button', { name: 'Enregistrer' }).click()
    await chloe.locator('.field.wrong').getByText('there is no variable contact.nmae').waitFor()
    await chloe.getByRole('textbox', { name: 'Texte' }).fill('Bonjour {{contact.name|à vous}}, la boutique ferme.')
    await chloe.getByRole('button', { name: 'Enregistrer' }).click()
    await chloe.getByRole('button', { name: /Congés/ }).waitFor()
    await atRest(chloe)
    expect(await axeFindings(chloe)).toEqual([])
    await chloe.getByRole('button', { name: 'Supprimer' }).click()
    await chloe.getByRole('button', { name: /Congés/ }).waitFor({ state: 'detached' })
    await chloe.getByRole('button', { name: 'Annuler' }).click()
    await chloe.getByRole('button', { name: /Congés/ }).waitFor()
    await chloe.context().close()
  })

  it('no page threw, and no policy was violated', () => {
    expect(problems).toEqual([])
  })
})
