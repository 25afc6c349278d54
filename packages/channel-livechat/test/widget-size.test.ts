import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, it } from 'vitest'

const resolveDir = fileURLToPath(new URL('../src/widget', import.meta.url))

/** What a visitor downloads: widget and client in one minified module, gzipped. */
const gzipped = async (contents: string): Promise<number> => {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir, loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  })
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length
}

it.each(['en', 'fr'])('widget, client and the language %s weigh at most 15.75 KB gzipped', async (language) => {
  const size = await gzipped(
    `import { define } from './element.ts'; import { ${language} } from './strings/${language}.ts'; define({ ${language} })`,
  )
  console.info(`widget, client and ${language}: ${size} bytes gzipped`)
  expect(size).toBeLessThanOrEqual(15.75 * 1024)
})

it('a second language adds less than one more KB', async () => {
  const size = await gzipped(`import './index.ts'`)
  console.info(`widget, client, en and fr: ${size} bytes gzipped`)
  expect(size).toBeLessThanOrEqual(16.75 * 1024)
})

it('does nothing where there is no document', async () => {
  const before = Object.keys(globalThis)
  await import('../src/widget/index.ts')
  expect(Object.keys(globalThis)).toEqual(before)
  expect('customElements' in globalThis).toBe(false)
})
