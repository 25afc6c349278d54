import { memoryBlobs, memoryStorage } from '@guichet/engine/memory'
import type { Blobs, InboundEvent } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { openShop, value } from './telegraph.ts'

const open = async (over: Parameters<typeof openShop>[0] = {}) => {
  const shop = await openShop(over)
  const workspace = shop.engine.workspace('shop')
  return { ...shop, workspace, as: (agent: string) => workspace.as(agent).conversations }
}

describe('a reaction', () => {
  it('stands beside its message, one of each, and goes with the words of an edit', async () => {
    const { engine, as, write, opened } = await open()
    await write('Bonjour')
    const id = await opened()
    await value(as('ana').note(id, { text: 'un mot' }))
    await value(as('ben').react(id, { message: 2, emoji: '👍' }))
    await value(as('ana').react(id, { message: 2, emoji: '🎉' }))
    await value(as('ana').edit(id, { message: 2, text: 'un autre mot' }))
    await value(as('ana').react(id, { message: 2, emoji: '🥳' }))
    await value(as('ben').react(id, { message: 2, emoji: null }))
    const [, note] = (await value(as('ana').timeline(id))).messages
    expect(note).toMatchObject({
      text: 'un autre mot',
      edited: true,
      reactions: [{ by: { kind: 'agent', id: 'ana' }, emoji: '🥳' }],
    })
    expect(await as('ana').react(id, { message: 7, emoji: '👍' })).toEqual({
      ok: false,
      refusal: { _tag: 'UnknownMessage', message: 7 },
    })
    await value(as('ana').deleteMessage(id, { message: 2 }))
    const [, gone] = (await value(as('ana').timeline(id))).messages
    expect(gone).toMatchObject({ deleted: true, reactions: [] })
    await engine.close()
  })

  it('of a customer waits for its message, counts once, and is hers alone', async () => {
    const { engine, as, write, opened, post, provider } = await open({ capabilities: { reactions: true } })
    const reacted = (externalId: string, emoji: string | null, from = 'claire') => ({
      _tag: 'Reacted',
      externalId,
      from,
      emoji,
    })
    const receipts = async (...events: ReadonlyArray<unknown>) =>
      ((await (await post(events)).json()) as { readonly receipts: ReadonlyArray<unknown> }).receipts
    expect(await receipts(reacted('in-1', '👍'))).toEqual([{ _tag: 'Applied' }])
    await write('Bonjour')
    const id = await opened()
    await value(as('ana').reply(id, { text: 'Bonjour !' }))
    await engine.settle()
    expect(provider.wires).toHaveLength(1)
    await receipts(reacted('sent-1', '❤️'), reacted('sent-1', '❤️'))
    expect(await receipts(reacted('sent-1', '💣', 'tom'))).toMatchObject([{ _tag: 'Ignored' }])
    expect(await receipts(reacted('sent-1', 'two words'))).toEqual([{ _tag: 'Rejected', reason: 'Invalid' }])
    const { messages, entries } = await value(as('ana').timeline(id))
    expect(messages.map(({ reactions }) => reactions.map(({ by, emoji }) => `${by.kind} ${emoji}`))).toEqual([
      ['contact 👍'],
      ['contact ❤️'],
    ])
    expect(entries.filter(({ what }) => what._tag === 'Reacted')).toHaveLength(2)
    await engine.close()
  })
})

/** Follows which attachments are there. */
const watchBlobs = () => {
  const blobs = memoryBlobs()
  const kept = new Set<string>()
  const watched: Blobs = {
    ...blobs,
    put: (workspace, key, bytes) => (kept.add(key), blobs.put(workspace, key, bytes)),
    delete: (workspace, key) => (kept.delete(key), blobs.delete(workspace, key)),
  }
  return { kept, blobs: watched }
}

const file = (name: string) => ({ name, mime: 'text/plain', bytes: new TextEncoder().encode(name) })

