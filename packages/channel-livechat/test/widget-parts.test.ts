import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { hasChromium } from '../../../tooling/chromium.ts'
import type { ChatPart } from '../src/client/types.ts'
import { faults } from './widget/faults.ts'
import { focused, heard, open, phone, useSite } from './widget/visit.ts'

const form: ChatPart = {
  type: 'form',
  id: 'order',
  title: 'Your order',
  fields: [
    { name: 'email', label: 'Email', kind: 'email', required: true, autocomplete: 'email' },
    { name: 'size', label: 'Size', kind: 'choice', required: true, choices: ['Small', 'Large'] },
    { name: 'count', label: 'How many', kind: 'number', required: false },
    { name: 'day', label: 'When', kind: 'date', required: false },
    { name: 'phone', label: 'Phone', kind: 'phone', required: false, autocomplete: 'tel' },
    { name: 'words', label: 'Anything else', kind: 'longText', required: false },
    { name: 'gift', label: 'It is a gift', kind: 'yesNo', required: true },
  ],
}
const choices: ChatPart = {
  type: 'choices',
  choices: [
    { id: 'y', label: 'Yes' },
    { id: 'n', label: 'No, thank you' },
  ],
}
const card: ChatPart = {
  type: 'card',
  title: 'A candle',
  price: '12.50 EUR',
  lines: ['Fig and cedar'],
  links: [
    { url: 'https://pay.example/1?a=1&b=2', as: 'pay' },
    { url: 'mailto:ana@shop.example', text: 'ana@shop.example' },
    { url: 'javascript:alert(1)', text: 'a trap' },
  ],
}

const arrives = (page: Page, parts: ReadonlyArray<ChatPart>, text = 'Here:'): Promise<void> =>
  page.evaluate(([said, given]) => window.chat.arrive(said, { parts: given }), [text, parts] as const)

const asked = (page: Page, what: string): Promise<ReadonlyArray<string>> =>
  page.evaluate((name) => window.chat.asked.filter((one) => one.startsWith(name)), what)

/** What became of the last answer. */
const becomes = (page: Page, change: object): Promise<void> =>
  page.evaluate((now) => window.chat.put(window.chat.state.messages.at(-1)?.id ?? '', now), change)

describe.skipIf(!(await hasChromium()))('a form in the widget', () => {
  const { visit } = useSite()

  it('is filled in by keyboard, says what lacks under the field, and goes when nothing does', async () => {
    const page = await visit()
    await open(page)
    await arrives(page, [form])
    expect(await heard(page)).toEqual(['Ana: Here:, Your order'])
    const email = page.getByRole('textbox', { name: 'Email' })
    expect(await email.getAttribute('autocomplete')).toBe('email')
    expect([await email.getAttribute('type'), await page.getByLabel('Phone').getAttribute('type')]).toEqual([
      'email',
      'tel',
    ])
    expect(await page.getByText('Email *').isVisible()).toBe(true)

    await page.getByRole('form', { name: 'Your order' }).getByRole('button', { name: 'Send' }).press('Enter')
    expect(await email.evaluate((node) => node.matches(':focus'))).toBe(true)
    expect(await page.locator('.bad').allTextContents()).toEqual([
      'Please fill this in.',
      'Please fill this in.',
      '',
      '',
      '',
      '',
      '',
    ])
    expect(await email.getAttribute('aria-invalid')).toBe('true')
    const described = await email.getAttribute('aria-describedby')
    expect(await page.locator(`#${described}`).textContent()).toBe('Please fill this in.')
    expect(await asked(page, 'answer')).toEqual([])

    await page.keyboard.type('zoe')
    expect(await email.getAttribute('aria-invalid')).toBeNull()
    await page.keyboard.press('Enter')
    expect(await page.locator('.bad').first().textContent()).toBe('An address such as zoe@example.org.')
    await page.keyboard.type('@example.org')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Large')
    await page.keyboard.press('Tab')
    await page.keyboard.type('2.5')
    await page.getByLabel('When').fill('2026-12-24')
    await page.getByLabel('Anything else').fill('Ring twice\nplease')
    await page.getByRole('checkbox', { name: 'It is a gift' }).press('Space')
    await page.getByRole('form').getByRole('button', { name: 'Send' }).press('Enter')
    const values = {
      email: 'zoe@example.org',
      size: 'Large',
      count: 2.5,
      day: '2026-12-24',
      words: 'Ring twice\nplease',
      gift: true,
    }
    expect(await asked(page, 'answer')).toEqual([`answer order ${JSON.stringify(values)}`])
    expect(await page.getByRole('form').getByRole('button').textContent()).toBe('Sending')

    await becomes(page, { state: 'sent' })
    expect(await page.getByText('Sent, thank you.').isVisible()).toBe(true)
    expect(await page.getByRole('textbox', { name: 'Email' }).count()).toBe(0)
    expect(await focused(page)).toBe('Your message')
    expect(await page.locator('.mine').count()).toBe(0)
  })

  it('that the server refuses says so under the field, keeps what was typed, and can be sent again', async () => {
    const page = await visit()
    await open(page)
    await arrives(page, [form])
    const send = page.getByRole('form').getByRole('button')
    await page.getByRole('textbox', { name: 'Email' }).fill('zoe@localhost')
    await page.getByLabel('Size').selectOption('Small')
    await send.click()
    await send.dispatchEvent('click')
    expect(await asked(page, 'answer')).toHaveLength(1)
    await becomes(page, { state: 'failed', error: 'invalid', issues: ['email: an email address'] })
    expect(await page.locator('.bad').first().textContent()).toBe('An address such as zoe@example.org.')
    const email = page.getByRole('textbox', { name: 'Email' })
    expect(await email.evaluate((node) => node.matches(':focus'))).toBe(true)
    expect(await email.inputValue()).toBe('zoe@localhost')
    await email.fill('zoe@example.org')
    await send.click()
    expect(await asked(page, 'answer')).toHaveLength(2)
    await becomes(page, { state: 'failed', error: 'refused' })
    expect(await page.locator('form .refused').isVisible()).toBe(true)
    await send.click()
    await becomes(page, { state: 'sent' })
    expect(await page.getByText('Sent, thank you.').isVisible()).toBe(true)
  })

  it('keeps what was typed and the focus while other messages come and this one is seen', async () => {
    const page = await visit()
    await open(page)
    await arrives(page, [form])
    const email = page.getByRole('textbox', { name: 'Email' })
    await email.click()
    await page.keyboard.type('zoe@')
    await arrives(page, [], 'Take your time')
    await page.evaluate(() => {
      for (const { id } of window.chat.state.messages) window.chat.put(id, { state: 'seen' })
    })
    await page.keyboard.type('example.org')
    expect(await email.inputValue()).toBe('zoe@example.org')
  })

  it('that was answered before stands in the history as a line, and one that is asked again as a form', async () => {
    const page = await visit()
    await page.evaluate(
      ([one]) =>
        window.chat.history([
          { parts: [one] },
          { from: 'visitor', state: 'sent', parts: [{ type: 'answer', form: 'order' }] },
          { parts: [structuredClone(one)] },
        ]),
      [form] as const,
    )
    await open(page)
    expect(await page.getByText('Sent, thank you.').count()).toBe(1)
    expect(await page.getByRole('textbox', { name: 'Email' }).count()).toBe(1)
  })
})

