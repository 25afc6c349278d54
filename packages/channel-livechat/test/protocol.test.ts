import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { memoryDesk, type MemoryDesk } from './memory-desk.ts'
import { clientId, enter, openSession, start, until, type Started } from './server.ts'

let desk: MemoryDesk
let host: Started
beforeEach(async () => {
  desk = memoryDesk()
  host = await start(desk.sink)
})
afterEach(() => host.stop())

describe('a conversation over the socket', () => {
  it('answers `sent` after the commit, and the message comes back to every tab', async () => {
    const one = await enter(host.base)
    const two = await enter(host.base, one.session)
    expect(one.welcome).toMatchObject({ conversation: null, status: 'none', messages: [], more: false, seq: 0 })
    const id = clientId()
    one.tell({ type: 'send', clientId: id, text: 'Bonjour', files: [] })
    const sent = await one.next('sent')
    expect(sent).toMatchObject({ clientId: id, conversation: 'c1', seq: 1 })
    expect(desk.texts(one.address)).toEqual(['Bonjour'])
    for (const tab of [one, two]) {
      const { message } = await tab.next('message')
      expect(message).toMatchObject({ seq: 1, prev: 0, from: 'visitor', clientId: id, text: 'Bonjour', at: sent.at })
    }
  })

  it('G02 G03 the same client id again is the same message, with the answer of the first', async () => {
    const one = await enter(host.base)
    const id = clientId()
    one.tell({ type: 'send', clientId: id, text: 'once', files: [] })
    const first = await one.next('sent')
    const two = await enter(host.base, one.session)
    two.tell({ type: 'send', clientId: id, text: 'once', files: [] })
    expect(await two.next('sent')).toEqual(first)
    expect(desk.texts(one.address)).toEqual(['once'])
  })

  it('two visitors may use the same client id', async () => {
    const one = await enter(host.base)
    const two = await enter(host.base)
    const id = clientId()
    one.tell({ type: 'send', clientId: id, text: 'mine', files: [] })
    two.tell({ type: 'send', clientId: id, text: 'yours', files: [] })
    await Promise.all([one.next('sent'), two.next('sent')])
    expect(desk.texts(one.address)).toEqual(['mine'])
    expect(desk.texts(two.address)).toEqual(['yours'])
  })

  it('G07 many messages in one go are all kept, in their order', async () => {
    const one = await enter(host.base)
    const words = Array.from({ length: 40 }, (_, n) => `word ${n}`)
    for (const text of words) one.tell({ type: 'send', clientId: clientId(), text, files: [] })
    for (const _ of words) await one.next('sent')
    expect(desk.texts(one.address)).toEqual(words)
  })

  it('numbers rise with gaps, and `prev` names the visible one before', async () => {
    const one = await enter(host.base)
    one.tell({ type: 'send', clientId: clientId(), text: 'hello', files: [] })
    await one.next('message')
    desk.note(one.address)
    desk.note(one.address)
    desk.reply(one.address, 'yes?')
    desk.note(one.address)
    desk.reply(one.address, 'still there?')
    expect((await one.next('message')).message).toMatchObject({
      seq: 4,
      prev: 1,
      from: 'agent',
      author: 'Ana',
      text: 'yes?',
    })
    expect((await one.next('message')).message).toMatchObject({ seq: 6, prev: 4 })
  })

  it('pages a long history to its end and is live after that', async () => {
    const session = await openSession(host.base)
    for (let n = 1; n <= 250; n += 1) desk.reply(session.visitorId, `line ${n}`)
    const one = await enter(host.base, session)
    expect(one.welcome.messages).toHaveLength(100)
    expect(one.welcome.more).toBe(true)
    const texts = one.welcome.messages.map((message) => message.text)
    for (let more = true; more; ) {
      one.tell({ type: 'fetch', after: texts.length })
      // Arrives while pages are fetched: part of a page or pushed, never both.
      desk.reply(session.visitorId, `line ${250 + Math.floor(texts.length / 100)}`)
      const page = await one.next('page')
      texts.push(...page.messages.map((message) => message.text))
      more = page.more
    }
    await until(() => texts.length + one.frames.filter((frame) => frame.type === 'message').length >= 252, 'all lines')
    for (const frame of one.frames) if (frame.type === 'message') texts.push(frame.message.text)
    expect(texts).toEqual(Array.from({ length: texts.length }, (_, n) => `line ${n + 1}`))
  })

  it('comes back with a cursor and gets what it missed, and what was changed meanwhile', async () => {
    const one = await enter(host.base)
    one.tell({ type: 'send', clientId: clientId(), text: 'hello', files: [] })
    await one.next('message')
    desk.reply(one.address, 'first')
    await one.next('message')
    one.socket.terminate()
    await one.closed
    desk.edit(one.address, 2, 'first, corrected')
    desk.reply(one.address, 'second')
    const back = await enter(host.base, one.session, 2, 'c1')
    expect(back.welcome).toMatchObject({ reset: false, more: false, seq: 3 })
    expect(back.welcome.messages.map((message) => [message.seq, message.prev, message.text])).toEqual([
      [3, 2, 'second'],
    ])
    expect(back.welcome.changed.map((message) => [message.seq, message.text, message.edited])).toEqual([
      [2, 'first, corrected', true],
    ])
  })

  it('a cursor of another conversation, or one that runs ahead, begins again from nothing', async () => {
    const session = await openSession(host.base)
    desk.reply(session.visitorId, 'only one')
    for (const [lastSeq, conversation] of [
      [99, 'c1'],
      [1, 'c99'],
      [1, undefined],
    ] as const) {
      const peer = await enter(host.base, session, lastSeq, conversation)
      expect(peer.welcome).toMatchObject({ reset: true, conversation: 'c1' })
      expect(peer.welcome.messages.map((message) => message.text)).toEqual(['only one'])
    }
  })

  it('shows edits and deletions to whoever is connected', async () => {
    const one = await enter(host.base)
    desk.reply(one.address, 'a typo')
    await one.next('message')
    desk.edit(one.address, 1, 'no typo')
    expect((await one.next('changed')).message).toMatchObject({ seq: 1, text: 'no typo', edited: true })
    desk.remove(one.address, 1)
    expect((await one.next('changed')).message).toMatchObject({ seq: 1, text: '', deleted: true })
  })

  it('reports delivered and read once for all tabs, only forward, never beyond what there is', async () => {
    const one = await enter(host.base)
    const two = await enter(host.base, one.session)
    desk.reply(one.address, 'seen?')
    await Promise.all([one.next('message'), two.next('message')])
    one.tell({ type: 'ack', seq: 1 })
    two.tell({ type: 'ack', seq: 1 })
    one.tell({ type: 'read', seq: 9_000 })
    expect(await two.next('read')).toEqual({ type: 'read', seq: 1 })
    two.tell({ type: 'read', seq: 1 })
    two.tell({ type: 'ping' })
    await two.next('pong')
    const reports = desk.events.flatMap((event) => (event._tag === 'ReadUpTo' ? [[event.status, event.seq]] : []))
    expect(reports).toEqual([
      ['delivered', 1],
      ['read', 1],
    ])
    const later = await enter(host.base, one.session)
    expect(later.welcome.readUpTo).toBe(1)
  })

  it('passes typing on both ways, and ends it when the visitor goes', async () => {
    const one = await enter(host.base)
    one.tell({ type: 'typing', on: true })
    await until(() => desk.typing.length === 1)
    desk.agentTypes(one.address, true)
    expect(await one.next('typing')).toEqual({ type: 'typing', name: 'Ana', on: true })
    one.socket.close()
    await until(() => desk.typing.length === 2)
    expect(desk.typing).toEqual([
      [one.address, true],
      [one.address, false],
    ])
  })

  it('ends the conversation, and a message opens it again', async () => {
    const one = await enter(host.base)
    one.tell({ type: 'send', clientId: clientId(), text: 'hello', files: [] })
    await one.next('sent')
    expect(await one.next('thread')).toEqual({ type: 'thread', reset: false, conversation: 'c1', status: 'open' })
    one.tell({ type: 'end' })
    expect(await one.next('thread')).toMatchObject({ conversation: 'c1', status: 'ended', reset: false })
    one.tell({ type: 'send', clientId: clientId(), text: 'one more thing', files: [] })
    expect(await one.next('thread')).toMatchObject({ conversation: 'c1', status: 'open', reset: false })
  })

  it('a new conversation resets every tab, which fetches it from its beginning', async () => {
    const one = await enter(host.base)
    desk.reply(one.address, 'old')
    await one.next('message')
    await one.next('thread')
    desk.startAgain(one.address)
    expect(await one.next('thread')).toEqual({ type: 'thread', reset: true, conversation: null, status: 'none' })
    one.tell({ type: 'fetch', after: 0 })
    expect(await one.next('page')).toEqual({ type: 'page', messages: [], more: false })
    desk.reply(one.address, 'new')
    expect((await one.next('message')).message).toMatchObject({ seq: 1, prev: 0, text: 'new' })
  })

  it('while the store is down nothing is called sent; afterwards nothing is missing', async () => {
    const one = await enter(host.base)
    const id = clientId()
    desk.breakStore(true)
    one.tell({ type: 'send', clientId: id, text: 'hold on', files: [] })
    expect(await one.next('failed')).toEqual({ type: 'failed', clientId: id, code: 'unavailable' })
    desk.breakStore(false)
    one.tell({ type: 'send', clientId: id, text: 'hold on', files: [] })
    expect(await one.next('sent')).toMatchObject({ clientId: id, seq: 1 })
  })

  it('refuses a message that says nothing', async () => {
    const one = await enter(host.base)
    const id = clientId()
    one.tell({ type: 'send', clientId: id, text: ' \n ', files: [] })
    expect(await one.next('failed')).toEqual({ type: 'failed', clientId: id, code: 'empty' })
    expect(desk.events).toEqual([])
  })

  it('G52 shows nothing of one visitor to another', async () => {
    const one = await enter(host.base)
    const two = await enter(host.base)
    desk.reply(one.address, 'for one')
    await one.next('message')
    two.tell({ type: 'fetch', after: 0 })
    expect(await two.next('page')).toEqual({ type: 'page', messages: [], more: false })
    expect(two.frames.map((frame) => frame.type)).toEqual(['welcome', 'page'])
  })

  it('tells every socket to come back when the account is disconnected', async () => {
    const desk2 = memoryDesk()
    const again = await host.connect('acme/other', desk2.sink, {
      origins: ['https://shop.example'],
      secret: 'x'.repeat(32),
    })
    const session = await openSession(host.base, { account: 'acme/other' })
    const peer = await enter(host.base, session)
    again.abort()
    expect(await peer.closed).toEqual({ code: 1012, reason: 'restart' })
    await expect(openSession(host.base, { account: 'acme/other' })).rejects.toThrow('404 {"error":"unknown_account"}')
  })
})
