import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium } from '../../../tooling/chromium.ts'
import { problems } from './browser.ts'
import { type ShownInbox, shownInbox } from './shown-inbox.ts'
import { until } from './until.ts'

const available = await hasChromium()
const second = 1_000

describe.skipIf(!available)('offers and presence, two agents side by side', () => {
  let inbox: ShownInbox
  let ana: Page
  let ben: Page
  beforeAll(async () => {
    inbox = await shownInbox()
    ;[ana, ben] = await Promise.all([inbox.open('/?as=ana'), inbox.open('/?as=ben')])
    for (const page of [ana, ben]) await page.locator('[data-presence=online]').waitFor()
  })
  afterAll(() => inbox?.stop())

  const row = (page: Page, text: string) => page.locator('#list [role=option]', { hasText: text })
  const card = (page: Page) => page.locator('.offer:not(.over)')
  const call = async (as: string, name: string, ...args: ReadonlyArray<unknown>) =>
    (await inbox.post(`/api/call?as=${as}`, { call: name, args })).body.value
  const state = async (id: string) => (await inbox.get(`/api/conversations/${id}?as=chloe`)).body
  /** A customer who asks for a parcel; routing sends her to the deliveries. */
  const parcel = async (name: string, subject: string): Promise<string> => {
    await inbox.mail(`${name} <${name.toLowerCase()}@exemple.fr>`, subject, `${subject} : pas de numéro de suivi.`)
    return until(async () => {
      const { body } = await inbox.get('/api/conversations?tab=all&queue=livraisons&as=chloe')
      return body.items.find((one: any) => one.subject === subject)?.id
    })
  }
  /** Whose window has the offer, and whose has not. */
  const offeredTo = async (id: string): Promise<readonly [Page, Page, string]> => {
    const agent = await until(async () => (await state(id)).offer?.agents[0])
    return agent === 'ana' ? [ana, ben, agent] : [ben, ana, agent]
  }

  it('an offer says who waits, `y` takes it and opens it, and the exclusive queue hides it from the other', async () => {
    const id = await parcel('Nina', 'Colis 1')
    const [hers, other, agent] = await offeredTo(id)
    await card(hers).getByText('Livraisons vous propose une conversation').waitFor()
    await card(hers).getByText('Nina attend depuis').waitFor()
    await row(other, 'Colis 1').waitFor()
    expect(await card(other).count()).toBe(0)
    await row(other, agent === 'ana' ? 'proposée à Ana' : 'proposée à Ben').waitFor()
    await hers.keyboard.press('y')
    await hers.locator('.message.in', { hasText: 'Colis 1' }).waitFor()
    await card(hers).waitFor({ state: 'detached' })
    await expect.poll(async () => (await state(id)).owner).toBe(agent)
    await row(other, 'Colis 1').waitFor({ state: 'detached' })
    await row(hers, 'Colis 1').waitFor()
  })

  it('an offer that nobody answers runs out and goes to the next agent', async () => {
    const id = await parcel('Paul', 'Colis 2')
    const [hers, other, agent] = await offeredTo(id)
    await card(hers).waitFor()
    inbox.clock.shift(31 * second)
    await inbox.engine.settle()
    await card(other).getByText('Paul attend depuis').waitFor()
    await card(hers).waitFor({ state: 'detached' })
    expect((await state(id)).offer.agents).not.toContain(agent)
    await other.locator('[data-act=acceptOffer]').click()
    await other.locator('.message.in', { hasText: 'Colis 2' }).waitFor()
    await expect.poll(async () => (await state(id)).owner).toBe(agent === 'ana' ? 'ben' : 'ana')
  })

  it('what is passed is offered to the next one at once', async () => {
    const id = await parcel('Emma', 'Colis 3')
    const [hers, other] = await offeredTo(id)
    await hers.locator('[data-act=declineOffer]').click()
    await hers.getByText('Proposée à quelqu’un d’autre.').waitFor()
    await card(other).getByText('Emma attend depuis').waitFor()
    await other.keyboard.press('y')
    await expect.poll(async () => (await state(id)).owner).not.toBeNull()
  })

  it('an offer that is answered too late says so, and what became of it', async () => {
    const id = await parcel('Hugo', 'Colis 4')
    const [hers, , agent] = await offeredTo(id)
    await card(hers).waitFor()
    // Her window hears nothing of a colleague who was faster.
    await hers.route('**/api/{feed,setup,conversations}**', (route) => route.abort())
    await call('chloe', 'conversations.claim', id)
    await hers.keyboard.press('y')
    await hers.locator('.toast.refused', { hasText: 'Chloé s’en occupe' }).waitFor()
    await hers.unroute('**/api/{feed,setup,conversations}**')
    await card(hers).waitFor({ state: 'detached' })
    expect((await state(id)).owner).not.toBe(agent)
  })

  it('nothing comes or goes above the rows while the pointer is on them; a pill tells of it', async () => {
    await inbox.mail('Léa <lea@exemple.fr>', 'Mèche', 'Ma mèche est courte.')
    await row(ana, 'Ma mèche').waitFor()
    await call('ben', 'presence.set', 'offline')
    await row(ana, 'Ma mèche').hover()
    const at = async () => (await row(ana, 'Ma mèche').boundingBox())?.y
    const before = await at()
    await ana.mouse.move(300, 700)
    await row(ana, 'Ma mèche').hover()
    const id = await parcel('Sofia', 'Colis 5')
    await until(async () => (await state(id)).offer?.agents[0])
    await ana.locator('.offer-pill').waitFor()
    expect(await at()).toBe(before)
    await ana.mouse.move(700, 400)
    await card(ana).waitFor()
    await ana.keyboard.press('y')
    await expect.poll(async () => (await state(id)).owner).toBe('ana')
    await call('ben', 'presence.set', null)
  })

  it('presence is set at the foot of the navigation, with the load beside it, and who is away is offered nothing', async () => {
    await ben.locator('[data-menu=account]').click()
    await ben.getByRole('option', { name: 'En pause' }).click()
    await ben.locator('.account[data-presence=away]').waitFor()
    await ana.locator('.account', { hasText: '/5' }).waitFor()
    const id = await parcel('Camille', 'Colis 6')
    expect((await offeredTo(id))[2]).toBe('ana')
    await card(ana).getByText('Camille').waitFor()
    await ana.keyboard.press('y')
    await expect.poll(async () => (await state(id)).owner).toBe('ana')
    await ben.locator('[data-menu=account]').click()
    await ben.getByRole('option', { name: 'Selon ce poste' }).click()
    await ben.locator('.account[data-presence=online]').waitFor()
  })

  it('who looks and who writes stands on the row, also for a window that opens later', async () => {
    await inbox.mail('Milo <milo@exemple.fr>', 'Horaires', 'Êtes-vous ouverts ?')
    await row(ben, 'Milo').waitFor()
    await row(ben, 'Léa').click()
    await ben.locator('.message.in', { hasText: 'Ma mèche' }).waitFor()
    await row(ana, 'Léa').locator('[data-watcher=ben]').waitFor()
    await ben.locator('#composer').fill('Bonjour Léa')
    await row(ana, 'Léa').locator('[data-watcher=ben].writes').waitFor()
    await row(ben, 'Milo').click()
    await row(ana, 'Milo').locator('[data-watcher=ben]').waitFor()
    await ana.reload()
    await row(ana, 'Milo').locator('[data-watcher=ben]').waitFor()
    await ben.context().close()
    await row(ana, 'Milo').locator('[data-watcher=ben]').waitFor({ state: 'detached' })
  })

  it('no page threw, and no policy was violated', () => {
    expect(problems).toEqual([])
  })
})
