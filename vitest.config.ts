import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { LongFirst } from './tooling/long-first.ts'

const conditions = ['@guichet/source', 'module', 'node', 'development|production', 'default']

const project = (name: string, root: string, extra: Record<string, unknown> = {}) => ({
  extends: true as const,
  test: { name, root, include: ['test/**/*.test.ts'], ...extra },
})

/** For projects whose tests `inject('databaseUrl')`. */
const postgres = { globalSetup: [fileURLToPath(new URL('./tooling/postgres/global-setup.ts', import.meta.url))] }

/** Tests run against source: the condition `@guichet/source` resolves every package to its `src`, nothing is built. */
export default defineConfig({
  resolve: {
    conditions,
    // Runs on another Node need another native build: see tooling/test-on-node.mjs.
    alias: process.env['GUICHET_BETTER_SQLITE3'] ? { 'better-sqlite3': process.env['GUICHET_BETTER_SQLITE3'] } : {},
  },
  ssr: { resolve: { conditions } },
  test: {
    environment: 'node',
    reporters: ['default', './tooling/plain-reporter.mjs'],
    pool: 'forks',
    // Where there are two cores vitest would run one file after the other: most of them wait for a browser or a database.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: LongFirst },
    // A limit on a whole test only says how fast the machine is: each thing that is waited for has its own.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    projects: [
      project('engine', 'packages/engine'),
      project('conformance', 'packages/conformance'),
      project('storage-sqlite', 'packages/storage-sqlite'),
      project('storage-postgres', 'packages/storage-postgres', postgres),
      project('storage-router', 'packages/storage-router'),
      project('bot-scripted', 'packages/bot-scripted'),
      project('translation', 'packages/translation'),
      project('channel-kit', 'packages/channel-kit'),
      project('channel-email', 'packages/channel-email'),
      project('channel-livechat', 'packages/channel-livechat'),
      project('channel-whatsapp', 'packages/channel-whatsapp'),
      project('channel-messenger', 'packages/channel-messenger'),
      project('channel-sms', 'packages/channel-sms'),
      project('local-providers', 'packages/local-providers'),
      project('create-channel', 'packages/create-channel'),
      project('simulation', 'simulation'),
      project('inbox', 'examples/inbox', postgres),
      project('repository', 'tooling'),
    ],
  },
})
