import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Translator } from '@guichet/engine/ports'
import { translatorFrom } from './translator.ts'

export interface InboxSettings {
  readonly dataDir: string
  readonly host: string
  readonly port: number
  readonly smtpPort: number
  /** A PostgreSQL database; a file in the data directory when not said. */
  readonly databaseUrl?: string
  /** Where the customers' mail server is; one of this process's own when not said. */
  readonly mailboxPort?: number
  /** Where else than at their own port the pages are reached, as behind a proxy. */
  readonly origins?: ReadonlyArray<string>
  /** How many proxies stand before this process. */
  readonly proxies?: number
  /** How long it serves on when the load balancer has heard that it leaves, in milliseconds; 0: nothing stands before it. */
  readonly leaveMs?: number
  /** Tell the story of the shop at the first start. */
  readonly seed: boolean
  /** An assistant answers first in the chat. */
  readonly bots: boolean
  /** Who translates; the shop's phrase book when not said. */
  readonly translator?: Translator
  /** Where the built pages are. */
  readonly pages: string
}

const portOf = (name: string, value: string | undefined, fallback: number): number => {
  if (value === undefined || value === '') return fallback
  const port = Number(value)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`${name} is not a port: ${value}`)
  return port
}

const named = (value: string | undefined): string | undefined => value || undefined

/** A relative DATA_DIR counts from where npm was started, not from this folder. */
export const settingsFrom = (env: NodeJS.ProcessEnv): InboxSettings => {
  const databaseUrl = named(env['DATABASE_URL'])
  return {
    dataDir: resolve(env['INIT_CWD'] ?? process.cwd(), env['DATA_DIR'] || 'data'),
    host: env['HOST'] || '127.0.0.1',
    port: portOf('PORT', env['PORT'], 4000),
    smtpPort: portOf('SMTP_PORT', env['SMTP_PORT'], 2525),
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(named(env['MAILBOX_PORT']) === undefined
      ? {}
      : { mailboxPort: portOf('MAILBOX_PORT', env['MAILBOX_PORT'], 0) }),
    origins: env['ORIGINS']?.split(' ').filter(Boolean) ?? [],
    proxies: Number(env['PROXIES'] || 0),
    leaveMs: Number(env['LEAVE_MS'] || 0),
    seed: env['SEED'] !== '0',
    bots: env['BOTS'] !== '0',
    translator: translatorFrom(env),
    pages: env['PAGES_DIR'] || fileURLToPath(new URL('../dist', import.meta.url)),
  }
}
