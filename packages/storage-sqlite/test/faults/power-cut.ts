import * as fc from 'fast-check'
import type { DiskFile, DiskOp } from './op-log.ts'

/**
 * When the power goes, and what becomes of everything that no sync had made sure of by then. A fate says by its bits
 * which sectors of a write reach the disk: 255 for all, 0 for none, anything between for a write that is torn. Fates
 * are used in turn, and from the start again.
 */
export interface PowerCut {
  /** So many operations were asked for before it. */
  readonly after: number
  readonly fates: ReadonlyArray<number>
}

const sector = 512
const whole = 255

/** `many` cuts of a process that asked for so many operations; the same for the same seed. */
export const powerCuts = (operations: number, many: number, seed: number): ReadonlyArray<PowerCut> => {
  const fate = fc.oneof(fc.constant(0), fc.constant(whole), fc.nat(whole))
  const cut = fc.record({
    after: fc.nat(operations),
    fates: fc.array(fate, { minLength: 1, maxLength: 9, size: 'max' }),
  })
  return fc.sample(cut, { numRuns: many, seed })
}

interface Inode {
  /** What is on the disk for certain, or was when the last sync came back. */
  bytes: Buffer
  /** What has been asked for since. */
  pending: ReadonlyArray<DiskOp>
}

const put = (inode: Inode, offset: number, bytes: Buffer): void => {
  const end = offset + bytes.length
  if (end > inode.bytes.length) inode.bytes = Buffer.concat([inode.bytes, Buffer.alloc(end - inode.bytes.length)])
  bytes.copy(inode.bytes, offset)
}

/** Lets what is pending reach the disk, as far as its fates let it. */
const settle = (inode: Inode, fate: () => number): void => {
  for (const op of inode.pending) {
    const bits = fate()
    if (op.op === 'truncate' && bits % 2 === 1) {
      inode.bytes = Buffer.concat([inode.bytes.subarray(0, op.size)], op.size)
    }
    if (op.op !== 'write') continue
    for (let from = 0, bit = 0; from < op.bytes.length; from += sector, bit += 1) {
      if ((bits >> (bit % 8)) % 2 === 1) put(inode, op.offset + from, op.bytes.subarray(from, from + sector))
    }
  }
  inode.pending = []
}

export interface PowerCutDisk {
  /** What each file holds that is still there. */
  readonly files: ReadonlyMap<DiskFile, Buffer>
  /** The last step that was acknowledged before the power went; -1 when none was. */
  readonly acknowledged: number
}

/**
 * What a disk holds when it is switched on again. All that was asked for before a sync came back is there; of the rest
 * any part may be. In which order that part reached the disk only matters where two writes meet in a sector, which then
 * holds what the later one left, or, when that is lost, the earlier one. Names are made sure of by a sync of their
 * directory. What was pending when a sync failed is lost or not, and a later sync does not bring it back.
 *
 * `deaf` is a disk that answers syncs without doing anything.
 */
export const diskAfter = (ops: ReadonlyArray<DiskOp>, { after, fates }: PowerCut, deaf = false): PowerCutDisk => {
  let used = 0
  const fate = (): number => fates[used++ % fates.length] as number
  const names = new Map<DiskFile, Inode>()
  const durable = new Map<DiskFile, Inode>()
  let renamed: Array<readonly [DiskFile, Inode | undefined]> = []
  let acknowledged = -1

  const name = ([file, inode]: readonly [DiskFile, Inode | undefined]): void => {
    if (inode === undefined) durable.delete(file)
    else durable.set(file, inode)
  }
  const inodeOf = (file: DiskFile): Inode => {
    const found = names.get(file)
    if (found !== undefined) return found
    const made: Inode = { bytes: Buffer.alloc(0), pending: [] }
    names.set(file, made)
    renamed.push([file, made])
    return made
  }
  const syncNames = (): void => {
    renamed.forEach(name)
    renamed = []
  }
  for (const op of ops.slice(0, after)) {
    switch (op.op) {
      case 'write':
      case 'truncate': {
        const inode = inodeOf(op.file)
        inode.pending = [...inode.pending, op]
        break
      }
      case 'sync':
        if (deaf) break
        if (op.file === 'n') syncNames()
        else settle(inodeOf(op.file), () => whole)
        break
      case 'failedSync':
        if (op.file !== 'n') settle(inodeOf(op.file), fate)
        break
      case 'unlink':
        if (names.delete(op.file)) renamed.push([op.file, undefined])
        break
      case 'done':
        acknowledged = op.step
    }
  }
  for (const each of renamed) if (fate() % 2 === 1) name(each)
  for (const inode of durable.values()) settle(inode, fate)
  return { files: new Map([...durable].map(([file, { bytes }]) => [file, bytes])), acknowledged }
}
