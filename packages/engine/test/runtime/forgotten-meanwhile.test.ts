import { memoryStorage } from '@guichet/engine/memory'
import type { Changeset, Storage } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { openShop, value } from './telegraph.ts'

const begins = (set: Changeset): boolean => set.conversations.some(({ expected }) => expected === 0)

/** Two engines on one store; before the second one's first new conversation is stored, something else happens. */
const twoEngines = async (threading: 'contact' | 'thread') => {
  const inner = memoryStorage()
  let meanwhile: (() => Promise<unknown>) | undefined
  const storage: Storage = {
    ...inner,
    commit: async (sets) => {
      const act = sets.some(begins) ? meanwhile : undefined
      if (act !== undefined) {
        meanwhile = undefined
        await act()
      }
      return inner.commit(sets)
    },
  }
  const capabilities = { threading, addressedBy: 'email' } as const
  const here = await openShop({ storage: inner, capabilities })
  const there = await openShop({ storage, capabilities })
  const settle = async (): Promise<void> => {
    await here.engine.settle()
    await there.engine.settle()
  }
  return {
    settle,
    here,
    there,
    chloe: here.engine.workspace('shop').as('chloe'),
    before: (act: () => Promise<unknown>): void => {
      meanwhile = act
    },
  }
}

describe.each(['contact', 'thread'] as const)('somebody who is forgotten (threading by %s)', (threading) => {
  it('is somebody new when she writes at that very moment to another engine', async () => {
    const { here, there, chloe, before, settle } = await twoEngines(threading)
    await here.write('first', { externalId: 'a' })
    const [first] = (await chloe.conversations.list()).items
    await value(chloe.conversations.archive(first?.id ?? ''))
    before(() => value(chloe.contacts.erase(first?.contact.id ?? '')))
    await there.write('second', { externalId: 'b' })
    await settle()
    const { items } = await chloe.conversations.list()
    expect(items.map(({ preview }) => preview)).toEqual(['second'])
    expect(items[0]?.contact.id).not.toBe(first?.contact.id)
    expect(await chloe.contacts.get(items[0]?.contact.id ?? '')).toMatchObject({ ok: true })
    await Promise.all([here.engine.close(), there.engine.close()])
  })

  it('is somebody new when she is written to at that very moment from another engine', async () => {
    const { here, there, chloe, before, settle } = await twoEngines(threading)
    await here.write('first', { externalId: 'a', from: { address: 'claire@example.org' } })
    const [first] = (await chloe.conversations.list()).items
    await value(chloe.conversations.archive(first?.id ?? ''))
    before(() => value(chloe.contacts.erase(first?.contact.id ?? '')))
    const ana = there.engine.workspace('shop').as('ana').conversations
    await value(ana.start({ account: 'wire', to: { address: 'claire@example.org' }, text: 'Bonjour' }))
    await settle()
    const { items } = await chloe.conversations.list()
    expect(items.map(({ preview, contact }) => [preview, contact.id === first?.contact.id])).toEqual([
      ['Bonjour', false],
    ])
    await Promise.all([here.engine.close(), there.engine.close()])
  })
})

describe('somebody whose address becomes another one', () => {
  it('is forgotten at the new one as well, when it became that at the very moment', async () => {
    const inner = memoryStorage()
    let meanwhile: (() => Promise<unknown>) | undefined
    const storage: Storage = {
      ...inner,
      identitiesOf: async (workspace, contacts) => {
        const identities = await inner.identitiesOf(workspace, contacts)
        const act = meanwhile
        meanwhile = undefined
        await act?.()
        return identities
      },
    }
    const { engine, write, post, opened } = await openShop({ storage })
    await write('first')
    const chloe = engine.workspace('shop').as('chloe')
    const { contact } = await value(chloe.conversations.get(await opened()))
    meanwhile = () => post([{ _tag: 'AddressChanged', from: 'claire', to: 'clara' }])
    await value(chloe.contacts.erase(contact.id))
    await engine.settle()
    expect(await inner.identitiesOf('shop', [contact.id])).toEqual([])
    await write('second', { from: { address: 'clara' } })
    const [second] = (await chloe.conversations.list()).items
    expect(second?.contact.id).not.toBe(contact.id)
    await engine.close()
  })
})
