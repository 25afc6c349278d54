import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { paths, root } from '../architecture/sources.ts'
import { type Example, examplesOf } from '../docs/examples.ts'

/**
 * The examples that stand in the comments of a source file. They are written as in a page: ` ```ts ` is type-checked
 * and run, a ` ```text ` block after it is what it prints. What only a browser can run is ` ```ts no-run `, and its first
 * line is the comment `// in a browser`.
 */
export const examplesIn = (path: string, text: string): ReadonlyArray<Example> =>
  [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap(({ index, 0: comment }) => {
    const first = text.slice(0, index).split('\n').length
    // Line by line, so that the lines of the page are the lines of the comment.
    const page = comment
      .replace(/\*\/$/, '')
      .split('\n')
      .map((line) => line.replace(/^\s*\/?\*+ ?/, ''))
      .join('\n')
    return examplesOf(path, page).map((example) => {
      const line = first - 1 + Number(example.at.slice(path.length + 1))
      return { ...example, at: `${path}:${line}` }
    })
  })

/** How many examples the comments announce: each of them must hold a block that can be checked. */
export const announcedIn = (text: string): number => text.match(/^\s*\/?\*+ @example\b/gm)?.length ?? 0

export interface Commented {
  readonly path: string
  readonly text: string
}

export const commented = (): ReadonlyArray<Commented> =>
  paths()
    .filter((path) => /^packages\/[^/]+\/src\/.*\.ts$/.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
