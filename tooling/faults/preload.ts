import { spawnSync } from 'node:child_process'
import { basename, join } from 'node:path'

const compiler = process.env['CC'] ?? 'gcc'

/** Why no disk can be made that does what it is told; undefined when it can. */
export const missingPreload = (): string | undefined => {
  if (process.platform !== 'linux') return 'faults of the disk are made with LD_PRELOAD, which Linux has'
  const { status } = spawnSync(compiler, ['--version'])
  return status === 0 ? undefined : `faults of the disk need a C compiler, and ${compiler} is not here`
}

/** A library to be put before the C library of a process (`LD_PRELOAD`), from its source. */
export const compilePreload = (source: string, folder: string): string => {
  const name = basename(source, '.c')
  const library = join(folder, `${name}.so`)
  const { status, stderr } = spawnSync(compiler, ['-shared', '-fPIC', '-O1', '-o', library, source])
  if (status !== 0) throw new Error(`${name}.c does not compile: ${stderr}`)
  return library
}
