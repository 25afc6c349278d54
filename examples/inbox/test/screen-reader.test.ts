import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium } from '../../../tooling/chromium.ts'
import { problems } from './browser.ts'
import { type ShownInbox, shownInbox } from './shown-inbox.ts'

const available = await hasChromium()

describe.skipIf(!available)('the whole job without a pointer and without seeing', () => {
  let inbox: ShownInbox
  let ana: Page
  beforeAll(async () => {
    inbox = await shownInbox()
    await inbox.mail('Claire Martin <claire@exemple.fr>', 'Cassée', 'Ma bougie est cassée.')
    // With letters as shortcuts off, as somebody with speech input has it.
    ana = await inbox.open('/?as=ana&keys=off')
    await ana.locator('#list').waitFor()
  })
  afterAll(() => inbox?.stop())

  const focused = () =>
    ana.evaluate(() => {
      const here = document.activeElement
      return here === null ? '' : (here.getAttribute('aria-label') ?? here.textContent ?? '').trim()
    })
  /** Goes on by Tab until something of that name has the focus. */
  const tabTo = async (name: RegExp) => {
    for (let n = 0; n < 80; n += 1) {
      await ana.keyboard.press('Tab')
      if (name.test(await focused())) return
    }
    throw new Error(`no Tab leads to ${name}; the last was ${await focused()}`)
  }

  it('the page has landmarks, headings and one list with names', async () => {
    const tree = await ana.locator('body').ariaSnapshot()
    for (const part of ['navigation "Menu"', 'main', 'heading "Ouvertes" [level=2]', 'listbox "Conversations"']) {
      expect(tree).toContain(part)
    }
    expect(tree).toMatch(/option "[^"]*Claire Martin[^"]*Ma bougie est cassée/)
  })

  it('opens, answers, and hears that it was sent and what comes back', async () => {
    await ana.locator('#list').focus()
    await ana.keyboard.press('ArrowDown')
    await ana.locator('.message.in').waitFor()
    await expect.poll(() => ana.locator('#list').getAttribute('aria-activedescendant')).toMatch(/^row-/)
    await ana.keyboard.press('Enter')
    await expect.poll(focused).toBe('Votre message')
    await ana.keyboard.type('Bonjour Claire, nous la remplaçons.')
    await ana.keyboard.press('Control+Enter')
    await ana.locator('.message.out', { hasText: 'nous la remplaçons' }).waitFor()
    await expect
      .poll(async () => (await inbox.get('/api/mailbox/mails?box=claire@exemple.fr')).body.items.length)
      .toBe(1)
    const [answer] = (await inbox.get('/api/mailbox/mails?box=claire@exemple.fr')).body.items
    await inbox.mail('Claire Martin <claire@exemple.fr>', `Re: ${answer.subject}`, 'Merci beaucoup !', answer.messageId)
    await expect.poll(() => ana.locator('#announced').textContent()).toContain('Claire Martin')
    await expect.poll(() => ana.locator('#announced').textContent()).toContain('Merci beaucoup')
    // What is announced is also there to be found.
    expect(await ana.getByRole('region', { name: 'Conversation', exact: true }).ariaSnapshot()).toContain(
      'Merci beaucoup',
    )
    // And it has not taken the focus away.
    await expect.poll(() => focused()).toBe('Votre message')
  })

  it('closes by Tab and Enter, hears it, and takes it back', async () => {
    const { id } = await inbox.newest()
    await ana.locator('#list').focus()
    await tabTo(/^Fermer/)
    await ana.keyboard.press('Enter')
    const told = ana.getByRole('region', { name: 'Messages de l’application' })
    await told.getByText('Conversation fermée.').waitFor()
    expect(await told.getAttribute('aria-live')).toBe('polite')
    await told.getByRole('button', { name: 'Annuler' }).focus()
    await ana.keyboard.press('Enter')
    await expect.poll(async () => (await inbox.get(`/api/conversations/${id}`)).body.status).toBe('open')
  })

  it('the skip link leads to the conversation, and Escape from a menu back to its button', async () => {
    await ana.goto(`${inbox.url}/?as=ana`)
    await ana.locator('#list').waitFor()
    await ana.keyboard.press('Tab')
    await expect.poll(() => focused()).toBe('Aller à la conversation')
    await ana.keyboard.press('Enter')
    await expect.poll(() => ana.evaluate(() => document.activeElement?.id)).toBe('conversation')
    await ana.locator('#list').focus()
    await ana.keyboard.press('ArrowDown')
    await ana.locator('.message.in').first().waitFor()
    await tabTo(/Attente/)
    await ana.keyboard.press('Enter')
    await ana.getByRole('dialog', { name: 'Mettre en attente' }).waitFor()
    await ana.keyboard.press('Escape')
    await expect.poll(focused).toMatch(/Attente/)
  })

  it('the drawer is a named region with tabs, and gives the focus back', async () => {
    await ana.locator('#list').focus()
    await ana.getByRole('button', { name: 'Sous le capot' }).focus()
    await ana.keyboard.press('Enter')
    const drawer = ana.getByRole('region', { name: 'Sous le capot' })
    await drawer.waitFor()
    await expect.poll(focused).toBe('Journal')
    const tree = await drawer.ariaSnapshot()
    for (const part of [
      'separator "Hauteur du tiroir"',
      'tab "Journal" [selected]',
      'tab "Appels"',
      'tabpanel "Journal"',
    ]) {
      expect(tree).toContain(part)
    }
    await ana.keyboard.press('Escape')
    await expect.poll(focused).toContain('Sous le capot')
  })

  it('no page threw, and no policy was violated', () => {
    expect(problems).toEqual([])
  })
})
