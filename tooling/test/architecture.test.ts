import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { cyclesOf, graphOf } from '../architecture/cycles.ts'
import { importsOf } from '../architecture/imports.ts'
import {
  browserCodeStandsAlone,
  domainIsPure,
  engineImportsGoDown,
  engineIsPortable,
  filesAreShort,
  namesSaySomething,
  noEffectBarrel,
  packagesMeetInPublic,
  type PublicSubpaths,
  type Rule,
} from '../architecture/rules.ts'
import { codeSources, paths, resolveRelative, root, type Source } from '../architecture/sources.ts'

const all = paths()
const sources = codeSources()

const publicSubpaths: PublicSubpaths = new Map(
  all
    .filter((path) => /^(packages\/[^/]+|examples\/[^/]+|bench)\/package\.json$/.test(path))
    .map((path) => {
      const manifest = JSON.parse(readFileSync(join(root, path), 'utf8'))
      return [
        manifest.name as string,
        Object.keys(manifest.exports ?? {}).map((subpath) => manifest.name + subpath.slice(1)),
      ]
    }),
)

const broken = (rule: Rule): ReadonlyArray<string> =>
  sources.flatMap((source) => rule(source).map(({ path, line, what }) => `${path}:${line} ${what}`))

/** What the rule says about a file that is not there. */
const planted = (rule: Rule, path: string, text: string): ReadonlyArray<string> =>
  rule({ path, text }).map((violation) => violation.what)

const engine = 'packages/engine/src'

