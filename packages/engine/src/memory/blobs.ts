import type { Blobs } from '../ports/blobs.ts'
import { pair } from './pair.ts'

/**
 * The bytes of attachments, in memory: nothing outlives it.
 *
 * @example
 * ```ts
 * import { memoryBlobs } from '@guichet/engine/memory'
 *
 * const blobs = memoryBlobs()
 * await blobs.put('acme', 'b1', new TextEncoder().encode('a picture'))
 * console.log((await blobs.get('acme', 'b1'))?.length, await blobs.get('other', 'b1'))
 * ```
 *
 * ```text
 * 9 undefined
 * ```
 */
export const memoryBlobs = (): Blobs => {
  const blobs = new Map<string, Uint8Array>()
  return {
    put: (workspace, key, bytes) => {
      blobs.set(pair(workspace, key), bytes.slice())
    },
    get: (workspace, key) => blobs.get(pair(workspace, key))?.slice(),
    delete: (workspace, key) => {
      blobs.delete(pair(workspace, key))
    },
  }
}
