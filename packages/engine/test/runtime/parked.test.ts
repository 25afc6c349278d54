import { createEngine } from '@guichet/engine'
import { manualClock, memoryBlobs, memoryStorage } from '@guichet/engine/memory'
import type { Changeset, InboundEvent, Storage } from '@guichet/engine/ports'
import { expect, it, onTestFinished } from 'vitest'
import { newProvider, openShop, telegraph, value } from './telegraph.ts'

it('an edit that is put aside on one engine while its message is stored on another is not forgotten', async () => {
  const kept: Storage = { ...memoryStorage(), close: () => undefined }
  const [clock, blobs] = [manualClock(), memoryBlobs()]
  const start = async (storage: Storage) => {
    const engine = await createEngine({ storage, channels: { telegraph: telegraph(newProvider()) }, clock, blobs })
    onTestFinished(() => engine.close())
    const receive = async (event: InboundEvent) =>
      engine.receive(
        'shop/wire',
        new Request('http://localhost/', {
          method: 'POST',
          body: JSON.stringify([event]),
          headers: { 'x-word': 'please' },
        }),
      )
    return { shop: engine.workspace('shop'), receive }
  }
  const here = await start(kept)
  await value(here.shop.queues.put({ id: 'desk', name: 'Desk', mode: 'shared', claimOnReply: true }))
  await value(here.shop.agents.put({ id: 'ana', name: 'Ana', role: 'agent', queues: ['desk'] }))
  await value(here.shop.accounts.put({ id: 'wire', channel: 'telegraph', queue: 'desk' }))
  const parts = [{ _tag: 'Text', text: 'Bonjour' }] as const
  let parks = 0
  const there = await start({
    ...kept,
    commit: async (changesets) => {
      if (changesets.some(({ park }) => park.length > 0)) {
        parks += 1
        await here.receive({ _tag: 'MessageReceived', externalId: 'in-1', from: { address: 'claire' }, parts })
      }
      return kept.commit(changesets)
    },
  })
  await there.receive({ _tag: 'MessageEdited', externalId: 'in-1', parts: [{ _tag: 'Text', text: 'Bonsoir' }] })
  expect(parks).toBe(1)
  const { conversations } = here.shop.as('ana')
  const [first] = (await conversations.list()).items
  const { messages } = await value(conversations.timeline(first?.id ?? ''))
  expect(messages.map(({ text, edited }) => [text, edited])).toEqual([['Bonsoir', true]])
  expect(await kept.parked('shop', 'wire', ['in-1'])).toEqual([])
})

it('an edit that has waited is there once, also when the engine died right after its message had come', async () => {
  const inner = memoryStorage()
  let dies = false
  const isApart = ({ unpark, entries }: Changeset): boolean => unpark.length > 0 && entries.length === 0
  const { engine, write, post, opened } = await openShop({
    storage: {
      ...inner,
      commit: (sets) =>
        dies && sets.some(isApart) ? Promise.reject(new Error('pulled the plug')) : inner.commit(sets),
    },
  })
  onTestFinished(() => engine.close())
  const edited = (text: string): InboundEvent => ({
    _tag: 'MessageEdited',
    externalId: 'in-1',
    parts: [{ _tag: 'Text', text }],
  })
  await post([edited('Bonsoir')])
  dies = true
  await write('Bonjour')
  dies = false
  await post([edited('Salut')])
  await write('Bonjour', { externalId: 'in-1' })
  const { messages, entries } = await value(
    engine
      .workspace('shop')
      .as('ana')
      .conversations.timeline(await opened()),
  )
  const edits = entries.filter(({ what }) => what._tag === 'MessageEdited')
  expect([messages.map(({ text }) => text), edits.length]).toEqual([['Salut'], 2])
})
