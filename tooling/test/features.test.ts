import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../architecture/sources.ts'
import { callsProgram, methodOf } from '../features/calls.ts'
import { chaptersOf, pageWith, readPage, tableOf } from '../features/page.ts'
import type { Row } from '../features/row.ts'
import { sections } from '../features/rows.ts'
import { titlesIn, titlesOf } from '../features/titles.ts'
import { complaints, programOf } from '../tsdoc/workshop.ts'

const text = readPage()
const chapters = chaptersOf(text)
const rows = sections.flatMap((section) => section.rows)
const numbered = (letter: string, from: number, to: number): ReadonlyArray<string> =>
  Array.from({ length: to - from + 1 }, (_, at) => `${letter}${from + at}`)

/** What the type checker has against calls, by the call. */
const complaintsOf = (calls: ReadonlyArray<string>): ReadonlyArray<string> => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'guichet-features-')))
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    const file = join(folder, 'calls.ts')
    writeFileSync(file, callsProgram(calls))
    return complaints(programOf([file]), file).map((said) => {
      const line = Number(/^line (\d+)/.exec(said)?.[1])
      return `${calls[line - 1]}: ${said}`
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Calls of a row that no example of its chapter makes. */
const unmade = (row: Row, code: string): ReadonlyArray<string> =>
  row.calls.filter(
    (call) => !new RegExp(String.raw`(^|[^\w])${methodOf(call).replace('.', String.raw`\.`)}\(`).test(code),
  )

const unshown = ({ tests }: Pick<Row, 'tests'>): ReadonlyArray<string> =>
  tests.flatMap(({ file, title }) =>
    titlesOf(file)?.some((one) => one.includes(title)) === true ? [] : [`${file}: ${title}`],
  )

describe('docs/features.md', () => {
  test('lists every row once, in order', () => {
    expect(rows.map(({ id }) => id)).toEqual([
      ...numbered('A', 1, 10),
      ...numbered('B', 1, 6),
      ...numbered('C', 1, 11),
      ...numbered('D', 1, 11),
      ...numbered('E', 1, 8),
      ...numbered('F', 1, 5),
      'G1',
      ...numbered('H', 1, 2),
      'I3',
      ...numbered('J', 1, 7),
      ...numbered('K', 2, 6),
    ])
  })

  test('has the tables of the list, and no others: `npm run features` writes them', () => {
    expect(chapters.map(({ letter, table }) => ({ letter, table }))).toEqual(
      sections.map((section) => ({ letter: section.letter, table: tableOf(section) })),
    )
  })

  test('has a call and a test for every row, or says why it has none', () => {
    const bare = rows.filter(
      ({ calls, tests, later }) => later === undefined && !(calls.length > 0 && tests.length > 0),
    )
    const halves = rows.filter(({ calls, tests }) => calls.length > 0 !== tests.length > 0)
    expect([...bare, ...halves].map(({ id }) => id)).toEqual([])
  })

  test('names calls that can be made', () => {
    expect(complaintsOf([...new Set(rows.flatMap(({ calls }) => calls))])).toEqual([])
  })

  test('makes every call of a row in an example of its chapter, which runs and prints', () => {
    for (const { letter, examples } of chapters) {
      expect({ letter, running: examples.filter(({ runs, prints }) => runs && prints !== undefined).length }).toEqual({
        letter,
        running: examples.length,
      })
      const code = examples.map((example) => example.code).join('\n')
      const section = sections.find((one) => one.letter === letter)
      expect({ letter, unmade: section?.rows.flatMap((row) => unmade(row, code)) }).toEqual({ letter, unmade: [] })
    }
  })

  test('links tests that exist, by words of their titles', () => {
    expect(rows.flatMap(unshown)).toEqual([])
  })

  test('keeps its words when its tables change', () => {
    const [first, ...others] = sections
    if (first === undefined) throw new Error('the list is empty')
    const changed = pageWith(text, [{ ...first, rows: first.rows.slice(1) }, ...others])
    expect(chaptersOf(changed)[0]?.table).not.toContain('| A1 |')
    expect(pageWith(changed, sections)).toBe(text)
  })
})

describe('what is out of step would be found', () => {
  test('a call that does not exist, takes no such option, or lacks one', () => {
    const wrong = [
      'session.conversations.snore(id)',
      'session.conversations.snooze(id, { untill })',
      'session.conversations.reply(id)',
      'workspace.queues.overview()',
    ]
    const found = complaintsOf(['session.conversations.snooze(id, { until })', ...wrong])
    expect(wrong.map((call) => found.filter((said) => said.startsWith(`${call}: `)).length)).toEqual([1, 1, 1, 1])
    expect(found).toHaveLength(4)
  })

  test('a call that no example makes', () => {
    const calls = ['session.report({ by })', 'session.conversations.close(id)', 'workspace.feed({ since })']
    const row: Row = { id: 'X1', does: 'Nothing', calls, tests: [] }
    expect(unmade(row, 'ana.report({ by })\nana.contacts.close(id)\nacme.feedback()')).toEqual(calls.slice(1))
  })

  test('a test that is not there, also when its words stand in a comment', () => {
    const source =
      "// test('gone')\ntest('here', f)\ntest.each([1])('for %i', f)\nconst c = { name: `of ${kind}`, why: 'no' }"
    expect(titlesIn(source)).toEqual(['here', 'for %i', 'of ${kind}'])
    const here = { file: 'tooling/test/features.test.ts', title: 'a test that is not there' }
    const gone = { file: 'tooling/test/gone.test.ts', title: 'gone' }
    expect(unshown({ tests: [here, { ...here, title: 'one that was never written' }, gone] })).toHaveLength(2)
  })
})
