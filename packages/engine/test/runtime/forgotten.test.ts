import { memoryStorage } from '@guichet/engine/memory'
import type { InboundEvent, Storage } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { type Shop, openShop, value } from './telegraph.ts'

const file = (text: string) => ({ name: 'a.txt', mime: 'text/plain', bytes: new TextEncoder().encode(text) })

/** Follows which attachments are there. */
const watchBlobs = ({ blobs }: Shop): Set<string> => {
  const kept = new Set<string>()
  const { put, delete: remove } = blobs
  Object.assign(blobs, {
    put: (workspace: string, key: string, bytes: Uint8Array) => (kept.add(key), put(workspace, key, bytes)),
    delete: (workspace: string, key: string) => (kept.delete(key), remove(workspace, key)),
  })
  return kept
}

describe('a conversation that is deleted', () => {
  it('takes the drafts with it that were begun in it', async () => {
    const { engine, write, opened } = await openShop()
    await write('Bonjour')
    const id = await opened()
    const shop = engine.workspace('shop')
    const ana = shop.as('ana').conversations
    await value(ana.saveDraft(id, 'Dear Claire, about your secret'))
    await value(ana.saveDraft(id, 'she has a secret', 'note'))
    await value(shop.as('chloe').conversations.delete(id))
    expect([await value(ana.draft(id)), await value(ana.draft(id, 'note'))]).toEqual([null, null])
    await engine.close()
  })

  it('takes the files with it that an edit brought', async () => {
    const edit: InboundEvent = { _tag: 'MessageEdited', externalId: 'in-1', parts: [{ _tag: 'File', file: file('b') }] }
    const again: InboundEvent = { ...edit, parts: [{ _tag: 'File', file: file('c') }] }
    const shop = await openShop({
      channel: {
        parse: ({ body }) => {
          const text = new TextDecoder().decode(body)
          return text === 'edit' ? [edit] : text === 'again' ? [again] : (JSON.parse(text) as Array<InboundEvent>)
        },
      },
    })
    const { engine, write, post, opened, clock } = shop
    const kept = watchBlobs(shop)
    await write('Bonjour')
    await post('edit')
    clock.advance(1)
    await post('again')
    expect(kept.size).toBe(2)
    await value(
      engine
        .workspace('shop')
        .as('chloe')
        .conversations.delete(await opened()),
    )
    await engine.settle()
    expect([...kept]).toEqual([])
    await engine.close()
  })

  it('is gone with the answer that was given while it was looked through', async () => {
    const inner = memoryStorage()
    let looked = Promise.resolve()
    const storage: Storage = {
      ...inner,
      timeline: async (query) => {
        const page = await inner.timeline(query)
        await looked
        return page
      },
    }
    const shop = await openShop({ storage })
    const { engine, write, opened } = shop
    const kept = watchBlobs(shop)
    await write('Bonjour')
    const id = await opened()
    const of = (agent: string) => engine.workspace('shop').as(agent).conversations
    let go = (): void => undefined
    looked = new Promise((resolve) => {
      go = resolve
    })
    const deleting = of('chloe').delete(id)
    await value(of('ana').reply(id, { files: [file('a secret')] }))
    go()
    await value(deleting)
    await engine.settle()
    expect([...kept]).toEqual([])
    await engine.close()
  })
})

describe('a message that is deleted', () => {
  it.each([['before'], ['after']])('is gone with the edit that came in the moment %s', async (when) => {
    const { engine, write, opened } = await openShop()
    await write('Bonjour')
    const id = await opened()
    const ana = engine.workspace('shop').as('ana').conversations
    const message = (await value(ana.reply(id, { text: 'hello' }))).entry?.seq ?? 0
    const edit = () => ana.edit(id, { message, text: 'a secret' })
    const remove = () => ana.deleteMessage(id, { message })
    const [first, second] = when === 'before' ? [edit, remove] : [remove, edit]
    await Promise.all([first(), second()])
    expect(JSON.stringify(await value(ana.timeline(id)))).not.toContain('secret')
    expect(await ana.search('secret')).toEqual({ messages: [], contacts: [], tagged: [] })
    await engine.close()
  })
})

describe('an answer given twice with one key', () => {
  it('leaves one copy of its files', async () => {
    const shop = await openShop()
    const { engine, write, opened } = shop
    const kept = watchBlobs(shop)
    await write('Bonjour')
    const id = await opened()
    const ana = engine.workspace('shop').as('ana').conversations
    const said = { files: [file('a')], idempotencyKey: 'k' }
    await value(ana.reply(id, said))
    await value(ana.reply(id, said))
    expect(kept.size).toBe(1)
    await engine.close()
  })
})

describe('an act done twice with one key', () => {
  it('is done, also when it was the last one', async () => {
    const { engine, write, opened } = await openShop()
    await write('Bonjour')
    const id = await opened()
    const chloe = engine.workspace('shop').as('chloe').conversations
    const first = await value(chloe.delete(id, { idempotencyKey: 'k' }))
    expect((await value(chloe.delete(id, { idempotencyKey: 'k' }))).conversation).toEqual(first.conversation)
    await engine.close()
  })
})

describe('an edit that is refused', () => {
  it('leaves none of the files that it brought', async () => {
    const edit: InboundEvent = { _tag: 'MessageEdited', externalId: 'in-1', parts: [{ _tag: 'File', file: file('b') }] }
    const shop = await openShop({
      channel: {
        parse: ({ body }) => {
          const text = new TextDecoder().decode(body)
          return text === 'edit' ? [edit] : (JSON.parse(text) as Array<InboundEvent>)
        },
      },
    })
    const { engine, write, post, opened } = shop
    const kept = watchBlobs(shop)
    await write('Bonjour')
    await value(
      engine
        .workspace('shop')
        .as('chloe')
        .conversations.delete(await opened()),
    )
    await post('edit')
    expect([...kept]).toEqual([])
    await engine.close()
  })
})
