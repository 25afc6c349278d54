import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium } from '../../../tooling/chromium.ts'
import { memoryDesk } from './memory-desk.ts'
import { type Started, settings, start } from './server.ts'
import { focused, heard, useSite } from './widget/visit.ts'

/** The widget, its own client and the real server, over a real socket from another origin. */
describe.skipIf(!(await hasChromium()))('the widget on the real server', () => {
  const used = useSite()
  const desk = memoryDesk()
  let server: Started | undefined
  beforeAll(async () => {
    server = await start(desk.sink, settings({ origins: [used.site.origin] }))
  })
  afterAll(() => server?.stop())

  it('carries a message and a picture to the desk and the answer back, and keeps them over a reload', async () => {
    const page = await used.visit({ widget: `server="${server?.base}" account="acme/site"` })
    await page.getByRole('button', { name: 'Open the chat' }).click()
    await page.getByRole('button', { name: 'Attach files' }).waitFor()
    // The smallest PNG there is: the server looks at the bytes.
    const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'candle.png', mimeType: 'image/png', buffer: Buffer.from(pixel, 'base64') })
    await page.getByLabel('Your message').fill('My candle is broken')
    await page.keyboard.press('Enter')
    await expect.poll(() => desk.addresses().length).toBe(1)
    const address = desk.addresses()[0] ?? ''
    await expect.poll(() => desk.texts(address)).toEqual(['My candle is broken'])
    await page.getByRole('img', { name: 'candle.png' }).waitFor()
    await page.getByText('Sent', { exact: true }).first().waitFor()

    desk.agentTypes(address, true)
    await page.locator('.typing').waitFor()
    desk.reply(address, 'I am sending another one')
    await page.locator('.bubble', { hasText: 'I am sending another one' }).waitFor()
    await expect.poll(() => heard(page)).toContain('Ana: I am sending another one')
    await expect
      .poll(() => desk.events.some((event) => event._tag === 'ReadUpTo' && event.status === 'read'))
      .toBe(true)
    expect(await focused(page)).toBe('Your message')

    await page.reload()
    await page.getByRole('button', { name: 'Open the chat' }).click()
    await expect
      .poll(() => page.locator('.bubble').allTextContents())
      .toEqual(['My candle is broken', 'I am sending another one'])
    expect(await heard(page)).toEqual([])

    desk.close(address)
    await page.getByRole('button', { name: 'New chat' }).waitFor()
    await page.getByRole('button', { name: 'New chat' }).click()
    await page.getByLabel('Your message').fill('One more thing')
    await page.keyboard.press('Enter')
    await page.locator('.bubble', { hasText: 'One more thing' }).waitFor()
    await expect.poll(() => desk.texts(address)).toContain('One more thing')
  })
})
