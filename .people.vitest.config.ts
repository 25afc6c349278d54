import { defineConfig } from 'vitest/config'
const conditions = ['@guichet/source', 'module', 'node', 'development|production', 'default']
export default defineConfig({
  resolve: { conditions, alias: [{ find: /^\.\/pages\.ts$/, replacement: '/work/main/examples/inbox/test/pages.ts' }] },
  ssr: { resolve: { conditions } },
  test: { root: 'examples/inbox', include: ['test/**/*.test.ts', 'test/.people-look.test.ts'], testTimeout: 60_000, hookTimeout: 120_000, pool: 'forks' },
})
