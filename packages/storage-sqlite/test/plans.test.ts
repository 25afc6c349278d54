import type { Visibility } from '@guichet/engine/ports'
import {
  type Condition,
  conditionsOf,
  markRead,
  scan,
  scansFor,
  searchHits,
  statements,
  type Template,
} from '@guichet/storage-sql'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sqlite } from '../src/index.ts'
import { freshFiles } from './support/files.ts'
import { asked, everything, filters, viewers } from '../../../tooling/stores/lists.ts'
import { populate } from '../../../tooling/stores/population.ts'

const freshFile = freshFiles()
let db: Database.Database

beforeAll(async () => {
  const file = freshFile()
  const store = sqlite({ file })
  await store.migrate()
  await populate(store, 3_000)
  await store.close()
  db = new Database(file)
})

afterAll(() => {
  db.close()
})

/** The steps of a plan. A list that comes as a JSON parameter is no table, nor is what a part of the query found. */
const plan = ({ sql, order }: Template<never, unknown>): ReadonlyArray<string> =>
  (db.prepare(`explain query plan ${sql}`).all(order.map(() => 1)) as Array<{ detail: string }>)
    .map(({ detail }) => detail)
    .filter((step) => !/^SCAN (json_each|each VIRTUAL TABLE|wanted VIRTUAL TABLE|some|CONSTANT ROW)/.test(step))

/** With and without the statistics that `analyze` leaves, which can change a planner's mind. */
describe.each(['without statistics', 'with statistics'])('plans %s', (statistics) => {
  beforeAll(() => {
    if (statistics === 'with statistics') db.exec('analyze')
  })

  test.each(asked(filters))(
    'G44 a page of the %s, %s, walks along indexes, neither reading nor sorting a whole set',
    (_viewer, _name, filter, visibility) => {
      const scans = scansFor(filter, visibility)
      expect(scans.length).toBeGreaterThan(0)
      for (const { driver, conditions } of scans) {
        const steps = plan(scan({ driver, conditions }))
        expect(steps[0]).toMatch(new RegExp(`^SEARCH [cf] USING (COVERING )?INDEX list_${driver} \\(.*last_activity>`))
        expect(steps.filter((step) => /^SCAN|TEMP B-TREE/.test(step))).toEqual([])
      }
    },
  )

  test('a contact has few conversations: they are found by index and sorted', () => {
    const scans = scansFor({ contacts: ['x', 'y', 'x'] }, viewers['agent'] as Visibility)
    expect(scans.map(({ key }) => key)).toEqual(['x', 'y'])
    for (const one of scans) {
      const steps = plan(scan(one))
      expect(steps[0]).toBe('SEARCH c USING INDEX list_contact (ws=? AND contact=?)')
      expect(steps.filter((step) => step.startsWith('SCAN'))).toEqual([])
    }
  })

  test('conversations that are named are found by key', () => {
    const scans = scansFor({ ids: ['x', 'y'], queues: ['sales'] }, viewers['agent'] as Visibility)
    expect(scans.map(({ key }) => key)).toEqual(['x', 'y'])
    for (const one of scans) {
      const steps = plan(scan(one))
      expect(steps[0]).toBe('SEARCH c USING PRIMARY KEY (ws=? AND id=?)')
      expect(steps.filter((step) => /^SCAN|TEMP B-TREE/.test(step))).toEqual([])
    }
  })

  test('lists that ask for one of nothing ask nothing', () => {
    for (const viewer of Object.values(viewers)) {
      for (const filter of [{ ids: [] }, { contacts: [] }, { queues: [] }]) expect(scansFor(filter, viewer)).toEqual([])
    }
  })

  test('documents, their words, addresses and the work to come are ranges of an index', () => {
    expect(plan(statements.documents)).toEqual(['SEARCH document USING PRIMARY KEY (ws=? AND kind=? AND id<?)'])
    expect(plan(statements.documentsUnder)).toEqual([
      'SEARCH d USING INDEX document_parent (ws=? AND kind=? AND parent=? AND id<?)',
    ])
    expect(plan(statements.documentIdsWithWord)).toEqual([
      'SEARCH document_word USING PRIMARY KEY (ws=? AND kind=? AND word>? AND word<?)',
    ])
    expect(plan(statements.documentsWithWord)).toContain(
      'SEARCH document_word USING PRIMARY KEY (ws=? AND kind=? AND word>? AND word<?)',
    )
    expect(plan(statements.identitiesOf)).toEqual(['SEARCH i USING INDEX identity_contact (ws=? AND contact=?)'])
    expect(plan(statements.upcomingWork)).toEqual(['SEARCH work USING INDEX work_upcoming (ws=?)'])
  })

  test('every condition at once changes none of this', () => {
    const conditions: ReadonlyArray<Condition> = [...conditionsOf(everything), 'visible']
    for (const driver of ['all', 'queue', 'owner', 'unowned', 'facet'] as const) {
      const steps = plan(scan({ driver, conditions }))
      expect(steps[0]).toContain(`list_${driver}`)
      expect(steps.filter((step) => /^SCAN|TEMP B-TREE/.test(step))).toEqual([])
    }
  })

  test('search begins with the full text and goes on by key', () => {
    const steps = plan(searchHits([...conditionsOf(everything), 'visible']))
    expect(steps.slice(0, 3)).toEqual([
      expect.stringMatching(/^SCAN s VIRTUAL TABLE INDEX .*M/),
      'SEARCH e USING INTEGER PRIMARY KEY (rowid=?)',
      'SEARCH c USING PRIMARY KEY (ws=? AND id=?)',
    ])
    expect(steps.filter((step) => step.includes('TEMP B-TREE'))).toEqual([])
    expect(plan(statements.stretchIn)).toContain('SEARCH entry USING COVERING INDEX entry_stream (ws=?)')
  })

  test('marking read walks along the list', () => {
    expect(plan(markRead({ one: false, conditions: ['control', 'visible'] }))[0]).toMatch(
      /^SEARCH c USING INDEX list_all/,
    )
    expect(plan(markRead({ one: true, conditions: ['visible'] }))[0]).toBe('SEARCH c USING PRIMARY KEY (ws=? AND id=?)')
  })

  test('no statement of fixed shape scans or sorts a table', () => {
    // Tables of one row, and of one row for each workspace; and what the full text finds by a word.
    const small = /^SCAN (workspace|search_mark|search VIRTUAL TABLE INDEX \d+:M)/
    for (const [name, template] of Object.entries(statements)) {
      const steps = plan(template as Template<never, unknown>)
      expect([name, ...steps.filter((step) => /^SCAN|TEMP B-TREE/.test(step) && !small.test(step))]).toEqual([name])
    }
  })
})