describe('files of moved messages', () => {
  it('are kept while one of them has them, and forgotten with it; those that an edit had dropped go at once', async () => {
    const { kept, blobs } = watchBlobs()
    const events: Readonly<Record<string, ReadonlyArray<InboundEvent>>> = {
      written: [
        {
          _tag: 'MessageReceived',
          externalId: 'm1',
          from: { address: 'claire' },
          parts: [{ _tag: 'File', file: file('a') }],
        },
      ],
      edited: [{ _tag: 'MessageEdited', externalId: 'm1', parts: [{ _tag: 'File', file: file('b') }] }],
    }
    const parse = ({ body }: { readonly body: Uint8Array }) => events[new TextDecoder().decode(body)] ?? []
    const { engine, as, post, opened } = await open({ options: { blobs }, channel: { parse } })
    await post('written')
    const id = await opened()
    await value(as('ana').note(id, { text: 'un', files: [file('c')] }))
    await post('edited')
    expect(kept.size).toBe(3)
    const apart = (await value(as('ana').split(id, { message: 1, close: false }))).conversation.id
    await engine.settle()
    expect(kept.size).toBe(2)
    await value(as('chloe').delete(id))
    await engine.settle()
    expect(kept.size).toBe(1)
    const [message] = (await value(as('ana').timeline(apart))).messages
    const [part] = message?.parts ?? []
    if (part?._tag !== 'File') throw new Error('the file is not there')
    expect([part.file.name, kept.has(part.file.blob), message?.edited]).toEqual(['b', true, true])
    expect(new TextDecoder().decode((await value(as('ana').file(apart, part.file.blob))).bytes)).toBe('b')
    await value(as('chloe').delete(apart))
    await engine.settle()
    expect(kept.size).toBe(0)
    await engine.close()
  })

  it('are not kept of an edit that is older than what stands there', async () => {
    const { kept, blobs } = watchBlobs()
    const edited = (name: string, revision: number): InboundEvent => ({
      _tag: 'MessageEdited',
      externalId: 'in-1',
      revision,
      parts: [{ _tag: 'File', file: file(name) }],
    })
    const parse = ({ body }: { readonly body: Uint8Array }): ReadonlyArray<InboundEvent> => {
      const said: unknown = JSON.parse(new TextDecoder().decode(body))
      return said === 'edits' ? [edited('new', 2), edited('old', 1)] : (said as ReadonlyArray<InboundEvent>)
    }
    const { engine, as, post, write, opened } = await open({ options: { blobs }, channel: { parse } })
    await write('Bonjour')
    await post('"edits"')
    const [message] = (await value(as('ana').timeline(await opened()))).messages
    const [part] = message?.parts ?? []
    if (part?._tag !== 'File') throw new Error('the file is not there')
    expect([part.file.name, [...kept]]).toEqual(['new', [part.file.blob]])
    await engine.close()
  })
})

describe('unread messages', () => {
  it('stay as they were for who moves them, and are news to everybody else where they come', async () => {
    const { engine, as, write } = await open()
    for (const text of ['Un', 'Deux', 'Trois']) await write(text)
    const [{ id } = { id: '' }] = (await as('ana').list()).items
    const unread = async (agent: string, at: string) => (await value(as(agent).get(at))).unread
    await value(as('ben').markRead(id))
    await value(as('ana').markRead(id))
    await write('Quatre')
    const apart = (await value(as('ana').split(id, { message: 3, following: true, close: false }))).conversation.id
    expect([await unread('ana', id), await unread('ana', apart)]).toEqual([0, 1])
    expect([await unread('ben', id), await unread('ben', apart)]).toEqual([1, 2])
    await value(as('ana').merge(apart, { into: id }))
    expect([await unread('ana', id), await unread('ana', apart)]).toEqual([1, 1])
    await value(as('ana').markRead(apart))
    expect([await unread('ana', id), await unread('ben', id)]).toEqual([0, 3])
    await engine.close()
  })
})

