import type { Filter, Visibility } from '@guichet/engine/ports'
import { type Condition, conditionParams, conditionsOf, scansFor, type Template } from '@guichet/storage-sql'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { ArrayParameter, numbers, texts } from '../src/arrays.ts'
import { postgres } from '../src/index.ts'
import { markReadIn, page, total } from '../src/list/statements.ts'
import { lists, waysOf } from '../src/list/ways.ts'
import { matchOf, windowsBefore } from '../src/search/lexemes.ts'
import { hits } from '../src/search/statements.ts'
import { bind } from '../src/statement.ts'
import { type FreshDatabase, freshDatabase } from '../../../tooling/postgres/fresh-database.ts'
import { asked, everything, filters, viewers } from '../../../tooling/stores/lists.ts'
import { populate } from '../../../tooling/stores/population.ts'

const size = 20_000
let database: FreshDatabase
let client: Client

beforeAll(async () => {
  database = await freshDatabase(inject('databaseUrl'))
  const store = postgres({ url: database.url })
  await store.migrate()
  await populate(store, size)
  while ((await store.index(5_000)) > 0);
  await store.close()
  client = new Client({ connectionString: database.url })
  await client.connect()
  await client.query('vacuum analyze')
})

afterAll(async () => {
  await client.end()
  await database.drop()
})

interface Node {
  readonly 'Node Type': string
  readonly 'Index Name'?: string
  readonly 'Relation Name'?: string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly Plans?: ReadonlyArray<Node>
}

const nodesOf = (node: Node): ReadonlyArray<Node> => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

const bytea = 17

/** An array as the server keeps it, as SQL. */
const arrayAsSql = (array: Buffer): string => {
  const isBytes = array.readInt32BE(8) === bytea
  const elements: string[] = []
  for (let at = 20; at < array.length; ) {
    const from = at + 4
    at = from + array.readInt32BE(at)
    const element = array.subarray(from, at)
    elements.push(client.escapeLiteral(isBytes ? `\\x${element.toString('hex')}` : element.toString()))
  }
  return `array[${elements.join(', ')}]::${isBytes ? 'bytea' : 'text'}[]`
}

const asSql = (value: unknown): string => {
  if (value === null) return 'null'
  if (Buffer.isBuffer(value)) return `'\\x${value.toString('hex')}'`
  if (!(value instanceof ArrayParameter)) return client.escapeLiteral(String(value))
  return typeof value.wire === 'string' ? client.escapeLiteral(value.wire) : arrayAsSql(value.wire)
}

/** The steps of a plan that was carried out: made for these values, or for any. */
const steps = async <Params>(
  template: Template<Params, unknown>,
  params: Params,
  mode: 'force_custom_plan' | 'force_generic_plan',
): Promise<ReadonlyArray<Node>> => {
  const { text } = bind(template, 'guichet')(params).config
  await client.query(`set plan_cache_mode = ${mode}`)
  await client.query(`prepare asked as ${text}`)
  try {
    const literals = template.order.map((parameter) => asSql(params[parameter]))
    const explained = `explain (analyze, format json) execute asked(${literals.join(', ')})`
    const { rows } = await client.query<{ 'QUERY PLAN': ReadonlyArray<{ readonly Plan: Node }> }>(explained)
    const plan = rows[0]?.['QUERY PLAN'][0]?.Plan
    if (plan === undefined) throw new Error('no plan came back')
    return nodesOf(plan)
  } finally {
    await client.query('deallocate asked')
  }
}

const limit = 50

const paramsOf = (filter: Filter, visibility: Visibility) => {
  const { ways, values } = waysOf(scansFor(filter, visibility))
  return {
    ways,
    params: {
      ...conditionParams(lists, 1, filter, visibility),
      ...values,
      statuses: numbers([0, 1, 2, 3, 4]),
      belowActivity: Number.MAX_SAFE_INTEGER,
      belowId: Buffer.alloc(0),
      downTo: filter.from ?? 0,
      limit,
      reader: 'ana',
    },
  }
}

/** The steps of a search; what was never done is not among them. */
const searching = async (
  words: ReadonlyArray<string>,
  viewer: string,
  hitsAtMost: number,
  mode: Parameters<typeof steps>[2],
): Promise<ReadonlyArray<Node>> => {
  const windows = windowsBefore(1, matchOf(1, words) ?? '', size + 1)
  const nodes = await steps(
    hits({ windows: windows.length, conditions: ['visible'] }),
    {
      ...conditionParams(lists, 1, {}, viewers[viewer] as Visibility),
      matches: texts(windows.map(({ match }) => match)),
      starts: numbers(windows.map(({ from }) => from)),
      ends: numbers(windows.map(({ before }) => before)),
      limit: hitsAtMost,
    },
    mode,
  )
  return nodes.filter((node) => node['Actual Loops'] > 0)
}

