import { readdirSync, readFileSync } from 'node:fs'
import { join, posix, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A file of the repository: its path from the root, with slashes, and what it says. */
export interface Source {
  readonly path: string
  readonly text: string
}

export const root = fileURLToPath(new URL('../..', import.meta.url))

const skipped = new Set(['node_modules', 'dist', '.turbo', '.git', 'coverage', 'data'])

const walk = (dir: string): ReadonlyArray<string> =>
  readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name)
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : walk(path)
    return entry.isFile() ? [path] : []
  })

/** Every file below the folders that hold code. */
export const paths = (): ReadonlyArray<string> =>
  ['packages', 'examples', 'bench', 'tooling', 'docs']
    .flatMap((folder) => walk(join(root, folder)))
    .map((path) => relative(root, path).split(sep).join('/'))
    .sort()

const isCode = (path: string): boolean => /\.(ts|tsx|mts|mjs|js|jsx)$/.test(path)

export const codeSources = (): ReadonlyArray<Source> =>
  paths()
    .filter(isCode)
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

/** `packages/engine/src/a/b.ts` and `../c.ts` make `packages/engine/src/c.ts`. */
export const resolveRelative = (from: string, specifier: string): string =>
  posix.normalize(posix.join(posix.dirname(from), specifier))
