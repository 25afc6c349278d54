import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, launchChromium } from '../../../tooling/chromium.ts'
import { chatAt } from '../server/seed/visitors.ts'
import { webFront } from '../server/cluster/front.ts'
import { makePool } from '../server/cluster/pool.ts'
import type { Reachable } from '../server/cluster/node.ts'
import { listen, portOf } from '../server/listen.ts'
import { openWindow, problems } from './browser.ts'
import { callOn, type TestCluster, testCluster } from './cluster.ts'
import { events, type ServerEvent } from './feed.ts'
import { heldAtMost } from './held.ts'
import { until } from './until.ts'

const available = await hasChromium()
/** A process that has died is there again after it has loaded everything, which takes its time on a busy machine. */
const aWhile = 60_000

describe('three processes on one database', () => {
  let cluster: TestCluster
  const at = (node: number): string => cluster.nodes[node]?.url ?? ''
  const get = (node: number, path: string) => callOn(at(node), path)
  const post = (node: number, path: string, body: object) => callOn(at(node), path, body)
  const call = (node: number, as: string, name: string, ...args: ReadonlyArray<unknown>) =>
    post(node, `/api/call?as=${as}`, { call: name, args })
  /** As soon as this process knows of it. */
  const found = (node: number, query: string, text: string): Promise<string> =>
    until(async () => {
      const { body } = await get(node, `/api/conversations?${query}&limit=200`)
      return body.items.find((one: any) => one.subject === text || one.preview.includes(text))?.id
    }, aWhile)
  const isUp = (node: number) => () =>
    get(node, '/api/scene').then(
      () => true,
      () => undefined,
    )
  /** Everything that anybody may see, as this process tells it. */
  const journal = async (node: number): Promise<ReadonlyArray<ServerEvent>> => {
    const { body } = await get(node, '/api/setup?as=chloe')
    const stop = new AbortController()
    const heard: ServerEvent[] = []
    for await (const event of events(`${at(node)}/api/feed?as=chloe&since=0`, { signal: stop.signal })) {
      if (event.id !== '' && event.event !== 'ready') heard.push(event)
      if (Number(event.id) >= body.position) break
    }
    stop.abort()
    return heard
  }

  beforeAll(async () => {
    cluster = await testCluster()
  })
  afterAll(() => cluster?.stop())

  it('share one queue of offers, and nobody is ever given more than she can hold', async () => {
    const agents = ['ana', 'ben', 'lia']
    await Promise.all(agents.map((agent, node) => call(node, agent, 'presence.set', 'online')))
    const parcels = Array.from({ length: 30 }, (_, n) => `Colis ${n}`)
    const accepting = (async () => {
      // Five for Ana, five for Ben, eight for Lia.
      for (let taken = 0; taken < 18; ) {
        const accepted = await Promise.all(
          agents.map(async (agent, node) => {
            const { body } = await get(node, `/api/setup?as=${agent}`)
            const hers = body.offers.filter((one: any) => one.offer.agents.includes(agent))
            const answers = await Promise.all(
              // Somewhere else than where it was read.
              hers.map((one: any) => call((node + 1) % 3, agent, 'conversations.acceptOffer', one.id)),
            )
            return answers.filter(({ status }) => status === 200).length
          }),
        )
        taken += accepted.reduce((sum, one) => sum + one, 0)
      }
    })()
    await Promise.all(
      parcels.map((subject) => cluster.mail('Nina <nina@exemple.fr>', subject, `${subject} : pas de numéro de suivi.`)),
    )
    await accepting
    const owned = async (agent: string) =>
      (await get(0, `/api/conversations?tab=open&queue=livraisons&owner=${agent}&as=chloe`)).body.items.length
    expect(await Promise.all(agents.map(owned))).toEqual([5, 5, 8])
    const most = heldAtMost((await journal(1)).map(({ data }) => data))
    expect(Object.fromEntries(most)).toEqual({ ana: 5, ben: 5, lia: 8 })
    await Promise.all(agents.map((agent) => call(0, agent, 'presence.set', 'offline')))
  })

  it('take text messages and answer them, whichever of them a provider is sent to', async () => {
    const phone = '+33639980101'
    const told = await callOn(cluster.url, '/api/phone/messages', { line: 'sms', phone, text: 'Un SMS pour tous' })
    expect(told.status).toBe(201)
    const id = await found(0, 'tab=all&as=chloe', 'Un SMS pour tous')
    await post(0, `/api/conversations/${id}/messages?as=chloe`, { text: 'Bien reçu par SMS' })
    await until(async () => {
      const { body } = await callOn(cluster.url, '/api/phone/messages')
      return body.items.find((one: any) => one.phone === phone && one.text === 'Bien reçu par SMS')
    }, aWhile)
  })

  it('take a visitor’s files at whichever she is sent to, and show them at every other', async () => {
    const chat = chatAt(cluster.url)
    chat.connect()
    const names = Array.from({ length: 6 }, (_, n) => `mesure-${n}.txt`)
    for (const name of names) chat.send('', [new File([`de ${name}`], name, { type: 'text/plain' })])
    const sent = () => chat.state.messages.filter(({ state }) => state !== 'sending')
    await until(() => (sent().length === names.length ? true : undefined), aWhile)
    chat.destroy()
    expect(sent().map(({ files, error }) => error ?? files[0]?.name)).toEqual(names)
    const id = await found(0, 'tab=all&channel=livechat', '')
    const { items } = (await get(0, `/api/conversations/${id}/messages?as=chloe`)).body
    const read = async (node: number, url: string) => (await fetch(`${at(node)}${url}?as=chloe`)).text()
    const texts = await Promise.all(items.map((one: any, n: number) => read(n % 3, one.files[0].url)))
    expect(texts).toEqual(names.map((name) => `de ${name}`))
  })

  describe.skipIf(!available)('a visitor at one and her agent at another', () => {
    let browser: Browser
    let visitor: Page
    let chloe: Page
    beforeAll(async () => {
      browser = await launchChromium()
      ;[visitor, chloe] = (await Promise.all([
        openWindow(browser, `${at(0)}/site`),
        openWindow(browser, `${at(1)}/?as=chloe`),
      ])) as [Page, Page]
    })
    afterAll(() => browser?.close())

    it('read each other within a second, and see each other type', async () => {
      await visitor.locator('guichet-chat [part=launcher]').click()
      const box = visitor.locator('guichet-chat textarea')
      await box.fill('Ma bougie est cassée')
      await box.press('Enter')
      await chloe.locator('#list [role=option]', { hasText: 'Ma bougie est cassée' }).click()
      await chloe.locator('.message.in', { hasText: 'Ma bougie est cassée' }).waitFor()
      await box.pressSequentially('Elle')
      await chloe.locator('.typing', { hasText: 'écrit' }).waitFor()
      await chloe.locator('#composer').pressSequentially('Je')
      await visitor.locator('guichet-chat').getByText('Chloé Lambert écrit').first().waitFor()
      await chloe.locator('#composer').fill('Je vous en envoie une autre.')
      await chloe.locator('#composer').press('Control+Enter')
      await visitor.locator('guichet-chat li', { hasText: 'une autre' }).waitFor()
      await chloe.locator('[data-delivery=read]', { hasText: 'Vu' }).waitFor()
      let tries = 0
      // A busy machine may be late now and then; what is told at once is there in time as soon as it can be.
      await until(async () => {
        const begun = performance.now()
        await box.fill(`Encore ${(tries += 1)}`)
        await box.press('Enter')
        await chloe.locator('#list [role=option]', { hasText: `Encore ${tries}` }).waitFor()
        return performance.now() - begun < 1_000 ? true : undefined
      }, aWhile)
      // By the front: what a window looks at is told to one process, and its stream is open at another.
      const ana = await openWindow(browser, `${cluster.url}/?as=ana`)
      await ana.locator('#list [role=option]', { hasText: `Encore ${tries}` }).click()
      await chloe.locator('#list [role=option] [data-watcher=ana]').waitFor()
      await ana.context().close()
      await chloe.locator('#list [role=option] [data-watcher=ana]').waitFor({ state: 'detached' })
      expect(problems).toEqual([])
    })
  })

  describe('one of which is killed in the middle of a burst', () => {
    const mine = Array.from({ length: 200 }, (_, n) => `Question ${n}`)
    const theirs = Array.from({ length: 40 }, (_, n) => `Réponse ${n}`)
    const heard: ServerEvent[] = []
    let said: ReadonlyArray<{ readonly from: string; readonly text: string }> = []
    let killed = 0
    let conversation = ''

    beforeAll(async () => {
      const pool = makePool<Reachable>()
      const front = webFront(pool, '127.0.0.1')
      await listen(front, 0, '127.0.0.1')
      const joined = (node: number) => pool.join({ port: Number(new URL(at(node)).port), smtpPort: 0 })
      // While there is no other she must be there.
      joined(0)
      const chat = chatAt(`http://127.0.0.1:${portOf(front)}`)
      chat.connect()
      await until(() => (chat.state.status === 'online' ? true : undefined), aWhile)
      joined(1)
      joined(2)

      const stop = new AbortController()
      const desk = (async () => {
        for (let node = 0; !stop.signal.aborted; node = 2) {
          const lastEventId = heard.at(-1)?.id ?? '0'
          try {
            const stream = events(`${at(node)}/api/feed?as=chloe`, { lastEventId, signal: stop.signal })
            for await (const event of stream) if (event.id !== '' && event.event !== 'ready') heard.push(event)
          } catch {
            // Cut: it goes on at the other one, after what it has.
          }
        }
      })()

      for (const text of mine) chat.send(text)
      conversation = await found(1, 'tab=all', 'Question')
      const answering = (async () => {
        for (const text of theirs) {
          const sent = await post(1, `/api/conversations/${conversation}/messages?as=chloe`, { text })
          if (sent.status >= 300) throw new Error(JSON.stringify(sent.body))
        }
      })()
      const arrived = () => chat.state.messages.filter(({ from, state }) => from === 'visitor' && state !== 'sending')
      await until(() => (arrived().length >= 60 ? true : undefined), aWhile)
      cluster.signal(0, 'SIGKILL')
      killed = arrived().length
      await answering
      const everything = mine.length + theirs.length
      await until(
        () => (arrived().length === mine.length && chat.state.messages.length >= everything ? true : undefined),
        aWhile,
      )
      said = chat.state.messages
      const { body } = await get(2, '/api/setup?as=chloe')
      await until(() => (Number(heard.at(-1)?.id) >= body.position ? true : undefined), aWhile)
      stop.abort()
      await desk
      chat.destroy()
      front.close()
      front.closeAllConnections()
    })

    it('loses nothing of what the visitor wrote and doubles nothing', async () => {
      expect(killed).toBeLessThan(mine.length)
      const texts: string[] = []
      for (let after = 0; ; ) {
        const path = `/api/conversations/${conversation}/messages?as=chloe&after=${after}&limit=100`
        const { items } = (await get(1, path)).body
        if (items.length === 0) break
        texts.push(...items.filter((one: any) => one.direction === 'in').map((one: any) => one.text))
        after = items.at(-1).seq
      }
      expect(texts).toEqual(mine)
    })

    it('loses nothing of what she is told and doubles nothing', () => {
      expect(said.filter(({ from }) => from === 'visitor').map(({ text }) => text)).toEqual(mine)
      expect(said.filter(({ from }) => from === 'agent').map(({ text }) => text)).toEqual(theirs)
    })

    it('leaves a desk that goes on at another process, with every entry once and in order', async () => {
      const entries = (list: ReadonlyArray<ServerEvent>) =>
        list.filter(({ event }) => event === 'Entry').map(({ id }) => Number(id))
      expect(entries(heard)).toEqual(entries(await journal(1)))
    })

    it('is started again, and takes part', async () => {
      await until(isUp(0), aWhile)
      await cluster.mail('Paul <paul@exemple.fr>', 'Horaires', 'Êtes-vous ouverts ?')
      await found(0, 'tab=all', 'Horaires')
    })
  })

  it('let one leave without a pause: what it has is finished, and visitors go on at another', async () => {
    await until(isUp(0), aWhile)
    await cluster.mail('Zoé <zoe@exemple.fr>', 'Départ', 'Vous partez ?')
    const id = await found(0, 'tab=all', 'Départ')
    const chat = chatAt(cluster.url)
    chat.connect()
    await until(() => (chat.state.status === 'online' ? true : undefined), aWhile)
    const before = cluster.nodes[0]?.pid()
    const isGone = () => cluster.nodes[0]?.pid() !== before
    const [asked, answers]: [string[], string[]] = [[], []]
    // Whoever is asked while it leaves answers, and what changes something is never asked twice.
    for (let after = 0; after < 5; after += isGone() ? 1 : 0) {
      if (asked.length === 5) cluster.signal(0, 'SIGTERM')
      asked.push(`Question ${asked.length}`)
      chat.send(asked.at(-1) ?? '')
      const text = `Réponse ${answers.length}`
      const { status } = await callOn(cluster.url, `/api/conversations/${id}/messages?as=chloe`, { text })
      expect(status).toBeLessThan(300)
      answers.push(text)
    }
    const kept = () => chat.state.messages.filter(({ from, state }) => from === 'visitor' && state !== 'sending')
    await until(() => (kept().length === asked.length ? true : undefined), aWhile)
    chat.destroy()
    expect(kept().map(({ text, error }) => error ?? text)).toEqual(asked)
    const mailed = () => cluster.mails.list('zoe@exemple.fr').map(({ text }) => text.split('\n')[0])
    await expect.poll(() => mailed().length, { timeout: aWhile }).toBe(answers.length)
    expect(new Set(mailed())).toEqual(new Set(answers))
    await until(isUp(0), aWhile)
  })

  it('take over what one had in hand when it was killed: its deliveries and its timers', async () => {
    await until(isUp(0), aWhile)
    await cluster.mail('Emma <emma@exemple.fr>', 'Grille', 'Avez-vous une grille ?')
    await cluster.mail('Hugo <hugo@exemple.fr>', 'Plus tard', 'Rappelez-moi.')
    const [id, later] = await Promise.all([found(0, 'tab=all', 'Grille'), found(0, 'tab=all', 'Plus tard')])
    const { now } = (await get(0, '/api/scene')).body
    expect((await post(0, `/api/conversations/${later}/snooze?as=chloe`, { until: now + 60_000 })).status).toBe(200)

    // Nobody else can take it up: it is this one that stands before the door.
    for (const node of [1, 2]) cluster.signal(node, 'SIGSTOP')
    cluster.provider.shut()
    for (const text of ['La voici.', 'Et les délais.']) {
      expect((await post(0, `/api/conversations/${id}/messages?as=chloe`, { text })).status).toBeLessThan(300)
    }
    await until(() => (cluster.provider.waiting() > 0 ? true : undefined), aWhile)
    cluster.signal(0, 'SIGKILL')
    for (const node of [1, 2]) cluster.signal(node, 'SIGCONT')
    await until(() => (cluster.provider.waiting() === 0 ? true : undefined), aWhile)
    cluster.provider.open()
    await post(1, '/api/clock', { advanceMs: 95_000 })

    const deliveries = async () => {
      const { items } = (await get(1, `/api/conversations/${id}/messages?as=chloe`)).body
      return items.filter((one: any) => one.direction === 'out').map((one: any) => one.delivery?.status)
    }
    // Whether the first one has left nobody can say: it is shown, and not sent again by guess.
    await expect.poll(deliveries, { timeout: aWhile }).toEqual(['uncertain', 'sent'])
    await expect
      .poll(async () => (await get(2, `/api/conversations/${later}?as=chloe`)).body.status, { timeout: aWhile })
      .toBe('open')
    const texts = cluster.mails.list('emma@exemple.fr').map(({ text }) => text.split('\n')[0])
    expect(texts).toEqual(['Et les délais.'])
    expect((await get(2, '/api/mailbox/mails?box=emma@exemple.fr')).body.items).toHaveLength(1)
  })
})

it('would find out one that was given too much', () => {
  const offered = (conversation: string) => ({
    _tag: 'Entry',
    conversation,
    entry: { actor: {}, what: { _tag: 'Offered', agents: ['ana'] } },
  })
  expect(heldAtMost(['a', 'b', 'a', 'c'].map(offered)).get('ana')).toBe(3)
})
