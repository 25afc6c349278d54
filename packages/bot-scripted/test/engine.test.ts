import { createEngine } from '@guichet/engine'
import { manualClock, memoryStorage } from '@guichet/engine/memory'
import type { InboundPart } from '@guichet/engine/ports'
import { expect, it } from 'vitest'
import { plainChannel } from '../../../tooling/channels/plain-channel.ts'
import { scriptedBot } from '../src/index.ts'
import { shop } from './shop.ts'

/** A chat that shows menus and forms: what is posted is what the customer sends, and `heard` is what she gets. */
const chat = (heard: Array<string>) =>
  plainChannel({
    name: 'chat',
    capabilities: { idempotentSend: true, parts: ['Choices', 'Form', 'Chosen', 'FormAnswer'] },
    parse: ({ body }) => [
      {
        _tag: 'MessageReceived',
        from: { address: 'zoe', language: 'fr' },
        parts: JSON.parse(new TextDecoder().decode(body)) as ReadonlyArray<InboundPart>,
      },
    ],
    send: (wire) => {
      heard.push(wire)
      return { _tag: 'Accepted' }
    },
  })

it('follows its script through an engine, over a restart, until people have it', async () => {
  const heard: Array<string> = []
  const storage = memoryStorage()
  const clock = manualClock()
  const start = () =>
    createEngine({
      storage: { ...storage, close: () => undefined },
      channels: { chat: chat(heard) },
      bots: { porter: scriptedBot(shop) },
      clock,
    })
  let engine = await start()
  const acme = engine.workspace('acme')
  await acme.queues.put({ id: 'desk', name: 'Desk', mode: 'shared', claimOnReply: true })
  await acme.agents.put({ id: 'ana', name: 'Ana', role: 'agent', queues: ['desk'] })
  await acme.accounts.put({ id: 'site', channel: 'chat', queue: 'desk', bots: ['porter'] })
  const sends = async (...parts: ReadonlyArray<InboundPart>): Promise<ReadonlyArray<string>> => {
    heard.length = 0
    clock.advance(1_000)
    const response = await engine.receive(
      'acme/site',
      new Request('https://host.example', { method: 'POST', body: JSON.stringify(parts) }),
    )
    expect(response.status).toBe(200)
    await engine.settle()
    return [...heard]
  }
  const words = (text: string): InboundPart => ({ _tag: 'Text', text })
  expect(await sends(words('Bonjour'))).toEqual(['Puis-je vous aider ?', 'Choices'])
  await engine.close()
  engine = await start()
  expect(await sends({ _tag: 'Chosen', choice: 'hello/3', label: 'Un retour' })).toEqual([
    'Que renvoyez-vous ?',
    'Form',
  ])
  const values = { order: '12', email: 'zoe@example.org' }
  const answer = await sends({ _tag: 'FormAnswer', form: 'script/return', values })
  const { items, counts } = await engine.workspace('acme').as('ana').conversations.list()
  const id = items[0]?.id ?? ''
  const found = await engine.workspace('acme').as('ana').conversations.get(id)
  // Its form has told the address already, so nothing is asked once more.
  expect(answer).toEqual(['Un instant.'])
  expect([items[0]?.control, counts.open, found.ok]).toEqual(['team', 1, true])
  await engine.close()
  storage.close()
})