const narrowings = { ...filters, 'of a contact': { contacts: ['contact-1', 'contact-2'] } }

const isScan = (node: Node): boolean => node['Node Type'] === 'Seq Scan'
const sorts = (nodes: ReadonlyArray<Node>): ReadonlyArray<Node> =>
  nodes.filter((node) => node['Node Type'].endsWith('Sort'))

describe.each(['force_custom_plan', 'force_generic_plan'] as const)('with %s', (mode) => {
  test.each(asked(narrowings))(
    'G44 a page of the %s, %s, walks along indexes and sorts no whole set',
    async (_viewer, name, filter, visibility) => {
      const { ways, params } = paramsOf(filter, visibility)
      const nodes = await steps(page(ways), params, mode)
      expect(nodes.filter(isScan)).toEqual([])
      expect(nodes.filter((node) => node['Node Type'].startsWith('Bitmap'))).toEqual(
        name === 'of a contact' ? expect.anything() : [],
      )
      // What each way answers is merged: so many ways, statuses and queues at most.
      for (const sort of sorts(nodes)) expect(sort['Actual Rows']).toBeLessThanOrEqual(limit * 5 * 7)
      for (const driver of new Set(ways.map((way) => way.driver))) {
        expect(nodes.map((node) => node['Index Name'])).toContain(`list_${driver}`)
      }
    },
  )

  test('counting walks no further than it counts', async () => {
    const { ways, params } = paramsOf({}, viewers['agent'] as Visibility)
    const nodes = await steps(total(ways), params, mode)
    expect(nodes.filter(isScan)).toEqual([])
    for (const node of nodes) expect(node['Actual Rows'] * node['Actual Loops']).toBeLessThanOrEqual(limit * 5 * 7)
  })

  test('every condition at once changes none of this', async () => {
    const { params } = paramsOf({}, viewers['agent'] as Visibility)
    const conditions: ReadonlyArray<Condition> = [...conditionsOf(everything), 'visible']
    for (const driver of ['all', 'queue', 'owner', 'unowned', 'facet', 'id'] as const) {
      const nodes = await steps(page([{ driver, facet: 0, conditions }]), params, mode)
      expect(nodes.filter(isScan)).toEqual([])
      expect(nodes.map((node) => node['Index Name'])).toContain(
        driver === 'id' ? 'conversation_pkey' : `list_${driver}`,
      )
    }
  })

  test.each([limit, 400])(
    'a search for %i hits of a common word walks down the stream as far as they reach, and reads no list of all hits',
    async (hitsAtMost) => {
      const nodes = await searching(['bonjour'], 'agent', hitsAtMost, mode)
      expect(nodes.filter(isScan)).toEqual([])
      expect(nodes.map((node) => node['Index Name'])).not.toContain('search_words')
      const walked = nodes.filter((node) => node['Index Name'] === 'search_pkey')
      // A third of the entries have the word, and she sees about half of the conversations; the newest stretch is short.
      expect(walked.reduce((sum, node) => sum + node['Actual Rows'], 0)).toBeLessThan(1_024 + hitsAtMost * 10)
    },
  )

  test('a search that finds next to nothing in the newest entries asks for the word', async () => {
    for (const [words, viewer] of [
      [['nowhere'], 'manager'],
      [['bonjour'], 'newcomer'],
    ] as const) {
      const nodes = await searching(words, viewer, limit, mode)
      expect(nodes.filter(isScan)).toEqual([])
      expect(nodes.map((node) => node['Index Name'])).toContain('search_words')
    }
  })

  test('marking one as read finds it by key', async () => {
    const { params } = paramsOf({}, viewers['agent'] as Visibility)
    const one = { ...params, agent: 'ana', left: 0, id: Buffer.alloc(16) }
    const nodes = await steps(markReadIn({ one: true, conditions: ['visible'] }), one, mode)
    // The version of the tables is one row.
    expect(nodes.filter(isScan).map((node) => node['Relation Name'])).toEqual(['schema_version'])
    expect(nodes.map((node) => node['Index Name'])).toContain('conversation_pkey')
  })
})
