import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium } from '../../../tooling/chromium.ts'
import { axeFindings, problems } from './browser.ts'
import { type ShownInbox, shownInbox } from './shown-inbox.ts'

const available = await hasChromium()
const claire = 'Claire Martin <claire@exemple.fr>'
const emma = 'Emma Wilson <emma@wilson.example>'

describe.skipIf(!available)('the details of a contact', () => {
  let inbox: ShownInbox
  let chloe: Page
  let id: string
  let who: string
  beforeAll(async () => {
    inbox = await shownInbox()
    const { attributes } = inbox.engine.workspace('shop')
    await attributes.put({ id: 'points', name: 'Points', on: 'contact', kind: 'number' })
    await attributes.put({ id: 'formule', name: 'Formule', on: 'contact', kind: 'choice', choices: ['or', 'argent'] })
    await attributes.put({ id: 'pro', name: 'Professionnelle', on: 'contact', kind: 'boolean' })
    await attributes.put({ id: 'relance', name: 'À relancer', on: 'conversation', kind: 'date' })
    await inbox.mail(claire, 'Bougie', 'Ma bougie est cassée.')
    const first = await inbox.newest()
    id = first.id
    who = first['contact'].id
    chloe = await inbox.open(`/?as=chloe&c=${id}`, { permissions: ['clipboard-write'] })
    await part('contact').waitFor()
  })
  afterAll(() => inbox?.stop())

  const part = (name: string) => chloe.locator(`[data-section=${name}]`)
  const contact = async (as = 'chloe') =>
    (await inbox.post(`/api/call?as=${as}`, { call: 'contacts.get', args: [who] })).body.value
  const conversation = async () => (await inbox.get(`/api/conversations/${id}?as=chloe`)).body
  const toast = (text: string) => chloe.locator('.toast', { hasText: text })

  it('an unknown sender is added with what does not fit said at its field, and what was typed is kept', async () => {
    const begun = Date.now()
    const banner = chloe.getByRole('region', { name: 'Expéditeur inconnu' })
    await banner.getByRole('button', { name: 'Ajouter', exact: true }).click()
    await banner.getByLabel('Téléphones').fill('pas un numéro')
    await banner.getByLabel('Fuseau horaire').fill('Mars')
    await banner.getByRole('button', { name: 'Ajouter', exact: true }).click()
    await banner.getByText('Un numéro ne convient pas.', { exact: false }).waitFor()
    await banner.getByText('Ce fuseau n’existe pas.', { exact: false }).waitFor()
    await expect.poll(() => banner.getByLabel('Téléphones').getAttribute('aria-invalid')).toBe('true')
    await expect.poll(() => banner.getByLabel('Téléphones').inputValue()).toBe('pas un numéro')
    expect(await axeFindings(chloe)).toEqual([])
    await banner.getByLabel('Téléphones').fill('+33 6 39 98 12 34, +33 1 23 45 67 89')
    await banner.getByLabel('Fuseau horaire').fill('America/New_York')
    await banner.getByLabel('Pays').fill('FR')
    await banner.getByLabel('Devise').fill('EUR')
    await banner.getByLabel('Langue').fill('fr')
    await banner.getByLabel('Lien vers la fiche').fill('https://maison-lune.example/clients/1042')
    await banner.getByLabel('Type').selectOption('client')
    await banner.getByRole('button', { name: 'Ajouter', exact: true }).click()
    await toast('Ajouté aux contacts.').waitFor()
    await banner.waitFor({ state: 'detached' })
    const facts = part('contact')
    for (const text of [
      'France (FR)',
      'euro (EUR)',
      'français',
      'Client',
      '(America/New_York)',
      '+33639981234',
      id,
      who,
    ]) {
      await facts.getByText(text, { exact: false }).first().waitFor()
    }
    expect(await facts.getByRole('link', { name: 'Ouvrir la fiche' }).getAttribute('href')).toBe(
      'https://maison-lune.example/clients/1042',
    )
    // What nobody knows takes no room.
    await expect.poll(() => facts.getByText('Navigateur').count()).toBe(0)
    // The hour may turn while this runs.
    const local = new Intl.DateTimeFormat('fr', { hour: '2-digit', minute: '2-digit', timeZone: 'America/New_York' })
    const shown = await facts.innerText()
    expect([begun, Date.now()].some((at) => shown.includes(local.format(at).slice(0, 2)))).toBe(true)
  })

  it('an address is copied by a click, and a section that was folded stays folded after a reload', async () => {
    await part('contact').getByRole('button', { name: 'claire@exemple.fr' }).click()
    await toast('Copié.').waitFor()
    const fold = part('contact').getByRole('button', { name: 'Contact', exact: true })
    await fold.click()
    await expect.poll(() => fold.getAttribute('aria-expanded')).toBe('false')
    await part('contact').getByText('France (FR)').waitFor({ state: 'hidden' })
    await chloe.reload()
    await part('contact').waitFor()
    await expect.poll(() => fold.getAttribute('aria-expanded')).toBe('false')
    await fold.click()
    await part('contact').getByText('France (FR)').waitFor()
  })

  it('a contact is edited in place, and Escape leaves everything as it was', async () => {
    await part('contact').getByRole('button', { name: 'Modifier le contact' }).click()
    await part('contact').getByLabel('Prénom').fill('Clara')
    await chloe.keyboard.press('Escape')
    await part('contact').getByRole('button', { name: 'Modifier le contact' }).click()
    await expect.poll(() => part('contact').getByLabel('Prénom').inputValue()).toBe('')
    await part('contact').getByLabel('Prénom').fill('Claire')
    await part('contact').getByLabel('Prénom').press('Enter')
    await toast('Contact enregistré.').waitFor()
    await expect.poll(async () => (await contact()).firstName).toBe('Claire')
  })

  it('custom attributes have the control that fits, for the contact and for the conversation', async () => {
    await part('attributes-contact').getByLabel('Points').fill('120')
    await part('attributes-contact').getByLabel('Points').press('Enter')
    await part('attributes-contact').getByLabel('Formule').selectOption('or')
    await part('attributes-contact').getByLabel('Professionnelle').check()
    await part('attributes-conversation').getByLabel('À relancer').fill('2026-12-24')
    await part('attributes-conversation').getByLabel('À relancer').blur()
    await expect.poll(async () => (await contact()).custom).toEqual({ points: 120, formule: 'or', pro: true })
    await expect.poll(async () => (await conversation()).state.attributes).toMatchObject({ relance: '2026-12-24' })
  })

  it('department, queue and priority are changed from a list, with the load for who supervises', async () => {
    const select = (name: string) => part('conversation').getByLabel(name, { exact: true })
    await expect
      .poll(() => select('File').locator('option').allTextContents())
      .toContainEqual(expect.stringContaining('(1 ouverte)'))
    await select('Priorité').selectOption('high')
    await expect.poll(async () => (await conversation()).priority).toBe('high')
    await select('File').selectOption('livraisons')
    await expect.poll(async () => (await conversation()).queue).toBe('livraisons')
    await chloe.locator('#list [role=option]').first().waitFor()
    await chloe.goto(`${inbox.url}/?as=chloe&c=${id}`)
    const departments = inbox.engine.workspace('shop').departments
    const [other] = (await departments.list()).filter(({ queue }) => queue === 'service')
    await select('Service').selectOption(other?.id ?? '')
    await expect.poll(async () => (await conversation()).queue).toBe('service')
    await chloe.goto(`${inbox.url}/?as=chloe&c=${id}`)
    await part('contact').waitFor()
  })

  it('the whole chip of a tag is its target, and l opens the tags in place', async () => {
    await chloe.locator('#list').focus()
    await chloe.keyboard.press('l')
    const menu = chloe.getByRole('dialog', { name: 'Étiquettes' })
    const field = menu.getByRole('combobox')
    await field.waitFor()
    await field.fill('casse')
    await field.press('Enter')
    const chip = part('tags').getByRole('button', { name: 'Retirer casse' })
    await chip.waitFor()
    const box = await chip.boundingBox()
    expect(box?.height).toBeGreaterThanOrEqual(24)
    // Its very edge does what its cross does.
    await chip.click({ position: { x: 2, y: (box?.height ?? 24) / 2 } })
    await chip.waitFor({ state: 'detached' })
    await expect.poll(async () => (await conversation()).tags).toEqual([])
  })

  it('remarks stay with the contact, notes with the conversation', async () => {
    await part('remarks').getByRole('button', { name: 'Ajouter une remarque' }).click()
    await part('remarks').getByRole('textbox').fill('Préfère le téléphone.')
    await part('remarks').getByRole('button', { name: 'Ajouter', exact: true }).click()
    await part('remarks').getByText('Préfère le téléphone.').waitFor()
    await part('notes').getByRole('button', { name: 'Ajouter une note' }).click()
    await chloe.locator('#composer').fill('Vue en boutique.')
    await chloe.locator('#composer').press('Control+Enter')
    await part('notes').getByText('Vue en boutique.').waitFor()
    await part('remarks').getByRole('button', { name: 'Retirer la remarque' }).click()
    await toast('Remarque retirée.').getByRole('button', { name: 'Annuler' }).click()
    await part('remarks').getByText('Préfère le téléphone.').waitFor()
  })

  it('an address is verified, and a company is made and chosen', async () => {
    await part('identities').getByRole('button', { name: 'Vérifier claire@exemple.fr' }).click()
    await part('identities').getByText('vérifiée', { exact: false }).waitFor()
    await expect.poll(async () => (await contact()).identities[0].verified).toBe(true)
    await part('company').getByRole('button', { name: 'Choisir une entreprise' }).click()
    await part('company').getByRole('combobox').fill('Atelier Martin')
    await part('company').getByRole('option', { name: 'Créer « Atelier Martin »' }).click()
    await expect.poll(async () => (await contact()).companyName).toBe('Atelier Martin')
    await part('company').getByRole('button', { name: 'Détacher de Atelier Martin' }).waitFor()
  })

  it('two contacts are merged after a look at what is gained, and it is undone', async () => {
    await inbox.mail('Claire M. <claire.perso@exemple.fr>', 'Autre adresse', 'C’est encore moi.')
    await part('merges').getByRole('button', { name: 'Fusionner avec un autre contact…' }).click()
    const dialog = chloe.getByRole('dialog')
    await dialog.getByRole('combobox').fill('claire.perso')
    await dialog.getByRole('option', { name: 'Claire M.' }).click()
    await dialog.getByText('1 conversation', { exact: false }).waitFor()
    await dialog.locator('.gains', { hasText: 'claire.perso@exemple.fr' }).waitFor()
    expect(await axeFindings(chloe)).toEqual([])
    await dialog.getByRole('button', { name: 'Fusionner', exact: true }).click()
    await toast('Claire M. est dans ce contact.').waitFor()
    await expect.poll(async () => (await contact()).emails).toContain('claire.perso@exemple.fr')
    await part('others').getByText('Autre adresse', { exact: false }).waitFor()
    await part('merges').getByRole('button', { name: 'Défaire la fusion', exact: false }).click()
    await toast('Fusion défaite.').waitFor()
    await expect.poll(async () => (await contact()).emails).toEqual(['claire@exemple.fr'])
  })

  it('an address that is blocked is not heard any more, until the block is lifted', async () => {
    await inbox.mail('Lotto <win@lotto.example>', 'Gagné', 'Vous avez gagné.')
    const spam = await inbox.newest('chloe')
    await chloe.goto(`${inbox.url}/?as=chloe&c=${spam.id}`)
    await part('blocks').getByRole('button', { name: 'Bloquer…' }).click()
    const dialog = chloe.getByRole('dialog', { name: 'Bloquer quelqu’un' })
    await dialog.getByLabel('L’adresse win@lotto.example').check()
    await dialog.getByRole('button', { name: 'Bloquer', exact: true }).click()
    await dialog.getByText('Donnez une raison', { exact: false }).waitFor()
    expect(await axeFindings(chloe)).toEqual([])
    await dialog.getByLabel('Raison').fill('loterie')
    await dialog.getByLabel('Jusqu’à').selectOption('week')
    await dialog.getByRole('button', { name: 'Bloquer', exact: true }).click()
    await part('blocks').getByText('loterie').waitFor()
    await inbox.mail('Lotto <win@lotto.example>', 'Encore', 'Vous avez encore gagné.')
    await inbox.mail('Nina <nina@example.org>', 'Bonjour', 'Êtes-vous là ?')
    await expect.poll(async () => (await inbox.newest('chloe'))['contact'].name).toBe('Nina')
    const { body } = await inbox.get('/api/conversations?tab=all&as=chloe')
    expect(body.items.filter((one: any) => one.contact.address === 'win@lotto.example')).toHaveLength(1)
    await part('blocks').getByRole('button', { name: 'Débloquer' }).click()
    await toast('Débloqué.').waitFor()
    await inbox.mail('Lotto <win@lotto.example>', 'Toujours', 'Vous avez toujours gagné.')
    await expect.poll(async () => (await inbox.newest('chloe'))['preview']).toContain('toujours gagné')
  })

  it('all there is about a contact is downloaded, and erased once its name has been typed', async () => {
    await chloe.goto(`${inbox.url}/?as=chloe&c=${id}`)
    const [file] = await Promise.all([
      chloe.waitForEvent('download'),
      part('privacy').getByRole('button', { name: 'Exporter (JSON)' }).click(),
    ])
    const exported = JSON.parse(readFileSync(await file.path(), 'utf8'))
    expect(exported.contact.emails).toEqual(['claire@exemple.fr'])
    expect(JSON.stringify(exported.conversations)).toContain('Ma bougie est cassée.')
    await part('privacy').getByRole('button', { name: 'Effacer…' }).click()
    const dialog = chloe.getByRole('dialog')
    const erase = dialog.getByRole('button', { name: 'Effacer pour de bon' })
    await expect.poll(() => erase.isDisabled()).toBe(true)
    await dialog.getByLabel('Pour confirmer, tapez : Claire Martin').fill('Claire')
    await expect.poll(() => erase.isDisabled()).toBe(true)
    await dialog.getByLabel('Pour confirmer, tapez : Claire Martin').fill('Claire Martin')
    expect(await axeFindings(chloe)).toEqual([])
    await erase.click()
    await toast('Contact effacé.').waitFor()
    await expect.poll(async () => (await inbox.get(`/api/conversations/${id}?as=chloe`)).status).toBe(404)
    await chloe.locator('#list [role=option]', { hasText: 'Ma bougie' }).waitFor({ state: 'detached' })
  })

  it('who may not add a contact reads why, and may still ignore the sender', async () => {
    await inbox.mail(emma, 'Prices', 'Do you have a price list?')
    const { id: wholesale } = await inbox.newest()
    const ana = await inbox.open(`/?as=ana&c=${wholesale}`)
    const banner = ana.getByRole('region', { name: 'Expéditeur inconnu' })
    await banner.getByRole('button', { name: 'Ajouter', exact: true }).click()
    await ana.getByText('Vos droits ne le permettent pas. Un responsable peut le faire.').waitFor()
    expect(await ana.locator('[data-section=privacy], [data-section=merges]').count()).toBe(0)
    expect(await ana.locator('[data-section=conversation] option', { hasText: 'ouverte' }).count()).toBe(0)
    await banner.getByRole('button', { name: 'Ignorer' }).click()
    await banner.waitFor({ state: 'detached' })
    await ana.getByText('Il ne vous sera plus demandé.').waitFor()
    await ana.context().close()
  })

  it('two conversations of a contact become one, and the id of the first leads there', async () => {
    await inbox.mail(emma, 'Second mail', 'I forgot to ask for samples.')
    const { id: second } = await inbox.newest('chloe')
    await chloe.goto(`${inbox.url}/?as=chloe&c=${second}`)
    await chloe.locator('.message.in', { hasText: 'samples' }).waitFor()
    await chloe.locator('#list').focus()
    await chloe.keyboard.press('Control+k')
    await chloe.getByRole('dialog').getByRole('combobox').fill('Fusionner avec une autre')
    await chloe.keyboard.press('Enter')
    const dialog = chloe.getByRole('dialog', { name: 'Fusionner cette conversation dans une autre' })
    await dialog.getByRole('option', { name: 'Prices' }).click()
    await toast('Conversations fusionnées.').waitFor()
    await chloe.locator('.message.in', { hasText: 'samples' }).waitFor()
    await chloe.locator('.message.in', { hasText: 'price list' }).waitFor()
    expect((await inbox.get(`/api/conversations/${second}?as=chloe`)).body.subject).toBe('Prices')
  })

  it('no page threw, and no policy was violated', () => {
    expect(problems).toEqual([])
  })
})