describe('the tree that the rules look at', () => {
  test('holds the sources of every package', () => {
    const seen = new Set(sources.map((source) => source.path))
    for (const path of ['domain/conversation/state.ts', 'ports/storage.ts', 'facade/types.ts']) {
      expect(seen).toContain(`${engine}/${path}`)
    }
    for (const manifest of all.filter((path) => /^packages\/[^/]+\/package\.json$/.test(path))) {
      const folder = manifest.replace('package.json', 'src/')
      expect(
        [...seen].some((path) => path.startsWith(folder)),
        folder,
      ).toBe(true)
    }
  })

  test('has every form of import in its graph', () => {
    const text = `
      import a from './a.ts'
      import type { B } from './b.ts'
      import { type C } from './c.ts'
      import './d.ts'
      export * from './e.ts'
      export type { F } from './f.ts'
      type G = import('./g.ts').G
      const h = await import('./h.ts')
      // import './no.ts'
      const no = "import './no.ts'"
    `
    const found = importsOf({ path: 'x.ts', text })
    expect(found.map((one) => one.specifier)).toEqual('abcdefgh'.split('').map((name) => `./${name}.ts`))
    expect(found.filter((one) => one.typeOnly).map((one) => one.specifier)).toEqual([
      './b.ts',
      './c.ts',
      './f.ts',
      './g.ts',
    ])
  })

  test('every relative import of a package leads to a file in it', () => {
    const seen = new Set(all)
    const dangling = sources
      .filter((source) => /^packages\/[^/]+\/(src|test)\//.test(source.path))
      .flatMap((source) =>
        importsOf(source)
          .filter(({ specifier }) => specifier.startsWith('.'))
          .filter(({ specifier }) => !seen.has(resolveRelative(source.path, specifier)))
          .map(({ specifier, line }) => `${source.path}:${line} ${specifier}`),
      )
    expect(dangling).toEqual([])
  })
})

describe('imports inside the engine go down only', () => {
  test('in the tree', () => expect(broken(engineImportsGoDown)).toEqual([]))

  test.each<[file: string, statement: string]>([
    ['domain/x.ts', "import { x } from '../ports/clock.ts'"],
    ['domain/x.ts', "import type * as Effect from 'effect/Effect'"],
    ['domain/x.ts', "import { readFile } from 'node:fs'"],
    ['domain/deep/x.ts', "export * from '../../codec/entry.ts'"],
    ['ports/x.ts', "import { x } from '../runtime/execute.ts'"],
    ['ports/x.ts', "import { z } from 'zod'"],
    ['codec/x.ts', "import { x } from '../memory/store.ts'"],
    ['memory/x.ts', "import { x } from '../runtime/execute.ts'"],
    ['runtime/x.ts', "import { x } from '../facade/types.ts'"],
    ['runtime/x.ts', "import { x } from '../memory/store.ts'"],
    ['runtime/x.ts', "import { setTimeout } from 'node:timers/promises'"],
    ['runtime/x.ts', "const pg = await import('pg')"],
    ['schema/x.ts', "import { x } from '../runtime/execute.ts'"],
    ['node/x.ts', "import { x } from '../runtime/execute.ts'"],
    ['facade/x.ts', "import { readFile } from 'node:fs/promises'"],
    ['facade/x.ts', "import { x } from '../../test/x.ts'"],
    ['anything/x.ts', ''],
    ['x.ts', ''],
  ])('a violation is seen: %s %s', (file, statement) => {
    expect(planted(engineImportsGoDown, `${engine}/${file}`, statement)).toHaveLength(1)
  })

  test('what is allowed is not one', () => {
    expect(planted(engineImportsGoDown, `${engine}/runtime/x.ts`, "import * as Effect from 'effect/Effect'")).toEqual(
      [],
    )
    expect(planted(engineImportsGoDown, `${engine}/memory/deep/x.ts`, "import { x } from '../../ports/x.ts'")).toEqual(
      [],
    )
    expect(planted(engineImportsGoDown, `${engine}/node/x.ts`, "import { readFile } from 'node:fs/promises'")).toEqual(
      [],
    )
  })
})

describe('packages meet in public', () => {
  const rule = packagesMeetInPublic(publicSubpaths)

  test('in the tree', () => expect(broken(rule)).toEqual([]))

  test.each<[file: string, statement: string]>([
    ['packages/channel-email/src/x.ts', "import { x } from '@guichet/engine/runtime'"],
    ['packages/channel-email/src/x.ts', "import { x } from '@guichet/engine/src/domain/tabs.ts'"],
    ['packages/channel-email/src/x.ts', "import { x } from '../../engine/src/domain/tabs.ts'"],
    ['packages/channel-email/src/x.ts', "import { x } from '@guichet/storage-sqlite'"],
    ['packages/channel-email/test/x.test.ts', "import { x } from '@guichet/engine/codec'"],
    ['packages/channel-kit/src/x.ts', "import { x } from '@guichet/channel-email'"],
    ['packages/storage-sqlite/src/x.ts', "import { x } from '@guichet/channel-email'"],
    ['packages/storage-sql/src/x.ts', "import { x } from '@guichet/storage-sqlite'"],
    ['packages/conformance/src/x.ts', "import type { X } from '@guichet/storage-sql'"],
    ['packages/engine/src/facade/x.ts', "import { x } from '@guichet/conformance'"],
    ['examples/inbox/src/x.ts', "import { x } from '@guichet/engine/memory/store'"],
    ['examples/inbox/src/x.ts', "import { x } from '../../../packages/engine/src/memory/index.ts'"],
    ['bench/src/x.ts', "import { x } from '@guichet/nothing'"],
  ])('a violation is seen: %s %s', (file, statement) => {
    expect(planted(rule, file, statement)).toHaveLength(1)
  })

  test('what is allowed is not one', () => {
    expect(planted(rule, 'packages/storage-sqlite/src/x.ts', "import { x } from '@guichet/storage-sql'")).toEqual([])
    expect(planted(rule, 'packages/channel-email/src/x.ts', "import { x } from '@guichet/channel-kit'")).toEqual([])
    expect(planted(rule, 'packages/channel-email/test/x.test.ts', "import { x } from '@guichet/conformance'")).toEqual(
      [],
    )
    expect(planted(rule, 'examples/inbox/src/x.ts', "import { x } from '@guichet/engine/node'")).toEqual([])
  })
})

describe('nothing imports itself in a circle', () => {
  test('in the tree', () => {
    const graph = graphOf(sources)
    expect([...graph.values()].flat().length, 'edges').toBeGreaterThan(50)
    expect(cyclesOf(graph).map((cycle) => cycle.join(' -> '))).toEqual([])
  })

  test('a circle is seen, once, also one of types alone', () => {
    const file = (path: string, ...targets: ReadonlyArray<string>): Source => ({
      path,
      text: targets.map((target) => `import type { X } from '${target}'`).join('\n'),
    })
    const circle = [
      file('a/x.ts', './y.ts'),
      file('a/y.ts', '../b/z.ts'),
      file('b/z.ts', '../a/x.ts', './w.ts'),
      file('b/w.ts'),
    ]
    expect(cyclesOf(graphOf(circle))).toEqual([['a/x.ts', 'a/y.ts', 'b/z.ts', 'a/x.ts']])
    expect(cyclesOf(graphOf(circle.slice(1)))).toEqual([])
  })
})

describe('the domain is pure', () => {
  test('in the tree', () => expect(broken(domainIsPure)).toEqual([]))

  test.each([
    'export const f = async () => 1',
    'export async function f() {}',
    'export const f = (): Promise<void> => other()',
    'for await (const x of xs) use(x)',
    "export const f = () => { throw new Error('no') }",
    'export const now = () => Date.now()',
    'export const now = () => new Date().getTime()',
    'export const chance = () => Math.random()',
    "console.log('x')",
    'export const f = () => setTimeout(g, 1)',
    'export const id = () => crypto.randomUUID()',
    'export const env = () => process.env',
    'export class Conversation {}',
  ])('a violation is seen: %s', (text) => {
    expect(planted(domainIsPure, `${engine}/domain/x.ts`, text).length).toBeGreaterThan(0)
    expect(planted(domainIsPure, `${engine}/runtime/x.ts`, text)).toEqual([])
  })

  test('words in comments, texts and field names are not', () => {
    const text = `// async Date throw\nexport const x = { _tag: 'throw', Date: 1, text: 'new Date()' }\nexport const y = x.Date`
    expect(planted(domainIsPure, `${engine}/domain/x.ts`, text)).toEqual([])
  })
})

describe('the engine needs Node only in node/', () => {
  test('in the tree', () => expect(broken(engineIsPortable)).toEqual([]))

  test.each(['Buffer.from(x)', 'process.nextTick(f)', "require('x')", 'setImmediate(f)'])(
    'a violation is seen: %s',
    (text) => {
      expect(planted(engineIsPortable, `${engine}/runtime/x.ts`, text)).toHaveLength(1)
      expect(planted(engineIsPortable, `${engine}/node/x.ts`, text)).toEqual([])
    },
  )
})

describe('the barrel of effect is imported nowhere', () => {
  test('in the tree', () => expect(broken(noEffectBarrel)).toEqual([]))

  test.each(["import { Effect } from 'effect'", "import type { Layer } from 'effect'", "export * from 'effect'"])(
    'a violation is seen: %s',
    (text) => {
      expect(planted(noEffectBarrel, 'examples/inbox/src/x.ts', text)).toHaveLength(1)
      expect(planted(noEffectBarrel, 'packages/engine/test/x.test.ts', text)).toHaveLength(1)
    },
  )
})

describe('browser code stands alone', () => {
  test('in the tree', () => expect(broken(browserCodeStandsAlone)).toEqual([]))

  test('a violation is seen, a type is none', () => {
    const file = 'packages/channel-livechat/src/client/x.ts'
    expect(planted(browserCodeStandsAlone, file, "import { WebSocket } from 'ws'")).toHaveLength(1)
    expect(planted(browserCodeStandsAlone, file, "import { x } from 'node:crypto'")).toHaveLength(1)
    expect(planted(browserCodeStandsAlone, file, "import type { Part } from '@guichet/engine/domain'")).toEqual([])
  })
})

describe('files and names', () => {
  test('no file is longer than can be read', () => expect(broken(filesAreShort)).toEqual([]))

  test('a file that is too long is seen', () => {
    expect(planted(filesAreShort, 'packages/x/src/long.ts', 'x\n'.repeat(401))).toHaveLength(1)
    expect(planted(filesAreShort, 'packages/x/src/long.ts', 'x\n'.repeat(400))).toEqual([])
  })

  test('every name says what the thing is, in kebab-case', () => {
    expect(all.flatMap(namesSaySomething)).toEqual([])
  })

  test.each([
    'packages/engine/src/utils/x.ts',
    'packages/channel-email/src/helpers/x.ts',
    'examples/inbox/src/common/x.ts',
    'packages/engine/src/domain/conversationState.ts',
    'packages/engine/src/domain/Conversation.ts',
    'packages/engine/src/domain/conversation_state.ts',
  ])('a name that does not is seen: %s', (path) => {
    expect(namesSaySomething(path)).toHaveLength(1)
  })

  test.each([
    'packages/x/src/render.test.ts',
    'packages/x/src/client-2.d.ts',
    'docs/README.md',
    'packages/x/package.json',
  ])('a name that does is not: %s', (path) => {
    expect(namesSaySomething(path)).toEqual([])
  })
})
