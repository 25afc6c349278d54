import { execFile } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../architecture/sources.ts'
import { type Example, examples, examplesOf, pages, sharedFiles } from '../docs/examples.ts'

const run = promisify(execFile)
const all = examples()
const tsx = import.meta.resolve('tsx')

/** Beside the packages as a host would have them: each example is a project of its own. */
let folder: string
const folderOf = ({ at }: Pick<Example, 'at'>): string => join(folder, at.replaceAll(/[^a-z0-9]+/gi, '-'))

/** The examples of the features, for a house that keeps everything in a file. */
const onSqlite = all
  .filter(({ at }) => at.startsWith('docs/features.md'))
  .map((example) => ({ ...example, at: `${example.at} on SQLite` }))

const store = "import { sqlite } from '@guichet/storage-sqlite'\n"
const sqliteInstead = (booth: string): string =>
  booth
    .replace(/import \{ manualClock, memoryStorage \} .*\n/, (line) => `${line.replace(', memoryStorage', '')}${store}`)
    .replace('memoryStorage()', "sqlite({ file: 'house.db' })")

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-docs-'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  for (const example of [...all, ...onSqlite]) {
    mkdirSync(folderOf(example))
    writeFileSync(join(folderOf(example), 'example.ts'), `${example.code}\nexport {}\n`)
    for (const name of sharedFiles()) copyFileSync(join(root, 'docs', name), join(folderOf(example), name))
  }
  for (const example of onSqlite) {
    const booth = join(folderOf(example), 'booth.ts')
    writeFileSync(booth, sqliteInstead(readFileSync(booth, 'utf8')))
  }
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the examples of the pages', () => {
  test('there are some, also in the README', () => {
    expect(all.length).toBeGreaterThan(5)
    expect(all.some(({ at, runs }) => at.startsWith('README.md') && runs)).toBe(true)
  })

  test('the first one of the README has at most 25 lines', () => {
    const first = all.find(({ at }) => at.startsWith('README.md'))
    expect(first?.code.trimEnd().split('\n').length).toBeLessThanOrEqual(25)
  })

  test('all of them are right for the type checker', async () => {
    const { compilerOptions } = JSON.parse(readFileSync(join(root, 'tsconfig.base.json'), 'utf8'))
    const options = {
      ...compilerOptions,
      noEmit: true,
      customConditions: ['@guichet/source'],
      allowImportingTsExtensions: true,
    }
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: options, include: ['*/example.ts'] }),
    )
    const found = await run(join(root, 'node_modules', '.bin', 'tsc'), ['-p', folder], {
      shell: process.platform === 'win32',
    }).catch((error: { readonly stdout: string }) => error)
    expect(found.stdout).toBe('')
  })

  test('the features are shown on SQLite as well', () => {
    expect(onSqlite.length).toBeGreaterThan(5)
    const booth = readFileSync(join(folderOf(onSqlite[0] as Example), 'booth.ts'), 'utf8')
    expect(booth).toContain("storage: sqlite({ file: 'house.db' })")
    expect(booth).not.toContain('memoryStorage')
  })

  test.concurrent.each([...all, ...onSqlite].filter(({ runs }) => runs))('$at runs', async (example) => {
    const options = { cwd: folderOf(example), timeout: 100_000 }
    const args = ['--conditions=@guichet/source', '--import', tsx, 'example.ts']
    const { stdout } = await run(process.execPath, args, options)
    if (example.prints !== undefined) expect(stdout).toBe(example.prints)
  })

  test('a page is read as it is written', () => {
    const page =
      '# Page\n\n```ts\nconsole.log(1)\n```\n\n```text\n1\n```\n\n```ts no-run\nserve()\n```\n\n```sh\nls\n```\n'
    expect(examplesOf('page.md', page)).toEqual([
      { at: 'page.md:3', code: 'console.log(1)\n', runs: true, prints: '1\n' },
      { at: 'page.md:11', code: 'serve()\n', runs: false, prints: undefined },
    ])
  })
})

describe('the links of the pages', () => {
  test.each(pages())('%s leads only to what exists', (page) => {
    const text = readFileSync(join(root, page), 'utf8')
    const targets = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].flatMap(([, target = '']) =>
      /^[a-z]+:/.test(target) ? [] : [target],
    )
    expect(targets.filter((target) => !existsSync(join(root, dirname(page), target)))).toEqual([])
  })
})
