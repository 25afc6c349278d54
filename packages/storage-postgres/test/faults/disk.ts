import { spawnSync } from 'node:child_process'
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, rmSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unprivileged } from '../../../../tooling/postgres/account.ts'
import { handOver, makeWorkDirectory } from '../../../../tooling/postgres/work-directory.ts'

const run = (program: string, ...args: ReadonlyArray<string>): boolean =>
  spawnSync(program, [...args], { stdio: 'ignore' }).status === 0

const mounts = (folder: string, size: string): boolean =>
  run('mount', '-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder)

/** Why there can be no small disk here; undefined when there can. */
export const missingSmallDisk = (): string | undefined => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-faults-'))
  const mounted = process.platform === 'linux' && mounts(folder, '64k')
  if (mounted) run('umount', folder)
  rmSync(folder, { recursive: true })
  return mounted ? undefined : 'a disk that is soon full has to be mounted, as root on Linux may do'
}

const mebibyte = 1024 * 1024
const page = 4096

const fits = (file: string, bytes: number): boolean => {
  try {
    appendFileSync(file, Buffer.alloc(bytes))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return false
    throw error
  }
}

/** A disk of its own, which a server may use. */
export interface SmallDisk {
  readonly folder: string
  /** Leaves no room on it. */
  readonly fill: () => void
  readonly free: () => void
  readonly close: () => void
}

export const openSmallDisk = (size: string): SmallDisk => {
  const work = makeWorkDirectory(unprivileged())
  const root = join(work, 'disk')
  const folder = join(root, 'server')
  const ballast = join(root, 'ballast')
  mkdirSync(root)
  if (!mounts(root, size)) throw new Error(`no disk of ${size} can be mounted at ${root}`)
  chmodSync(root, 0o755)
  mkdirSync(folder, { mode: 0o700 })
  handOver(folder, unprivileged())
  return {
    folder,
    // The server takes some of the room meanwhile: what is left is not asked for, but tried.
    fill: () => {
      for (const bytes of [mebibyte, page]) {
        while (fits(ballast, bytes)) continue
      }
    },
    free: () => unlinkSync(ballast),
    close: () => {
      run('umount', '--lazy', root)
      rmSync(work, { recursive: true, force: true })
    },
  }
}
