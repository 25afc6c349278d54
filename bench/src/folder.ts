import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder for the files of one bench. */
export const inFolder = async <A>(run: (path: (name: string) => string) => Promise<A>): Promise<A> => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-bench-'))
  try {
    return await run((name) => join(folder, name))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
