import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const web = fileURLToPath('file:///work/main/examples/inbox/web')

/** Four pages and the chat widget, which the shop's page includes by one script tag. */
export default defineConfig({
  root: web,
  publicDir: `${web}/public`,
  resolve: { conditions: ['@guichet/source', 'module', 'browser', 'development|production', 'default'] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: fileURLToPath('file:///tmp/people-dist'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: {
      input: {
        desk: `${web}/desk/index.html`,
        mailbox: `${web}/mailbox/index.html`,
        site: `${web}/site/index.html`,
        widget: `${web}/widget.ts`,
      },
      output: { entryFileNames: (chunk) => (chunk.name === 'widget' ? 'widget.js' : 'assets/[name]-[hash].js') },
    },
  },
})
