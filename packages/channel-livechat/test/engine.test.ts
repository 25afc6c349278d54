import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createEngine, type AgentSession, type Done, type Engine, type Outcome } from '@guichet/engine'
import { memoryStorage as memoryStore } from '@guichet/engine/memory'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { livechat } from '../src/index.ts'
import { cuttingProxy } from './cutting-proxy.ts'
import { clientId, enter, openSession, origin, settings, until } from './server.ts'
import { memoryStorage, openPage, type Page } from './visitor.ts'

interface Site {
  readonly base: string
  readonly port: number
  readonly engine: Engine
  readonly ana: AgentSession
  readonly problems: ReadonlyArray<unknown>
  readonly stop: () => Promise<void>
}

/** The whole of it: engine, store, HTTP server, chat. */
const open = async (): Promise<Site> => {
  const chat = livechat({ connections: { burst: 100_000, perMinute: 100_000 } })
  const problems: Array<unknown> = []
  const engine = await createEngine({
    storage: memoryStore(),
    channels: { livechat: chat },
    onError: (problem) => void problems.push(problem),
  })
  const acme = engine.workspace('acme')
  await acme.queues.put({ id: 'support', name: 'Support', mode: 'shared', claimOnReply: true })
  await acme.agents.put({ id: 'ana', name: 'Ana', role: 'agent', queues: ['support'] })
  const put = await acme.accounts.put({
    id: 'site',
    channel: 'livechat',
    queue: 'support',
    settings: settings({ allowNoOrigin: true }),
  })
  if (!put.ok) throw new Error(JSON.stringify(put.refusal))
  const server = createServer((_, response) => response.writeHead(404).end())
  const detach = chat.attach(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    base: `http://127.0.0.1:${port}/chat/v1`,
    engine,
    ana: acme.as('ana'),
    problems,
    stop: async () => {
      await engine.close()
      detach()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

let site: Site
let pages: Array<Page> = []
beforeEach(async () => {
  site = await open()
})
afterEach(async () => {
  for (const page of pages) page.chat.destroy()
  pages = []
  await site.stop()
  expect(site.problems).toEqual([])
})

const visit: typeof openPage = (...args) => {
  const page = openPage(...args)
  pages.push(page)
  page.chat.connect()
  return page
}

const done = async (acting: Promise<Outcome<Done>>): Promise<Done> => {
  const outcome = await acting
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`)
  return outcome.value
}

/** The one conversation that there is. */
const only = async (): Promise<string> => {
  const { items } = await site.ana.conversations.list({ tab: 'all' })
  expect(items).toHaveLength(1)
  return items[0]?.id as string
}

const desk = async (id: string): Promise<ReadonlyArray<string>> => {
  const texts: Array<string> = []
  for (let before: number | null | undefined; before !== null; ) {
    const page = await site.ana.conversations.timeline(id, { limit: 200, ...(before === undefined ? {} : { before }) })
    if (!page.ok) throw new Error(JSON.stringify(page.refusal))
    texts.unshift(...page.value.messages.filter((one) => one.direction !== 'note').map((one) => one.text))
    before = page.value.before
  }
  return texts
}

describe('live chat on a real engine', () => {
  it('G35 a visitor is blocked by the address that the socket has, also under another name', async () => {
    const say = async (text: string): Promise<unknown> => {
      const peer = await enter(site.base, await openSession(site.base))
      peer.tell({ type: 'send', clientId: clientId(), text, files: [] })
      return Promise.race([peer.next('sent'), peer.next('failed')])
    }
    expect(await say('insults')).toMatchObject({ type: 'sent' })
    const [first] = (await site.ana.conversations.list({ tab: 'all' })).items
    const contact = await site.ana.contacts.get(first?.contact.id ?? '')
    const range = contact.ok ? (contact.value.attributes['ip'] ?? '') : ''
    const acme = site.engine.workspace('acme')
    await acme.agents.put({ id: 'mia', name: 'Mia', role: 'manager', queues: [] })
    const { blocks } = acme.as('mia')
    const blocked = await blocks.add({ target: { _tag: 'Ip', range }, reason: 'insults' })
    if (!blocked.ok) throw new Error(JSON.stringify(blocked.refusal))
    expect(await say('insults by somebody new')).toMatchObject({ type: 'failed', code: 'refused' })
    expect(await desk(await only())).toEqual(['insults'])
    await blocks.remove(blocked.value.id)
    expect(await say('sorry')).toMatchObject({ type: 'sent' })
  })

  it('a visitor writes, Ana answers, and each sees what became of it', async () => {
    const page = visit(site.base)
    page.chat.send('Bonjour')
    await page.settled()
    const id = await only()
    await done(site.ana.conversations.note(id, { text: 'a regular' }))
    const { entry } = await done(site.ana.conversations.reply(id, { text: 'Bonjour, que puis-je faire ?' }))
    await until(() => page.chat.state.unread === 1)
    expect(page.texts()).toEqual(['Bonjour', 'Bonjour, que puis-je faire ?'])
    expect(page.heard).toMatchObject([{ author: 'Ana', from: 'agent' }])
    page.chat.read()
    const status = async (): Promise<string | undefined> => {
      const timeline = await site.ana.conversations.timeline(id)
      return timeline.ok ? timeline.value.messages.find((one) => one.seq === entry?.seq)?.delivery?.status : undefined
    }
    await expect.poll(status).toBe('read')
    expect(page.texts()).toEqual(['Bonjour', 'Bonjour, que puis-je faire ?'])
    const again = visit(site.base, { storage: memoryStorage() })
    await again.online()
    expect(again.texts()).toEqual([])
  })

  it('edits and deletions reach the visitor, notes never do', async () => {
    const peer = await enter(site.base)
    peer.tell({ type: 'send', clientId: clientId(), text: 'hello', files: [] })
    await peer.next('message')
    const id = await only()
    await done(site.ana.conversations.note(id, { text: 'between us' }))
    const { entry } = await done(site.ana.conversations.reply(id, { text: 'a typo' }))
    const { message } = await peer.next('message')
    expect(message).toMatchObject({ text: 'a typo', prev: 1, seq: entry?.seq })
    await done(site.ana.conversations.edit(id, { message: message.seq, text: 'no typo' }))
    expect((await peer.next('changed')).message).toMatchObject({ seq: message.seq, text: 'no typo', edited: true })
    await done(site.ana.conversations.deleteMessage(id, { message: message.seq }))
    expect((await peer.next('changed')).message).toMatchObject({ seq: message.seq, text: '', deleted: true })
    expect(JSON.stringify(peer.frames)).not.toContain('between us')
  })

  it('G01 G02 100 messages of one new visitor at once are one conversation, and still 100 when they come again', async () => {
    const session = await openSession(site.base)
    const peers = await Promise.all(Array.from({ length: 20 }, () => enter(site.base, session)))
    const ids = Array.from({ length: 100 }, () => clientId())
    const seqs: Array<ReadonlyArray<number>> = []
    for (let round = 0; round < 2; round += 1) {
      for (const [n, id] of ids.entries()) peers[n % 20]?.tell({ type: 'send', clientId: id, text: `${n}`, files: [] })
      const answers = await Promise.all(ids.map((_, n) => peers[n % 20]?.next('sent')))
      seqs.push(answers.map((answer) => answer?.seq as number).sort((a, b) => a - b))
    }
    expect(new Set(seqs[0]).size).toBe(100)
    expect(seqs[1]).toEqual(seqs[0])
    expect(await desk(await only())).toHaveLength(100)
    await until(() => peers.every((peer) => peer.frames.filter((frame) => frame.type === 'message').length === 100))
  })

  it('a closed conversation is ended for the visitor, and opens again when he writes', async () => {
    const page = visit(site.base)
    page.chat.send('one')
    await page.settled()
    const id = await only()
    await done(site.ana.conversations.close(id))
    await until(() => page.chat.state.conversation === 'ended')
    page.chat.send('two')
    await until(() => page.chat.state.conversation === 'open')
    await page.settled()
    expect(await desk(id)).toEqual(['one', 'two'])
    page.chat.end()
    await until(() => page.chat.state.conversation === 'ended')
  })

  it('after an archived conversation comes a new one, and nothing of the two is mixed', async () => {
    const page = visit(site.base)
    page.chat.send('old')
    await page.settled()
    await done(site.ana.conversations.archive(await only()))
    page.chat.send('new')
    await until(() => page.texts().join() === 'new')
    await page.settled()
    const { items } = await site.ana.conversations.list({ tab: 'open' })
    expect(await desk(items[0]?.id as string)).toEqual(['new'])
  })

  it('G09 files go both ways, and only to whom they belong', async () => {
    const page = visit(site.base)
    page.chat.send('', [new File(['a,b'], 'list.csv', { type: 'text/csv' })])
    await until(() => page.chat.state.messages[0]?.files[0]?.url !== undefined)
    const id = await only()
    await done(
      site.ana.conversations.reply(id, {
        text: 'and this',
        files: [{ name: 'note.txt', mime: 'text/plain', bytes: Buffer.from('hi') }],
      }),
    )
    await until(() => page.chat.state.unread === 1)
    const urls = page.chat.state.messages.map((message) => message.files[0]?.url as string)
    expect(await Promise.all(urls.map(async (url) => (await fetch(url)).text()))).toEqual(['a,b', 'hi'])
    const blob = new URL(urls[0] as string).pathname
    const stranger = await openSession(site.base)
    const stolen = await fetch(`http://127.0.0.1:${site.port}${blob}`, {
      headers: { origin, authorization: `Bearer ${stranger.sessionToken}` },
    })
    expect(stolen.status).toBe(404)
  })

  it('typing is seen by colleagues, and the other way round', async () => {
    const page = visit(site.base)
    page.chat.send('hello')
    await page.settled()
    const id = await only()
    const heard: Array<boolean> = []
    site.ana.onTyping(({ by, on }) => void (by.kind === 'contact' && heard.push(on)))
    page.chat.typing(true)
    await until(() => heard.includes(true))
    await site.ana.conversations.typing(id, true)
    await until(() => page.chat.state.typing === 'Ana')
  })

  it('G02 G45 cut at any point, nothing is lost and nothing is doubled', async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('write' as const) }),
      fc.record({ do: fc.constant('reply' as const) }),
      fc.record({ do: fc.constant('cut' as const), bytes: fc.integer({ min: 0, max: 3_000 }) }),
      fc.record({ do: fc.constant('reload' as const) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const own = await open()
        const wire = await cuttingProxy(own.port)
        const storage = memoryStorage()
        let page = openPage(wire.base, { storage })
        page.chat.connect()
        page.chat.send('first')
        await page.settled()
        const id = (await own.ana.conversations.list({ tab: 'all' })).items[0]?.id as string
        let written = 1
        let replies = 0
        for (const one of steps) {
          if (one.do === 'write') {
            page.chat.send(`visitor ${written}`)
            written += 1
          } else if (one.do === 'reply') {
            replies += 1
            await done(own.ana.conversations.reply(id, { text: `agent ${replies}` }))
          } else if (one.do === 'cut') wire.cutAfter(one.bytes)
          else {
            page.chat.destroy()
            page = openPage(wire.base, { storage })
            page.chat.connect()
          }
        }
        await until(() => page.texts().length >= written + replies, 'all messages at the visitor')
        wire.cutAfter(Number.POSITIVE_INFINITY)
        await page.settled()
        const timeline = await own.ana.conversations.timeline(id, { limit: 100 })
        const stored = timeline.ok ? timeline.value.messages.map((message) => message.text) : []
        expect(page.texts()).toEqual(stored)
        expect(stored).toHaveLength(written + replies)
        expect(new Set(stored).size).toBe(stored.length)
        page.chat.destroy()
        await wire.stop()
        await own.stop()
        expect(own.problems).toEqual([])
      }),
      { numRuns: 25 },
    )
  }, 120_000)
})
