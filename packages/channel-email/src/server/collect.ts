import type { Readable } from 'node:stream'

export type Collected =
  | { readonly _tag: 'Whole'; readonly bytes: Uint8Array }
  | { readonly _tag: 'TooLarge' }
  /** Others are sending so much that there is no room now. */
  | { readonly _tag: 'NoRoom' }
  | { readonly _tag: 'Broken' }

/** Bytes of mails that are being received, over all connections. */
export interface Room {
  readonly take: (bytes: number) => boolean
  readonly give: (bytes: number) => void
}

export const room = (most: number): Room => {
  let taken = 0
  return {
    take: (bytes) => {
      if (taken + bytes > most) return false
      taken += bytes
      return true
    },
    give: (bytes) => {
      taken -= bytes
    },
  }
}

/**
 * Reads a mail up to a size. Past it nothing is kept, but reading goes on to the end: SMTP has no other place for the
 * answer. `release` gives the room back when the mail has been handed on.
 */
export const collect = (
  stream: Readable,
  most: number,
  space: Room,
): Promise<{ readonly mail: Collected; readonly release: () => void }> =>
  new Promise((resolve) => {
    let chunks: Array<Buffer> = []
    let size = 0
    let held = 0
    let failed: 'TooLarge' | 'NoRoom' | undefined
    const release = () => {
      space.give(held)
      held = 0
    }
    const drop = (why: 'TooLarge' | 'NoRoom') => {
      failed = why
      chunks = []
      release()
    }
    stream.on('data', (chunk: Buffer) => {
      size += chunk.byteLength
      if (size > most) {
        if (failed !== 'TooLarge') drop('TooLarge')
      } else if (failed === undefined) {
        if (space.take(chunk.byteLength)) {
          held += chunk.byteLength
          chunks.push(chunk)
        } else drop('NoRoom')
      }
    })
    stream.once('end', () => {
      const mail: Collected =
        failed === undefined ? { _tag: 'Whole', bytes: new Uint8Array(Buffer.concat(chunks)) } : { _tag: failed }
      chunks = []
      resolve({ mail, release })
    })
    const broken = () => {
      chunks = []
      resolve({ mail: { _tag: 'Broken' }, release })
    }
    stream.once('error', broken)
    stream.once('close', broken)
  })
