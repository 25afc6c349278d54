import { memoryStorage } from '@guichet/engine/memory'
import type { DeliveryStatus } from '@guichet/engine/domain'
import type { Changeset, SendOutcome, Storage } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { openShop, until, value } from './telegraph.ts'

const ends = (set: Changeset): boolean =>
  set.settle.some(({ hold, retryAt }) => hold === undefined && retryAt === undefined)

/** A store that ends work and is cut off before it has said so, the first time; and how often work was settled since. */
const unheard = () => {
  const inner = memoryStorage()
  let cut = false
  let settlements = 0
  const storage: Storage = {
    ...inner,
    commit: (sets) => {
      if (cut && sets.some(({ settle }) => settle.length > 0)) settlements += 1
      const results = inner.commit(sets)
      if (cut || !sets.some(ends)) return results
      cut = true
      throw new Error('cut off before the answer')
    },
  }
  return { storage, wasCut: () => cut, settlements: () => settlements }
}

describe('work that was ended by a commit nobody heard of', () => {
  it.each<readonly [string, SendOutcome, DeliveryStatus]>([
    ['that was sent', { _tag: 'Accepted' }, 'sent'],
    ['that was sent under an id', { _tag: 'Accepted', externalId: 'sent' }, 'sent'],
    ['that was refused', { _tag: 'Rejected', code: 'blocked', reason: 'blocked' }, 'failed'],
  ])('for a message %s is settled once more, in vain', async (_, outcome, status) => {
    const { storage, wasCut, settlements } = unheard()
    const { engine, provider, clock, problems, write, opened } = await openShop({ storage })
    provider.answer = () => outcome
    await write('Bonjour')
    const id = await opened()
    const ana = engine.workspace('shop').as('ana').conversations
    await value(ana.reply(id, { text: 'Oui' }))
    await until(clock, wasCut)
    await engine.settle()
    const { messages } = await value(ana.timeline(id))
    expect(messages.at(-1)?.delivery?.status).toBe(status)
    expect([settlements(), provider.wires, problems]).toEqual([1, ['Oui'], []])
    await engine.close()
  })

  it('for a timer is not put off either', async () => {
    const { storage, wasCut, settlements } = unheard()
    const { engine, clock, problems, write, opened } = await openShop({ storage })
    await write('Bonjour')
    const ana = engine.workspace('shop').as('ana').conversations
    const id = await opened()
    await value(ana.snooze(id, { until: clock.now() + 1_000 }))
    await until(clock, wasCut)
    await engine.settle()
    expect((await value(ana.get(id))).status).toBe('open')
    expect([settlements(), problems]).toEqual([1, ['work wake']])
    await engine.close()
  })
})
