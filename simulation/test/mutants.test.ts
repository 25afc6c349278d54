import { afterEach, describe, expect, test, vi } from 'vitest'

const domain = '../../packages/engine/src/domain/'

afterEach(() => {
  vi.doUnmock(`${domain}conversation/decide/ownership.ts`)
  vi.doUnmock(`${domain}conversation/place.ts`)
  vi.doUnmock(`${domain}conversation/timers.ts`)
  vi.doUnmock(`${domain}counting.ts`)
  vi.resetModules()
})

/** The laws that days break with a rule of the domain replaced, seed by seed, until one does. */
const lawBroken = async (): Promise<string | undefined> => {
  vi.resetModules()
  const { live } = await import('../src/day.ts')
  for (let seed = 1; seed <= 20; seed += 1) {
    const outcome = await live(seed, 24)
    if (!outcome.ok) return outcome.broken.law
  }
  return undefined
}

describe('a rule of the domain that is broken on purpose is found', () => {
  test('when somebody can claim what another one owns', async () => {
    vi.doMock(`${domain}conversation/decide/ownership.ts`, async (original) => ({
      ...(await original<object>()),
      claim: () => ({ _tag: 'Happens', what: { _tag: 'Claimed' } }),
    }))
    expect(await lawBroken()).toBe('one owner at most')
  })

  test('when every message of a customer begins a conversation', async () => {
    vi.doMock(`${domain}conversation/place.ts`, () => ({ place: () => ({ _tag: 'New', follows: null }) }))
    expect(await lawBroken()).toBe('one conversation for each customer')
  })

  test('when a snooze sets no timer', async () => {
    vi.doMock(`${domain}conversation/timers.ts`, async (original) => {
      const timers = await original<{ timersOf: (state: unknown) => ReadonlyArray<{ kind: string }> }>()
      return { ...timers, timersOf: (state: unknown) => timers.timersOf(state).filter(({ kind }) => kind !== 'wake') }
    })
    expect(await lawBroken()).toBe('nobody sleeps too long')
  })

  test('when what leaves a tab is still counted there', async () => {
    vi.doMock(`${domain}counting.ts`, async (original) => {
      const counting = await original<{
        countChanges: (before: unknown, after: unknown) => ReadonlyArray<{ by: number }>
      }>()
      return {
        ...counting,
        countChanges: (before: unknown, after: unknown) =>
          counting.countChanges(before, after).filter(({ by }) => by > 0),
      }
    })
    expect(await lawBroken()).toBe('a count is the length of its list')
  })
})
