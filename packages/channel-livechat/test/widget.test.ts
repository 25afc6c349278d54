import { describe, expect, it } from 'vitest'
import { hasChromium } from '../../../tooling/chromium.ts'
import { focused, heard, open, useSite } from './widget/visit.ts'

const bytes = (size: number) => Buffer.alloc(size, 1)

describe.skipIf(!(await hasChromium()))('the widget', () => {
  const { visit } = useSite()

  it('is opened, used and closed by keyboard only, and gives the focus back', async () => {
    const page = await visit()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Open the chat')
    const launcher = page.getByRole('button', { name: 'Open the chat' })
    expect(await launcher.getAttribute('aria-expanded')).toBe('false')
    await page.keyboard.press('Enter')
    expect(await focused(page)).toBe('Your message')
    expect(await page.locator('.launcher').getAttribute('aria-expanded')).toBe('true')

    await page.keyboard.type('My candle')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('arrived broken')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => window.chat.asked)).toContain('send My candle\narrived broken')
    expect(await focused(page)).toBe('Your message')
    expect(await page.getByLabel('Your message').inputValue()).toBe('')

    await page.keyboard.press('Escape')
    expect(await page.locator('#panel').isVisible()).toBe(false)
    expect(await focused(page)).toBe('Open the chat')
  })

  it('closes the menu with the first Escape and the panel with the second', async () => {
    const page = await visit()
    await open(page)
    await page.getByRole('button', { name: 'Options' }).press('Enter')
    await page.keyboard.press('Tab')
    expect(await page.getByRole('switch', { name: 'Sound' }).evaluate((toggle) => toggle.matches(':focus'))).toBe(true)
    await page.keyboard.press('Escape')
    expect(await page.locator('.menu').isVisible()).toBe(false)
    expect(await focused(page)).toBe('Options')
    expect(await page.locator('#panel').isVisible()).toBe(true)
    await page.keyboard.press('Escape')
    expect(await page.locator('#panel').isVisible()).toBe(false)
  })

  it('returns the focus to whatever opened it when the launcher is hidden', async () => {
    const page = await visit({ widget: 'launcher="hidden"' })
    await page.getByRole('link', { name: 'Boutique' }).focus()
    await open(page)
    expect(await focused(page)).toBe('Your message')
    await page.keyboard.press('Escape')
    expect(await focused(page)).toBe('Boutique')
  })

  it('does not take the focus on a page that loads with it open', async () => {
    const page = await visit({ widget: 'open' })
    expect(await page.locator('#panel').isVisible()).toBe(true)
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY')
  })

  it('says what arrives live, also while it is closed, and never the history', async () => {
    const page = await visit()
    await page.evaluate(() => {
      window.chat.history([{ text: 'An old answer' }, { from: 'visitor', text: 'An old question', state: 'seen' }])
      window.chat.arrive('Good morning')
    })
    expect(await heard(page)).toEqual(['Ana: Good morning'])
    await open(page)
    await page.evaluate(() =>
      window.chat.arrive('', { files: [{ name: 'slip.pdf', mime: 'application/pdf', size: 1 }] }),
    )
    expect(await heard(page)).toEqual(['Ana: Good morning', 'Ana: slip.pdf'])
    expect(await page.locator('[role=status]').evaluate((region) => region.closest('#panel') === null)).toBe(true)
  })

  it('says once per answer that somebody writes, and tells failures and the connection', async () => {
    const page = await visit()
    await open(page)
    await page.evaluate(() => {
      const { chat } = window
      chat.set({ typing: 'Ana' })
      chat.set({ typing: null })
      chat.set({ typing: 'Ana' })
      const sent = chat.send('Hello')
      chat.put(sent.id, { state: 'sent' })
      chat.put(sent.id, { state: 'failed' })
      chat.set({ status: 'reconnecting', lostAt: Date.now() })
      chat.set({ status: 'online' })
    })
    expect(await heard(page)).toEqual([
      'Ana is typing',
      'Sent',
      'Not sent.',
      'Offline for 0 sec. Your messages will go when it is back.',
      'Back online.',
    ])
  })

  it('is an ordered list in a labelled region for the accessibility tree', async () => {
    const page = await visit()
    await open(page)
    await page.evaluate(() =>
      window.chat.history([
        { text: 'Good morning', at: 1_700_000_000_000 },
        { from: 'visitor', text: 'Hello', state: 'seen', at: 1_700_000_060_000 },
      ]),
    )
    const tree = await page.getByRole('region', { name: 'Conversation' }).ariaSnapshot()
    expect(tree.replace(/\d+:\d+.[AP]M/g, 'TIME').split('\n')).toMatchInlineSnapshot(`
      [
        "- region "Conversation":",
        "  - list:",
        "    - listitem:",
        "      - paragraph: Tuesday, November 14",
        "      - text: Ana TIME Good morning",
        "    - listitem: You TIME Hello Seen",
      ]
    `)
    const region = page.getByRole('region', { name: 'Conversation' })
    expect(await region.getAttribute('tabindex')).toBe('0')
  })

  it('counts what is unread in the badge, the name of the launcher and the title of the page', async () => {
    const page = await visit()
    await page.evaluate(() => window.chat.set({ unread: 1 }))
    await page.getByRole('button', { name: 'Open the chat, 1 unread' }).waitFor()
    expect(await page.title()).toBe('(1) Maison Lune')
    await page.evaluate(() => window.chat.set({ unread: 120 }))
    expect(await page.locator('.badge').textContent()).toBe('99+')
    expect(await page.title()).toBe('(99+) Maison Lune')
    await page.evaluate(() => {
      document.title = 'Basket'
      window.chat.set({ unread: 2 })
    })
    expect(await page.title()).toBe('(2) Basket')
    await open(page)
    await page.waitForFunction(() => window.chat.state.unread === 0)
    expect(await page.title()).toBe('Basket')
    expect(await page.locator('.badge').isVisible()).toBe(false)
  })

  it('does not mark as read what arrives under a reader who is further up, and offers the way down', async () => {
    const page = await visit()
    await open(page)
    await page.evaluate(() => window.chat.history(Array.from({ length: 60 }, (_, n) => ({ text: `Line ${n}` }))))
    const history = page.getByRole('region', { name: 'Conversation' })
    await history.evaluate((node) => {
      node.scrollTop = 100
    })
    await page.waitForFunction(() => window.widget.shadowRoot?.querySelector('.history')?.scrollTop === 100)
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    await page.evaluate(() => window.chat.arrive('News'))
    expect(await history.evaluate((node) => node.scrollTop)).toBe(100)
    expect(await page.evaluate(() => window.chat.state.unread)).toBe(1)
    await page.getByRole('button', { name: 'New message' }).click()
    await page.getByText('News', { exact: true }).waitFor()
    await page.waitForFunction(() => window.chat.state.unread === 0)
  })

  it('shows what became of a message, and sends a failed one again', async () => {
    const page = await visit()
    await open(page)
    await page.getByLabel('Your message').fill('Hello')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByText('Sending').waitFor()
    for (const [state, text] of [
      ['sent', 'Sent'],
      ['delivered', 'Delivered'],
      ['seen', 'Seen'],
      ['failed', 'Not sent.'],
    ] as const) {
      await page.evaluate((next) => window.chat.put('m1', { state: next }), state)
      expect(await page.locator('.state').textContent()).toContain(text)
    }
    await page.getByRole('button', { name: 'Try again' }).click()
    expect(await page.evaluate(() => window.chat.asked)).toContain('retry m1')
    await page.getByText('Sending').waitFor()
    expect(await focused(page)).toBe('Your message')
  })

  it('refuses files with a sentence each, and sends the others', async () => {
    const page = await visit()
    await open(page)
    const picker = page.locator('input[type=file]')
    await picker.setInputFiles([
      { name: 'virus.exe', mimeType: 'application/x-msdownload', buffer: bytes(10) },
      { name: 'huge.pdf', mimeType: 'application/pdf', buffer: bytes(10_000_001) },
      { name: 'candle.png', mimeType: 'image/png', buffer: bytes(2_400_000) },
      { name: 'orders.csv', mimeType: 'text/csv', buffer: bytes(10) },
      { name: 'bill.pdf', mimeType: 'application/pdf', buffer: bytes(10) },
      { name: 'fourth.png', mimeType: 'image/png', buffer: bytes(10) },
    ])
    const sentences = [
      'virus.exe was left out: type not accepted.',
      'huge.pdf was left out: larger than 10 MB.',
      'fourth.png was left out: 3 a message is the limit.',
    ]
    expect(await page.locator('.refused p').allTextContents()).toEqual(sentences)
    expect(await heard(page)).toEqual(sentences)
    expect(await page.locator('.chosen').textContent()).toContain('2.4 MB')
    await page.getByRole('button', { name: 'Remove orders.csv' }).click()
    await page.getByLabel('Your message').press('Enter')
    expect(await page.evaluate(() => window.chat.asked)).toContain('send  [candle.png] [bill.pdf]')
    expect(await page.locator('.chosen li').count()).toBe(0)
    expect(await page.locator('.refused').isVisible()).toBe(false)
  })

  it.each(['paste', 'drop'])('takes files by %s', async (way) => {
    const page = await visit()
    await open(page)
    await page.getByLabel('Your message').evaluate((field, name) => {
      const data = new DataTransfer()
      data.items.add(new File(['x'], 'candle.png', { type: 'image/png' }))
      const init = { bubbles: true, cancelable: true, composed: true }
      if (name === 'drop') {
        field.dispatchEvent(new DragEvent('dragover', { ...init, dataTransfer: data }))
        field.dispatchEvent(new DragEvent('drop', { ...init, dataTransfer: data }))
      } else field.dispatchEvent(new ClipboardEvent('paste', { ...init, clipboardData: data }))
    }, way)
    expect(await page.locator('.chosen b').allTextContents()).toEqual(['candle.png'])
  })

  it('shows pictures with their name, and offers everything else for download only', async () => {
    const page = await visit()
    await open(page)
    await page.evaluate(() =>
      window.chat.history([
        {
          text: 'Look',
          files: [
            { name: 'candle.png', mime: 'image/png', size: 9, url: '/candle.svg' },
            { name: 'slip.pdf', mime: 'application/pdf', size: 84_000, url: '/slip.pdf' },
            { name: 'drawing.svg', mime: 'image/svg+xml', size: 9, url: '/candle.svg' },
            { name: 'evil.png', mime: 'image/png', size: 9, url: 'javascript:alert(1)' },
            { name: 'gone.png', mime: 'image/png', size: 9, url: '/gone.png' },
          ],
        },
      ]),
    )
    await page.getByRole('img', { name: 'candle.png' }).waitFor()
    const downloads = page.locator('a[download]')
    await expect
      .poll(() => downloads.evaluateAll((all) => all.map((link) => link.getAttribute('download'))))
      .toEqual(['slip.pdf', 'drawing.svg', 'gone.png'])
    expect(await page.locator('.message').innerHTML()).not.toContain('javascript:')
  })

  it('makes links of http addresses only, with nothing for the page behind them', async () => {
    const page = await visit()
    await open(page)
    await page.evaluate(() =>
      window.chat.arrive(
        'See https://a.example/x?y=1, (http://b.example/z_(1)). javascript:alert(1) <b>no</b> ftp://c.example',
      ),
    )
    const links = page.locator('.bubble a')
    expect(await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')))).toEqual([
      'https://a.example/x?y=1',
      'http://b.example/z_(1)',
    ])
    expect(await links.first().getAttribute('rel')).toBe('noopener noreferrer nofollow')
    expect(await page.locator('.bubble').textContent()).toContain('<b>no</b>')
  })

  it('ends after a question, and begins again', async () => {
    const page = await visit()
    await open(page)
    await page.evaluate(() => window.chat.arrive('Good morning'))
    const end = async () => {
      await page.getByRole('button', { name: 'Options' }).click()
      await page.getByRole('button', { name: 'End the chat' }).click()
    }
    await end()
    await page.getByRole('group', { name: 'End this chat?' }).waitFor()
    expect(await focused(page)).toBe('Keep it open')
    await page.keyboard.press('Escape')
    expect(await focused(page)).toBe('Your message')
    await end()
    await page.getByRole('button', { name: 'End', exact: true }).click()
    expect(await page.evaluate(() => window.chat.asked)).toContain('end')
    expect(await focused(page)).toBe('New chat')
    expect(await page.getByLabel('Your message').isVisible()).toBe(false)
    await page.keyboard.press('Enter')
    expect(await focused(page)).toBe('Your message')
  })

  it('shows for how long the connection has been away', async () => {
    const page = await visit()
    await open(page)
    const lostAt = await page.evaluate(() => {
      const at = Date.now() - 12_000
      window.chat.set({ status: 'reconnecting', lostAt: at })
      return at
    })
    const shown = await page.locator('.banner').textContent()
    const seconds = Number(/^Offline for (\d+) sec\./.exec(shown ?? '')?.[1])
    expect(seconds).toBeGreaterThanOrEqual(12)
    expect(seconds).toBeLessThanOrEqual((Date.now() - lostAt) / 1000)
    await page.evaluate(() => window.chat.set({ status: 'online' }))
    expect(await page.locator('.banner').isVisible()).toBe(false)
  })

  it('keeps a draft and what stands in it when the language changes', async () => {
    const page = await visit()
    await open(page)
    await page.getByLabel('Your message').fill('Half a sentence')
    await page.evaluate(() => window.widget.setAttribute('locale', 'fr'))
    expect(await page.getByLabel('Votre message').inputValue()).toBe('Half a sentence')
  })

  it('gives its events to the page, and goes on when the page moves it', async () => {
    const page = await visit()
    await open(page)
    await page.evaluate(async () => {
      window.chat.arrive('Good morning')
      const home = document.createElement('div')
      document.body.append(home)
      home.append(window.widget)
      await Promise.resolve()
      window.chat.put(window.chat.send('Hello').id, { state: 'sent' })
      window.widget.hide()
    })
    const events = await page.evaluate(() => window.events)
    for (const name of ['ready', 'open', 'message', 'unread', 'status', 'sent', 'close']) expect(events).toContain(name)
    expect(await page.locator('.bubble').allTextContents()).toEqual(['Good morning', 'Hello'])
    expect(await page.evaluate(() => window.chat.asked)).not.toContain('destroy')
  })

  it('rings in one tab, only when the message cannot be seen, and not when the sound is off', async () => {
    const page = await visit()
    await page.evaluate(() => {
      const create = AudioContext.prototype.createOscillator
      AudioContext.prototype.createOscillator = function (this: AudioContext) {
        window.events.push('note')
        return create.call(this)
      }
      const request = navigator.locks.request.bind(navigator.locks)
      navigator.locks.request = ((name: string, options: LockOptions, use: (lock: Lock | null) => unknown) =>
        request(name, options, (lock) => {
          window.events.push(lock === null ? 'elsewhere' : 'ours')
          return use(lock)
        })) as typeof request
    })
    const count = (name: string) =>
      page.evaluate((wanted) => window.events.filter((event) => event === wanted).length, name)
    const free = async () =>
      await expect.poll(() => page.evaluate(async () => (await navigator.locks.query()).held?.length)).toBe(0)

    await page.evaluate(() => window.chat.arrive('Before any gesture'))
    await page.getByRole('button', { name: /Open the chat/ }).click()
    await page.getByLabel('Your message').press('a')
    await page.evaluate(() => window.chat.arrive('Seen at once'))
    await expect.poll(() => count('ours')).toBe(1)
    await free()
    expect(await count('note')).toBe(0)

    await page.keyboard.press('Escape')
    await page.evaluate(() => window.chat.arrive('Behind the launcher'))
    await expect.poll(() => count('note')).toBe(1)
    await free()

    await page.evaluate(() => {
      const another = document.createElement('iframe')
      document.body.append(another)
      void another.contentWindow?.navigator.locks.request('guichet:ring', () => new Promise(() => {}))
    })
    await expect.poll(() => page.evaluate(async () => (await navigator.locks.query()).held?.length)).toBe(1)
    await page.evaluate(() => window.chat.arrive('Rung elsewhere'))
    await expect.poll(() => count('elsewhere')).toBe(1)
    expect(await count('note')).toBe(1)

    await page.getByRole('button', { name: /Open the chat/ }).click()
    await page.getByRole('button', { name: 'Options' }).click()
    await page.getByRole('switch', { name: 'Sound' }).uncheck()
    expect(await page.evaluate(() => localStorage.getItem('guichet:sound'))).toBe('off')
  })
})
