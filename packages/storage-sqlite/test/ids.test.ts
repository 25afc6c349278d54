import { compareIds, decodeId, encodeId } from '@guichet/storage-sql'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const ids = fc.oneof(
  fc.uuid(),
  fc.uuid().map((uuid) => uuid.toUpperCase()),
  fc.uuid().map((uuid) => `${uuid}x`),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    'conversation-001',
    '00000000-0000-0000-0000-00000000000g',
    '________-____-____-____-____________',
  ),
)

describe('stored ids', () => {
  test('come back as they were, UUIDs or not', () => {
    fc.assert(
      fc.property(ids, (id) => {
        expect(decodeId(encodeId(id))).toBe(id)
      }),
    )
  })

  test('are 16 bytes when they are UUIDs', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        expect(encodeId(id)).toHaveLength(16)
      }),
    )
  })

  test('of different texts are different', () => {
    fc.assert(
      fc.property(ids, ids, (a, b) => {
        expect(compareIds(encodeId(a), encodeId(b)) === 0).toBe(a === b)
      }),
    )
  })

  test('compare as SQLite sorts them', () => {
    const db = new Database(':memory:')
    const sorted = db.prepare('select value from (select ? as value union all select ?) order by value').pluck()
    fc.assert(
      fc.property(ids, ids, (a, b) => {
        const [first] = sorted.all(encodeId(a), encodeId(b)) as [Uint8Array | string]
        expect(decodeId(first)).toBe(compareIds(encodeId(a), encodeId(b)) <= 0 ? a : b)
      }),
    )
    db.close()
  })

  test('of UUIDs sort as the texts do, so that a time in front sorts by time', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), (a, b) => {
        expect(Math.sign(compareIds(encodeId(a), encodeId(b)))).toBe(a < b ? -1 : a > b ? 1 : 0)
      }),
    )
  })
})
