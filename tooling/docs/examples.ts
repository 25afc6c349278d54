import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../architecture/sources.ts'

/**
 * A block of code in a page. ` ```ts ` is type-checked and run; ` ```ts no-run ` is type-checked alone, for what would
 * not end. A ` ```text ` block right after it is what it prints.
 */
export interface Example {
  /** `docs/embedding.md:12`: the page and the line of the fence. */
  readonly at: string
  readonly code: string
  readonly runs: boolean
  readonly prints: string | undefined
}

const fence = /^```ts( no-run)?\n([\s\S]*?)^```$(?:\n+^```text\n([\s\S]*?)^```$)?/gm

export const examplesOf = (page: string, text: string): ReadonlyArray<Example> =>
  [...text.matchAll(fence)].map(({ index, 1: noRun, 2: code = '', 3: prints }) => ({
    at: `${page}:${text.slice(0, index).split('\n').length}`,
    code,
    runs: noRun === undefined,
    prints,
  }))

/** The pages that people read: every one of them may hold examples. */
export const pages = (): ReadonlyArray<string> => [
  'README.md',
  'CONTRIBUTING.md',
  ...['docs', 'docs/plugins'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`),
  ),
]

export const examples = (): ReadonlyArray<Example> =>
  pages().flatMap((page) => examplesOf(page, readFileSync(join(root, page), 'utf8')))

/** What examples of several pages import from beside them, such as `./booth.ts`. */
export const sharedFiles = (): ReadonlyArray<string> =>
  readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.ts'))
