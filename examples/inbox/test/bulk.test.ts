import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium } from '../../../tooling/chromium.ts'
import { problems } from './browser.ts'
import { type ShownInbox, shownInbox } from './shown-inbox.ts'
import { until } from './until.ts'

const available = await hasChromium()
const names = ['Agnès', 'Bruno', 'Cora'] as const

describe.skipIf(!available)('one act on many conversations', () => {
  let inbox: ShownInbox
  let ana: Page
  /** What was asked of the server for all of them. */
  const asked: string[] = []
  const ids = new Map<string, string>()
  beforeAll(async () => {
    inbox = await shownInbox()
    for (const name of names) {
      await inbox.mail(`${name} <${name.toLowerCase()}@exemple.fr>`, `De ${name}`, `Bonjour, ici ${name}.`)
      ids.set(name, await until(async () => (await all()).find(({ subject }) => subject === `De ${name}`)?.id))
    }
    ana = await inbox.open('/?as=ana')
    ana.on('request', (request) => {
      const body = request.postDataJSON() as { readonly call?: string } | null
      if (request.method() === 'POST' && body?.call === 'conversations.bulk') asked.push(body.call)
    })
    await row('Cora').waitFor()
  })
  afterAll(() => inbox?.stop())

  const all = async (): Promise<ReadonlyArray<{ readonly id: string; readonly [key: string]: any }>> =>
    (await inbox.get('/api/conversations?tab=all&as=ana')).body.items
  const each = async (field: string) => {
    const items = await all()
    return names.map((name) => items.find(({ id }) => id === ids.get(name))?.[field])
  }
  const row = (name: string) => ana.locator('#list [role=option]', { hasText: name })
  const mark = async () => {
    asked.length = 0
    for (const name of names) await row(name).locator('.row-avatar').click()
    await ana.getByRole('toolbar').getByText('3 choisies').waitFor()
  }
  const undo = (toast: string) =>
    ana.locator('.toast', { hasText: toast }).getByRole('button', { name: 'Annuler' }).click()

  it('marks them as read, and takes it back', async () => {
    expect(await each('unread')).toEqual([1, 1, 1])
    await mark()
    await ana.locator('[data-bulk=read]').click()
    await expect.poll(() => each('unread')).toEqual([0, 0, 0])
    await ana.getByRole('toolbar').waitFor({ state: 'detached' })
    expect(asked).toHaveLength(1)
    await undo('lues')
    await expect.poll(() => each('unread')).toEqual([1, 1, 1])
    await row('Agnès').locator('.badge, .unread').first().waitFor()
  })

  it('puts them in wait until the time that is chosen, and they come back when it has come', async () => {
    await mark()
    await ana.locator('[data-bulk=snooze]').click()
    await ana.getByRole('option', { name: 'Dans 3 heures' }).click()
    await ana.locator('.toast', { hasText: '3 conversations mises en attente' }).waitFor()
    expect(await each('status')).toEqual(['pending', 'pending', 'pending'])
    expect(asked).toHaveLength(1)
    await ana.getByText('Rien n’attend.').waitFor()
    inbox.clock.shift(4 * 3_600_000)
    for (const name of names) await row(name).waitFor()
    expect(await each('status')).toEqual(['open', 'open', 'open'])
    inbox.clock.shift(0)
  })

  it('archives them, and they come out of the archive as they were', async () => {
    await mark()
    await ana.locator('[data-bulk=archive]').click()
    await ana.locator('.toast', { hasText: '3 conversations archivées' }).waitFor()
    expect(await each('status')).toEqual(['archived', 'archived', 'archived'])
    expect(asked).toHaveLength(1)
    await ana.getByText('Rien n’attend.').waitFor()
    await undo('archivées')
    for (const name of names) await row(name).waitFor()
    await expect.poll(() => each('status')).toEqual(['open', 'open', 'open'])
  })

  it('no page threw, and no policy was violated', () => {
    expect(problems).toEqual([])
  })
})
