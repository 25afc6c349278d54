import { describe, expect, test } from 'vitest'
import type { DiskFile, DiskOp } from './faults/op-log.ts'
import { diskAfter } from './faults/power-cut.ts'

const write = (file: DiskFile, offset: number, text: string): DiskOp => ({
  op: 'write',
  file,
  offset,
  bytes: Buffer.from(text),
})
const sync = (file: DiskFile): DiskOp => ({ op: 'sync', file })
const sector = (letter: string): string => letter.repeat(512)

/** What the database holds after all of these; every fate in turn. */
const left = (ops: ReadonlyArray<DiskOp>, fates: ReadonlyArray<number>, deaf = false): string | undefined =>
  diskAfter(ops, { after: ops.length, fates }, deaf).files.get('d')?.toString()

describe('a power cut', () => {
  test('leaves what was synced, name and contents, whatever its fates', () => {
    expect(left([write('d', 0, 'abc'), sync('d'), sync('n')], [0])).toBe('abc')
  })

  test('may leave what was not synced, or not', () => {
    const ops = [write('d', 0, 'abc'), sync('d'), sync('n'), write('d', 1, 'X'), write('d', 3, 'YZ')]
    expect(left(ops, [255])).toBe('aXcYZ')
    expect(left(ops, [0])).toBe('abc')
    expect(left(ops, [255, 0])).toBe('aXc')
    expect(left(ops, [0, 255])).toBe('abcYZ')
  })

  test('tears a write at the bounds of sectors', () => {
    const three = sector('a') + sector('b') + sector('c')
    const ops = [write('d', 0, sector('-').repeat(3)), sync('d'), sync('n'), write('d', 0, three)]
    expect(left(ops, [0b101])).toBe(sector('a') + sector('-') + sector('c'))
  })

  test('may take the name of a file, however well its contents were synced, until the directory was', () => {
    expect(left([write('d', 0, 'abc'), sync('d')], [0])).toBe(undefined)
    expect(left([write('d', 0, 'abc'), sync('d')], [255])).toBe('abc')
    const removed: ReadonlyArray<DiskOp> = [write('d', 0, 'abc'), sync('d'), sync('n'), { op: 'unlink', file: 'd' }]
    expect(left(removed, [0])).toBe('abc')
    expect(left(removed, [255])).toBe(undefined)
  })

  test('does not bring back what a sync that failed has lost', () => {
    const ops: ReadonlyArray<DiskOp> = [write('d', 0, 'abc'), { op: 'failedSync', file: 'd' }, sync('d'), sync('n')]
    expect(left(ops, [0])).toBe('')
    expect(left(ops, [255])).toBe('abc')
    expect(left([...ops, write('d', 0, 'abc'), sync('d')], [0])).toBe('abc')
  })

  test('takes what was synced as well, on a disk that ignores syncs', () => {
    expect(left([write('d', 0, 'abc'), sync('d'), sync('n')], [0], true)).toBe(undefined)
  })

  test('comes after what had been acknowledged by then, and before the rest', () => {
    const ops: ReadonlyArray<DiskOp> = [{ op: 'done', step: 1 }, sync('d'), { op: 'done', step: 2 }]
    const acknowledged = (after: number): number => diskAfter(ops, { after, fates: [0] }).acknowledged
    expect([0, 1, 2, 3].map(acknowledged)).toEqual([-1, 1, 1, 2])
  })
})
