import { readFileSync } from 'node:fs'

/** A file of a database: itself, its log, its journal; and the directory, which holds their names. */
export type DiskFile = 'd' | 'w' | 'j' | 'n'

/** An operation on the disk, and between them what the process acknowledged. */
export type DiskOp =
  | { readonly op: 'write'; readonly file: DiskFile; readonly offset: number; readonly bytes: Buffer }
  | { readonly op: 'truncate'; readonly file: DiskFile; readonly size: number }
  | { readonly op: 'sync' | 'failedSync' | 'unlink'; readonly file: DiskFile }
  | { readonly op: 'done'; readonly step: number }

/** Reads what `disk.c` has recorded, where the form is described; what else the process printed is left out. */
export const readOpLog = (path: string): ReadonlyArray<DiskOp> => {
  const log = readFileSync(path)
  const ops: DiskOp[] = []
  let at = 0
  const take = (length: number): Buffer => {
    const bytes = log.subarray(at, at + length)
    at += length
    return bytes
  }
  while (at < log.length) {
    const line = take(log.indexOf(0x0a, at) - at).toString()
    at += 1
    const [kind, second = '', third = '', fourth = ''] = line.split(' ')
    const file = second as DiskFile
    if (kind === 'W') ops.push({ op: 'write', file, offset: Number(third), bytes: take(Number(fourth)) })
    else if (kind === 'T') ops.push({ op: 'truncate', file, size: Number(third) })
    else if (kind === 'S') ops.push({ op: 'sync', file })
    else if (kind === 'F') ops.push({ op: 'failedSync', file })
    else if (kind === 'U') ops.push({ op: 'unlink', file })
    else if (kind === 'A') {
      const [word, step] = take(Number(second)).toString().split(' ')
      if (word === 'done') ops.push({ op: 'done', step: Number(step) })
    } else throw new Error(`the disk recorded "${line}", which is nothing`)
  }
  return ops
}
