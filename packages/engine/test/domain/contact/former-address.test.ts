import { type FormerAddress, addressNow, movedAway } from '@guichet/engine/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const address = fc.constantFrom('a', 'b', 'c', 'd')
const changes = fc.array(fc.tuple(fc.constantFrom('phone', 'page'), address, address), { maxLength: 12 })

const after = (all: ReadonlyArray<readonly [string, string, string]>): ReadonlyArray<FormerAddress> =>
  all.reduce<ReadonlyArray<FormerAddress>>((former, [account, from, to]) => movedAway(former, account, from, to), [])

describe('law: former addresses', () => {
  it('lead to where she writes from now at once, however often it has changed, and never round in a circle', () => {
    fc.assert(
      fc.property(changes, (all) => {
        for (const { account, address: former, now } of after(all)) {
          expect(addressNow(after(all), account, former)).toBe(now)
          expect(addressNow(after(all), account, now)).toBe(now)
        }
      }),
    )
  })

  it('lead to the newest right after a change, and say the same when it is told again', () => {
    fc.assert(
      fc.property(changes, address, address, (all, from, to) => {
        const once = movedAway(after(all), 'phone', from, to)
        expect(addressNow(once, 'phone', to)).toBe(from === to ? addressNow(after(all), 'phone', to) : to)
        expect(addressNow(once, 'phone', from)).toBe(addressNow(once, 'phone', to))
        expect(movedAway(once, 'phone', from, to)).toBe(once)
      }),
    )
  })

  it('say nothing of another account', () => {
    fc.assert(
      fc.property(changes, address, (all, at) => {
        const page = all.filter(([account]) => account === 'page')
        expect(addressNow(after(all), 'page', at)).toBe(addressNow(after(page), 'page', at))
      }),
    )
  })
})
