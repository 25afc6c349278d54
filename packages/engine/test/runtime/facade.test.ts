import { EngineError, createEngine } from '@guichet/engine'
import { memoryStorage } from '@guichet/engine/memory'
import { describe, expect, it } from 'vitest'
import { newProvider, openShop, telegraph, value } from './telegraph.ts'

describe('a request from outside', () => {
  it('is answered by what it is: unknown, forged, too large, not for us, or done', async () => {
    const { engine, post } = await openShop()
    const hook = (init: RequestInit = {}) => new Request('https://host.example/hook', { method: 'POST', ...init })
    expect((await engine.receive('shop/nothing', hook())).status).toBe(404)
    expect((await engine.receive('nowhere', hook())).status).toBe(404)
    expect((await post([], {})).status).toBe(401)
    const large = hook({ headers: { 'content-length': String(64 * 1024 * 1024) }, body: 'x' })
    expect((await engine.receive('shop/wire', large)).status).toBe(413)
    const done = await post([{ _tag: 'Ignored', reason: 'a test' }])
    expect([done.status, await done.json()]).toEqual([200, { receipts: [{ _tag: 'Ignored', reason: 'a test' }] }])
    await engine.close()
  })

  it('that cannot be read is kept whole, and can be replayed once it can be', async () => {
    const { engine, post, problems } = await openShop()
    const answer = await post('{ not json')
    expect(answer.status).toBe(200)
    const shop = engine.workspace('shop')
    const [kept] = await shop.quarantine.list()
    expect(new TextDecoder().decode(kept?.raw)).toBe('{ not json')
    expect(problems).toEqual(['parse of telegraph'])
    const again = await value(shop.quarantine.replay(kept?.id ?? ''))
    expect(again).toMatchObject([{ _tag: 'Quarantined' }])
    expect(await shop.quarantine.list()).toHaveLength(1)
    expect(await shop.quarantine.replay('nothing')).toEqual({ ok: false, refusal: { _tag: 'NotFound' } })
    await engine.close()
  })

  it('while the store is down is asked to come again', async () => {
    const storage = memoryStorage()
    let down = false
    const shop = await openShop({
      storage: { ...storage, commit: (sets) => (down ? Promise.reject(new Error('disk full')) : storage.commit(sets)) },
    })
    down = true
    const answer = await shop.write('Bonjour')
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
    await expect(
      shop.engine.workspace('shop').queues.put({ id: 'q', name: 'q', mode: 'shared', claimOnReply: true }),
    ).rejects.toMatchObject({
      code: 'StorageFailed',
      retryable: true,
    })
    down = false
    expect((await shop.write('Bonjour')).status).toBe(200)
    await shop.engine.close()
  })
})

describe('what is set up', () => {
  it('has to fit together', async () => {
    const { engine } = await openShop()
    const shop = engine.workspace('shop')
    expect(await shop.agents.put({ id: 'eve', name: 'Eve', role: 'agent', queues: ['moon'] })).toEqual({
      ok: false,
      refusal: { _tag: 'UnknownQueue', queue: 'moon' },
    })
    expect(await shop.accounts.put({ id: 'a', channel: 'pigeon', queue: 'desk' })).toMatchObject({
      ok: false,
      refusal: { _tag: 'Invalid', what: 'account' },
    })
    expect(
      await shop.accounts.put({ id: 'a', channel: 'telegraph', queue: 'desk', settings: { broken: true } }),
    ).toEqual({
      ok: false,
      refusal: { _tag: 'Invalid', what: 'account', issues: ['settings: broken is not a setting'] },
    })
    expect(await shop.queues.put({ id: ' ', name: '', mode: 'shared', claimOnReply: true })).toMatchObject({
      refusal: { _tag: 'Invalid' },
    })
    expect(await shop.accounts.get('wire')).toMatchObject({ policy: { closed: 'reopen' }, bots: [] })
    await shop.accounts.remove('wire')
    expect(await shop.accounts.list()).toEqual([])
    await engine.close()
  })

  it('is listed by rising id, whatever the store and the order in which it was written down', async () => {
    const { engine } = await openShop()
    const shop = engine.workspace('shop')
    for (const id of ['west', 'east'])
      await value(shop.queues.put({ id, name: id, mode: 'shared', claimOnReply: true }))
    expect((await shop.queues.list()).map(({ id }) => id)).toEqual(['desk', 'east', 'west'])
    await engine.close()
  })

  it('is not removed while something rests on it', async () => {
    const { engine, write, opened } = await openShop()
    const shop = engine.workspace('shop')
    await write('Bonjour')
    const id = await opened()
    await value(shop.as('ana').conversations.claim(id))
    expect(await shop.queues.remove('desk')).toEqual({ ok: false, refusal: { _tag: 'InUse', by: 'account wire' } })
    expect(await shop.agents.remove('ana')).toEqual({ ok: false, refusal: { _tag: 'InUse', by: '1 conversations' } })
    await value(shop.as('ana').conversations.release(id))
    expect(await shop.agents.remove('ana')).toEqual({ ok: true, value: undefined })
    await shop.accounts.remove('wire')
    expect(await shop.queues.remove('desk')).toEqual({ ok: false, refusal: { _tag: 'InUse', by: '1 conversations' } })
    const chloe = shop.as('chloe').conversations
    expect(await chloe.reply(id, { text: 'Oui' })).toEqual({
      ok: false,
      refusal: { _tag: 'CannotSend', reason: 'noChannel' },
    })
    await value(chloe.delete(id))
    expect(await shop.queues.remove('desk')).toEqual({ ok: true, value: undefined })
    expect(await shop.queues.list()).toEqual([])
    await engine.close()
  })

  it('a channel that says it is live must be able to connect', async () => {
    const channels = { telegraph: telegraph(newProvider(), { live: true }) }
    await expect(createEngine({ storage: memoryStorage(), channels })).rejects.toMatchObject({ code: 'Misconfigured' })
  })

  it('a store that cannot be opened is an error, not an engine', async () => {
    const storage = { ...memoryStorage(), migrate: () => Promise.reject(new Error('no such file')) }
    await expect(createEngine({ storage })).rejects.toBeInstanceOf(EngineError)
  })
})

