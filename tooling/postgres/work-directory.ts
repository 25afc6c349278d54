import { chownSync, lchownSync, mkdtempSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Account } from './account.ts'

const parents = (path: string): ReadonlyArray<string> =>
  dirname(path) === path ? [path] : [path, ...parents(dirname(path))]

/** Whether somebody with no rights of his own gets there: execute, for others, all the way. */
const isOpenToAll = (path: string): boolean => parents(path).every((each) => (statSync(each).mode & 0o001) !== 0)

/** A new directory that the account can work in. Where the temporary one is closed to it, it lies in `/tmp`. */
export const makeWorkDirectory = ({ uid, gid }: Account): string => {
  const temporary = realpathSync(tmpdir())
  if (uid === undefined || gid === undefined) return mkdtempSync(join(temporary, 'guichet-postgres-'))
  const made = mkdtempSync(join(isOpenToAll(temporary) ? temporary : '/tmp', 'guichet-postgres-'))
  chownSync(made, uid, gid)
  return made
}

/** Gives the account a directory with all that is in it. */
export const handOver = (directory: string, { uid, gid }: Account): void => {
  if (uid === undefined || gid === undefined) return
  lchownSync(directory, uid, gid)
  for (const entry of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    lchownSync(join(directory, entry), uid, gid)
  }
}
