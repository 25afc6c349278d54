import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assert, fails, same } from '../src/assert.ts'

describe('same', () => {
  test('holds for a value and its copy', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        same(JSON.parse(JSON.stringify(value)), JSON.parse(JSON.stringify(value)), 'the copy')
      }),
    )
  })

  test('fails exactly when the JSON of two values differs', () => {
    const small = fc.jsonValue({ maxDepth: 2, stringUnit: fc.constantFrom('a', 'b') })
    const isSame = (a: unknown, b: unknown): boolean => {
      try {
        same(a, b, 'both')
        return true
      } catch {
        return false
      }
    }
    const canonical = (value: unknown): string =>
      JSON.stringify(value, (_, inner: unknown) =>
        typeof inner === 'object' && inner !== null && !Array.isArray(inner)
          ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
          : inner,
      )
    fc.assert(
      fc.property(small, small, (a, b) => {
        expect(isSame(a, b)).toBe(canonical(a) === canonical(b))
      }),
      { numRuns: 500 },
    )
  })

  test('says where the difference is', () => {
    const wrong = () =>
      same({ rows: [{ owner: 'ana' }, { owner: 'ben' }] }, { rows: [{ owner: 'ana' }, { owner: null }] }, 'list')
    expect(wrong).toThrow('list: at .rows[1].owner: expected null, got "ben"')
  })

  test('tells lists, records, bytes and nothing apart', () => {
    const values = [[], {}, new Uint8Array(), null, undefined, 0, '', [0], Uint8Array.of(0), { 0: 0 }, { length: 0 }]
    for (const a of values) {
      for (const b of values) {
        if (a !== b) expect(() => same(a, b, 'both'), JSON.stringify([a, b])).toThrow('both')
      }
    }
  })

  test('takes a subclass of bytes for bytes, and an undefined field for none', () => {
    same(Buffer.from([1, 2]), Uint8Array.of(1, 2), 'bytes')
    same({ a: 1, b: undefined }, { a: 1 }, 'records')
    expect(() => same(Buffer.from([1, 2]), Uint8Array.of(1, 3), 'bytes')).toThrow('2 bytes: 1,2')
  })
})

describe('assert and fails', () => {
  test('throw what they were told to say', async () => {
    expect(() => assert(false, 'it must hold')).toThrow('it must hold')
    await expect(fails(() => undefined, 'the call')).rejects.toThrow('the call')
    await expect(fails(() => Promise.reject(new Error('no')), 'the call')).resolves.toBeUndefined()
  })
})
