import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium } from '../../../tooling/chromium.ts'
import { problems } from './browser.ts'
import { type ShownInbox, shownInbox } from './shown-inbox.ts'

const available = await hasChromium()
const claire = 'Claire Martin <claire@exemple.fr>'

describe.skipIf(!available)('finding one’s way to a message', () => {
  let inbox: ShownInbox
  let ana: Page
  let long: string
  beforeAll(async () => {
    inbox = await shownInbox()
    const { messageId } = await inbox.mail(claire, 'Bougie', 'La mèche du lampion vert est courte.')
    long = (await inbox.newest()).id
    // More than a page of the thread lies between the first message and the last.
    for (let n = 1; n <= 90; n += 1) {
      await inbox.post(`/api/conversations/${long}/messages?as=ben`, { text: `Note ${n}.`, note: true })
    }
    await inbox.mail(claire, 'Re: Bougie', 'Et le lampion bleu est arrivé.', messageId)
    ana = await inbox.open('/?as=ana')
    await ana.locator('#list [role=option]').first().waitFor()
  })
  afterAll(() => inbox?.stop())

  const inView = (text: string) =>
    ana
      .locator('.message', { hasText: text })
      .first()
      .evaluate((element) => {
        const { top, bottom } = element.getBoundingClientRect()
        const box = element.closest('.thread')?.getBoundingClientRect()
        return box !== undefined && top >= box.top && bottom <= box.bottom
      })
  const marked = () => ana.locator('.message[aria-current=true]')

  it('a hit of the search leads to its message, however far back, and marks it until one goes elsewhere', async () => {
    await ana.locator('#list').focus()
    await ana.keyboard.press('/')
    await ana.getByRole('combobox', { name: 'Rechercher' }).fill('lampion vert')
    await ana.locator('#hits [role=option]', { hasText: 'lampion vert' }).click()
    await marked().getByText('lampion vert').waitFor()
    await expect.poll(() => inView('lampion vert')).toBe(true)
    expect(await marked().count()).toBe(1)
    await ana.goBack()
    await ana.locator('#hits [role=option]').first().waitFor()
    await ana.getByRole('combobox', { name: 'Rechercher' }).fill('lampion bleu')
    await ana.locator('#hits [role=option]', { hasText: 'lampion bleu' }).click()
    await marked().getByText('lampion bleu').waitFor()
    await expect.poll(() => inView('lampion bleu')).toBe(true)
    expect(await marked().count()).toBe(1)
    await ana.locator('#list [role=option]').first().click()
    await marked().waitFor({ state: 'detached' })
  })

  it('so does one of the palette, in the conversation that is open already', async () => {
    await ana.reload()
    await ana.locator('.message', { hasText: 'lampion bleu' }).waitFor()
    expect(await ana.locator('.message', { hasText: 'lampion vert' }).count()).toBe(0)
    await ana.keyboard.press('Control+k')
    await ana.getByRole('combobox', { name: 'Commandes et recherche' }).fill('lampion vert')
    await ana.getByRole('dialog').getByRole('option', { name: 'lampion vert' }).click()
    await marked().getByText('lampion vert').waitFor()
    await expect.poll(() => inView('lampion vert')).toBe(true)
  })

  it('what an answer quotes is one click away, also when it was not loaded', async () => {
    await inbox.post(`/api/conversations/${long}/messages?as=ben`, { text: 'À ce propos.', note: true, quote: 1 })
    await ana.reload()
    await ana.locator('.message', { hasText: 'À ce propos' }).locator('.quoted').click()
    await marked().getByText('lampion vert').waitFor()
    await expect.poll(() => inView('lampion vert')).toBe(true)
  })

  it('the old address of a conversation that was merged leads on, and back leads away from it', async () => {
    await inbox.mail(claire, 'Autre chose', 'Livrez-vous le samedi ?')
    const { id: gone } = await inbox.newest('chloe')
    const merge = { call: 'conversations.merge', args: [gone, { into: long }] }
    expect((await inbox.post('/api/call?as=chloe', merge)).status).toBe(200)
    const at = () => new URL(ana.url()).searchParams.get('c')
    await ana.goto(`${inbox.url}/?as=ana&tab=all`)
    await ana.locator('#list [role=option]').first().waitFor()
    await ana.goto(`${inbox.url}/?as=ana&c=${gone}`)
    await ana.locator('.message.in', { hasText: 'le samedi' }).waitFor()
    await ana.locator('.thread-title', { hasText: 'Bougie' }).waitFor()
    await expect.poll(at).toBe(long)
    await ana.goBack()
    await ana.getByRole('heading', { name: 'Toutes' }).waitFor()
    expect(at()).toBeNull()
  })

  it('no page threw, and no policy was violated', () => {
    expect(problems).toEqual([])
  })
})
