import type { Page, WebSocketRoute } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium } from '../../../tooling/chromium.ts'
import { problems } from './browser.ts'
import { type ShownInbox, shownInbox } from './shown-inbox.ts'

const available = await hasChromium()

describe.skipIf(!available)('a visitor and an agent', () => {
  let inbox: ShownInbox
  beforeAll(async () => {
    inbox = await shownInbox()
  })
  afterAll(() => inbox?.stop())

  const composer = (page: Page) => page.locator('guichet-chat textarea')
  const openChat = async (page: Page) => {
    await page.locator('guichet-chat [part=launcher]').click()
    await composer(page).waitFor()
  }
  const write = async (page: Page, text: string) => {
    await composer(page).fill(text)
    await composer(page).press('Enter')
  }
  const said = (page: Page, text: string) => page.locator('guichet-chat li', { hasText: text })
  const row = (page: Page, text: string) => page.locator('#list [role=option]', { hasText: text })

  it('the shop’s page asks nothing of the chat and keeps nothing before somebody opens it', async () => {
    const visitor = await inbox.open('about:blank')
    const asked: string[] = []
    visitor.on('request', (request) => asked.push(new URL(request.url()).pathname))
    visitor.on('websocket', (socket) => asked.push(new URL(socket.url()).pathname))
    await visitor.goto(`${inbox.url}/site`, { waitUntil: 'networkidle' })
    await visitor.locator('guichet-chat [part=launcher]').waitFor()
    expect(asked.filter((path) => path.startsWith('/chat/'))).toEqual([])
    const kept = () =>
      visitor.evaluate(() =>
        [...Object.keys(localStorage), document.cookie].filter((name) => name.startsWith('guichet:')),
      )
    expect(await kept()).toEqual([])
    await openChat(visitor)
    await expect.poll(kept).not.toEqual([])
    await expect.poll(() => asked.filter((path) => path === '/chat/v1/ws').length).toBe(1)
    await visitor.context().close()
  })

  it('the visitor writes, Ana sees it arrive and answers, the visitor reads it', async () => {
    const ana = await inbox.open('/?as=ana')
    await ana.getByText('Rien n’attend.').waitFor()
    const visitor = await inbox.open('/site')
    await openChat(visitor)
    await write(visitor, 'Bonjour, ma bougie est cassée')
    await row(ana, 'ma bougie est cassée').click()
    await expect.poll(() => ana.locator('[data-count=open]').textContent()).toBe('1')
    await ana.locator('#composer').fill('Bonjour, je vous en renvoie une.')
    await ana.locator('#composer').press('Control+Enter')
    await said(visitor, 'je vous en renvoie une').waitFor()
    await ana.locator('[data-delivery=read]', { hasText: 'Vu' }).waitFor()
    await row(ana, 'Ana').waitFor()
    await Promise.all([ana.context().close(), visitor.context().close()])
  })

  it('a cut connection is resumed on both sides with nothing lost and nothing doubled', async () => {
    const visitor = await inbox.open('/site')
    const sockets: WebSocketRoute[] = []
    let cut = false
    await visitor.routeWebSocket(/\/chat\/v1\/ws/, (socket) => {
      if (cut) return void socket.close({ code: 1012 })
      sockets.push(socket)
      socket.connectToServer()
    })
    await openChat(visitor)
    await write(visitor, 'Message avant la coupure')
    const ana = await inbox.open('/?as=ana')
    await row(ana, 'avant la coupure').click()
    await ana.locator('.message.in', { hasText: 'avant la coupure' }).waitFor()

    cut = true
    for (const socket of sockets) await socket.close({ code: 1012 })
    await write(visitor, 'Premier pendant la coupure')
    await write(visitor, 'Second pendant la coupure')
    const id = (await inbox.newest()).id
    await inbox.post(`/api/conversations/${id}/messages`, { text: 'Réponse pendant la coupure' })
    cut = false

    await said(visitor, 'Réponse pendant la coupure').waitFor()
    await ana.locator('.message.in', { hasText: 'Second pendant la coupure' }).waitFor()
    for (const text of ['avant la coupure', 'Premier pendant', 'Second pendant', 'Réponse pendant']) {
      await expect.poll(() => said(visitor, text).count(), { message: text }).toBe(1)
      await expect.poll(() => ana.locator('.message', { hasText: text }).count(), { message: text }).toBe(1)
    }
    const { body } = await inbox.get(`/api/conversations/${id}/messages`)
    const inbound = body.items.filter((one: any) => one.direction === 'in').map((one: any) => one.text)
    expect(inbound).toEqual(['Message avant la coupure', 'Premier pendant la coupure', 'Second pendant la coupure'])
    await Promise.all([ana.context().close(), visitor.context().close()])
  })

  it('the desk catches up after its own stream was cut, and says so meanwhile', async () => {
    const visitor = await inbox.open('/site')
    await openChat(visitor)
    await write(visitor, 'Le bureau va tomber')
    const ana = await inbox.open('/?as=ana')
    await row(ana, 'Le bureau va tomber').click()
    await ana.locator('.message.in').waitFor()

    await ana.context().setOffline(true)
    const banner = ana.getByText('Connexion perdue depuis')
    await banner.waitFor()
    await ana.locator('#composer').fill('Écrit sans réseau')
    await ana.locator('#composer').press('Control+Enter')
    await ana.locator('.message.pending', { hasText: 'En attente d’envoi' }).waitFor()
    const { id } = await inbox.newest()
    await inbox.post(`/api/conversations/${id}/messages?as=ben`, { text: 'Noté pendant ce temps', note: true })
    await ana.context().setOffline(false)

    await ana.locator('.message.note', { hasText: 'Noté pendant ce temps' }).waitFor()
    await said(visitor, 'Écrit sans réseau').waitFor()
    await banner.waitFor({ state: 'hidden' })
    await expect.poll(() => ana.locator('.message', { hasText: 'Écrit sans réseau' }).count()).toBe(1)
    await expect.poll(() => said(visitor, 'Écrit sans réseau').count()).toBe(1)
    await Promise.all([ana.context().close(), visitor.context().close()])
  })

  it('no page threw, and no policy was violated', () => {
    expect(problems).toEqual([])
  })
})
