import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium } from '../../../tooling/chromium.ts'
import { axeFindings, problems } from './browser.ts'
import { type ShownInbox, shownInbox } from './shown-inbox.ts'

const available = await hasChromium()

describe.skipIf(!available)('the telephone', () => {
  let inbox: ShownInbox
  beforeAll(async () => {
    inbox = await shownInbox({ bots: true })
  })
  afterAll(() => inbox?.stop())

  it('a customer writes by hand, an agent answers, and what is seen is reported', async () => {
    const page = await inbox.open('/phone')
    await page.getByLabel('Votre message').last().fill('Où est ma commande ?')
    await page.getByRole('button', { name: 'Envoyer' }).click()
    await page.locator('.turn.sent', { hasText: 'Où est ma commande ?' }).getByText('Distribué').waitFor()
    const { id } = await inbox.newest()
    await inbox.post(`/api/conversations/${id}/messages?as=ana`, { text: 'Elle part ce soir.' })
    await page.locator('.turn.received', { hasText: 'Elle part ce soir.' }).waitFor()

    await page.getByRole('tab', { name: 'WhatsApp' }).click()
    await page.getByLabel('Votre message').last().fill('Bonjour')
    await page.keyboard.press('Enter')
    // The assistant answers with something to press.
    await page.getByRole('button', { name: 'Suivre ma commande' }).click()
    await page.locator('.turn.sent', { hasText: 'Suivre ma commande' }).waitFor()
    await page.locator('.turn.received', { hasText: 'Quel est le numéro de la commande ?' }).waitFor()
    const whatsapp = await inbox.newest()
    await expect
      .poll(async () => {
        const { body } = await inbox.get(`/api/conversations/${whatsapp.id}/messages?as=ana`)
        return body.items.findLast((one: any) => one.direction === 'out').delivery.status
      })
      .toBe('read')
    await page.locator('.turn.received').last().getByRole('button', { name: 'Réagir' }).click()
    await page.getByRole('button', { name: 'Réagir par 👍' }).click()
    await page.locator('.beside', { hasText: '👍' }).waitFor()
    await page.context().close()
  })

  it('a sign that an agent puts beside a message on WhatsApp stands there, until she takes it back', async () => {
    const number = '+33639980140'
    await inbox.post('/api/phone/messages', { line: 'whatsapp', phone: number, text: 'Merci, elle est superbe !' })
    const { id } = await inbox.newest()
    const page = await inbox.open(`/phone?phone=${encodeURIComponent(number)}&line=whatsapp`)
    const said = page.locator('.turn.sent', { hasText: 'elle est superbe' })
    await said.waitFor()
    const { body } = await inbox.get(`/api/conversations/${id}/messages?as=ana`)
    const message = body.items.find((one: any) => one.direction === 'in').seq
    const react = (emoji: string | null) =>
      inbox.post('/api/call?as=ana', { call: 'conversations.react', args: [id, { message, emoji }] })
    await react('❤️')
    await said.locator('.beside', { hasText: '❤️' }).getByTitle('Réaction de la boutique').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await react(null)
    await said.locator('.beside').waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('on Messenger, another application of the shop takes the conversation behind the scenes', async () => {
    const page = await inbox.open('/phone?line=messenger')
    const pass = page.getByRole('button', { name: 'Confier à une autre application' })
    expect(await pass.count()).toBe(0)
    await page.getByLabel('Votre message').last().fill('Bonsoir')
    await page.getByRole('button', { name: 'Envoyer' }).click()
    await page.locator('.turn.sent', { hasText: 'Bonsoir' }).getByText('Distribué').waitFor()
    const { id } = await inbox.newest()
    await pass.click()
    await expect
      .poll(async () => (await inbox.get(`/api/conversations/${id}?as=ana`)).body.canSend)
      .toMatchObject({ _tag: 'No', because: 'elsewhere' })
    await page.context().close()
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`axe finds nothing, ${colorScheme}`, async () => {
      for (const width of [1280, 390]) {
        const page = await inbox.open('/phone', { colorScheme, viewport: { width, height: 844 } })
        for (const tab of ['SMS', 'WhatsApp', 'Messenger']) {
          await page.getByRole('tab', { name: tab }).click()
          if (tab !== 'Messenger') await page.locator('.turn.received').first().waitFor()
          expect(await axeFindings(page), `${tab} ${width}`).toEqual([])
        }
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
        await page.context().close()
      }
    })
  }

  it('no page threw, and no policy was violated', () => {
    expect(problems).toEqual([])
  })
})
