import { type Source, codeSources } from '../architecture/sources.ts'
import { type Example, examplesOf } from '../docs/examples.ts'

/** The sources of the packages: what their comments show is checked. */
export const commentedSources = (): ReadonlyArray<Source> =>
  codeSources().filter(({ path }) => /^packages\/[^/]+\/src\/.*\.ts$/.test(path))

/**
 * The examples that stand in the doc comments of a file, written as in a page: ` ```ts ` is type-checked and run, and a
 * ` ```text ` block after it is what it prints. What only a browser can run, or needs a server, is ` ```ts no-run `; its
 * first line says so with `// in a browser` or `// with a server`.
 */
export const examplesIn = ({ path, text }: Source): ReadonlyArray<Example> =>
  [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap(({ index, 0: comment }) => {
    const before = text.slice(0, index).split('\n').length - 1
    // Line by line, so that a line of the page is a line of the comment.
    const page = comment
      .replace(/\*\/$/, '')
      .split('\n')
      .map((line) => line.replace(/^\s*\/?\*+ ?/, ''))
      .join('\n')
    return examplesOf(path, page).map((example) => ({
      ...example,
      at: `${path}:${before + Number(example.at.slice(path.length + 1))}`,
    }))
  })

/** How many examples the doc comments of a file announce: each of them shows one block of code. */
export const announcedIn = ({ text }: Source): number => text.match(/^\s*\/?\*+ @example\b/gm)?.length ?? 0

/**
 * Pure functions take much: a whole conversation, who is there, the time. Their examples share the one that stands in
 * the comment of this file, and use the constants that it declares.
 */
const shared = 'packages/engine/src/domain/index.ts'

/** The shared example first; those that go on from it know it. */
export const withShared = (all: ReadonlyArray<Example>): ReadonlyArray<Example & { readonly after?: Example }> => {
  const first = all.find(({ at }) => at.startsWith(`${shared}:`))
  if (first === undefined) return all
  const near = (example: Example): boolean => example.at.startsWith(shared.replace('index.ts', ''))
  const others = all.filter((example) => example !== first)
  return [first, ...others.map((example) => (near(example) ? { ...example, after: first } : example))]
}
