import { type EngineOptions, createEngine } from '@guichet/engine'
import { memoryStorage } from '@guichet/engine/memory'
import { describe, expect, it } from 'vitest'
import { newProvider, openShop, telegraph, value } from './telegraph.ts'

describe('a snooze', () => {
  it('whose end came early, by a clock that was set back since, still ends', async () => {
    const kept = memoryStorage()
    const storage = { ...kept, close: () => undefined }
    const { engine, clock, write, opened } = await openShop({ storage })
    await write('Bonjour')
    const id = await opened()
    const ana = engine.workspace('shop').as('ana').conversations
    await value(ana.snooze(id, { until: clock.now() + 60_000 }))
    await engine.close()
    // Somebody whose clock runs ahead hands out the timer; the engine's own says that it is too early.
    let by = 120_000
    const ahead: EngineOptions['storage'] = {
      ...storage,
      claim: async (query) => {
        const claimed = await storage.claim({ ...query, now: query.now + by })
        if (claimed.length > 0) by = 0
        return claimed
      },
    }
    const early = await createEngine({ storage: ahead, channels: { telegraph: telegraph(newProvider()) }, clock })
    await early.settle()
    expect((await value(early.workspace('shop').as('ana').conversations.get(id))).status).toBe('pending')
    await early.close()
    clock.advance(60_000)
    const later = await createEngine({ storage, channels: { telegraph: telegraph(newProvider()) }, clock })
    await later.settle()
    expect((await value(later.workspace('shop').as('ana').conversations.get(id))).status).toBe('open')
    await later.close()
  })
})
