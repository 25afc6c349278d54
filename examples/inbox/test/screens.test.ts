import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium } from '../../../tooling/chromium.ts'
import { axeFindings, problems } from './browser.ts'
import { type ShownInbox, shownInbox } from './shown-inbox.ts'
import { until } from './until.ts'

const available = await hasChromium()
const phone = { viewport: { width: 320, height: 720 }, hasTouch: true, isMobile: true }
const screens = ['search', 'contacts', 'contact', 'tags', 'blocks', 'reports'] as const

describe.skipIf(!available)('contacts, tags, blocks, reports and search', () => {
  let inbox: ShownInbox
  let chloe: Page
  const ids: string[] = []
  beforeAll(async () => {
    inbox = await shownInbox()
    const write = async (from: string, subject: string, text: string) => {
      const before = (await inbox.newest('chloe'))?.id
      await inbox.mail(from, subject, text)
      const came = async () => (await inbox.newest('chloe'))?.id
      ids.push(await until(async () => ((await came()) === before ? undefined : await came())))
    }
    await write('Léa Petit <lea@exemple.fr>', 'Mèche', 'Ma mèche est trop courte.')
    await write('Oliver Stone <oliver@example.com>', 'Vase', 'Is the large vase back?')
    await write('Léa Petit <lea@exemple.fr>', 'Facture', 'Où est ma facture ?')
    // An hour goes by before the first answer, and another one before it is closed.
    inbox.clock.shift(3_600_000)
    await inbox.post(`/api/conversations/${ids[0]}/messages?as=ana`, { text: 'Nous la remplaçons.' })
    await inbox.post(`/api/conversations/${ids[0]}/tag?as=ana`, { tags: ['retour'] })
    inbox.clock.shift(7_200_000)
    await inbox.post(`/api/conversations/${ids[0]}/close?as=ana`, {})
    chloe = await inbox.open('/?as=chloe')
    await chloe.locator('#list [role=option]').first().waitFor()
  })
  afterAll(() => inbox?.stop())

  const nav = (name: string) => chloe.locator('.nav').getByRole('button', { name, exact: true })
  const toast = (text: string) => chloe.locator('.toast', { hasText: text })
  const hit = (text: string) => chloe.locator('#hits [role=option]', { hasText: text })

  it('search finds messages, contacts and tags by the keyboard, without accents, and marks the words', async () => {
    await chloe.locator('#list').focus()
    await chloe.keyboard.press('/')
    await chloe.getByRole('combobox', { name: 'Rechercher' }).waitFor()
    await chloe.keyboard.type('meche')
    await hit('Ma mèche est trop courte').waitFor()
    await expect.poll(() => hit('Ma mèche').locator('.under-line mark').first().textContent()).toBe('mèche')
    await chloe.keyboard.press('Enter')
    await chloe.locator('.message.in', { hasText: 'Ma mèche est trop courte' }).waitFor()
  })

  it('Enter opens a hit of the words that were typed, also before they were looked for', async () => {
    await chloe.goBack()
    await hit('Ma mèche est trop courte').waitFor()
    await chloe.getByRole('combobox', { name: 'Rechercher' }).fill('vase')
    await chloe.keyboard.press('Enter')
    await chloe.locator('.message.in', { hasText: 'Is the large vase back' }).waitFor()
    await chloe.keyboard.press('/')
    await chloe.getByRole('combobox', { name: 'Rechercher' }).fill('meche')
    await chloe.keyboard.press('Enter')
    await chloe.locator('.message.in', { hasText: 'Ma mèche est trop courte' }).waitFor()
  })

  it('the browser’s back button leads back to what was found, and nothing reloads', async () => {
    await chloe.evaluate(() => Object.assign(globalThis, { stayed: true }))
    await chloe.goBack()
    await hit('Ma mèche est trop courte').waitFor()
    await expect.poll(() => chloe.getByRole('combobox', { name: 'Rechercher' }).inputValue()).toBe('meche')
    await chloe.goForward()
    await chloe.locator('.message.in', { hasText: 'Ma mèche est trop courte' }).waitFor()
    await chloe.goBack()
    expect(await chloe.evaluate(() => (globalThis as unknown as { stayed: boolean }).stayed)).toBe(true)
  })

  it('filters narrow a search, and contacts and tags are found as well', async () => {
    const field = chloe.getByRole('combobox', { name: 'Rechercher' })
    await field.fill('petit')
    await chloe.locator('#hits').getByText('Contacts').waitFor()
    await hit('lea@exemple.fr').waitFor()
    await field.fill('retour')
    await chloe.locator('#hits').getByText('Par étiquette').waitFor()
    await field.fill('vase')
    await hit('large vase').waitFor()
    await chloe.getByLabel('État').selectOption('closed')
    await chloe.getByText('Rien pour « vase ».', { exact: false }).waitFor()
    await chloe.getByLabel('État').selectOption('')
    await hit('large vase').waitFor()
    expect(await axeFindings(chloe)).toEqual([])
  })

  it('contacts are found by words, and one shows its whole history over all channels', async () => {
    await nav('Contacts').click()
    await chloe.getByRole('searchbox').fill('lea')
    await chloe.locator('.contact-row').filter({ hasText: 'Oliver' }).waitFor({ state: 'detached' })
    await chloe.locator('.contact-row', { hasText: 'Léa Petit' }).click()
    await chloe.getByRole('heading', { name: 'Léa Petit' }).waitFor()
    await chloe.locator('.history-row').nth(1).waitFor()
    await expect.poll(() => chloe.locator('.history-row').count()).toBe(2)
    await chloe.getByRole('button', { name: 'Écrire : E-mail' }).click()
    const dialog = chloe.getByRole('dialog', { name: 'Nouvelle conversation' })
    await dialog.getByText('Léa Petit').waitFor()
    await chloe.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await chloe.locator('.history-row', { hasText: 'Facture' }).click()
    await chloe.locator('.message.in', { hasText: 'Où est ma facture' }).waitFor()
    await chloe.goBack()
    await chloe.getByRole('heading', { name: 'Léa Petit' }).waitFor()
    await chloe.goBack()
    await expect.poll(() => chloe.getByRole('searchbox').inputValue()).toBe('lea')
    await chloe.keyboard.press('Escape')
    await chloe.keyboard.press('Escape')
    await chloe.locator('#list').waitFor()
  })

  it('a tag gets a colour and a description, is renamed everywhere, and removed after a question', async () => {
    await nav('Étiquettes').click()
    await chloe.getByRole('button', { name: 'Nouvelle étiquette' }).click()
    await chloe.getByLabel('Nom', { exact: true }).fill('mèche')
    await chloe.getByLabel('Description').fill('Mèches trop courtes')
    await chloe.getByLabel('Teinte 120').check()
    await chloe.getByRole('button', { name: 'Enregistrer' }).click()
    await toast('« mèche » est enregistrée.').waitFor()
    const row = (tag: string) => chloe.locator(`[data-tag="${tag}"]`)
    await expect.poll(() => row('mèche').locator('.tag').getAttribute('data-tinted')).toBe('')
    await row('retour').getByText('1 conversation').waitFor()
    await row('retour').getByRole('button', { name: 'Modifier retour' }).click()
    await chloe.getByLabel('Nouveau nom de retour').fill('mèche')
    await chloe.getByRole('button', { name: 'Enregistrer' }).click()
    await chloe.getByText('Cette étiquette existe déjà.').waitFor()
    await chloe.getByLabel('Nouveau nom de retour').fill('retours')
    await chloe.getByRole('button', { name: 'Enregistrer' }).click()
    await toast('« retour » devient « retours » partout.').waitFor()
    await inbox.engine.settle()
    expect((await inbox.get(`/api/conversations/${ids[0]}?as=chloe`)).body.tags).toEqual(['retours'])
    await row('mèche').getByRole('button', { name: 'Retirer mèche' }).click()
    await chloe.getByRole('group', { name: 'Retirer « mèche » de 0 conversation ?' }).waitFor()
    await chloe.getByRole('button', { name: 'Retirer', exact: true }).click()
    await row('mèche').waitFor({ state: 'detached' })
  })

  it('a report counts what happened, and its file says the same', async () => {
    await nav('Rapports').click()
    const figure = (name: string) => chloe.locator(`[data-figure=${name}] dd`)
    await expect.poll(() => figure('started').textContent()).toBe('3')
    await expect.poll(() => figure('received').textContent()).toBe('3')
    await expect.poll(() => figure('sent').textContent()).toBe('1')
    await expect.poll(() => figure('closed').textContent()).toBe('1')
    const service = chloe.locator('tr[data-key=service]')
    await expect
      .poll(async () => (await service.locator('td').allTextContents()).slice(0, 4))
      .toEqual(['3', '3', '1', '1'])
    const { body } = await inbox.post('/api/call?as=chloe', {
      call: 'report',
      args: [{ from: inbox.clock.now() - 6 * 86_400_000, to: inbox.clock.now() + 86_400_000, by: 'agent' }],
    })
    const ana = body.value.rows.find((one: any) => one.key === 'ana')
    expect(ana).toMatchObject({ sent: 1, closed: 1, firstResponse: { count: 1 }, resolution: { count: 1 } })

    await chloe.getByLabel('Par', { exact: true }).selectOption('agent')
    await chloe.locator('tr[data-key=ana]').waitFor()
    await expect
      .poll(async () => (await chloe.locator('tr[data-key=ana] td').allTextContents()).slice(2, 4))
      .toEqual(['1', '1'])
    const [file] = await Promise.all([
      chloe.waitForEvent('download'),
      chloe.getByRole('button', { name: 'Télécharger (CSV)' }).click(),
    ])
    const lines = readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\r\n')
    expect(lines[0]?.startsWith('agent,started,received,sent,closed')).toBe(true)
    const line = lines.find((one) => one.startsWith('ana,'))?.split(',')
    expect(line?.slice(3, 6)).toEqual(['1', '1', '1'])
    expect(Number(line?.[6])).toBe(Math.round(ana.firstResponse.median / 1000))

    for (const by of ['tag', 'department', 'channel', 'day', 'queue']) {
      await chloe.getByLabel('Par', { exact: true }).selectOption(by)
      await chloe.locator('table tbody tr').first().waitFor()
      await chloe.getByRole('table').getByRole('columnheader').first().waitFor()
    }
    await chloe.getByLabel('Période').selectOption('own')
    await chloe.getByLabel('Du', { exact: true }).fill('2030-01-02')
    await chloe.getByLabel('Au', { exact: true }).fill('2030-01-01')
    await chloe.getByText('La fin de la période doit suivre son début.').waitFor()
    await chloe.getByLabel('Période').selectOption('7')
    await expect.poll(() => figure('started').textContent()).toBe('3')
    await chloe.getByLabel('Étiquette').selectOption('VIP')
    await chloe.getByText('Rien ne s’est passé pendant cette période.').waitFor()
  })

  it('somebody is blocked by hand, and what means nobody or everybody is refused at its field', async () => {
    await nav('Expéditeurs bloqués').click()
    await chloe.getByText('Personne n’est bloqué.').waitFor()
    await chloe.getByRole('button', { name: 'Bloquer quelqu’un' }).click()
    await chloe.getByLabel('Adresse IP ou plage').first().check()
    await chloe.locator('#block-typed').fill('n’importe quoi')
    await chloe.getByLabel('Raison').fill('essai')
    await chloe.getByRole('button', { name: 'Bloquer', exact: true }).click()
    await chloe.getByText('Cela ne désigne personne, ou tout le monde.', { exact: false }).waitFor()
    await chloe.locator('#block-typed').fill('203.0.113.0/24')
    await chloe.getByRole('button', { name: 'Bloquer', exact: true }).click()
    await chloe.getByText('203.0.113.0/24').waitFor()
    await chloe.getByRole('button', { name: 'Débloquer' }).click()
    await chloe.getByText('Personne n’est bloqué.').waitFor()
  })

  it('an agent reads why she sees no report, and why tags are not hers to change', async () => {
    const ana = await inbox.open('/?as=ana&view=reports')
    await ana.getByText('Les rapports sont réservés aux responsables.', { exact: false }).waitFor()
    await ana.locator('.nav').getByRole('button', { name: 'Étiquettes', exact: true }).click()
    await ana.getByText('Seuls les responsables changent les étiquettes.', { exact: false }).waitFor()
    expect(await ana.getByRole('button', { name: 'Nouvelle étiquette' }).count()).toBe(0)
    await ana.goto(`${inbox.url}/?as=ana&view=blocks`)
    await ana.getByText('Vos droits ne le permettent pas.', { exact: false }).waitFor()
    await ana.goto(`${inbox.url}/?as=ana&view=contact&v.who=nobody`)
    await ana.getByText('Ce contact n’est pas visible pour vous.').waitFor()
    await ana.context().close()
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`axe finds nothing on any of the screens, ${colorScheme}, and they fit 320 pixels`, async () => {
      const { body } = await inbox.get(`/api/conversations/${ids[0]}?as=chloe`)
      const query: Readonly<Record<string, string>> = {
        search: '&v.words=vase',
        contact: `&v.who=${body.contact.id}`,
      }
      const ready: Readonly<Record<(typeof screens)[number], string>> = {
        search: '#hits [role=option]',
        contacts: '.contact-row',
        contact: '.history-row',
        tags: '[data-tag]',
        blocks: '.screen.blocks .screen-note',
        reports: '[data-figure]',
      }
      for (const options of [{ colorScheme }, { colorScheme, ...phone }]) {
        const page = await inbox.open('/?as=chloe', options)
        for (const name of screens) {
          await page.goto(`${inbox.url}/?as=chloe&view=${name}${query[name] ?? ''}`)
          await page.locator(ready[name]).first().waitFor()
          expect(await axeFindings(page), name).toEqual([])
          expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(
            page.viewportSize()?.width ?? 0,
          )
        }
        await page.context().close()
      }
    })
  }

  it('no page threw, and no policy was violated', () => {
    expect(problems).toEqual([])
  })
})
