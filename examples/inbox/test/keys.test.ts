import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium } from '../../../tooling/chromium.ts'
import { atRest } from './at-rest.ts'
import { axeFindings, problems } from './browser.ts'
import { type ShownInbox, shownInbox } from './shown-inbox.ts'

const available = await hasChromium()

/** What people who know other inboxes press. */
const expected =
  'j,k,o,u,r,n,e,h,a,t,⇧ t,l,x,⇧ x,s,i,!,#,z,p,b,/,y,.,?,[,],Esc,↵,^ K,^ ↵,^ ⇧ ↵,g o,g p,g c,g s,g a,@,:'.split(',')

/** What asks nothing of the engine: the window’s own looks, the demonstration’s clock and post, and what is taken back. */
const windowOnly = [
  'Affichage compact',
  'Annuler',
  'Avancer l’horloge de 1 h',
  'Avancer l’horloge de 5 min',
  'Avancer l’horloge à demain, 9:00',
  'Choisir',
  'Choisir jusqu’ici',
  'Couper l’envoi des e-mails',
  'Deux agents côte à côte',
  'Détails',
  'Désactiver les raccourcis à une lettre',
  'La boutique',
  'La boîte du client',
  'Le téléphone du client',
  'Raccourcis clavier',
  'Réduire la navigation',
  'Sous le capot',
  'Thème',
  'Tout choisir',
]

interface Pressed {
  readonly key: string
  readonly code: string
  readonly keyCode?: number
  readonly shiftKey?: boolean
  readonly ctrlKey?: boolean
  readonly altKey?: boolean
  readonly modifierAltGraph?: boolean
  readonly isComposing?: boolean
}

