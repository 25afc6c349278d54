import { manualClock, memoryStorage } from '@guichet/engine/memory'
import type { EngineProblem } from '@guichet/engine'
import type { SendOutcome, Storage } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { openShop, until, value } from './telegraph.ts'

/** An engine whose store goes away while the provider has a message in hand, which it then answers. */
const answeredDuringOutage = async (outcome: SendOutcome) => {
  const inner = memoryStorage()
  const clock = manualClock()
  let away = false
  const reachable = <Args extends Array<unknown>, A>(ask: (...args: Args) => A) => {
    return (...args: Args): A => {
      if (away) throw new Error('out of reach')
      return ask(...args)
    }
  }
  const storage: Storage = {
    ...inner,
    load: reachable(inner.load),
    commit: reachable(inner.commit),
    claim: reachable(inner.claim),
    nextDue: reachable(inner.nextDue),
    close: () => undefined,
  }
  const problems: Array<EngineProblem> = []
  const options = { onError: (problem: EngineProblem) => void problems.push(problem) }
  const { engine, provider, write, opened } = await openShop({ storage, clock, options })
  let arrive = (): void => undefined
  provider.answer = () => new Promise((resolve) => (arrive = () => resolve(outcome)))
  await write('Where is my order?')
  const conversation = await opened()
  const ana = engine.workspace('shop').as('ana').conversations
  const seq = (await value(ana.reply(conversation, { text: 'On its way' }))).entry?.seq ?? 0
  await until(clock, () => provider.wires.length === 1)
  away = true
  provider.answer = () => outcome
  arrive()
  await until(clock, () => problems.some(({ where }) => where === 'work deliver'))
  const delivery = async () => {
    const { deliveries } = await inner.timeline({ workspace: 'shop', conversation, after: seq - 1, limit: 1 })
    return deliveries[0]?.status
  }
  return {
    engine,
    clock,
    address: { workspace: 'shop', conversation, seq },
    delivery,
    untold: () => problems.flatMap(({ where, untold }) => (untold === undefined ? [] : [{ where, untold }])),
    comeBack: () => {
      away = false
    },
  }
}

const outcomes: ReadonlyArray<readonly [SendOutcome, string]> = [
  [{ _tag: 'Accepted' }, 'sent'],
  [{ _tag: 'Accepted', externalId: 'sent-1' }, 'sent'],
  [{ _tag: 'Rejected', code: 'blocked', reason: 'blocked' }, 'failed'],
  [{ _tag: 'Retry', reason: 'busy' }, 'queued'],
]

describe('what a provider answers while the store is away', () => {
  it.each(outcomes)('(%o) is known as soon as it is back', async (outcome, status) => {
    const { engine, clock, delivery, untold, comeBack } = await answeredDuringOutage(outcome)
    clock.advance(10_000)
    expect(await delivery()).toBe('sending')
    comeBack()
    clock.advance(5_000)
    await engine.settle()
    expect([await delivery(), untold()]).toEqual([status, []])
    await engine.close()
  })

  it.each(outcomes.filter(([{ _tag }]) => _tag !== 'Retry'))(
    '(%o) outranks the doubt of who takes it up after a long time',
    async (outcome, status) => {
      const { engine, clock, delivery, untold, comeBack } = await answeredDuringOutage(outcome)
      clock.advance(60 * 60 * 1_000)
      comeBack()
      await engine.settle()
      expect([await delivery(), untold()]).toEqual([status, []])
      await engine.close()
    },
  )

  it.each(outcomes)(
    '(%o) is known when it is back a moment after the engine began to close',
    async (outcome, status) => {
      const { engine, clock, delivery, untold, comeBack } = await answeredDuringOutage(outcome)
      let closed = false
      const closing = engine.close().then(() => (closed = true))
      clock.advance(9_000)
      expect([await delivery(), closed]).toEqual(['sending', false])
      comeBack()
      await until(clock, () => closed)
      await closing
      expect([await delivery(), untold()]).toEqual([status, []])
    },
  )

  it.each(outcomes)('(%o) is told to the host when the engine closes before it is back', async (outcome, status) => {
    const { engine, clock, address, delivery, untold } = await answeredDuringOutage(outcome)
    const began = clock.now()
    let closed = false
    const closing = engine.close().then(() => (closed = true))
    await until(clock, () => closed)
    await closing
    expect(clock.now() - began).toBeLessThan(15_000)
    expect(untold()).toEqual([{ where: 'close', untold: { ...address, status } }])
    expect(await delivery()).toBe('sending')
  })
})
