import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = '/work/main/examples/inbox/'

/** Builds the pages into a folder of their own: test files that run at once do not write over each other. */
export const buildPages = async (): Promise<string> => {
  const outDir = mkdtempSync(join(tmpdir(), 'guichet-pages-'))
  await build({
    root: join(root, 'web'),
    configFile: join(root, '.people-vite.config.ts'),
    logLevel: 'error',
    build: { outDir },
  })
  return outDir
}