describe.skipIf(!(await hasChromium()))('choices and cards in the widget', () => {
  const { visit } = useSite()

  it('a choice is pressed once, is marked, and stands as the answer', async () => {
    const page = await visit()
    await open(page)
    await arrives(page, [choices], 'Was it delivered?')
    await page.getByRole('button', { name: 'No, thank you' }).press('Enter')
    expect(await asked(page, 'choose')).toEqual(['choose n'])
    expect(await page.locator('.mine .bubble').textContent()).toBe('No, thank you')
    const buttons = page.locator('.part button')
    expect(
      await buttons.evaluateAll((all) => all.map((one) => [(one as HTMLButtonElement).disabled, one.ariaPressed])),
    ).toEqual([
      [true, null],
      [true, 'true'],
    ])
    expect(await focused(page)).toBe('Your message')
  })

  it('a card leads out in a tab of its own, and never to a script', async () => {
    const page = await visit()
    await open(page)
    await arrives(page, [card], '')
    expect(await heard(page)).toEqual(['Ana: A candle'])
    const links = page.locator('.card a')
    expect(
      await links.evaluateAll((all) =>
        all.map((one) => [
          one.textContent,
          one.getAttribute('href'),
          one.getAttribute('target'),
          one.getAttribute('rel'),
        ]),
      ),
    ).toEqual([
      ['Pay', 'https://pay.example/1?a=1&b=2', '_blank', 'noopener noreferrer nofollow'],
      ['ana@shop.example', 'mailto:ana@shop.example', '_blank', 'noopener noreferrer nofollow'],
    ])
    expect(await page.locator('.card p').allTextContents()).toEqual(['12.50 EUR', 'Fig and cedar'])
  })

  it('speaks French, from right to left where the language does, and obeys the strictest policy of a page', async () => {
    const page = await visit({ lang: 'fr', strict: true, dir: 'rtl' })
    await open(page)
    await arrives(page, [form, choices, card])
    await page.getByRole('form').getByRole('button', { name: 'Envoyer' }).click()
    expect(await page.locator('.bad').first().textContent()).toBe('Réponse nécessaire.')
    expect(await page.locator('.card a').first().textContent()).toBe('Payer')
    expect(await page.evaluate(() => window.violations)).toEqual([])
    const arabic = await visit({ widget: 'locale="ar"' })
    await open(arabic)
    await arrives(arabic, [form, choices, card])
    const wide = await arabic.locator('.history').evaluate((node) => node.scrollWidth <= node.clientWidth)
    expect(wide).toBe(true)
    const edges = await arabic
      .locator('.card')
      .first()
      .evaluate((node) => {
        const [mine, list] = [node.getBoundingClientRect(), node.closest('ol')?.getBoundingClientRect()]
        return Math.round((list?.right ?? 0) - mine.right)
      })
    expect(edges).toBe(0)
  })

  it.each([
    ['shop', 'desktop'],
    ['dark', 'desktop'],
    ['shop', 'phone'],
    ['dark', 'phone'],
  ] as const)('have no fault that axe can find, before and after, %s on a %s', async (css, device) => {
    const page = await visit({ css }, device === 'phone' ? phone : {})
    await open(page)
    await arrives(page, [card, choices, form])
    await page.getByRole('form').getByRole('button').click()
    await page.locator('.history').evaluate((node) => node.scrollTo(0, 0))
    expect(await faults(page)).toEqual([])
    expect(await page.locator('.history').evaluate((node) => node.scrollWidth <= node.clientWidth)).toBe(true)
    await page.locator('.history').evaluate((node) => node.scrollTo(0, node.scrollHeight))
    await page.getByRole('button', { name: 'Yes', exact: true }).click()
    await page.getByRole('textbox', { name: 'Email' }).fill('zoe@example.org')
    await page.getByLabel('Size').selectOption('Small')
    await page.getByRole('form').getByRole('button').click()
    await becomes(page, { state: 'sent' })
    expect(await faults(page)).toEqual([])
  })
})