describe('what is said', () => {
  it('is edited, and deleted for good with its files', async () => {
    const { engine, write, opened, blobs } = await openShop()
    await write('Bonjour')
    const id = await opened()
    const ana = engine.workspace('shop').as('ana').conversations
    const file = { name: 'a.txt', mime: 'text/plain', bytes: new TextEncoder().encode('a secret file') }
    const said = await value(ana.reply(id, { text: 'a secret', files: [file] }))
    const seq = said.entry?.seq ?? 0
    await value(ana.edit(id, { message: seq, text: 'a better secret' }))
    const before = await value(ana.timeline(id))
    expect(before.messages.at(-1)).toMatchObject({ text: 'a better secret', edited: true, deleted: false })
    const part = said.entry?.what._tag === 'MessageSent' ? said.entry.what.message.parts[1] : undefined
    const blob = part?._tag === 'File' ? part.file.blob : ''
    expect((await value(ana.file(id, blob))).bytes).toEqual(file.bytes)
    await value(ana.deleteMessage(id, { message: seq }))
    await engine.settle()
    const after = await value(ana.timeline(id))
    expect(after.messages.at(-1)).toMatchObject({ parts: [], deleted: true })
    expect(JSON.stringify(after)).not.toContain('secret')
    expect(await ana.search('secret')).toEqual({ messages: [], contacts: [], tagged: [] })
    expect(await blobs.get('shop', blob)).toBeUndefined()
    await engine.close()
  })

  it('leaves nothing behind when the whole conversation is deleted', async () => {
    const { engine, write, opened } = await openShop()
    await write('a secret')
    const id = await opened()
    const chloe = engine.workspace('shop').as('chloe').conversations
    await value(chloe.delete(id))
    expect(await chloe.get(id)).toEqual({ ok: false, refusal: { _tag: 'NotFound' } })
    expect((await chloe.list()).items).toEqual([])
    expect(await chloe.counts()).toMatchObject({ all: 0, open: 0 })
    await write('hello again')
    expect(await opened()).not.toBe(id)
    await engine.close()
  })

  it('twice with the same key is said once', async () => {
    const { engine, write, opened, provider } = await openShop()
    await write('Bonjour')
    const id = await opened()
    const ana = engine.workspace('shop').as('ana').conversations
    const [first, second] = await Promise.all(
      [1, 2].map(() => value(ana.reply(id, { text: 'Oui', idempotencyKey: 'k1' }))),
    )
    expect(second?.entry).toEqual(first?.entry)
    await engine.settle()
    expect(provider.wires).toEqual(['Oui'])
    await engine.close()
  })

  it('of a forbidden type is refused, and its file is not kept', async () => {
    const { engine, write, opened, blobs } = await openShop()
    await write('Bonjour')
    const kept: Array<string> = []
    const put = blobs.put
    Object.assign(blobs, {
      put: (workspace: string, key: string, bytes: Uint8Array) => (kept.push(key), put(workspace, key, bytes)),
    })
    const refused = await engine
      .workspace('shop')
      .as('ana')
      .conversations.reply(await opened(), {
        files: [{ name: 'a.exe', mime: 'application/x-msdownload', bytes: new Uint8Array(3) }],
      })
    expect(refused).toEqual({
      ok: false,
      refusal: { _tag: 'FileTypeForbidden', name: 'a.exe', mime: 'application/x-msdownload' },
    })
    expect(kept).toHaveLength(1)
    expect(await blobs.get('shop', kept[0] ?? '')).toBeUndefined()
    await engine.close()
  })
})

