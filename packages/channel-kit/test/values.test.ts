import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { field, flagAt, idAt, listAt, numberAt, textAt } from '../src/index.ts'

const anything = fc.anything({ withNullPrototype: true, withMap: true, withSparseArray: true, withTypedArray: true })
const path = fc.array(fc.oneof(fc.string(), fc.integer(), fc.constantFrom('__proto__', 'constructor', 'length')))

describe('reading values of unknown shape', () => {
  test('never throws, and answers with what it says', () => {
    fc.assert(
      fc.property(anything, path, (value, steps) => {
        expect(['string', 'undefined']).toContain(typeof textAt(value, ...steps))
        expect(idAt(value, ...steps)).not.toBe('')
        expect(Number.isFinite(numberAt(value, ...steps) ?? 0)).toBe(true)
        expect(typeof flagAt(value, ...steps)).toBe('boolean')
        expect(Array.isArray(listAt(value, ...steps))).toBe(true)
      }),
    )
  })

  test('finds what was put there', () => {
    const steps = fc.array(fc.oneof(fc.string(), fc.nat(3)))
    fc.assert(
      fc.property(steps, fc.jsonValue(), (way, value) => {
        const put = way.reduceRight<unknown>(
          (inner, step) =>
            typeof step === 'number'
              ? Array.from({ length: step + 1 }, (_, at) => (at === step ? inner : null))
              : Object.fromEntries([[step, inner]]),
          value,
        )
        expect(field(put, ...way)).toBe(value)
      }),
    )
  })

  test('sees nothing of prototypes', () => {
    const heir: unknown = Object.create({ secret: 'inherited' })
    expect(textAt(heir, 'secret')).toBeUndefined()
    for (const name of ['toString', 'constructor', '__proto__', 'hasOwnProperty'])
      expect(field({}, name)).toBeUndefined()
    expect(field([], 'length')).toBeUndefined()
    expect(field('text', 'length')).toBeUndefined()
    expect(field('text', 0)).toBeUndefined()
    expect(field([1], '0')).toBeUndefined()
    expect(field({ 0: 1 }, 0)).toBeUndefined()
  })

  test.each([
    ['12', 12],
    ['-1.5', -1.5],
    [1_700_000_000, 1_700_000_000],
    ['', undefined],
    [' 1', undefined],
    ['1e3', undefined],
    ['0x10', undefined],
    ['9'.repeat(400), undefined],
    [Number.NaN, undefined],
    [true, undefined],
  ])('%j is the number %j', (given, number) => {
    expect(numberAt({ given }, 'given')).toBe(number)
  })

  test.each([
    [0, '0'],
    [9_007_199_254_740_991, '9007199254740991'],
    [2 ** 53, undefined],
    [1.5, undefined],
    ['SM1', 'SM1'],
    ['', undefined],
    [null, undefined],
  ])('%j is the id %j', (given, id) => {
    expect(idAt(given)).toBe(id)
  })
})
