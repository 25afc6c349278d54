import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Builds the pages as they are served, into a folder of their own: test files that run at once do not write over each
 * other. In any other environment than production Vite would put more into them, for those who develop.
 */
export const buildPages = async (): Promise<string> => {
  const outDir = mkdtempSync(join(tmpdir(), 'guichet-pages-'))
  const environment = process.env['NODE_ENV']
  process.env['NODE_ENV'] = 'production'
  try {
    await build({
      root: join(root, 'web'),
      configFile: join(root, 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir },
    })
  } finally {
    process.env['NODE_ENV'] = environment
  }
  return outDir
}
