import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readJson } from '../src/index.ts'
import { expected, space, tree, written } from './harness/long-numbers.ts'

const read = (text: string) => readJson(new TextEncoder().encode(text))

describe('a body of JSON', () => {
  test('is what JSON.parse makes of it, where no number is long', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        fc.pre(!/\d{16}/.test(json) && !json.includes('__proto__'))
        expect(read(json)).toEqual({ ok: true, value: JSON.parse(json) })
      }),
    )
  })

  test('keeps whole numbers of more than 15 digits as texts, and the texts around them as they are', () => {
    fc.assert(
      fc.property(tree, space, (value, between) => {
        expect(read(`${between}${written(value, between)}${between}`)).toEqual({ ok: true, value: expected(value) })
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    ['999999999999999', 999_999_999_999_999],
    ['1000000000000000', '1000000000000000'],
    ['-1000000000000000', '-1000000000000000'],
    ['9007199254740993', '9007199254740993'],
    ['12345678901234567.5', Number('12345678901234567.5')],
    ['12345678901234567e2', Number('12345678901234567e2')],
    ['[12345678901234567E+2,12345678901234567]', [Number('12345678901234567e2'), '12345678901234567']],
    ['0.12345678901234567', Number('0.12345678901234567')],
    ['{"a":"1234567890123456","b":1234567890123456}', { a: '1234567890123456', b: '1234567890123456' }],
    ['\uFEFF{"a":1}', { a: 1 }],
  ])('%s', (json, value) => {
    expect(read(json)).toEqual({ ok: true, value })
  })

  test('is refused when it is none, exactly when JSON.parse refuses it', () => {
    const broken = fc
      .tuple(tree, fc.nat(), fc.constantFrom('', ',', '"', '{', '1234567890123456', '\\', '-'))
      .map(([value, at, planted]) => {
        const json = written(value, '')
        const place = at % (json.length + 1)
        return json.slice(0, place) + planted + json.slice(place + 1)
      })
    const refused = (json: string): boolean => {
      try {
        JSON.parse(json)
        return false
      } catch {
        return true
      }
    }
    fc.assert(
      fc.property(fc.oneof(broken, fc.string()), (json) => {
        expect(read(json).ok).toBe(!refused(Buffer.from(json).toString()))
      }),
      { numRuns: 500 },
    )
  })

  test.each(['{1234567890123456:1}', '[01234567890123456]', '[1234567890123456', '', '[+1234567890123456]'])(
    'is not made into some by its long numbers: %s',
    (json) => {
      expect(read(json)).toEqual({ ok: false, reason: 'not JSON' })
    },
  )

  test('never throws, whatever the bytes; what is not UTF-8 is refused', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(typeof readJson(bytes).ok).toBe('boolean')
      }),
    )
    for (const bytes of [
      [0x22, 0xff, 0x22],
      [0x22, 0xc0, 0xaf, 0x22],
      [0x22, 0xed, 0xa0, 0x80, 0x22],
    ]) {
      expect(readJson(Uint8Array.from(bytes))).toEqual({ ok: false, reason: 'not UTF-8' })
    }
  })

  test.each([
    '{"__proto__":{"admin":true},"a":1}',
    '{"\\u005f\\u005fproto__":{"admin":true},"a":1}',
    '{"__pr\\u006fto__":{"admin":true},"a":1}',
    '{"__proto__":1234567890123456,"a":1}',
  ])('has no member that could become a prototype: %s', (json) => {
    const value = read(json)
    expect(value).toEqual({ ok: true, value: { a: 1 } })
    const copy: unknown = Object.assign({}, value.ok ? value.value : {})
    expect(copy).not.toHaveProperty('admin')
  })

  test('as deep as a megabyte can be is an answer as well', () => {
    const depth = 500_000
    expect(typeof read('['.repeat(depth) + ']'.repeat(depth)).ok).toBe('boolean')
    expect(typeof read(`${'['.repeat(depth)}1234567890123456,"__proto__"${']'.repeat(depth)}`).ok).toBe('boolean')
  })
})
