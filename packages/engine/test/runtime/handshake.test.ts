import type { WireAnswer } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { openShop } from './telegraph.ts'

const ask = new Request('https://host.example/hook?challenge=42')

describe('a provider that asks whether an address is ours', () => {
  it('is answered by the channel, to the byte, before anything is verified', async () => {
    const shop = await openShop({
      channel: {
        handshake: ({ method, url }) =>
          method === 'GET'
            ? {
                status: 200,
                headers: { 'content-type': 'text/plain' },
                body: new URL(url).searchParams.get('challenge') ?? '',
              }
            : undefined,
      },
    })
    const answer = await shop.engine.receive('shop/wire', ask.clone())
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([200, 'text/plain', '42'])
    expect((await shop.post('[]', {})).status).toBe(401)
    expect((await shop.write('Bonjour')).status).toBe(200)
    await shop.engine.close()
  })

  it('is refused in the words of the channel', async () => {
    const shop = await openShop({ channel: { handshake: async () => ({ status: 403 }) } })
    const answer = await shop.engine.receive('shop/wire', ask.clone())
    expect([answer.status, await answer.text()]).toEqual([403, ''])
    await shop.engine.close()
  })

  for (const [what, handshake] of [
    ['throws', () => Promise.reject(new Error('broken'))],
    ['answers nonsense', () => 'yes' as unknown as WireAnswer],
    ['answers with no status', () => ({ status: 42 })],
    ['answers with a header that is none', () => ({ status: 200, headers: { 'no good': 'x' } })],
    ['gives a body to what has none', () => ({ status: 204, body: 'something' })],
  ] as const) {
    it(`G48 is told that something is broken when the channel ${what}, and nothing is stored`, async () => {
      const shop = await openShop({ channel: { handshake } })
      expect((await shop.write('Bonjour')).status).toBe(500)
      expect(shop.problems).toEqual(['handshake of telegraph'])
      expect((await shop.engine.workspace('shop').as('chloe').conversations.list()).items).toEqual([])
      expect(await shop.engine.workspace('shop').quarantine.list()).toEqual([])
      await shop.engine.close()
    })
  }
})

describe('what a provider is answered when all is durable', () => {
  it('is what it wants, where its channel says so', async () => {
    const acknowledgement = { status: 200, headers: { 'content-type': 'text/xml' }, body: '<Response/>' }
    const shop = await openShop({ channel: { acknowledgement } })
    const answer = await shop.write('Bonjour')
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      200,
      'text/xml',
      '<Response/>',
    ])
    expect(await shop.opened()).toBeTypeOf('string')
    expect((await shop.post([], {})).status).toBe(401)
    await shop.engine.close()
  })

  it('G48 is our own yes where the channel has none that makes sense', async () => {
    for (const status of [500, 302, 1, '200'] as const) {
      const shop = await openShop({ channel: { acknowledgement: { status } as WireAnswer } })
      const answer = await shop.write('Bonjour')
      expect([answer.status, shop.problems]).toEqual([200, ['acknowledgement of telegraph']])
      await shop.engine.close()
    }
  })
})
