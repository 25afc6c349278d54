import { spawn } from 'node:child_process'
import { accessSync, constants, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { unprivileged } from './account.ts'
import { handOver, makeWorkDirectory } from './work-directory.ts'

/** A pooler of our own in front of a database. It ends with this process, in whatever way that ends, and its files with it. */
export interface PgBouncer {
  /** The same database, through the pooler. */
  readonly url: string
  stop(): Promise<void>
}

/** Where Debian and others put servers, which is not in everybody's `PATH`. */
const beside = ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin']

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The program, where this machine has it: no package of npm's brings it. */
export const installedPgBouncer = (): string | undefined =>
  [...(process.env['PATH'] ?? '').split(delimiter), ...beside]
    .map((directory) => join(directory, 'pgbouncer'))
    .find(isProgram)

/**
 * As strict as a pooler can be: two connections for everybody, which go to somebody else after each transaction and are
 * wiped before (`DISCARD ALL`). Whatever relies on what it left on a connection fails.
 */
const settings = (database: URL, directory: string): string => `
[databases]
* = host=${database.hostname} port=${database.port || 5432} user=${decodeURIComponent(database.username)} ${
  database.password === '' ? '' : `password=${decodeURIComponent(database.password)}`
}
[pgbouncer]
listen_addr =
listen_port = 5432
unix_socket_dir = ${directory}
auth_type = any
pool_mode = transaction
default_pool_size = 2
server_reset_query = DISCARD ALL
server_reset_query_always = 1
`

/** The pooler ends when the shell's input does, which is ours to close: the system does so when we die. */
const together =
  'exec 3<&0; "$0" "$1" 3<&- & pooler=$!; (read -r _ <&3; kill $pooler) 2>&- & wait $pooler; kill $! 2>&-; rm -r "$PWD"'

/**
 * Puts PgBouncer in transaction mode in front of a database.
 * @throws Error when it does not start, with what it said.
 */
export const startPgBouncer = async (program: string, database: string): Promise<PgBouncer> => {
  const account = unprivileged()
  const directory = makeWorkDirectory(account)
  const file = join(directory, 'pgbouncer.ini')
  const target = new URL(database)
  writeFileSync(file, settings(target, directory))
  handOver(directory, account)
  const shell = spawn('/bin/sh', ['-c', together, program, file], {
    ...account,
    cwd: directory,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  const gone = new Promise<void>((closed) => shell.once('close', () => closed()))
  const stop = async (): Promise<void> => {
    shell.stdin.end()
    await gone
  }
  try {
    await new Promise<void>((up, failed) => {
      let said = ''
      shell.once('error', failed)
      shell.stderr.setEncoding('utf8').on('data', (text: string) => {
        said = (said + text).slice(-10_000)
        if (said.includes('process up')) up()
      })
      void gone.then(() => failed(new Error(`PgBouncer did not start: ${said}`)))
    })
  } catch (error) {
    await stop()
    throw error
  }
  const url = new URL(`postgres://${encodeURIComponent(directory)}`)
  url.username = target.username
  url.pathname = target.pathname
  return { url: url.href, stop }
}
