import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { guaranteesOf, idsIn, idsOf, page, pageWith, root, testSources } from '../guarantees/promises.ts'
import { proofsById, reasonsOf, verdictOf } from '../guarantees/verdict.ts'

const text = readFileSync(page, 'utf8')
const guarantees = guaranteesOf(text)
const sources = testSources()
const naming = (id: string) => sources.filter((source) => idsIn(source.text).has(id)).map(({ path }) => path)

describe('docs/guarantees.md', () => {
  test('lists every guarantee once, from G01 to G52', () => {
    const ids = Array.from({ length: 52 }, (_, at) => `G${String(at + 1).padStart(2, '0')}`)
    expect(guarantees.map(({ id }) => id)).toEqual(ids)
  })

  test('calls nothing kept that no test names', () => {
    expect(guarantees.filter(({ id, status }) => status === 'kept' && naming(id).length === 0)).toEqual([])
  })

  test('links every test file that names a guarantee: `npm run guarantees -- --write` brings it up to date', () => {
    for (const { id, links } of guarantees) expect({ id, links }).toEqual({ id, links: naming(id) })
  })

  test('links only what exists', () => {
    expect(guarantees.flatMap(({ links }) => links).filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  test('knows every id that a test names', () => {
    const known = new Set(guarantees.map(({ id }) => id))
    const unknown = sources.flatMap(({ path, text: source }) =>
      [...idsIn(source)].filter((id) => !known.has(id)).map((id) => `${path} ${id}`),
    )
    expect(unknown).toEqual([])
  })

  test('keeps its words when states and links change', () => {
    const [first] = guarantees
    if (first === undefined) throw new Error('the page is empty')
    const changed = guaranteesOf(
      pageWith(text, [{ ...first, status: 'kept', links: ['packages/engine/test/x.test.ts'] }]),
    )
    expect(changed[0]).toEqual({ ...first, status: 'kept', links: ['packages/engine/test/x.test.ts'] })
    expect(changed.slice(1)).toEqual(guarantees.slice(1))
    expect(pageWith(text, guarantees)).toBe(text)
  })
})

describe('ids in titles', () => {
  test('stand at the beginning, alone or several', () => {
    expect(idsOf('G01 one conversation')).toEqual(['G01'])
    expect(idsOf('G13, G14 a token')).toEqual(['G13', 'G14'])
    expect(idsOf('after G01')).toEqual([])
    expect(idsOf('G001 no')).toEqual([])
  })

  test('are found in whatever quotes', () => {
    expect([...idsIn("test('G01 a', f); it(`G02 b`, f); describe(\"G03 c\", f); // 'see G04'")]).toEqual([
      'G01',
      'G02',
      'G03',
    ])
  })
})

describe('a guarantee is kept', () => {
  const guarantee = { id: 'G01', title: 'one', stores: ['memory', 'postgres', 'sqlite'] }
  const on = (store: string, status = 'passed') => ({
    ancestorTitles: [`on ${store}`],
    title: 'G01 one',
    status,
  })
  const verdict = (...assertionResults: ReadonlyArray<ReturnType<typeof on>>) =>
    verdictOf(guarantee, proofsById({ testResults: [{ assertionResults }] }))

  test('when all of its tests passed on every store', () => {
    expect(verdict(on('memory'), on('sqlite'), on('postgres'))).toEqual({
      id: 'G01',
      title: 'one',
      status: 'kept',
      tests: 3,
      stores: ['memory', 'postgres', 'sqlite'],
    })
  })

  test('and not when a store is missing, a test failed or was skipped, or none ran', () => {
    const both = [on('memory'), on('postgres')]
    const missing = { status: 'open', stores: ['memory', 'postgres'] }
    expect(verdict(...both)).toMatchObject(missing)
    expect(verdict(...both, on('sqlite', 'failed'))).toMatchObject(missing)
    expect(verdict(...both, on('sqlite'), on('sqlite', 'skipped'))).toMatchObject({ status: 'open' })
    expect(verdict()).toMatchObject({ status: 'open', tests: 0 })
  })

  test('and when it is not, one is told why', () => {
    const proofs = proofsById({ testResults: [{ assertionResults: [on('memory', 'failed')] }] })
    expect(reasonsOf(guarantee, proofs)).toEqual([
      'G01 did not pass: on memory > G01 one',
      'G01 has no test on postgres',
      'G01 has no test on sqlite',
    ])
    expect(reasonsOf(guarantee, new Map())).toEqual([])
  })

  test('without a store when none has a part in it', () => {
    const pure = { ...guarantee, stores: [] }
    const passed = {
      ancestorTitles: ['recipients'],
      title: 'G01 one',
      status: 'passed',
    }
    expect(verdictOf(pure, proofsById({ testResults: [{ assertionResults: [passed] }] }))).toMatchObject({
      status: 'kept',
      tests: 1,
    })
  })
})
