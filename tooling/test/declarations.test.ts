import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Declarations, declarationsOf, reachableFrom } from '../architecture/declarations.ts'
import { root } from '../architecture/sources.ts'

const engine = 'packages/engine/src'
const plain = ['facade', 'domain', 'ports', 'memory', 'node'] as const

describe('what the declarations of the engine say', () => {
  let declarations: Declarations

  beforeAll(() => {
    const entries = [...plain, 'effect'].map((folder) => join(root, engine, folder, 'index.ts')).filter(existsSync)
    declarations = declarationsOf(entries, join(root, 'tsconfig.base.json'))
  })

  test.each(plain)('no Effect type appears in the declarations of %s', (folder) => {
    const { files, packages, lost } = reachableFrom(`${engine}/${folder}/index.d.ts`, declarations)
    expect(lost, 'declarations that are missing').toEqual([])
    expect(files.length).toBeGreaterThan(folder === 'facade' ? 10 : 1)
    expect(packages.filter((name) => name !== 'node')).toEqual([])
    for (const file of files) expect(declarations.get(file), file).not.toMatch(/\b(Effect|Layer|Stream|Schema)\.[A-Z]/)
  })

  test('the entry for Effect does name it: the test would see it', () => {
    const { packages } = reachableFrom(`${engine}/effect/index.d.ts`, declarations)
    expect(packages.filter((name) => name.startsWith('effect/')).length).toBeGreaterThan(0)
  })

  test.each([
    "import type { Effect } from 'effect/Effect'\nexport declare const x: Effect<void>",
    "export declare const x: import('effect/Effect').Effect<void>",
    "export type { Layer } from 'effect/Layer'",
  ])('a type that hides two files away is found: %s', (text) => {
    const planted = new Map([
      ['a/index.d.ts', "export * from './b.ts'"],
      ['a/b.d.ts', "export type X = import('../c/d.ts').X"],
      ['c/d.d.ts', text],
    ])
    expect(reachableFrom('a/index.d.ts', planted).packages).toHaveLength(1)
  })
})
