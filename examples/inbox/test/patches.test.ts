import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Summary } from '../web/desk/api.ts'
import { isPending, patch, patched } from '../web/desk/state/patches.ts'

const summary = { id: 'c', tags: new Array<string>(), owner: null } as unknown as Summary

it('law: what is under way shows, in the order in which it was done, whatever else ends before it', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ tag: fc.string(), endsAt: fc.nat(12) }), { maxLength: 12 }), (acts) => {
      const ends = acts.map(({ tag }) => patch('c', ({ tags }) => ({ tags: [...tags, tag] })))
      for (let now = 0; now <= 12; now += 1) {
        acts.forEach(({ endsAt }, n) => endsAt === now && ends[n]?.())
        const left = acts.filter(({ endsAt }) => endsAt > now).map(({ tag }) => tag)
        expect(patched(summary).tags).toEqual(left)
        expect(isPending('c')).toBe(left.length > 0)
      }
      // The very same: nothing that shows it is drawn again.
      expect(patched(summary)).toBe(summary)
    }),
  )
})

it('a change that ends twice takes nothing else away, and touches no other conversation', () => {
  const end = patch('c', () => ({ owner: 'ana' }))
  const other = patch('c', () => ({ owner: 'ben' }))
  end()
  end()
  expect(patched(summary).owner).toBe('ben')
  expect(patched({ ...summary, id: 'd' }).owner).toBeNull()
  other()
})
