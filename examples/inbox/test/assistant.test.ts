import { checkScript } from '@guichet/bot-scripted'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium } from '../../../tooling/chromium.ts'
import { assistant } from '../server/shop/assistant.ts'
import { problems } from './browser.ts'
import { type ShownInbox, shownInbox } from './shown-inbox.ts'

const available = await hasChromium()

it('the assistant’s script can be followed to each of its ends, in three languages', () => {
  expect(checkScript(assistant)).toEqual([])
  const spoken = Object.values(assistant.steps).flatMap(({ say, choices = [], form }) => [
    ...(say === undefined ? [] : [say]),
    ...choices.map(({ label }) => label),
    ...(form?.fields.map(({ label }) => label) ?? []),
  ])
  for (const words of spoken) expect(Object.keys(words).sort()).toEqual(['de', 'en', 'fr'])
})

describe.skipIf(!available)('the assistant', () => {
  let inbox: ShownInbox
  let ana: Page
  let visitor: Page
  beforeAll(async () => {
    inbox = await shownInbox({ bots: true })
    ana = await inbox.open('/?as=ana&tab=automated')
    visitor = await inbox.open('/site')
  })
  afterAll(() => inbox?.stop())

  const chat = (text: string) => visitor.locator('guichet-chat li', { hasText: text })
  const write = async (text: string) => {
    await visitor.locator('guichet-chat textarea').fill(text)
    await visitor.locator('guichet-chat textarea').press('Enter')
  }
  const press = (label: string) => visitor.locator('guichet-chat').getByRole('button', { name: label }).last().click()
  const row = (text: string) => ana.locator('#list [role=option]', { hasText: text })
  const line = () => ana.locator('.bot-line')

  it('greets with choices, answers what it knows, and the desk shows it as automated', async () => {
    await visitor.locator('guichet-chat [part=launcher]').click()
    await write('Bonjour')
    await chat('Bonjour, je suis Lune').waitFor()
    await press('Horaires de la boutique')
    await chat('ouverte tous les jours de 10 h à 19 h').waitFor()
    await row('Autre chose').click()
    await line().getByText('Lune répond à cette conversation.').waitFor()
    await expect
      .poll(() => ana.locator('.count[data-count=automated], [data-count=automated]').first().textContent())
      .toBe('1')
  })

  it('`b` takes the conversation from it and gives it back', async () => {
    await ana.locator('#list').focus()
    await ana.keyboard.press('b')
    await line().getByText('Lune est en pause').waitFor()
    await write('Vous avez aussi des diffuseurs ?')
    await ana.locator('.message.in', { hasText: 'diffuseurs' }).waitFor()
    await inbox.engine.settle()
    await ana.keyboard.press('b')
    await line().getByText('Lune répond à cette conversation.').waitFor()
    const { body } = await inbox.get(`/api/conversations/${(await inbox.newest()).id}`)
    expect(body.control).toBe('bot')
  })

  it('is blocked, run by hand, and unblocked from the commands', async () => {
    const command = async (text: string) => {
      await ana.locator('#list').focus()
      await ana.keyboard.press('Control+k')
      await ana.getByRole('combobox', { name: 'Commandes et recherche' }).fill(text)
      await ana.getByRole('option', { name: new RegExp(text) }).waitFor()
      await ana.keyboard.press('Enter')
    }
    await command('Bloquer Lune ici')
    await line().getByText('Lune est bloquée dans cette conversation.').waitFor()
    await line().getByRole('button', { name: 'Débloquer' }).click()
    await line().getByText('Lune est bloquée').waitFor({ state: 'detached' })
    const said = await ana.locator('.message.out').count()
    await command('Faire répondre Lune maintenant')
    await expect.poll(() => ana.locator('.message.out').count()).toBeGreaterThan(said)
  })

  it('asks for the order by a form and for contact details, and hands over with them', async () => {
    await inbox.post(`/api/call?as=ana`, { call: 'conversations.giveToBot', args: [(await inbox.newest()).id] })
    await write('suivi de mon colis')
    const chatBox = visitor.locator('guichet-chat')
    await chatBox.getByLabel('Numéro de commande').fill('48190')
    await chatBox.locator('form').last().getByRole('button').last().click()
    await chat('Une collègue regarde où en est votre colis.').waitFor()
    await line().getByText('Lune demande les coordonnées').waitFor()
    await chatBox.getByLabel(/Prénom/).fill('Zoé')
    await chatBox
      .getByLabel(/E-mail/)
      .last()
      .fill('zoe@exemple.fr')
    await chatBox.locator('form').last().getByRole('button').last().click()
    await line().getByText('Lune est en pause').waitFor()
    const { id } = await inbox.newest()
    const { body } = await inbox.get(`/api/conversations/${id}`)
    expect([body.control, body.status, body.tags]).toEqual(['team', 'open', ['livraison']])
    const contact = await inbox.get(`/api/contacts/${body.contact.id}`)
    expect(JSON.stringify(contact.body)).toContain('zoe@exemple.fr')
    await ana.goto(`${inbox.url}/?as=ana&tab=open`)
    await row('Zoé').waitFor()
  })

  it('has the conversation again once it is closed, and answers when she writes once more', async () => {
    await row('Zoé').click()
    await line().getByText('Lune est en pause').waitFor()
    await ana.locator('#list').focus()
    await ana.keyboard.press('e')
    await ana.locator('.toast', { hasText: 'Conversation fermée.' }).waitFor()
    await visitor.locator('guichet-chat #question', { hasText: 'La conversation est terminée.' }).waitFor()
    const { id } = await inbox.newest()
    const state = async () => (await inbox.get(`/api/conversations/${id}`)).body
    expect(await state()).toMatchObject({ status: 'closed', control: 'bot' })
    await visitor.locator('guichet-chat').getByRole('button', { name: 'Nouvelle conversation' }).click()
    const greetings = await chat('je suis Lune').count()
    await write('Rebonjour')
    await expect.poll(() => chat('je suis Lune').count()).toBe(greetings + 1)
    expect(await state()).toMatchObject({ status: 'open', control: 'bot' })
    await ana.goto(`${inbox.url}/?as=ana&tab=automated`)
    await row('je suis Lune').waitFor()
  })

  it('no page threw, and no policy was violated', () => {
    expect(problems).toEqual([])
  })
})
