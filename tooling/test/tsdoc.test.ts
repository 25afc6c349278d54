import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type ts from 'typescript'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Example } from '../docs/examples.ts'
import { announcedIn, commentedSources, examplesIn, withShared } from '../tsdoc/comments.ts'
import { type Entry, type PublicName, entries, publicNames } from '../tsdoc/surface.ts'
import { type Ran, type Workshop, complaints, openWorkshop, programOf, runAll } from '../tsdoc/workshop.ts'

const subpaths = entries()
const sources = commentedSources()
const all = withShared(sources.flatMap(examplesIn))
const running = all.filter(({ runs }) => runs)

/** Examples as nobody should write them, in the same program and the same process as the real ones. */
const planted = (name: string, code: string, prints?: string): Example => ({
  at: `planted:${name}`,
  code: `${code}\n`,
  runs: true,
  prints,
})
const wrongType = planted('wrong type', "import { previewOf } from '@guichet/engine/domain'\npreviewOf('text')")
const unknownName = planted('unknown name', "import { createEngines } from '@guichet/engine'")
const throwing = planted('throwing', "throw new Error('on purpose')")
const rejecting = planted('rejecting', "void Promise.reject(new Error('unheard'))")
const endless = planted(
  'left open',
  "import { createServer } from 'node:net'\nawait new Promise<void>((up) => createServer().listen(0, up))",
)
const lying = planted('wrong output', 'console.log(2)', '1\n')
const broken = [wrongType, unknownName, throwing, rejecting, endless, lying]

const undocumented = `
export const bare = 1
/** Described, and nobody is shown how to call it. */
export const unshown = (): number => 1
/**
 * Says that there is an example.
 *
 * @example
 * unfenced()
 */
export function unfenced(): void {}
/** A type needs no example. */
export interface Shape {}
/**
 * As it should be.
 *
 * @example
 * \`\`\`ts
 * new Good()
 * \`\`\`
 */
export class Good {}
export class Bad {}
`

let workshop: Workshop
let elsewhere: string
let program: ts.Program
let names: ReadonlyArray<PublicName>
let faulty: ReadonlyArray<PublicName>
let ran: ReadonlyMap<string, Ran>

beforeAll(async () => {
  workshop = openWorkshop([...all, ...broken])
  elsewhere = realpathSync(mkdtempSync(join(tmpdir(), 'guichet-planted-')))
  const bad: Entry = { name: 'planted', file: join(elsewhere, 'index.ts') }
  writeFileSync(bad.file, undocumented)
  const { fileOf } = workshop
  const results = runAll([...running, throwing, rejecting, endless, lying].map(fileOf))
  program = programOf([...subpaths, bad].map(({ file }) => file).concat([...all, ...broken].map(fileOf)))
  names = publicNames(program, subpaths)
  faulty = publicNames(program, [bad])
  ran = await results
})

afterAll(() => {
  workshop.close()
  rmSync(elsewhere, { recursive: true, force: true })
})

const undescribedIn = (found: ReadonlyArray<PublicName>): ReadonlyArray<string> =>
  found.filter(({ described }) => !described).map(({ name, at }) => `${name} at ${at}`)

const unshownIn = (found: ReadonlyArray<PublicName>): ReadonlyArray<string> =>
  found.filter(({ callable, example }) => callable && !example).map(({ name, at }) => `${name} at ${at}`)

const nameIn = (line: string): string | undefined => line.split(' ')[0]

describe('what packages export', () => {
  test('is walked over every subpath that is published', () => {
    expect(subpaths.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        '@guichet/engine',
        '@guichet/engine/domain',
        '@guichet/engine/ports',
        '@guichet/engine/memory',
        '@guichet/engine/effect',
        '@guichet/engine/node',
        '@guichet/conformance',
        '@guichet/bot-scripted',
        '@guichet/create-channel',
        '@guichet/channel-kit',
        '@guichet/channel-kit/meta',
        '@guichet/channel-email',
        '@guichet/channel-sms',
        '@guichet/channel-livechat',
        '@guichet/channel-livechat/client',
        '@guichet/channel-livechat/widget',
        '@guichet/channel-livechat/assets',
        '@guichet/channel-whatsapp',
        '@guichet/channel-messenger',
        '@guichet/storage-sqlite',
      ]),
    )
    expect(names.length).toBeGreaterThan(150)
  })

  test('has a doc comment, all of it', () => {
    expect(undescribedIn(names)).toEqual([])
  })

  test('has an example where it is called: functions and classes', () => {
    expect(unshownIn(names)).toEqual([])
  })

  test('would be found without: planted exports are', () => {
    expect(undescribedIn(faulty).map(nameIn).sort()).toEqual(['Bad', 'bare'])
    expect(unshownIn(faulty).map(nameIn).sort()).toEqual(['Bad', 'unfenced', 'unshown'])
  })
})

describe('the examples in comments', () => {
  test('are one block of code each', () => {
    const without = sources.filter((source) => examplesIn(source).length !== announcedIn(source))
    expect(without.map(({ path }) => path)).toEqual([])
  })

  test('run, unless they say in their first line that they need a browser or a server', () => {
    const excused = all.filter(({ runs }) => !runs)
    expect(excused.filter(({ code }) => !/^\/\/ (in a browser|with a server)/.test(code)).map(({ at }) => at)).toEqual(
      [],
    )
    expect(running.length).toBeGreaterThan(40)
  })

  test.each(all.map((example) => [example.at, example] as const))('%s is right for the type checker', (_, example) => {
    expect(complaints(program, workshop.fileOf(example))).toEqual([])
  })

  test.each(running.map((example) => [example.at, example] as const))(
    '%s runs, and prints what it says',
    (_, example) => {
      expect(ran.get(workshop.fileOf(example))).toEqual({ printed: example.prints ?? '' })
    },
  )

  test('are read with their line, from indented comments as well', () => {
    const text =
      'const a = 1\n\n  /**\n   * Text.\n   *\n   * @example\n   * ```ts\n   * console.log({\n   *   a: 1,\n   * })\n   * ```\n   *\n' +
      '   * ```text\n   * { a: 1 }\n   * ```\n   */\n/**\n * @example\n * ```ts no-run\n * // in a browser\n * ```\n */\n'
    expect(examplesIn({ path: 'a.ts', text })).toEqual([
      { at: 'a.ts:7', code: 'console.log({\n  a: 1,\n})\n', runs: true, prints: '{ a: 1 }\n' },
      { at: 'a.ts:19', code: '// in a browser\n', runs: false, prints: undefined },
    ])
    expect(announcedIn({ path: 'a.ts', text })).toBe(2)
  })

  test('would be found broken: planted ones are', () => {
    const { fileOf } = workshop
    expect(complaints(program, fileOf(wrongType))).toEqual([expect.stringContaining('line 2: ')])
    expect(complaints(program, fileOf(unknownName))).toEqual([expect.stringContaining('createEngines')])
    expect(ran.get(fileOf(throwing))?.error).toContain('on purpose')
    expect(ran.get(fileOf(rejecting))?.error).toContain('unheard')
    expect(ran.get(fileOf(endless))?.error).toContain('left something open')
    expect(ran.get(fileOf(lying))).toEqual({ printed: '2\n' })
    expect(lying.prints).toBe('1\n')
  })
})