describe('bulk', () => {
  it('does one thing to many, each on its own, and says what became of each', async () => {
    const { engine, as, write } = await open()
    for (const person of ['zoe', 'yan', 'max']) await write(`Bonjour de ${person}`, { from: { address: person } })
    const ids = (await as('ana').list({ tab: 'open' })).items.map(({ id }) => id)
    const [first, second] = ids
    await value(as('ben').claim(first ?? ''))
    const done = await as('ana').bulk([...ids, 'nothing', second ?? ''], { _tag: 'Close' })
    expect(done.map(({ outcome }) => (outcome.ok ? 'done' : outcome.refusal._tag))).toEqual([
      'NotOwner',
      'done',
      'done',
      'NotFound',
      'done',
    ])
    await as('ana').bulk(ids, { _tag: 'Tag', tags: ['vip'] })
    expect((await as('ana').list({ tag: 'vip' })).items).toHaveLength(3)
    const unread = async () => (await as('ana').list()).items.map((one) => one.unread)
    await as('ana').bulk(ids, { _tag: 'MarkRead' })
    expect(await unread()).toEqual([0, 0, 0])
    await as('ana').bulk(ids, { _tag: 'MarkUnread' })
    expect(await unread()).toEqual([1, 1, 1])
    await as('chloe').bulk(ids, { _tag: 'Spam' })
    expect((await as('ana').counts()).spam).toBe(3)
    const many = Array.from({ length: 501 }, (_, n) => `c${n}`)
    const refused = await as('ana').bulk(many, { _tag: 'Close' })
    expect(refused).toHaveLength(501)
    expect(refused[0]?.outcome).toEqual({ ok: false, refusal: { _tag: 'TooMany', what: 'conversations', max: 500 } })
    await engine.close()
  })
})

describe('saved views', () => {
  it('are of one or of all, filter by anything a list can, tags too, and count what each may see', async () => {
    const { engine, workspace, as, write } = await open()
    await workspace.agents.put({ id: 'dan', name: 'Dan', role: 'agent', queues: [] })
    await write('Bonjour')
    const [{ id } = { id: '' }] = (await as('ana').list()).items
    await value(as('ana').tag(id, { tags: ['vip'] }))
    const views = (agent: string) => workspace.as(agent).views
    const vip = await value(views('ana').put({ name: ' VIP ', filter: { tag: 'vip', tab: 'open' }, shared: true }))
    await value(views('ana').put({ name: 'Mine', filter: { tab: 'mine' }, shared: false }))
    const shown = async (agent: string) => (await views(agent).list()).map(({ name, count }) => [name, count])
    expect(await shown('ana')).toEqual([
      ['Mine', 0],
      ['VIP', 1],
    ])
    expect(await shown('ben')).toEqual([['VIP', 1]])
    expect(await shown('dan')).toEqual([['VIP', 0]])
    expect(await shown('nobody')).toEqual([])
    const changed = { ...vip, name: 'Very important' }
    expect(await views('ben').put(changed)).toEqual({ ok: false, refusal: { _tag: 'Forbidden', action: 'changeView' } })
    expect(await value(views('chloe').put(changed))).toEqual({ ...changed, by: 'ana' })
    expect(await views('ben').remove(vip.id)).toMatchObject({ ok: false })
    const own = await value(views('ana').put({ name: 'Own', filter: {}, shared: false }))
    expect(await views('chloe').remove(own.id)).toEqual({ ok: false, refusal: { _tag: 'NotFound' } })
    expect(
      await views('ana').put({ name: '', filter: { colour: 'red', tab: 'later' } as never, shared: true }),
    ).toEqual({
      ok: false,
      refusal: {
        _tag: 'Invalid',
        what: 'view',
        issues: [
          'name: 1 to 200 characters',
          'filter.colour: there is no such condition',
          expect.stringMatching(/^filter\.tab: one of open, /) as unknown as string,
        ],
      },
    })
    await value(views('chloe').remove(vip.id))
    expect(await shown('ben')).toEqual([])
    await engine.close()
  })
})

