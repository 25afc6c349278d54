import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium } from '../../../tooling/chromium.ts'
import { problems } from './browser.ts'
import { type ShownInbox, shownInbox } from './shown-inbox.ts'

const available = await hasChromium()
const hour = 3_600_000

describe.skipIf(!available)('the desk', () => {
  let inbox: ShownInbox
  let ana: Page
  beforeAll(async () => {
    inbox = await shownInbox()
    ana = await inbox.open('/?as=ana')
  })
  afterAll(() => inbox?.stop())

  const row = (text: string) => ana.locator('#list [role=option]', { hasText: text })
  const inbound = (text: string) => ana.locator('.message.in', { hasText: text })
  const claire = 'Claire <claire@exemple.fr>'

  it('sends files with an answer, three at most, and shows the pictures', async () => {
    await inbox.mail(claire, 'Photo', 'Avez-vous une photo ?')
    await row('Avez-vous une photo').click()
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    )
    const picture = (name: string) => ({ name, mimeType: 'image/png', buffer: png })
    await ana.locator('input[type=file]').setInputFiles(['1.png', '2.png', '3.png', '4.png'].map(picture))
    await ana.getByText('3 fichiers au plus.').waitFor()
    await expect.poll(() => ana.locator('.attached li').count()).toBe(3)
    await ana.getByRole('button', { name: 'Retirer 3.png' }).click()
    await ana.locator('#composer').fill('Les voici.')
    await ana.locator('#composer').press('Control+Enter')
    const shown = ana.locator('.message.out', { hasText: 'Les voici' }).locator('img')
    await expect.poll(() => shown.count()).toBe(2)
    await expect.poll(() => shown.first().evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1)
  })

  it('lands on what is new, keeps the place of a conversation, and stays at the bottom when it is there', async () => {
    const { messageId } = await inbox.mail(claire, 'Long', 'Message 0')
    const { id } = await inbox.newest()
    for (let n = 1; n <= 30; n += 1) await inbox.mail(claire, 'Re: Long', `Message ${n}`, messageId)
    await inbox.post(`/api/conversations/${id}/markRead`, {})
    for (let n = 31; n <= 50; n += 1) await inbox.mail(claire, 'Re: Long', `Message ${n}`, messageId)
    await row('Message 50').click()
    await ana.locator('#new-line').waitFor()
    const inView = (selector: string) =>
      ana.locator(selector).evaluate((element) => {
        const { top, bottom } = element.getBoundingClientRect()
        const box = element.closest('.thread')?.getBoundingClientRect()
        return box !== undefined && top >= box.top && bottom <= box.bottom
      })
    await expect.poll(() => inView('#new-line')).toBe(true)

    const thread = ana.locator('.thread')
    await thread.evaluate((element) => element.scrollTo(0, 300))
    await expect.poll(() => thread.evaluate((element) => element.scrollTop)).toBe(300)
    await row('Les voici').click()
    await inbound('Avez-vous une photo').waitFor()
    await row('Message 50').click()
    await expect.poll(() => thread.evaluate((element) => element.scrollTop)).toBe(300)

    await thread.evaluate((element) => element.scrollTo(0, element.scrollHeight))
    await inbox.mail(claire, 'Re: Long', 'Message 51', messageId)
    await inbound('Message 51').waitFor()
    await expect.poll(() => ana.locator('#announced').textContent()).toContain('Message 51')
    await expect.poll(() => inView('.message:last-of-type')).toBe(true)
  })

  it('shows messages in the order of the server, also those that arrive live', async () => {
    const order = () => ana.locator('.message.in .words').allTextContents()
    const live = await order()
    await ana.reload()
    await inbound('Message 51').waitFor()
    await expect.poll(order).toEqual(live.slice(-(await order()).length))
  })

  it('a snooze ends by itself, and the conversation comes back without a reload', async () => {
    await inbox.mail('Tom <tom@beispiel.de>', 'Später', 'Ich melde mich.')
    const { id } = await inbox.newest()
    await row('Ich melde mich').click()
    await inbound('Ich melde mich').waitFor()
    await ana.locator('[data-act=snooze]').click()
    await ana.getByRole('option', { name: 'Dans 3 heures' }).click()
    await row('Ich melde mich').waitFor({ state: 'detached' })
    // The row goes before the server has heard of it.
    await expect.poll(async () => (await inbox.get(`/api/conversations/${id}`)).body.status).toBe('pending')
    inbox.clock.shift(4 * hour)
    await row('Ich melde mich').waitFor()
    inbox.clock.shift(0)
  })

  it('who transfers to an exclusive queue that somebody has loses sight of it', async () => {
    await inbox.mail('Hugo <hugo@exemple.fr>', 'Suivi', 'Où est mon colis ?')
    const { id } = await inbox.newest()
    await row('Où est mon colis').click()
    await inbound('Où est mon colis').waitFor()
    await ana.locator('#list').focus()
    await ana.keyboard.press('Shift+T')
    await ana.getByRole('dialog').getByRole('option', { name: 'Livraisons' }).click()
    await ana.getByText('Transférée à Livraisons.').waitFor()
    await inbox.post(`/api/conversations/${id}/claim?as=ben`, {})
    await row('Où est mon colis').waitFor({ state: 'detached' })
    await ana.goto(`${inbox.url}/?as=ana&c=${id}`)
    await ana.getByText('Cette conversation n’est plus visible pour vous.').waitFor()
  })

  it('narrows by unread, by owner and by queue, and says when nothing is left', async () => {
    await ana.goto(`${inbox.url}/?as=ana`)
    await row('Message 51').waitFor()
    await ana.getByRole('button', { name: 'Non lues' }).click()
    await ana.getByText('Aucune conversation avec ces filtres.').waitFor()
    await inbox.mail('Léa <lea@exemple.fr>', 'Mèche', 'Ma mèche est courte.')
    await row('Ma mèche est courte').waitFor()
    await expect.poll(() => ana.locator('#list [role=option]').count()).toBe(1)
    await ana.getByRole('button', { name: 'Non lues' }).click()
    await row('Message 51').waitFor()
    await ana.getByRole('button', { name: 'Livraisons' }).click()
    await ana.getByText('Rien n’attend.').waitFor()
    await ana.reload()
    await ana.getByRole('heading', { name: 'Livraisons' }).waitFor()
  })

  it('search finds words in messages, without their accents', async () => {
    await ana.keyboard.press('/')
    await ana.getByRole('main').getByRole('combobox', { name: 'Rechercher' }).fill('meche')
    await ana.getByRole('main').getByRole('option', { name: 'Ma mèche' }).first().click()
    await inbound('Ma mèche est courte').waitFor()
  })

  it('letters type into fields, and single-letter keys can be switched off', async () => {
    await ana.locator('#composer').fill('')
    await ana.locator('#composer').pressSequentially('e, j et k ne ferment rien ')
    await expect.poll(() => ana.locator('#composer').inputValue()).toBe('e, j et k ne ferment rien ')
    await ana.locator('#composer').fill('')
    await ana.locator('[data-menu=account]').click()
    await ana.getByRole('option', { name: 'Raccourcis à une lettre' }).click()
    await ana.keyboard.press('Escape')
    await ana.locator('#list, .rows').first().focus()
    await ana.keyboard.press('?')
    await ana.keyboard.press('Control+k')
    await ana.getByRole('dialog', { name: 'Commandes et recherche' }).waitFor()
    await expect.poll(() => ana.getByRole('dialog').count()).toBe(1)
  })

  it('no page threw, and no policy was violated', () => {
    expect(problems).toEqual([])
  })
})
