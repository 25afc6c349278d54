import { type AgentSession, createEngine } from '@guichet/engine'
import { sqlite } from '@guichet/storage-sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'

const desk = async (): Promise<AgentSession> => {
  const engine = await createEngine({ storage: sqlite({ file: ':memory:' }) })
  onTestFinished(() => engine.close())
  const house = engine.workspace('shop')
  await house.queues.put({ id: 'desk', name: 'Desk', mode: 'shared', claimOnReply: true })
  await house.agents.put({ id: 'chloe', name: 'Chloe', role: 'manager', queues: [] })
  return house.as('chloe')
}

const nowhere = { ok: false, refusal: { _tag: 'NotFound' } }

describe('a host that passes on what it has not looked at', () => {
  it.each([null, undefined, 5, {}, []])('asks for nothing that is there by the id %j', async (none) => {
    const boss = await desk()
    const id = none as unknown as string
    const filter = { name: 'x', filter: {}, shared: false }
    const outcomes = await Promise.all([
      boss.conversations.get(id),
      boss.conversations.claim(id),
      boss.conversations.timeline(id),
      boss.conversations.merge(id, { into: id }),
      boss.conversations.split(id, { message: 1 }),
      boss.contacts.get(id),
      boss.contacts.history(id),
      boss.contacts.edit(id, { name: 'x' }),
      boss.contacts.merge(id, { into: id }),
      boss.companies.get(id),
      boss.companies.remove(id),
      boss.templates.get(id),
      boss.templates.remove(id),
      boss.templates.fill(id, id),
      boss.views.remove(id),
      ...(none === undefined ? [] : [boss.views.put({ ...filter, id })]),
      boss.blocks.remove(id),
    ])
    for (const outcome of outcomes) expect(outcome).toEqual(nowhere)
    expect(await boss.conversations.draft(id)).toEqual({ ok: true, value: null })
    expect(await boss.conversations.bulk(none as never, { _tag: 'Close' })).toEqual(
      (Array.isArray(none) ? none : []).map(() => nowhere),
    )
  })

  it('finds nothing by conditions that nothing meets, and by words that are none', async () => {
    const boss = await desk()
    const conditions = [{ owner: {} }, { from: Number.NaN }, { queue: 5 }, { contact: {} }, { tag: [] }, { to: 'x' }]
    for (const condition of conditions as ReadonlyArray<object>) {
      expect((await boss.conversations.list(condition)).items).toEqual([])
      expect((await boss.conversations.search('x', condition)).messages).toEqual([])
      await boss.conversations.markAllRead(condition)
    }
    const words = 5 as unknown as string
    expect((await boss.conversations.list({ limit: 'x' as never })).items).toEqual([])
    expect((await boss.conversations.search(words)).messages).toEqual([])
    expect((await boss.contacts.find({ words })).items).toEqual([])
    expect(await boss.companies.find({ words })).toEqual([])
    expect(await boss.templates.find({ words })).toEqual([])
    expect(await boss.people.find(words)).toHaveLength(1)
  })
})
