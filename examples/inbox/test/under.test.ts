import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium } from '../../../tooling/chromium.ts'
import { problems } from './browser.ts'
import { type ShownInbox, shownInbox } from './shown-inbox.ts'

const available = await hasChromium()
const claire = 'Claire <claire@exemple.fr>'

describe.skipIf(!available)('under the hood', () => {
  let inbox: ShownInbox
  let ana: Page
  beforeAll(async () => {
    inbox = await shownInbox()
    ana = await inbox.open('/?as=ana', {
      permissions: ['clipboard-read', 'clipboard-write'],
    })
  })
  afterAll(() => inbox?.stop())

  const row = (text: string) => ana.locator('#list [role=option]', { hasText: text })
  const drawer = () => ana.getByRole('region', { name: 'Sous le capot' })
  const line = (text: string | RegExp) => drawer().locator('.under-lines > li').filter({ hasText: text })
  const tab = (name: string) => drawer().getByRole('tab', { name })

  it('a key opens it, what happened before is there, and what happens is written as it happens', async () => {
    await inbox.mail(claire, 'Cassée', 'Ma bougie est cassée.')
    await row('Ma bougie est cassée').click()
    await ana.locator('.message.in').waitFor()
    await ana.locator('#list').focus()
    await ana.keyboard.press('.')
    await line('MessageReceived').first().waitFor()
    await ana.keyboard.press('Shift+Tab')
    await ana.locator('#list').focus()
    await ana.keyboard.press('t')
    await line('Claimed').first().waitFor()
    await expect.poll(() => line('Claimed').first().textContent()).toContain('Ana Dubois')
    await line('Claimed').first().locator('summary').click()
    await expect.poll(() => line('Claimed').first().locator('pre').textContent()).toContain('"_tag": "Claimed"')
  })

  it('narrows to the open conversation', async () => {
    await inbox.mail('Tom <tom@beispiel.de>', 'Später', 'Ich melde mich.')
    await line('MessageReceived').nth(1).waitFor()
    await drawer().getByLabel('Cette conversation seulement').check()
    await expect.poll(() => line('MessageReceived').count()).toBe(1)
    await drawer().getByLabel('Cette conversation seulement').uncheck()
    await expect.poll(() => line('MessageReceived').count()).toBe(2)
  })

  it('shows the line of code behind each thing that was done, to be copied', async () => {
    const { id } = (await inbox.get('/api/conversations?tab=all&as=ana')).body.items.find(
      (one: { readonly subject: string }) => one.subject === 'Cassée',
    )
    await tab('Appels').click()
    await line('conversations.claim').waitFor()
    expect(await line('conversations.claim').locator('code').textContent()).toBe(
      `await shop.as('ana').conversations.claim('${id}')`,
    )
    await line('conversations.claim').getByRole('button', { name: 'Copier l’appel' }).click()
    await expect.poll(() => ana.evaluate(() => navigator.clipboard.readText())).toContain('.conversations.claim(')
    await expect.poll(() => line('conversations.markRead').count()).toBe(0)
    await drawer().getByLabel('Lectures aussi').check()
    await line('conversations.markRead').first().waitFor()
  })

  it('keeps what was refused, with a sentence', async () => {
    await inbox.mail('Nina <nina@example.co.uk>', 'Parcel', 'It never came.')
    const { id } = await inbox.newest()
    await row('It never came').click()
    await ana.locator('.message.in', { hasText: 'It never came' }).waitFor()
    // Ben is faster by the time that Ana's click takes to the server.
    await ana.route('**/claim?**', async (route) => {
      await inbox.post(`/api/conversations/${id}/claim?as=ben`, {})
      await route.continue()
    })
    await ana.locator('[data-act=claim]').click()
    await tab('Refus').click()
    await line('conversations.claim').waitFor()
    await expect.poll(() => line('conversations.claim').textContent()).toContain('AlreadyOwned')
    await line('conversations.claim').getByText('Ben s’en occupe.').waitFor()
    await ana.unroute('**/claim?**')
  })

  it('an agent’s work to come is about what she sees, and a manager sees what is about queues and people too', async () => {
    const seen = async (as: string) =>
      (await inbox.get(`/api/upcoming?as=${as}`)).body.items as ReadonlyArray<{
        readonly kind: string
        readonly conversation: string | null
      }>
    expect((await seen('chloe')).length).toBeGreaterThan(0)
    expect((await seen('ana')).every(({ conversation }) => conversation !== null)).toBe(true)
    // What Ben has in the exclusive queue is nobody else's.
    await inbox.mail('Lea <lea@exemple.fr>', 'Colis', 'Où est mon colis ?')
    const { id } = await inbox.newest()
    await inbox.post(`/api/conversations/${id}/transfer?as=ana`, { queue: 'livraisons' })
    await inbox.post(`/api/conversations/${id}/claim?as=ben`, {})
    await inbox.post(`/api/conversations/${id}/snooze?as=ben`, { until: inbox.clock.now() + 3_600_000 })
    const about = async (as: string) => (await seen(as)).filter(({ conversation }) => conversation === id).length
    expect(await about('ben')).toBeGreaterThan(0)
    expect(await about('ana')).toBe(0)
    const journal = async (as: string) =>
      (
        (await inbox.get(`/api/journal?as=${as}`)).body.items as ReadonlyArray<{
          readonly _tag: string
          readonly conversation?: string
        }>
      ).filter(({ conversation }) => conversation === id)
    expect((await journal('ben')).length).toBeGreaterThan(0)
    // Ana is told that it went out of her sight, and nothing of what it was.
    expect(new Set((await journal('ana')).map(({ _tag }) => _tag))).toEqual(new Set(['Gone']))
  })

  it('moves the engine’s clock: a snooze ends, the desk says what time it is, and time never goes back', async () => {
    await row('Ich melde mich').click()
    await ana.locator('.message.in', { hasText: 'Ich melde mich' }).waitFor()
    const { id } = (await inbox.get('/api/conversations?tab=all&as=ana')).body.items.find(
      (one: { readonly subject: string }) => one.subject === 'Später',
    )
    await inbox.post(`/api/conversations/${id}/snooze?as=ana`, { until: inbox.clock.now() + 50 * 60_000 })
    await row('Ich melde mich').waitFor({ state: 'detached' })
    await tab('Travail à venir').click()
    await line('wake').first().waitFor()
    await drawer().getByRole('button', { name: 'Avancer l’horloge de 1 h' }).click()
    await row('Ich melde mich').waitFor()
    await ana.getByText('Horloge du moteur :').waitFor()
    // Whoever sits here is still here, an hour later at one stroke.
    await ana.locator('[data-menu=account][data-presence=online]').waitFor()
    await expect.poll(() => row('Ma bougie est cassée').textContent()).toMatch(/1 h|6\d min|\d\d:\d\d/)
    const ahead = (await inbox.get('/api/scene')).body.ahead
    expect(ahead).toBeGreaterThanOrEqual(3_600_000)
    for (const advanceMs of [-1, 0, 1.5, 'demain', Number.MAX_SAFE_INTEGER, null]) {
      const { status, body } = await inbox.post('/api/clock', { advanceMs })
      expect([advanceMs, status, body.error._tag]).toEqual([advanceMs, 422, 'Invalid'])
    }
    expect((await inbox.get('/api/scene')).body.ahead).toBe(ahead)
  })

  it('cuts outgoing mail: the answer waits and is tried again, and leaves by itself once it is back', async () => {
    await drawer().getByRole('button', { name: 'Couper les e-mails' }).click()
    await ana.getByText('L’envoi des e-mails est coupé : ce qui part').waitFor()
    await row('Ma bougie est cassée').click()
    await ana.locator('#composer').fill('Nous la remplaçons.')
    await ana.locator('#composer').press('Control+Enter')
    await ana.locator('.message.out', { hasText: 'Nous la remplaçons' }).waitFor()
    await tab('Travail à venir').click()
    await line('deliver').filter({ hasText: 'essai' }).waitFor()
    const arrived = async () =>
      (
        (await inbox.get('/api/mailbox/mails?box=claire@exemple.fr')).body.items as ReadonlyArray<{
          readonly text: string
        }>
      ).filter(({ text }) => text.includes('remplaçons')).length
    expect(await arrived()).toBe(0)
    await ana.locator('.scene-line').getByRole('button', { name: 'Rétablir l’envoi' }).click()
    await ana.getByText('L’envoi des e-mails est rétabli.').waitFor()
    await drawer().getByRole('button', { name: 'Avancer l’horloge de 1 h' }).click()
    await expect.poll(arrived).toBe(1)
    await line('deliver').waitFor({ state: 'detached' })
  })

  it('switches the providers of telephone lines: what leaves waits, and what they report comes twice', async () => {
    const choice = (name: string) => ana.locator('.popover.providers').getByRole('option', { name })
    await drawer().getByRole('button', { name: 'Opérateurs' }).click()
    await choice('WhatsApp').click()
    await choice('WhatsApp').getByText('en panne').waitFor()
    await choice('Deux fois').click()
    await expect
      .poll(async () => (await inbox.get('/api/scene')).body)
      .toMatchObject({ whatsapp: false, travel: 'twice', sms: true })
    await choice('WhatsApp').click()
    await choice('Une fois').click()
    await expect
      .poll(async () => (await inbox.get('/api/scene')).body)
      .toMatchObject({ whatsapp: true, travel: 'plainly' })
    await ana.keyboard.press('Escape')
  })

  it('its height is set by the arrow keys, and both height and tab are remembered', async () => {
    const height = () => drawer().evaluate((element) => element.getBoundingClientRect().height)
    const before = await height()
    await drawer().getByRole('separator').focus()
    await ana.keyboard.press('ArrowUp')
    await ana.keyboard.press('ArrowUp')
    await expect.poll(height).toBe(before + 80)
    await ana.keyboard.press('Escape')
    await drawer().waitFor({ state: 'detached' })
    await ana.reload()
    await ana.locator('#list').focus()
    await ana.keyboard.press('.')
    await drawer().waitFor()
    await expect.poll(height).toBe(before + 80)
    await expect.poll(() => tab('Travail à venir').getAttribute('aria-selected')).toBe('true')
    await ana.keyboard.press('ArrowRight')
    await expect.poll(() => tab('Journal').getAttribute('aria-selected')).toBe('true')
  })

  it('a menu that opens above the drawer moves nothing', async () => {
    const top = () => ana.locator('.desk').evaluate((element) => element.getBoundingClientRect().top)
    const before = await top()
    await ana.locator('[data-menu=account]').click()
    await ana.locator('.popover').waitFor()
    expect(await top()).toBe(before)
    await ana.keyboard.press('Escape')
    await ana.locator('.popover').waitFor({ state: 'detached' })
  })

  it('holds two hundred lines and no more', async () => {
    const { id } = await inbox.newest()
    await ana.goto('about:blank')
    const { conversations } = inbox.engine.workspace('shop').as('chloe')
    for (let n = 0; n < 110; n += 1) {
      await conversations.flag(id, { flag: 'urgent' })
      await conversations.unflag(id, { flag: 'urgent' })
    }
    await ana.goto(`${inbox.url}/?as=chloe`)
    await ana.locator('#list').focus()
    await ana.keyboard.press('.')
    await expect.poll(() => drawer().locator('.under-lines > li').count()).toBe(200)
  })

  it('no page threw, and no policy was violated', () => {
    expect(problems).toEqual([])
  })
})
