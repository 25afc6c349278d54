import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium } from '../../../tooling/chromium.ts'
import { axeFindings, problems } from './browser.ts'
import { type ShownInbox, shownInbox } from './shown-inbox.ts'
import { until } from './until.ts'

const available = await hasChromium()
const hour = 3_600_000

describe.skipIf(!available)('the list and the navigation', () => {
  let inbox: ShownInbox
  let ana: Page
  beforeAll(async () => {
    inbox = await shownInbox()
    ana = await inbox.open('/?as=ana')
    await ana.locator('[data-presence=online]').waitFor()
  })
  afterAll(() => inbox?.stop())

  const row = (name: string, page = ana) => page.locator('#list [role=option]', { hasText: name })
  const rows = () => ana.locator('#list [role=option]')
  const call = async (as: string, name: string, ...args: ReadonlyArray<unknown>) => {
    const { status, body } = await inbox.post(`/api/call?as=${as}`, { call: name, args })
    if (status !== 200) throw new Error(`${name}: ${JSON.stringify(body)}`)
    return body.value
  }
  const state = async (id: string) => (await inbox.get(`/api/conversations/${id}?as=chloe`)).body
  const figure = (name: string) => ana.locator(`.nav [data-count="${name}"]`)
  const write = async (name: string, subject = `De ${name}`): Promise<string> => {
    await inbox.mail(`${name} <${name.toLowerCase()}@exemple.fr>`, subject, `Bonjour, ici ${name}.`)
    return until(async () => {
      const { body } = await inbox.get('/api/conversations?tab=all&as=chloe')
      return body.items.find((one: any) => one.subject === subject)?.id
    })
  }
  const ids: Record<string, string> = {}

  it('one command on many: what is refused is named with its reason, the rest is done, and z takes it back', async () => {
    for (const name of ['Agnès', 'Bruno', 'Cora']) ids[name] = await write(name)
    await call('ben', 'conversations.claim', ids['Bruno'])
    await row('Bruno').filter({ hasText: 'Ben' }).waitFor()
    await row('Cora').click()
    await ana.locator('.message.in', { hasText: 'ici Cora' }).waitFor()
    await ana.locator('#list').focus()
    await ana.keyboard.press('x')
    await ana.getByRole('toolbar').getByText('1 choisie').waitFor()
    await ana.keyboard.press('j')
    await ana.keyboard.press('j')
    await ana.locator('.message.in', { hasText: 'ici Agnès' }).waitFor()
    await ana.keyboard.press('Shift+X')
    await ana.getByRole('toolbar').getByText('3 choisies').waitFor()
    await expect.poll(() => row('Bruno').getAttribute('aria-checked')).toBe('true')
    expect(await axeFindings(ana)).toEqual([])
    await ana.locator('[data-bulk=close]').click()
    await ana.locator('.toast', { hasText: '2 conversations fermées' }).waitFor()
    const refused = ana.getByRole('alert')
    await refused.getByText('1 conversation n’a pas pu l’être').waitFor()
    await refused.locator('li', { hasText: 'Bruno' }).getByText('Ben s’en occupe').waitFor()
    expect(await axeFindings(ana)).toEqual([])
    await row('Cora').waitFor({ state: 'detached' })
    await row('Bruno').waitFor()
    await expect.poll(async () => (await state(ids['Agnès'] ?? '')).status).toBe('closed')
    await ana.locator('#list').focus()
    await ana.keyboard.press('z')
    await row('Cora').waitFor()
    await expect.poll(async () => (await state(ids['Agnès'] ?? '')).status).toBe('open')
    expect((await state(ids['Bruno'] ?? '')).owner).toBe('ben')
  })

  it('many are tagged and given to a colleague at once, and Escape lets go of them', async () => {
    for (const name of ['Agnès', 'Cora']) await row(name).locator('.row-avatar').click()
    await ana.getByRole('toolbar').getByText('2 choisies').waitFor()
    await ana.locator('[data-bulk=tag]').click()
    await ana.getByRole('dialog').getByRole('combobox').fill('cadeau')
    await ana.keyboard.press('Enter')
    await row('Agnès').locator('.tag', { hasText: 'cadeau' }).waitFor()
    await row('Cora').locator('.tag', { hasText: 'cadeau' }).waitFor()
    await row('Cora').locator('.row-avatar').click()
    await ana.locator('[data-bulk=assign]').click()
    await ana.getByRole('dialog').getByRole('combobox').fill('201')
    await ana.getByRole('option', { name: 'Ana Dubois' }).waitFor()
    await ana.keyboard.press('Enter')
    await expect.poll(async () => (await state(ids['Cora'] ?? '')).owner).toBe('ana')
    await row('Agnès').locator('.row-avatar').click()
    await ana.keyboard.press('Escape')
    await ana.getByRole('toolbar').waitFor({ state: 'detached' })
  })

  it('filters are chosen in one place, stand as chips, and are kept as a view with its count', async () => {
    await ana.locator('#list').focus()
    await ana.keyboard.press('f')
    const form = ana.getByRole('dialog', { name: 'Filtrer' })
    await form.locator('[name=tag]').selectOption('cadeau')
    await form.locator('[name=channel]').selectOption('email')
    expect(await axeFindings(ana)).toEqual([])
    await ana.keyboard.press('Escape')
    await ana.locator('[data-filter=tag]', { hasText: 'Étiquette : cadeau' }).waitFor()
    await expect.poll(() => rows().count()).toBe(2)
    await ana.getByRole('button', { name: 'Enregistrer la vue' }).click()
    await ana.locator('[name=view-name]').fill('Cadeaux')
    await ana.keyboard.press('Enter')
    await ana.getByRole('heading', { name: 'Cadeaux' }).waitFor()
    await expect.poll(() => figure('view-Cadeaux').textContent()).toBe('2')
    await ana.locator('[data-filter=channel]').click()
    await ana.getByRole('heading', { name: 'Ouvertes' }).waitFor()
    await call('ben', 'conversations.tag', ids['Bruno'], { tags: ['cadeau'] })
    await expect.poll(() => figure('view-Cadeaux').textContent()).toBe('3')
    await ana.locator('.nav').getByRole('button', { name: 'Cadeaux 3' }).click()
    await expect.poll(() => rows().count()).toBe(3)
    await ana.reload()
    await ana.getByRole('heading', { name: 'Cadeaux' }).waitFor()
    await expect.poll(() => rows().count()).toBe(3)
  })

  it('a view is renamed, removed, and comes back with undo', async () => {
    await ana.getByRole('button', { name: 'Options de la vue Cadeaux' }).click()
    await ana.locator('[name=view-name]').fill('Noël')
    await ana.getByRole('button', { name: 'Renommer' }).click()
    await ana.getByRole('heading', { name: 'Noël' }).waitFor()
    await ana.getByRole('button', { name: 'Options de la vue Noël' }).click()
    await ana.getByRole('button', { name: 'Supprimer la vue' }).click()
    await figure('view-Noël').waitFor({ state: 'detached' })
    await ana.locator('.toast', { hasText: 'supprimée' }).getByRole('button', { name: 'Annuler' }).click()
    await figure('view-Noël').waitFor()
  })

  it('unread is one pill away, and every tab, queue, department and view has its count', async () => {
    await ana.goto(`${inbox.url}/?as=ana`)
    await row('Cora').waitFor()
    await call('ana', 'conversations.markAllRead')
    ids['Denis'] = await write('Denis')
    await row('Denis').waitFor()
    await ana.getByRole('button', { name: 'Non lues', exact: true }).click()
    await expect.poll(() => rows().count()).toBe(1)
    await ana.getByRole('button', { name: 'Non lues', exact: true }).click()
    await inbox.post(`/api/conversations/${ids['Cora']}/messages?as=ben`, {
      text: '@Ana tu regardes ?',
      note: true,
      mentions: ['ana'],
    })
    await expect.poll(() => figure('mentions').textContent()).toBe('1')
    await call('ben', 'conversations.discuss', { title: 'Pause café', participants: ['ana'], text: 'On y va ?' })
    await expect.poll(() => figure('internal').textContent()).toBe('1')
    await expect.poll(() => figure('open').textContent()).toBe('4')
    await expect.poll(() => figure('mine').textContent()).toBe('1')
    await expect.poll(() => figure('queue-service').textContent()).toBe('4')
    await expect.poll(() => figure('department-clientele').textContent()).toBe('4')
    await ana.locator('.nav').getByRole('button', { name: 'Mentions' }).click()
    await row('Cora').waitFor()
    await ana.locator('.nav').getByRole('button', { name: 'Entre collègues' }).click()
    await row('Pause café').waitFor()
    await ana.locator('.nav').getByRole('button', { name: 'Clientèle' }).click()
    await ana.getByRole('heading', { name: 'Clientèle' }).waitFor()
    await row('Denis').waitFor()
  })

  it('rows keep their places under the pointer, and a click opens the row that it is on', async () => {
    await ana.goto(`${inbox.url}/?as=ana`)
    await row('Agnès').waitFor()
    await ana.mouse.move(700, 500)
    const box = await row('Agnès').boundingBox()
    if (box === null) throw new Error('no row')
    await ana.mouse.move(box.x + 120, box.y + 20)
    await ana.mouse.move(box.x + 121, box.y + 21)
    await write('Elsa')
    await ana.getByRole('button', { name: '1 nouvelle' }).waitFor()
    expect(await row('Agnès').boundingBox()).toEqual(box)
    await ana.mouse.click(box.x + 121, box.y + 21)
    await ana.locator('.message.in', { hasText: 'ici Agnès' }).waitFor()
    await ana.mouse.move(800, 500)
    await row('Elsa').waitFor()
  })

  it('a transfer finds a colleague by extension and a department by name, and says what will be out of sight', async () => {
    await row('Denis').click()
    await ana.locator('.message.in', { hasText: 'ici Denis' }).waitFor()
    await ana.locator('#list').focus()
    await ana.keyboard.press('Shift+T')
    const field = ana.getByRole('dialog').getByRole('combobox')
    await field.fill('202')
    await ana.getByRole('option', { name: 'Ben Carter' }).getByText('poste 202').waitFor()
    await expect.poll(() => ana.getByRole('dialog').getByRole('option').count()).toBe(1)
    await field.press('Enter')
    await ana.getByText('Transférée à Ben.').waitFor()
    await expect.poll(async () => (await state(ids['Denis'] ?? '')).owner).toBe('ben')
    await row('Elsa').click()
    await ana.locator('.message.in', { hasText: 'ici Elsa' }).waitFor()
    await ana.locator('#list').focus()
    await ana.keyboard.press('Shift+T')
    await field.fill('logi')
    await ana.getByRole('option', { name: 'Logistique' }).getByText('dès que quelqu’un la prend').waitFor()
    expect(await axeFindings(ana)).toEqual([])
    await field.press('Enter')
    await ana.getByText('Transférée à Logistique.').waitFor()
    // It is offered to her at once, as the only one who is there; a manager takes it, and it is out of her sight.
    await ana.locator('.offer').waitFor()
    const elsa = (await inbox.get('/api/conversations?tab=all&queue=livraisons&as=chloe')).body.items[0].id
    await call('chloe', 'conversations.claim', elsa)
    await row('Elsa').waitFor({ state: 'detached' })
    await ana.locator('.offer:not(.over)').waitFor({ state: 'detached' })
  })

  it('late, urgent and kept stand on the row', async () => {
    await call('ana', 'conversations.setPriority', ids['Cora'], { priority: 'urgent' })
    await call('ana', 'conversations.lock', ids['Cora'])
    await row('Cora').getByText('Priorité urgente').waitFor({ state: 'attached' })
    await row('Cora').getByText('Gardée par Ana').waitFor({ state: 'attached' })
    await write('Gaston')
    await row('Gaston').waitFor()
    expect(await row('Gaston').locator('.late').count()).toBe(0)
    inbox.clock.shift(26 * hour)
    await inbox.engine.settle()
    await row('Gaston').locator('.late', { hasText: '26 h' }).waitFor()
    inbox.clock.shift(0)
    await call('ana', 'conversations.unlock', ids['Cora'])
    await row('Cora').getByText('Gardée par Ana').waitFor({ state: 'detached' })
  })

  it('the navigation is a rail of 56 pixels when it is not pinned, also after a reload', async () => {
    const width = async () => (await ana.locator('.nav').boundingBox())?.width
    await ana.locator('#list').focus()
    await ana.mouse.move(800, 500)
    await ana.keyboard.press('[')
    await expect.poll(width).toBe(56)
    const list = async () => (await ana.locator('section.list').boundingBox())?.x
    await expect.poll(() => list()).toBe(56)
    await ana.reload()
    await ana.locator('#list').waitFor()
    await expect.poll(() => width()).toBe(56)
    expect(await axeFindings(ana)).toEqual([])
    await ana.locator('.nav').hover()
    await expect.poll(width).toBe(208)
    await expect.poll(() => list()).toBe(56)
    await ana.mouse.move(800, 500)
    await ana.locator('#list').focus()
    await ana.keyboard.press('[')
    await expect.poll(list).toBe(208)
  })

  it('queues and offers show who waits, who is there, and an offer as it runs', async () => {
    const chloe = await inbox.open('/?as=chloe')
    await chloe.locator('[data-presence=online]').first().waitFor()
    await call('chloe', 'presence.set', 'away')
    await inbox.mail('Flora <flora@exemple.fr>', 'Où est-il ?', 'Pas de numéro de suivi.')
    await chloe.locator('#list').waitFor()
    await chloe.keyboard.press('g')
    await chloe.keyboard.press('q')
    const deliveries = chloe.locator('[data-queue=livraisons]')
    const flora = deliveries.locator('.waiting-row', { hasText: 'Flora' })
    await flora
      .locator('.running', { hasText: 'Ana' })
      .getByText(/^0:[0-3]\d$/)
      .waitFor()
    await deliveries.getByText('Ana', { exact: false }).first().waitFor()
    await chloe.locator('[data-seat=chloe][data-presence=away]').waitFor()
    expect(await axeFindings(chloe)).toEqual([])
    const service = chloe.locator('[data-queue=service]')
    await service.locator('.waiting-row', { hasText: 'Agnès' }).getByRole('button', { name: 'Attribuer' }).click()
    await chloe.getByRole('dialog').getByRole('combobox').fill('ana')
    await chloe.getByRole('option', { name: 'Ana Dubois' }).waitFor()
    await chloe.keyboard.press('Enter')
    await expect.poll(async () => (await state(ids['Agnès'] ?? '')).owner).toBe('ana')
    await service.locator('.waiting-row', { hasText: 'Agnès' }).waitFor({ state: 'detached' })
    await flora.getByRole('button', { name: 'Flora' }).click()
    await chloe.locator('.message.in', { hasText: 'numéro de suivi' }).waitFor()
    await chloe.context().close()
  })

  it('a list that could not be read is read again by itself', async () => {
    const list = '**/api/conversations?**'
    await ana.route(list, (route) => route.abort())
    const failed = ana.waitForEvent('requestfailed', (request) => request.url().includes('/api/conversations?'))
    await write('Odile')
    await failed
    await ana.unroute(list)
    await row('Odile').waitFor()
  })

  it('no page threw, and no policy was violated', () => {
    expect(problems).toEqual([])
  })
})
