import { describe, expect, it } from 'vitest'
import { openShop, value } from './telegraph.ts'

describe('somebody without rights', () => {
  it('cannot turn one command into another by what it carries', async () => {
    const { engine, write, opened } = await openShop()
    await write('Bonjour')
    const id = await opened()
    const shop = engine.workspace('shop')
    await shop.agents.put({ id: 'dan', name: 'Dan', role: 'agent', queues: [] })
    const message = { address: 'claire', parts: [{ _tag: 'Text', text: 'forged' }], matched: 'contact' }
    const forged = { tags: ['x'], _tag: 'Receive', message } as { readonly tags: ReadonlyArray<string> }
    expect(await shop.as('dan').conversations.tag(id, forged)).toEqual({ ok: false, refusal: { _tag: 'NotFound' } })
    const { messages } = await value(shop.as('ana').conversations.timeline(id))
    expect(messages.map(({ text }) => text)).toEqual(['Bonjour'])
    await engine.close()
  })

  it('sees nothing more once the workspace does not know her, also of what she owned', async () => {
    const { engine, write, opened } = await openShop()
    await write('a secret')
    const id = await opened()
    const shop = engine.workspace('shop')
    const ana = shop.as('ana')
    await value(ana.conversations.claim(id))
    const { conversation } = await value(ana.conversations.close(id))
    await value(shop.agents.remove('ana'))
    expect((await ana.conversations.list()).items).toEqual([])
    expect(await ana.conversations.counts()).toMatchObject({ all: 0, mine: 0, closed: 0 })
    expect(await ana.conversations.search('secret')).toEqual({ messages: [], contacts: [], tagged: [] })
    expect(await ana.contacts.get(conversation.contact)).toEqual({ ok: false, refusal: { _tag: 'NotFound' } })
    await engine.close()
  })

  it('learns nothing by a key that was used while she could see', async () => {
    const { engine, write, opened } = await openShop()
    const shop = engine.workspace('shop')
    await shop.queues.put({ id: 'vault', name: 'Vault', mode: 'exclusive', claimOnReply: true })
    await write('Bonjour')
    const id = await opened()
    const ana = shop.as('ana').conversations
    const sent = { to: { queue: 'vault' }, idempotencyKey: 'k' }
    const first = await value(ana.transfer(id, sent))
    await write('a secret')
    const again = await value(ana.transfer(id, sent))
    expect(again.entry).toEqual(first.entry)
    expect(again.conversation).toEqual(first.conversation)
    await engine.close()
  })
})

describe('a question that makes no sense', () => {
  it('as a size of a page gets a page', async () => {
    const { engine, write } = await openShop()
    await write('Bonjour')
    const ana = engine.workspace('shop').as('ana').conversations
    for (const limit of [Number.NaN, 1.5, -3, Number.POSITIVE_INFINITY]) {
      expect((await ana.list({ limit })).items).toHaveLength(1)
    }
    await engine.close()
  })
})

describe('what a listener throws', () => {
  it('about typing is reported and harms nobody', async () => {
    const { engine, write, opened, problems } = await openShop()
    await write('Bonjour')
    const shop = engine.workspace('shop')
    shop.as('ben').onTyping(() => {
      throw new Error('a bad listener')
    })
    await shop.as('ana').conversations.typing(await opened(), true)
    await expect.poll(() => problems).toEqual(['typing'])
    await engine.close()
  })
})

describe('somebody whom the workspace does not know', () => {
  it('is told the same of what exists and of what does not, and leaves nothing behind', async () => {
    const { engine, write, opened } = await openShop()
    await write('Bonjour')
    const id = await opened()
    const eve = engine.workspace('shop').as('eve').conversations
    for (const options of [{ text: 'hello' }, { text: 'hello', expectedVersion: 99 }]) {
      const refused = [await eve.reply(id, options), await eve.reply('nothing', options)]
      const unknown = { ok: false, refusal: { _tag: 'UnknownAgent', agent: 'eve' } }
      expect(refused).toEqual([unknown, unknown])
    }
    expect(await value(eve.draft(id))).toBeNull()
    await engine.close()
  })
})
