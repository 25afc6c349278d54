import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium } from '../../../tooling/chromium.ts'
import { problems } from './browser.ts'
import { type ShownInbox, shownInbox } from './shown-inbox.ts'

const available = await hasChromium()
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

describe.skipIf(!available)('a form in the chat, and who answers it', () => {
  let inbox: ShownInbox
  let ana: Page
  let visitor: Page
  let id: string
  beforeAll(async () => {
    inbox = await shownInbox()
    visitor = await inbox.open('/site', { userAgent: firefox })
    await visitor.locator('guichet-chat [part=launcher]').click()
    await visitor.locator('guichet-chat textarea').fill('Bonjour, je voudrais un devis.')
    await visitor.locator('guichet-chat textarea').press('Enter')
    ana = await inbox.open('/?as=ana')
    await row('je voudrais un devis').click()
    await ana.locator('.message.in', { hasText: 'un devis' }).waitFor()
    id = new URL(ana.url()).searchParams.get('c') ?? ''
  })
  afterAll(() => inbox?.stop())

  const row = (text: string) => ana.locator('#list [role=option]', { hasText: text })
  const facts = () => ana.locator('[data-section=contact]')
  const form = (name: string) => visitor.locator('guichet-chat').getByRole('form', { name })
  const problemOf = (name: string, field: string) =>
    form(name)
      .getByLabel(field)
      .evaluate((element) => {
        const described = element.getAttribute('aria-describedby') ?? ''
        return (element.getRootNode() as ShadowRoot).getElementById(described)?.textContent
      })
  const answers = () => ana.locator('.message.in .answers')
  /** The answer as the desk reads it: what was asked, and what was said. */
  const read = async () => {
    const [terms, values] = await Promise.all(
      ['dt', 'dd'].map((tag) => answers().last().locator(tag).allTextContents()),
    )
    return Object.fromEntries((terms ?? []).map((term, at) => [term, values?.[at]]))
  }
  const insert = async () => {
    await ana.locator('[data-menu=insert]').click()
    await ana.getByRole('dialog', { name: 'Insérer' }).getByRole('option', { name: 'Formulaire' }).click()
    return ana.getByRole('dialog', { name: 'Formulaire' })
  }
  const transfer = async (place: string) => {
    await ana.locator('#list').focus()
    await ana.keyboard.press('Shift+T')
    await ana.getByRole('dialog', { name: 'Transférer à…' }).getByRole('combobox').fill(place)
    await ana.getByRole('option', { name: place }).click()
  }

  it('a visitor without an address cannot be answered by mail, and the desk says what lacks', async () => {
    await transfer('E-mail')
    await ana.getByText('Ce contact n’a pas d’adresse sur ce canal. Ajoutez-la à sa fiche.').waitFor()
  })

  it('is made of the shop’s questions, and what does not fit is said under its field', async () => {
    await (await insert()).getByRole('button', { name: 'Vos coordonnées' }).click()
    await ana.locator('#composer').fill('À qui l’envoyer ?')
    await ana.locator('#composer').press('Control+Enter')
    const details = form('Vos coordonnées')
    await details.getByLabel('E-mail').fill('camille')
    await details.getByRole('button', { name: 'Envoyer' }).click()
    expect(await problemOf('Vos coordonnées', 'Nom')).toBe('Réponse nécessaire.')
    expect(await problemOf('Vos coordonnées', 'E-mail')).toBe('Une adresse comme lea@exemple.fr.')
    await details.getByLabel('Nom').fill('Camille Roux')
    await details.getByLabel('E-mail').fill('camille@exemple.fr')
    // No browser knows what a telephone number is: the engine refuses it, and what was typed stays.
    await details.getByLabel('Téléphone').fill('bientôt')
    await details.getByRole('button', { name: 'Envoyer' }).click()
    await expect.poll(() => problemOf('Vos coordonnées', 'Téléphone')).toBe('Un numéro comme +33 6 12 34 56 78.')
    expect(await details.getByLabel('Nom').inputValue()).toBe('Camille Roux')
    expect(await answers().count()).toBe(0)
    await details.getByLabel('Téléphone').fill('+33 6 12 34 56 78')
    await details.getByRole('button', { name: 'Envoyer' }).click()
    await details.getByText('Envoyé, merci.').waitFor()
  })

  it('its answers are on the contact, and stand in the desk under what was asked', async () => {
    await answers().waitFor()
    expect(await read()).toEqual({
      Nom: 'Camille Roux',
      'E-mail': 'camille@exemple.fr',
      Téléphone: '+33 6 12 34 56 78',
    })
    await ana.locator('.message.out', { hasText: 'Vos coordonnées' }).getByText('Le client a répondu.').waitFor()
    await row('Camille Roux').waitFor()
    await facts().getByText('camille@exemple.fr').waitFor()
    await facts().getByText('+33612345678').waitFor()
  })

  it('an own form with a number and a choice is answered, and the row and the paper say what was asked', async () => {
    const builder = await insert()
    await builder.getByLabel('Titre du formulaire').fill('Votre projet')
    const question = (n: number) => builder.getByRole('group', { name: `Question ${n}` })
    await question(1).getByLabel('Titre').fill('Combien de bougies ?')
    await question(1).getByLabel('Type').selectOption('number')
    await builder.getByRole('button', { name: 'Ajouter une question' }).click()
    await question(2).getByLabel('Titre').fill('Quel parfum ?')
    await question(2).getByLabel('Type').selectOption('choice')
    await question(2).getByRole('textbox').last().fill('Figuier\nLin')
    await builder.getByRole('button', { name: 'Insérer' }).click()
    await ana.locator('#composer').fill('Encore deux questions.')
    await ana.locator('#composer').press('Control+Enter')
    const project = form('Votre projet')
    await project.getByLabel('Combien de bougies').pressSequentially('e')
    await project.getByLabel('Quel parfum').selectOption('Lin')
    await project.getByRole('button', { name: 'Envoyer' }).click()
    expect(await problemOf('Votre projet', 'Combien de bougies')).toBe('Un nombre.')
    await project.getByLabel('Combien de bougies').fill('40')
    await project.getByRole('button', { name: 'Envoyer' }).click()
    await expect.poll(() => answers().count()).toBe(2)
    expect(await read()).toEqual({ 'Combien de bougies ?': '40', 'Quel parfum ?': 'Lin' })
    await row('Combien de bougies').waitFor()
    const page = await inbox.open(`/api/print/${id}?as=ana&lang=fr`)
    await page.getByText('Quel parfum ?: Lin').waitFor()
    await page.context().close()
  })

  it('a visitor’s page, browser and address are among the details', async () => {
    const fact = (name: string, value: string) =>
      facts()
        .locator('dl > *', { has: ana.locator('dt', { hasText: new RegExp(`^${name}$`) }) })
        .filter({ hasText: value })
    await fact('Navigateur', 'Firefox 140').waitFor()
    await fact('Système', 'Linux').waitFor()
    await fact('Adresse IP', '127.0.0.1').waitFor()
    await fact('Page en cours', 'Maison Lune').waitFor()
  })

  it('each sees the other write', async () => {
    await ana.locator('#composer').fill('Je prépare le devis')
    await visitor.locator('guichet-chat').getByText('Ana Dubois écrit').first().waitFor()
    await visitor.locator('guichet-chat textarea').pressSequentially('Merci')
    await ana.locator('.typing', { hasText: 'Camille écrit' }).waitFor()
    await ana.locator('#composer').fill('')
  })

  it('now the mail account can take the conversation, and what is answered leaves as a mail', async () => {
    await transfer('E-mail')
    await ana.getByText('Transférée à', { exact: false }).waitFor()
    await ana.locator('.system-line', { hasText: 'Ana a transféré' }).waitFor()
    await row('Camille Roux').click()
    await ana.locator('.message.in').first().waitFor()
    await ana.locator('#composer').fill('Voici votre devis.')
    await ana.locator('#composer').press('Control+Enter')
    await ana.locator('.message.out', { hasText: 'Voici votre devis' }).and(ana.locator('.out:not(.pending)')).waitFor()
    const box = async () => JSON.stringify((await inbox.get('/api/mailbox/mails?box=camille@exemple.fr')).body)
    await expect.poll(box, { timeout: 10_000 }).toContain('Voici votre devis.')
    expect((await inbox.get(`/api/conversations/${id}`)).body.channel).toBe('email')
  })

  it('no page threw, and no policy was violated', () => {
    expect(problems).toEqual([])
  })
})
