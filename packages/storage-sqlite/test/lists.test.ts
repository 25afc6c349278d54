import { memoryStorage } from '@guichet/engine/memory'
import type { Filter, ListQuery, Storage, Visibility } from '@guichet/engine/ports'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sqlite } from '../src/index.ts'
import { id, noon, workspace } from '../../../tooling/stores/changesets.ts'
import { freshFiles } from './support/files.ts'
import { tabs, viewers } from '../../../tooling/stores/lists.ts'
import { agents, populate, queues } from '../../../tooling/stores/population.ts'

const freshFile = freshFiles()
const size = 3_000
let store: Storage
const memory = memoryStorage()

beforeAll(async () => {
  store = sqlite({ file: freshFile() })
  await store.migrate()
  await populate(store, size)
  await populate(memory, size)
})

afterAll(() => store.close())

const agent = fc.constantFrom(...agents, 'zoe')
const queue = fc.constantFrom(...queues, 'nowhere')

const filter: fc.Arbitrary<Filter> = fc.record(
  {
    status: fc.uniqueArray(fc.constantFrom('open', 'pending', 'closed', 'spam', 'archived'), { maxLength: 5 }),
    control: fc.constantFrom('team', 'bot'),
    channel: fc.constantFrom('email', 'sms', 'telegraph'),
    account: fc.constantFrom('mail', 'site'),
    ids: fc.array(fc.nat(size).map(id), { maxLength: 40 }),
    queues: fc.array(queue, { maxLength: 3 }),
    owner: fc.option(agent),
    contacts: fc.array(
      fc.nat(100).map((n) => `contact-${n}`),
      { maxLength: 3 },
    ),
    mentions: agent,
    tag: fc.constantFrom('gold', 'silver', 'tin'),
    flag: fc.constantFrom('urgent', 'followUp'),
    lastBy: fc.constantFrom('contact', 'agent'),
    unreadBy: agent,
    from: fc.nat(700).map((ms) => noon + ms),
    to: fc.nat(700).map((ms) => noon + ms),
  },
  { requiredKeys: [] },
)

/** Mostly none, sometimes one or two conditions: most generated filters would otherwise match nothing. */
const lightFilter: fc.Arbitrary<Filter> = fc
  .tuple(
    filter,
    fc.uniqueArray(
      fc.constantFrom(
        ...([
          'status',
          'ids',
          'queues',
          'owner',
          'tag',
          'unreadBy',
          'to',
          'flag',
          'lastBy',
          'control',
          'mentions',
          'contacts',
        ] as const),
      ),
      { maxLength: 2 },
    ),
  )
  .map(
    ([full, kept]) =>
      Object.fromEntries(
        Object.entries(full).filter(([name]) => (kept as ReadonlyArray<string>).includes(name)),
      ) as Filter,
  )

const visibility: fc.Arbitrary<Visibility> = fc.oneof(
  fc.constant<Visibility>({ _tag: 'All' }),
  fc.record({
    _tag: fc.constant('Some' as const),
    agent,
    queues: fc.uniqueArray(queue, { maxLength: 3 }),
    unownedOf: fc.uniqueArray(queue, { maxLength: 3 }),
  }),
)

const query: fc.Arbitrary<ListQuery> = fc.record(
  {
    workspace: fc.constant(workspace),
    visibility,
    filter: fc.oneof(lightFilter, lightFilter, filter),
    reader: fc.option(agent),
    limit: fc.constantFrom(1, 7, 25, 200),
    after: fc.record({ lastActivity: fc.nat(700).map((ms) => noon + ms), id: fc.nat(size).map(id) }),
  },
  { requiredKeys: ['workspace', 'visibility', 'filter', 'reader', 'limit'] },
)

describe('lists over thousands of conversations', () => {
  test('G42 G44 show what the store in memory shows, whoever looks and whatever the filter', async () => {
    let found = 0
    await fc.assert(
      fc.asyncProperty(query, async (asked) => {
        const rows = await store.list(asked)
        found += rows.length
        expect(rows).toEqual(await memory.list(asked))
      }),
      { numRuns: 400 },
    )
    expect(found).toBeGreaterThan(1_000)
  })

  test('G42 count what the store in memory counts', async () => {
    let counted = 0
    await fc.assert(
      fc.asyncProperty(query, fc.constantFrom(1, 50, 5_000), async (asked, atMost) => {
        const count = { workspace, visibility: asked.visibility, filter: asked.filter, atMost }
        const n = await store.count(count)
        counted += n
        expect(n).toBe(await memory.count(count))
      }),
      { numRuns: 300 },
    )
    expect(counted).toBeGreaterThan(1_000)
  })

  test.each(Object.keys(viewers))('G44 page through every tab of the %s without a gap or a double', async (viewer) => {
    const seen = viewers[viewer] as Visibility
    for (const tab of Object.values(tabs('ana'))) {
      const asked = { workspace, visibility: seen, filter: tab, reader: 'ana' }
      const whole = await memory.list({ ...asked, limit: size })
      const paged: unknown[] = []
      let after: ListQuery['after']
      for (;;) {
        const page = await store.list({ ...asked, limit: 37, ...(after === undefined ? {} : { after }) })
        paged.push(...page)
        const last = page.at(-1)?.row
        if (last === undefined) break
        after = { lastActivity: last.lastActivity, id: last.id }
      }
      expect(paged).toEqual(whole)
    }
  })

  test('G42 searches find what the store in memory finds', async () => {
    const word = fc.constantFrom('bonjour', 'BON', 'eleve', 'élè', 'merci', 'fact', 'nothing')
    await fc.assert(
      fc.asyncProperty(
        visibility,
        lightFilter,
        fc.array(word, { minLength: 1, maxLength: 2 }),
        async (seen, kept, words) => {
          const asked = { workspace, visibility: seen, filter: kept, words, limit: 20 }
          expect(await store.search(asked)).toEqual(await memory.search(asked))
        },
      ),
    )
  })

  test('G43 marking all read leaves the same unread as in memory', async () => {
    await fc.assert(
      fc.asyncProperty(visibility, lightFilter, agent, fc.nat(2), async (seen, kept, reader, unread) => {
        const mark = { workspace, agent: reader, visibility: seen, filter: kept, unread }
        await store.markRead(mark)
        await memory.markRead(mark)
        const asked = { workspace, visibility: { _tag: 'All' }, filter: {}, reader, limit: size } as const
        const unreads = async (of: Storage) => (await of.list(asked)).map((listed) => listed.unread)
        expect(await unreads(store)).toEqual(await unreads(memory))
      }),
      { numRuns: 25 },
    )
  })
})