describe('the tags manager', () => {
  it('renames and removes everywhere, as work, for who may, and writes it down', async () => {
    const { engine, workspace, as, write } = await open()
    for (let n = 0; n < 130; n++) await write('Bonjour', { from: { address: `person ${n}` } })
    const tags = (agent: string) => workspace.as(agent).tags
    const definition = { id: 'vip', about: 'very', hue: 40 }
    expect(await tags('ana').put(definition)).toEqual({
      ok: false,
      refusal: { _tag: 'Forbidden', action: 'manageTags' },
    })
    await value(tags('chloe').put(definition))
    expect(await tags('chloe').put({ id: ' x', about: null, hue: 400 })).toMatchObject({
      refusal: { _tag: 'Invalid', issues: [expect.stringMatching(/^id:/), expect.stringMatching(/^hue:/)] },
    })
    const first = await as('chloe').list({ limit: 200 })
    await as('chloe').bulk(
      first.items.map(({ id }) => id),
      { _tag: 'Tag', tags: ['vip'] },
    )
    expect(await tags('ana').list()).toEqual([{ ...definition, conversations: 130 }])
    const since = await workspace.position()
    expect(await value(tags('chloe').rename('vip', 'gold'))).toEqual({ ...definition, id: 'gold' })
    expect(await tags('chloe').rename('vip', 'gold')).toEqual({ ok: false, refusal: { _tag: 'NotFound' } })
    expect(await tags('chloe').rename('gold', 'gold')).toEqual({ ok: false, refusal: { _tag: 'Same' } })
    await engine.settle()
    expect(await tags('ana').list()).toEqual([{ ...definition, id: 'gold', conversations: 130 }])
    expect((await as('ana').list({ tag: 'vip' })).items).toEqual([])
    for await (const item of workspace.feed({ since })) {
      if (item._tag !== 'Workspace') continue
      expect(item.entry).toMatchObject({
        actor: { kind: 'agent', id: 'chloe' },
        what: { _tag: 'TagRenamed', from: 'vip', to: 'gold', conversations: 130 },
      })
      break
    }
    await value(tags('chloe').remove('gold'))
    await engine.settle()
    expect(await tags('ana').list()).toEqual([])
    expect((await as('ana').list({ tag: 'gold' })).items).toEqual([])
    await engine.close()
  })
})

describe('the renaming of a tag', () => {
  it('goes on where an engine was stopped in the middle of it', async () => {
    const kept = memoryStorage()
    let commits = Number.POSITIVE_INFINITY
    const storage = {
      ...kept,
      close: () => undefined,
      commit: (sets: Parameters<typeof kept.commit>[0]) => {
        commits -= 1
        return commits < 0 ? Promise.reject(new Error('pulled the plug')) : kept.commit(sets)
      },
    }
    const first = await open({ storage })
    for (let n = 0; n < 120; n++) await first.write('Bonjour', { from: { address: `person ${n}` } })
    const { items } = await first.as('chloe').list({ limit: 200 })
    await first.as('chloe').bulk(
      items.map(({ id }) => id),
      { _tag: 'Tag', tags: ['vip'] },
    )
    const tags = first.workspace.as('chloe').tags
    await value(tags.put({ id: 'vip', about: null, hue: null }))
    await value(tags.put({ id: 'gold', about: 'kept', hue: 7 }))
    expect(await value(tags.rename('vip', 'gold'))).toEqual({ id: 'gold', about: 'kept', hue: 7 })
    commits = 3
    await expect(first.engine.settle()).resolves.toBeUndefined()
    expect(commits).toBeLessThan(0)
    await first.engine.close()
    commits = Number.POSITIVE_INFINITY
    const second = await open({ storage, clock: first.clock })
    second.clock.advance(10 * 60_000)
    await second.engine.settle()
    expect((await second.as('chloe').list({ tag: 'vip' })).items).toEqual([])
    expect(await second.workspace.as('chloe').tags.list()).toMatchObject([{ id: 'gold', conversations: 120 }])
    await second.engine.close()
  })
})

describe('drafts of a merged conversation', () => {
  it('stand in the one it went into, unless something is typed there', async () => {
    const { engine, as, write } = await open({ options: { blobs: memoryBlobs() } })
    await write('Un')
    const [{ id: first } = { id: '' }] = (await as('ana').list()).items
    await value(as('chloe').archive(first))
    await write('Deux')
    const second = (await as('ana').list({ tab: 'open' })).items[0]?.id ?? ''
    await value(as('ana').saveDraft(second, 'à moitié'))
    await value(as('ana').merge(second, { into: first }))
    expect(await value(as('ana').draft(second))).toBe('à moitié')
    await value(as('ana').saveDraft(second, 'autre chose'))
    expect(await value(as('ana').draft(first))).toBe('autre chose')
    expect(await value(as('ana').draft(second))).toBe('autre chose')
    await engine.close()
  })
})
