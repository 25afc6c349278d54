// What docs/guarantees.md promises, and which tests name a promise: read from the text alone, nothing is run.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))
export const page = join(root, 'docs', 'guarantees.md')

const row = /^\| (G\d\d) \| (.+?) \| (kept|open) \| (.*?) \| (.*) \|$/

/** A row of the page. */
export interface Guarantee {
  readonly id: string
  /** The promise in one line. */
  readonly title: string
  readonly status: 'kept' | 'open'
  /** On which it has to be proven; none for what no store has a part in. */
  readonly stores: ReadonlyArray<string>
  /** The files whose tests name it, from the root. */
  readonly links: ReadonlyArray<string>
}

export const guaranteesOf = (text: string): ReadonlyArray<Guarantee> =>
  text.split('\n').flatMap((line) => {
    const [, id = '', title = '', status, stores = '', links = ''] = row.exec(line) ?? []
    if (id === '') return []
    return [
      {
        id,
        title,
        status: status === 'kept' ? 'kept' : 'open',
        stores: stores === '-' ? [] : stores.split(', '),
        links: [...links.matchAll(/\]\(\.\.\/([^)]+)\)/g)].map(([, path = '']) => path),
      },
    ]
  })

const rowOf = ({ id, title, status, stores, links }: Guarantee): string => {
  const linked = links.map((path) => `[${path.split('/').at(-1)}](../${path})`).join(' ')
  return `| ${id} | ${title} | ${status} | ${stores.join(', ') || '-'} | ${linked || '-'} |`
}

/** The page with these states and links; its words stay. */
export const pageWith = (text: string, guarantees: ReadonlyArray<Guarantee>): string => {
  const rows = new Map(guarantees.map((guarantee) => [guarantee.id, rowOf(guarantee)]))
  return text
    .split('\n')
    .map((line) => rows.get(row.exec(line)?.[1] ?? '') ?? line)
    .join('\n')
}

/** The ids that a title begins with: `G01 …`, or `G13, G14 …`. */
export const idsOf = (title: string): ReadonlyArray<string> =>
  /^(?:G\d\d[, ]+)*G\d\d\b/.exec(title)?.[0].match(/G\d\d/g) ?? []

/** The ids that a test file names: texts that begin with one, and the field of a conformance case. */
export const idsIn = (source: string): ReadonlySet<string> => {
  // What a comment shows as an example names nothing.
  const text = source.replaceAll(/^\s*(\*|\/\/|\/\*).*$/gm, '')
  return new Set(
    [...text.matchAll(/(?:['"`]|guarantee: ['"])((?:G\d\d[, ]+)*G\d\d)(?: |(?<=guarantee: ['"]G\d\d)['"])/g)].flatMap(
      ([, found = '']) => idsOf(found),
    ),
  )
}

const walk = (dir: string): ReadonlyArray<string> =>
  readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name)
    if (entry.isDirectory()) return /^(node_modules|dist|\.turbo|data)$/.test(entry.name) ? [] : walk(path)
    return [path]
  })

/** Files with tests, or with the cases that the conformance kit lends to tests: path from the root, and text. */
export const testSources = (): ReadonlyArray<{ readonly path: string; readonly text: string }> =>
  ['packages', 'examples']
    .flatMap((folder) => walk(join(root, folder)))
    .map((path) => relative(root, path).split(sep).join('/'))
    .filter((path) => /\/test\/.*\.tsx?$/.test(path) || /^packages\/conformance\/src\/.*\.ts$/.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
