import { memoryBlobs, memoryStorage } from '@guichet/engine/memory'
import type { FetchOutcome, InboundEvent } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { type Shop, openShop, value } from './telegraph.ts'

const filesOfEach = 10
const capabilities = { files: { max: filesOfEach, maxBytes: 1_000, types: ['text/plain'] } }

const message = (account: string): InboundEvent => ({
  _tag: 'MessageReceived',
  externalId: `${account}: look`,
  from: { address: 'claire' },
  parts: Array.from({ length: filesOfEach }, (_, n) => ({
    _tag: 'RemoteFile',
    file: { name: `${n}.txt`, mime: 'text/plain', remote: { account, n } },
  })),
})

/** A message with files on each of so many accounts. */
const burst = async ({ engine }: Shop, accounts: number): Promise<void> => {
  for (let n = 0; n < accounts; n += 1) {
    const id = `wire-${n}`
    await value(engine.workspace('shop').accounts.put({ id, channel: 'telegraph', queue: 'desk' }))
    const body = JSON.stringify([message(id)])
    const request = new Request('https://host.example', { method: 'POST', headers: { 'x-word': 'please' }, body })
    expect((await engine.receive(`shop/${id}`, request)).status).toBe(200)
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('a burst of files that providers hold', () => {
  it('has eight of them in memory at a time, of however many accounts, and brings them all', async () => {
    const waiting: Array<() => void> = []
    const kept = memoryBlobs()
    let inMemory = 0
    let most = 0
    const shop = await openShop({
      capabilities,
      channel: {
        fetchFile: async () => {
          inMemory += 1
          most = Math.max(most, inMemory)
          await new Promise<void>((resolve) => waiting.push(resolve))
          return { _tag: 'Fetched', bytes: Uint8Array.of(1, 2, 3) }
        },
      },
      options: {
        blobs: {
          ...kept,
          // Until then its bytes are needed.
          put: async (workspace, key, bytes) => {
            await kept.put(workspace, key, bytes)
            inMemory -= 1
          },
        },
      },
    })
    await burst(shop, 12)
    const settled = shop.engine.settle()
    for (let brought = 0; brought < 12 * filesOfEach; ) {
      await turn()
      brought += waiting.length
      for (const resolve of waiting.splice(0)) resolve()
    }
    await settled
    expect([most, inMemory]).toEqual([8, 0])
    await shop.engine.close()
  })

  it('is asked for no further when the engine closes, and left to whoever comes next', async () => {
    const storage = memoryStorage()
    let asked = 0
    const shop = await openShop({
      storage: { ...storage, close: () => undefined },
      capabilities,
      channel: {
        fetchFile: (_, __, { signal }) => {
          asked += 1
          return new Promise<FetchOutcome>((resolve) => {
            signal.addEventListener('abort', () => resolve({ _tag: 'Retry', reason: 'it closes' }))
          })
        },
      },
    })
    await burst(shop, 4)
    while (asked < 8) await turn()
    const closed = shop.engine.close()
    await turn()
    shop.clock.advance(10_000)
    await closed
    expect(asked).toBe(8)
    const left = (await storage.upcoming('shop', 100)).filter(({ kind }) => kind === 'fetch')
    expect(left).toHaveLength(4 * filesOfEach)
  })
})
