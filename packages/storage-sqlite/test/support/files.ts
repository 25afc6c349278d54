import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** Paths of databases in a folder that is gone after the file's tests. */
export const freshFiles = (): (() => string) => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-sqlite-'))
  let made = 0
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return () => {
    made += 1
    return join(folder, `${made}.db`)
  }
}
