import { describe, expect, it } from 'vitest'
import { openShop, value } from './telegraph.ts'

/** A shop with somebody who serves nothing. */
const open = async () => {
  const shop = await openShop()
  const workspace = shop.engine.workspace('shop')
  await workspace.agents.put({ id: 'dan', name: 'Dan', role: 'agent', queues: [] })
  return { ...shop, workspace, as: (agent: string) => workspace.as(agent).conversations }
}

describe('a conversation among colleagues', () => {
  it('is seen by who is part of it, has a tab of its own, and counts exactly', async () => {
    const { engine, as, write } = await open()
    await write('Bonjour')
    const asked = { title: 'La chaise', participants: ['dan'], text: 'Qui sait ?' }
    const { conversation } = await value(as('ana').discuss(asked))
    for (const [agent, seen] of [
      ['ana', [conversation.id]],
      ['dan', [conversation.id]],
      ['ben', []],
      ['chloe', [conversation.id]],
    ] as const) {
      const page = await as(agent).list({ tab: 'internal' })
      expect(page.items.map(({ id }) => id)).toEqual(seen)
      expect(page.counts.internal).toBe(seen.length)
      for (const tab of ['open', 'mine', 'unassigned', 'internal', 'all'] as const) {
        expect([tab, page.counts[tab]]).toEqual([tab, (await as(agent).list({ tab })).items.length])
      }
    }
    expect((await as('ben').get(conversation.id)).ok).toBe(false)
    const [shown] = (await as('dan').list({ tab: 'internal' })).items
    expect(shown).toMatchObject({ title: 'La chaise', queue: 'internal', channel: 'internal', preview: 'Qui sait ?' })
    await engine.close()
  })

  it('goes on in words that are news to everybody but who wrote them, and that never leave', async () => {
    const { engine, as, provider } = await open()
    const { conversation } = await value(
      as('ana').discuss({ title: 'Thé', participants: ['dan', 'ben'], text: 'Thé ?' }),
    )
    const unread = async (agent: string) => (await value(as(agent).get(conversation.id))).unread
    expect([await unread('ana'), await unread('dan')]).toEqual([0, 1])
    await value(as('dan').reply(conversation.id, { text: 'Oui !' }))
    expect([await unread('ana'), await unread('dan'), await unread('ben')]).toEqual([1, 0, 2])
    await value(as('ana').close(conversation.id))
    const { entry } = await value(as('ben').reply(conversation.id, { text: 'Moi aussi', idempotencyKey: 'k' }))
    await value(as('ben').reply(conversation.id, { text: 'Moi aussi', idempotencyKey: 'k' }))
    expect(entry?.what._tag).toBe('NoteAdded')
    expect(await value(as('ana').get(conversation.id))).toMatchObject({ status: 'open', unread: 2 })
    expect((await value(as('ana').timeline(conversation.id))).messages.map(({ text }) => text)).toEqual([
      'Thé ?',
      'Oui !',
      'Moi aussi',
    ])
    await engine.settle()
    expect(provider.wires).toEqual([])
    await engine.close()
  })

  it('is about a message, which it quotes, with all who have to do with that', async () => {
    const { engine, as, write, opened } = await open()
    await write('Où est ma chaise ?\nElle est bleue.')
    const about = { conversation: await opened(), message: 1 }
    await value(as('ana').claim(about.conversation))
    await value(as('ana').invite(about.conversation, { agents: ['dan'] }))
    const { conversation } = await value(
      as('ana').discuss({ title: 'Chaise', participants: [], text: 'Une idée ?', about }),
    )
    expect([conversation.owner, conversation.participants]).toEqual(['ana', ['dan']])
    const [first] = (await value(as('dan').timeline(conversation.id))).messages
    expect(first?.text).toBe('> claire:\n> Où est ma chaise ?\n> Elle est bleue.\n\nUne idée ?')
    expect(first?.meta).toEqual({ internal: { about } })
    const refused = { ok: false, refusal: { _tag: 'NotFound' } }
    const asked = { title: 'x', participants: [], text: 'x' }
    expect(await as('dan').discuss({ ...asked, about: { ...about, message: 9 } })).toEqual(refused)
    expect(await as('ben').discuss({ ...asked, about: { conversation: conversation.id, message: 1 } })).toEqual(refused)
    await engine.close()
  })

  it('has an account and a queue that nobody can set up, remove, serve or transfer to', async () => {
    const { engine, workspace, as, write, opened } = await open()
    const invalid = { ok: false, refusal: { _tag: 'Invalid' } }
    const queue = { id: 'internal', name: 'x', mode: 'shared', claimOnReply: true } as const
    expect(await workspace.queues.put(queue)).toMatchObject(invalid)
    expect(await workspace.queues.remove('internal')).toMatchObject(invalid)
    const account = { id: 'internal', channel: 'telegraph', queue: 'desk' }
    expect(await workspace.accounts.put(account)).toMatchObject(invalid)
    expect(await workspace.accounts.remove('internal')).toMatchObject(invalid)
    expect(await workspace.agents.put({ id: 'eve', name: 'Eve', role: 'agent', queues: ['internal'] })).toEqual({
      ok: false,
      refusal: { _tag: 'UnknownQueue', queue: 'internal' },
    })
    expect((await workspace.queues.list()).map(({ id }) => id)).toEqual(['desk'])
    await write('Bonjour')
    expect((await as('ana').transfer(await opened(), { to: { queue: 'internal' } })).ok).toBe(false)
    await engine.close()
  })
})
