import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createHash, randomUUID } from 'node:crypto'
import { dirname, join } from 'node:path'
import type { Blobs } from '../ports/blobs.ts'

/** Names that file systems take as they are, also those that do not tell upper from lower case. */
const plain = /^[a-z0-9-]{1,80}$/

/** Every other name is a folder or file of its own by its hash, so that no two share one and none leaves its place. */
const safe = (name: string): string =>
  plain.test(name) ? name : `_${createHash('sha256').update(name, 'utf16le').digest('hex')}`

const isMissing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT'

/**
 * Attachments as files below a folder, two levels deep by the beginning of their key. A file appears under its name
 * only when all of it has been written. Rejects with the errors of the file system, except that what is missing is
 * undefined, and deleted already.
 *
 * @param directory created when it is missing.
 *
 * @example
 * ```ts
 * import { mkdtemp, rm } from 'node:fs/promises'
 * import { tmpdir } from 'node:os'
 * import { join } from 'node:path'
 * import { fileBlobs } from '@guichet/engine/node'
 *
 * const folder = await mkdtemp(join(tmpdir(), 'attachments-'))
 * const blobs = fileBlobs(folder) // for an engine: createEngine({ storage, blobs })
 * await blobs.put('acme', 'b1', new TextEncoder().encode('a picture'))
 * console.log((await blobs.get('acme', 'b1'))?.length)
 * await rm(folder, { recursive: true })
 * ```
 *
 * ```text
 * 9
 * ```
 */
export const fileBlobs = (directory: string): Blobs => {
  const pathOf = (workspace: string, key: string): string => {
    const name = safe(key)
    return join(directory, safe(workspace), name.slice(-2), name)
  }
  return {
    put: async (workspace, key, bytes) => {
      const path = pathOf(workspace, key)
      await mkdir(dirname(path), { recursive: true })
      const unfinished = `${path}.${randomUUID()}`
      try {
        await writeFile(unfinished, bytes, { flush: true })
        await rename(unfinished, path)
      } catch (error) {
        await rm(unfinished, { force: true })
        throw error
      }
    },
    get: async (workspace, key) => {
      try {
        return await readFile(pathOf(workspace, key))
      } catch (error) {
        if (isMissing(error)) return undefined
        throw error
      }
    },
    delete: (workspace, key) => rm(pathOf(workspace, key), { force: true }),
  }
}
