import { manualClock, memoryStorage } from '@guichet/engine/memory'
import type { SendOutcome, Storage } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { openShop, type Shop, until, value } from './telegraph.ts'

const second = async (clock: Shop['clock']): Promise<void> => {
  clock.advance(1_000)
  await new Promise((resolve) => setImmediate(resolve))
}

/** Two engines on one store and one clock, of which the first is sending something, and nobody knows for how long. */
const sending = async () => {
  const inner = memoryStorage()
  const clock = manualClock()
  let away = false
  const storage: Storage = {
    ...inner,
    commit: (changesets) => {
      if (away) throw new Error('out of reach')
      return inner.commit(changesets)
    },
    claim: (query) => {
      if (away) throw new Error('out of reach')
      return inner.claim(query)
    },
  }
  const capabilities = { idempotentSend: true }
  const one = await openShop({ storage, clock, capabilities })
  let arrive = (_outcome: SendOutcome): void => undefined
  one.provider.answer = () => new Promise((resolve) => (arrive = resolve))
  await one.write('Where is my order?')
  await value(
    one.engine
      .workspace('shop')
      .as('ana')
      .conversations.reply(await one.opened(), { text: 'On its way' }),
  )
  await until(clock, () => one.provider.wires.length === 1)
  const other = await openShop({ storage: inner, clock, capabilities })
  return {
    clock,
    sends: () => [one.provider.wires.length, other.provider.wires.length],
    goAway: () => {
      away = true
    },
    arrive: async () => {
      away = false
      arrive({ _tag: 'Accepted' })
      await Promise.all([one.engine.settle(), other.engine.settle()])
    },
    close: () => Promise.all([one.engine.close(), other.engine.close()]),
  }
}

describe('work under way', () => {
  it('G17 is held on to for as long as it takes, and nobody else takes it up', async () => {
    const { clock, sends, arrive, close } = await sending()
    // Two leases; a send may take a minute.
    for (let seconds = 0; seconds < 50; seconds += 1) await second(clock)
    expect(sends()).toEqual([1, 0])
    await arrive()
    for (let seconds = 0; seconds < 50; seconds += 1) await second(clock)
    expect(sends()).toEqual([1, 0])
    await close()
  })

  it('G17 of a process of which nothing is heard is taken up within half a minute, and not ended by that one', async () => {
    const { clock, sends, goAway, arrive, close } = await sending()
    goAway()
    for (let seconds = 0; seconds < 30; seconds += 1) await second(clock)
    expect(sends()).toEqual([1, 1])
    await arrive()
    for (let seconds = 0; seconds < 50; seconds += 1) await second(clock)
    expect(sends()).toEqual([1, 1])
    await close()
  })
})