describe.skipIf(!available)('keys, palette and help', () => {
  let inbox: ShownInbox
  let ana: Page
  beforeAll(async () => {
    inbox = await shownInbox()
    await inbox.mail('Claire <claire@exemple.fr>', 'Cassée', 'Ma bougie est cassée.')
    await inbox.mail('Tom <tom@beispiel.de>', 'Später', 'Ich melde mich.')
    ana = await inbox.open('/?as=ana')
    await row('Ma bougie est cassée').click()
    await ana.locator('.message.in').waitFor()
  })
  afterAll(() => inbox?.stop())

  const row = (text: string) => ana.locator('#list [role=option]', { hasText: text })
  const field = () => ana.getByRole('combobox', { name: 'Commandes et recherche' })
  /** Keeps what is asked for waiting until it is called. */
  const holdBack = async (page: Page, url: string): Promise<() => void> => {
    let letGo: () => void = () => undefined
    const gone = new Promise<void>((resolve) => {
      letGo = resolve
    })
    await page.route(url, async (route) => {
      await gone
      await route.continue()
    })
    return letGo
  }
  const openPalette = async () => {
    await ana.locator('#list').focus()
    await ana.keyboard.press('Control+k')
    await field().waitFor()
  }
  const closeDialog = async () => {
    await ana.keyboard.press('Escape')
    await ana.getByRole('dialog').waitFor({ state: 'detached' })
  }
  /** A key as another keyboard sends it: what it writes, where it is, and what is held. */
  const press = (init: Pressed) =>
    ana.evaluate((event: Pressed) => {
      document
        .querySelector('#list')
        ?.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...event }))
    }, init)

  it('the help lists every key, once, in groups', async () => {
    await ana.locator('#list').focus()
    await ana.keyboard.press('?')
    await ana.getByRole('dialog', { name: 'Raccourcis clavier' }).waitFor()
    const listed = await ana
      .locator('.help dd .keys')
      .evaluateAll((all) =>
        all.map((keys) => [...keys.querySelectorAll('kbd')].map((key) => key.textContent).join(' ')),
      )
    for (const key of expected) expect(listed, key).toContain(key)
    expect(await ana.locator('.help h3').allTextContents()).toEqual([
      'Se déplacer',
      'Conversation',
      'Écrire',
      'Fenêtre et réglages',
    ])
    await closeDialog()
  })

  it('a key that is pressed before the commands have come is kept, and what follows goes where it leads', async () => {
    const page = await inbox.open('about:blank')
    const arrive = await holdBack(page, '**/assets/obey-*.js')
    const asked = page.waitForRequest('**/assets/obey-*.js')
    await page.goto(new URL(ana.url()).href)
    await page.locator('.message').first().waitFor()
    await page.locator('#list').focus()
    await asked
    // The first brings the pen to a note, the others are its words.
    for (const key of ['n', 'v', 'u']) await page.keyboard.press(key)
    expect(await page.locator('.composer.note').count()).toBe(0)
    arrive()
    await page.locator('.composer.note').waitFor()
    await expect.poll(() => page.locator('#composer').inputValue()).toBe('vu')
    await page.locator('#composer').fill('')
    await page.context().close()
  })

  it('keys that stand elsewhere on another keyboard do the same', async () => {
    const dialog = () => ana.getByRole('dialog')
    // AZERTY: the question mark is Shift and the comma's key.
    await press({ key: '?', code: 'KeyM', shiftKey: true })
    await dialog().waitFor()
    await closeDialog()
    // AZERTY: the bracket is AltGr and 5, which Windows reports as Control and Alt.
    const rail = () => ana.locator('nav.rail').count()
    const before = await rail()
    await press({ key: '[', code: 'Digit5', ctrlKey: true, altKey: true, modifierAltGraph: true })
    await expect.poll(rail).toBe(1 - before)
    await press({ key: '[', code: 'BracketLeft' })
    await expect.poll(rail).toBe(before)
    // QWERTZ: z is where y is elsewhere; a letter is what it writes. Caps Lock does not make it another.
    await press({ key: 'A', code: 'KeyQ' })
    await dialog().waitFor()
    await closeDialog()
  })

  it('does nothing while an input method composes, nor with Alt and a letter', async () => {
    await press({ key: 'e', code: 'KeyE', isComposing: true })
    await press({ key: 'Process', code: 'KeyE', keyCode: 229 })
    await press({ key: 'e', code: 'KeyE', altKey: true })
    await press({ key: 'e', code: 'KeyE', ctrlKey: true })
    await ana.keyboard.press('h')
    await ana.getByRole('dialog', { name: 'Mettre en attente' }).waitFor()
    await closeDialog()
    const { body } = await inbox.get('/api/conversations?tab=open&as=ana')
    expect(body.items).toHaveLength(2)
  })

  it('u goes back to the list, o opens, and Shift and u marks as unread', async () => {
    await ana.locator('#list').focus()
    await ana.keyboard.press('o')
    await expect.poll(() => ana.evaluate(() => document.activeElement?.classList.contains('thread'))).toBe(true)
    await ana.keyboard.press('u')
    await expect.poll(() => ana.evaluate(() => document.activeElement?.id)).toBe('list')
    await ana.keyboard.press('Shift+U')
    await row('Ma bougie est cassée').locator('.badge, .unread').first().waitFor()
    await row('Ma bougie est cassée').click()
  })

  it('who has gone elsewhere meanwhile stays there: no key goes where she is not any more', async () => {
    const focused = () => ana.evaluate(() => document.activeElement?.id)
    await ana.locator('#list').focus()
    // All before the next picture, which brings the pen to the composer where it was not there yet.
    await ana.evaluate(async () => {
      for (const key of ['r', 'Escape'])
        document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    })
    expect(await focused()).toBe('list')
    // Opening waits for the server, and she writes already.
    const answer = await holdBack(ana, '**/messages?**')
    const opened = ana.waitForResponse('**/messages?**')
    for (const key of ['o', 'r']) await ana.keyboard.press(key)
    await expect.poll(focused).toBe('composer')
    answer()
    await (await opened).finished()
    await atRest(ana)
    await ana.keyboard.type('un essai')
    expect(await ana.locator('#composer').inputValue()).toBe('un essai')
    await ana.unroute('**/messages?**')
    await ana.locator('#composer').fill('')
  })

  it('every key that a button has is told to assistive technology', async () => {
    const shortcuts = await ana
      .locator('[aria-keyshortcuts]')
      .evaluateAll((all) => all.map((element) => element.getAttribute('aria-keyshortcuts')))
    expect(shortcuts).toEqual(expect.arrayContaining(['Control+K', 'T', 'H', 'E', '.']))
  })

  it('finds commands by their letters, by several words, and shows each key', async () => {
    await openPalette()
    await field().fill('trf')
    await ana.getByRole('option', { name: /^Transférer à/ }).waitFor()
    await field().fill('horloge 1 h')
    await ana.getByRole('option', { name: 'Avancer l’horloge de 1 h' }).waitFor()
    await field().fill('fermer')
    const close = ana.getByRole('option', { name: 'Fermer' }).first()
    await close.waitFor()
    await expect.poll(() => close.locator('kbd').textContent()).toBe('e')
    await field().fill('zzzz')
    await ana.locator('.choices-none').waitFor()
    await closeDialog()
  })

  it('finds conversations, colleagues, queues and what was written, in groups', async () => {
    await openPalette()
    await field().fill('ben')
    await ana.locator('.choices-group', { hasText: 'Collègues' }).waitFor()
    await field().fill('livraisons')
    await ana.locator('.choices-group', { hasText: 'Files' }).waitFor()
    await field().fill('melde')
    await ana.locator('.choices-group', { hasText: 'Messages' }).waitFor()
    await field().fill('tom')
    await ana.locator('.choices-group', { hasText: 'Conversations' }).waitFor()
    await ana.keyboard.press('Enter')
    await ana.locator('.message.in', { hasText: 'Ich melde mich' }).waitFor()
  })

  it('shows the exact call that a row makes, and making it makes that call', async () => {
    await openPalette()
    await ana.keyboard.press('Control+.')
    await field().fill('à suivre')
    const call = ana.locator('.palette-call')
    await call.getByText('.conversations.flag(').waitFor()
    const code = await call.textContent()
    expect(code).toMatch(/^await shop\.as\('ana'\)\.conversations\.flag\('[^']+', \{ flag: 'followUp' \}\)$/)
    await ana.keyboard.press('Enter')
    await ana.locator('.palette').waitFor({ state: 'detached' })
    await ana.locator('#list').focus()
    await ana.keyboard.press('.')
    await ana.getByRole('tab', { name: 'Appels' }).click()
    await ana.locator('.under-code', { hasText: 'conversations.flag' }).waitFor()
    await expect.poll(() => ana.locator('.under-code', { hasText: 'conversations.flag' }).textContent()).toBe(code)
    await ana.keyboard.press('Escape')
    await openPalette()
    await field().fill('thème')
    await call.getByText('Rien n’est demandé au moteur').waitFor()
    await ana.keyboard.press('Control+.')
    await closeDialog()
  })

  it('every command shows a call, but those that only change the window', async () => {
    await openPalette()
    await ana.keyboard.press('Control+.')
    const options = ana.locator('.palette .choice')
    const without: string[] = []
    await expect.poll(() => options.count()).toBeGreaterThan(50)
    for (let n = 0; n < (await options.count()); n += 1) {
      const [active] = await ana.locator('.choice[aria-selected=true] .grow').allTextContents()
      if ((await ana.locator('.palette-call').textContent())?.startsWith('Rien n’est demandé'))
        without.push(active ?? '')
      await ana.keyboard.press('ArrowDown')
    }
    await ana.keyboard.press('Control+.')
    await closeDialog()
    expect(without.sort()).toEqual(windowOnly.toSorted())
  })

  it('a manager deletes with #, after a question; an agent has no such key', async () => {
    await ana.locator('#list').focus()
    await ana.keyboard.press('#')
    expect(await ana.getByRole('dialog').count()).toBe(0)
    await inbox.mail('Spam <spam@exemple.fr>', 'Loterie', 'Vous avez gagné.')
    const chloe = await inbox.open('/?as=chloe')
    await chloe.locator('#list [role=option]', { hasText: 'Vous avez gagné' }).click()
    await chloe.locator('.message.in').waitFor()
    await chloe.locator('#list').focus()
    await chloe.keyboard.press('#')
    await chloe.getByRole('dialog').getByText('Cela ne peut pas être annulé.').waitFor()
    await chloe.getByRole('dialog').getByRole('button', { name: 'Supprimer', exact: true }).click()
    await chloe.getByText('Conversation supprimée.').waitFor()
    await row('Vous avez gagné').waitFor({ state: 'detached' })
    await chloe.context().close()
  })

  it('one setting turns single letters off and says so in the help, where it is turned on again', async () => {
    await openPalette()
    await field().fill('désactiver les raccourcis')
    await ana.keyboard.press('Enter')
    await ana.locator('.palette').waitFor({ state: 'detached' })
    // What was chosen runs once the palette has given the focus back.
    await ana.waitForFunction(() => localStorage.getItem('guichet.keys') === 'off')
    await ana.locator('#list').focus()
    await ana.keyboard.press('h')
    await ana.keyboard.press('?')
    expect(await ana.getByRole('dialog').count()).toBe(0)
    await openPalette()
    await field().fill('raccourcis clavier')
    await ana.keyboard.press('Enter')
    await ana.getByText('Les raccourcis à une lettre sont désactivés.').waitFor()
    await ana.getByRole('button', { name: 'Activer les raccourcis à une lettre' }).click()
    await closeDialog()
    await ana.locator('#list').focus()
    await ana.keyboard.press('?')
    await ana.getByRole('dialog').waitFor()
    await closeDialog()
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`axe finds nothing on palette, help and drawer, ${colorScheme}`, async () => {
      for (const width of [1280, 390]) {
        const page = await inbox.open('/?as=chloe', {
          colorScheme,
          viewport: { width, height: 844 },
        })
        await page.locator('#list').focus()
        await page.keyboard.press('Control+k')
        await page.getByRole('combobox').fill('tra')
        await page.keyboard.press('Control+.')
        await page.locator('.palette-call').waitFor()
        await atRest(page)
        expect(await axeFindings(page), `palette ${width}`).toEqual([])
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'detached' })
        await page.locator('#list').focus()
        await page.keyboard.press('?')
        await page.getByRole('dialog').waitFor()
        await atRest(page)
        expect(await axeFindings(page), `help ${width}`).toEqual([])
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'detached' })
        await page.locator('#list').focus()
        await page.keyboard.press('.')
        for (const name of ['Journal', 'Appels', 'Refus', 'Travail à venir']) {
          await page.getByRole('tab', { name }).click()
          await page.locator('.under-line, .under-empty').first().waitFor()
          const line = page.locator('.under-line summary').first()
          if (await line.isVisible()) await line.click()
          await atRest(page)
          expect(await axeFindings(page), `${name} ${width}`).toEqual([])
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
