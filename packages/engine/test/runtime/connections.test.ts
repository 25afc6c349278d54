import type { Hint } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { openShop, until, value } from './telegraph.ts'

const account = (id: string) => ({ id, channel: 'telegraph', queue: 'desk' })

describe('a live source', () => {
  it('that never says that it is ready is not waited for, is told to stop and tried again', async () => {
    let attempts = 0
    let told = 0
    const { engine, clock } = await openShop({
      capabilities: { live: true },
      connect: ({ id }, _, { signal }) => {
        if (id !== 'slow') return Promise.resolve()
        attempts += 1
        signal.addEventListener('abort', () => {
          told += 1
        })
        return new Promise(() => undefined)
      },
    })
    let done = false
    const putting = engine
      .workspace('shop')
      .accounts.put(account('slow'))
      .then(() => {
        done = true
      })
    await until(clock, () => done)
    await putting
    await until(clock, () => attempts > 1)
    expect(told).toBeGreaterThanOrEqual(1)
    await engine.close()
    expect(told).toBe(attempts)
  })

  it('runs for an account exactly as long as there is one, however fast it comes and goes', async () => {
    const running = new Set<AbortSignal>()
    const { engine } = await openShop({
      capabilities: { live: true },
      connect: async ({ id }, _, { signal }) => {
        if (id !== 'b') return
        running.add(signal)
        signal.addEventListener('abort', () => running.delete(signal))
      },
    })
    const { accounts } = engine.workspace('shop')
    for (let times = 0; times < 20; times += 1) {
      await Promise.all(
        [accounts.put(account('b')), accounts.remove('b'), accounts.put(account('b'))].slice(0, 2 + (times % 2)),
      )
      expect(running.size).toBe((await accounts.get('b')) === undefined ? 0 : 1)
    }
    await engine.close()
    expect(running.size).toBe(0)
  })

  it('hears that a conversation at its address was deleted', async () => {
    const hints: Array<Hint> = []
    const { engine, write, opened } = await openShop({
      capabilities: { live: true },
      connect: async (_, sink) => void sink.watch((hint) => hints.push(hint)),
    })
    await write('Bonjour')
    const id = await opened()
    hints.length = 0
    await value(engine.workspace('shop').as('chloe').conversations.delete(id))
    expect(hints).toEqual([{ _tag: 'Changed', address: 'claire' }])
    await engine.close()
  })
})
