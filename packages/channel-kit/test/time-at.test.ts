import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { timeAt } from '../src/index.ts'

const latest = 8_640_000_000_000_000

describe('a time of a provider', () => {
  test.each([
    [1_749_416_383, 1_749_416_383_000],
    ['1749416383', 1_749_416_383_000],
    [1_749_416_383_123, 1_749_416_383_123],
    ['1749416383123', 1_749_416_383_123],
    [1_749_416_383.1234, 1_749_416_383_123],
    [99_999_999_999, 99_999_999_999_000],
    [100_000_000_000, 100_000_000_000],
    [latest, latest],
    [latest + 1, undefined],
    [1e300, undefined],
    [0.0001, undefined],
    [0, undefined],
    [-1_749_416_383, undefined],
    ['', undefined],
    ['2026-11-22T12:00:00Z', undefined],
    [true, undefined],
    [null, undefined],
  ])('%j is %j', (at, time) => {
    expect(timeAt({ at }, 'at')).toBe(time)
  })

  test('is the same in seconds and in milliseconds, as a number and as a text', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100_000_000, max: 99_999_999_999 }), (seconds) => {
        for (const written of [seconds, seconds * 1000, String(seconds), String(seconds * 1000)])
          expect(timeAt([written], 0)).toBe(seconds * 1000)
      }),
    )
  })

  test('is one that a clock can show, or none, whatever lies there', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.double(), fc.double().map(String)), (value) => {
        const time = timeAt([value], 0)
        if (time === undefined) return
        expect(time).toBeGreaterThan(0)
        expect(new Date(time).getTime()).toBe(time)
      }),
    )
  })
})
