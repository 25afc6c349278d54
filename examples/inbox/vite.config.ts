import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const web = fileURLToPath(new URL('web', import.meta.url))

/**
 * Everything that the desk needs at once comes in one file, and what other pages use as well in a second: a hundred small
 * files compress worse than one, and wait for each other.
 */
const firstLoad = (id: string, graph: Graph): string | null => {
  const reached = new Set<string>()
  const isReached = (from: string): boolean => {
    if (from === `${web}/desk/main.tsx`) return true
    if (reached.has(from)) return false
    reached.add(from)
    return graph.getModuleInfo(from)?.importers.some(isReached) ?? false
  }
  if (!isReached(id)) return null
  return id.startsWith(`${web}/desk/`) ? 'desk' : 'shared'
}

interface Graph {
  readonly getModuleInfo: (id: string) => { readonly importers: ReadonlyArray<string> } | null
}

/** Five pages and the chat widget, which the shop's page includes by one script tag. */
export default defineConfig({
  root: web,
  publicDir: `${web}/public`,
  resolve: { conditions: ['@guichet/source', 'module', 'browser', 'development|production', 'default'] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: fileURLToPath(new URL('dist', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: {
      input: {
        desk: `${web}/desk/index.html`,
        mailbox: `${web}/mailbox/index.html`,
        phone: `${web}/phone/index.html`,
        site: `${web}/site/index.html`,
        split: `${web}/split/index.html`,
        widget: `${web}/widget.ts`,
      },
      output: {
        entryFileNames: (chunk) => (chunk.name === 'widget' ? 'widget.js' : 'assets/[name]-[hash].js'),
        codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: firstLoad }] },
      },
    },
  },
})