describe('waiting for the engine', () => {
  it('ends when the caller gives up', async () => {
    const { engine } = await openShop()
    const signal = AbortSignal.abort('bored')
    const ana = engine.workspace('shop').as('ana').conversations
    await expect(ana.list({ signal })).rejects.toMatchObject({ code: 'Aborted' })
    await expect(ana.claim('c', { signal })).rejects.toMatchObject({ code: 'Aborted' })
    await engine.close()
  })

  it('ends when it is closed: feeds finish, calls are refused', async () => {
    const { engine } = await openShop()
    const shop = engine.workspace('shop')
    const feed = shop.feed()[Symbol.asyncIterator]()
    const next = feed.next()
    await engine.close()
    expect(await next).toEqual({ done: true, value: undefined })
    await engine.close()
    expect(() => engine.workspace('shop')).toThrow(EngineError)
    await expect(engine.settle()).rejects.toMatchObject({ code: 'Closed' })
    await expect(shop.queues.list()).rejects.toMatchObject({ code: 'Closed' })
    await expect(shop.as('ana').conversations.list()).rejects.toMatchObject({ code: 'Closed' })
    await expect(shop.as('ana').conversations.claim('c')).rejects.toMatchObject({ code: 'Closed' })
  })
})

describe('what is heard in the process', () => {
  it('a listener that throws harms neither the others nor the engine', async () => {
    const { engine, write, problems } = await openShop()
    const shop = engine.workspace('shop')
    const heard: Array<string> = []
    shop.on(() => {
      throw new Error('a bad listener')
    })
    const both = new Promise<void>((resolve) => {
      shop.on((item) => {
        heard.push(item._tag)
        if (heard.length === 2) resolve()
      })
    })
    expect((await write('un')).status).toBe(200)
    expect((await write('deux')).status).toBe(200)
    await both
    expect(heard).toEqual(['Entry', 'Entry'])
    expect(problems).toEqual(['listener', 'listener'])
    await engine.close()
  })

  it('typing reaches colleagues who may see the conversation, and nobody else', async () => {
    const { engine, write, opened } = await openShop()
    await write('Bonjour')
    const id = await opened()
    const shop = engine.workspace('shop')
    await shop.agents.put({ id: 'dan', name: 'Dan', role: 'agent', queues: [] })
    const seen: Array<string> = []
    const heard = new Promise<void>((resolve) => {
      for (const agent of ['ana', 'ben', 'dan']) {
        shop.as(agent).onTyping(({ by }) => {
          seen.push(`${agent} hears ${by.id}`)
          if (agent === 'ben') resolve()
        })
      }
    })
    await shop.as('dan').conversations.typing(id, true)
    await shop.as('ana').conversations.typing(id, true)
    await heard
    expect(seen).toEqual(['ben hears ana'])
    await engine.close()
  })
})

describe('a live source', () => {
  it('that fails is connected again after a pause, and is told when to stop', async () => {
    const log: Array<string> = []
    let attempts = 0
    const shop = await openShop({
      capabilities: { live: true },
      connect: (_, __, { signal }) => {
        attempts += 1
        if (attempts === 1) return Promise.reject(new Error('no route'))
        log.push('connected')
        signal.addEventListener('abort', () => log.push('stopped'))
        return Promise.resolve()
      },
    })
    expect(attempts).toBe(1)
    expect(shop.problems).toEqual(['connect of wire'])
    shop.clock.advance(60_000)
    await expect.poll(() => log).toEqual(['connected'])
    await shop.engine.workspace('shop').accounts.remove('wire')
    expect(log).toEqual(['connected', 'stopped'])
    await shop.engine.close()
  })
})
