import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isDeep } from '../src/index.ts'

const nested = (depth: number, wrap: (inner: unknown) => unknown): unknown =>
  Array.from({ length: depth }).reduce<unknown>((inner) => wrap(inner), 'said')

const wraps: ReadonlyArray<[of: string, wrap: (inner: unknown) => unknown]> = [
  ['lists', (inner) => [0, inner]],
  ['objects', (inner) => ({ a: 0, inner })],
]

describe('a value that is nested too deeply to be written down', () => {
  test.each(wraps)('of %s is one of more than 64', (_, wrap) => {
    expect(isDeep(nested(64, wrap))).toBe(false)
    expect(isDeep(nested(65, wrap))).toBe(true)
    expect(isDeep(nested(200_000, wrap))).toBe(true)
  })

  test('is none that is wide, or that people write', () => {
    expect(isDeep(Array.from({ length: 100_000 }, () => ({ a: [] })))).toBe(false)
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
        expect(isDeep(value)).toBe(false)
      }),
    )
  })

  test('can be written down as long as it is not said to be one', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.constantFrom(...wraps), (depth, [, wrap]) => {
        const value = nested(depth, wrap)
        expect(isDeep(value) || typeof JSON.stringify(value) === 'string').toBe(true)
      }),
    )
  })
})
