import type { StreamItem } from '@guichet/engine/ports'
import { assert, same } from '../assert.ts'
import type { StorageCase } from './harness.ts'
import { acme, change, commit, conflict, delivery, entry, everything, id } from './rows.ts'

const area = 'stream'

/** An item in short: what it is about, and for deliveries the version. */
const short = (item: StreamItem): string =>
  item._tag === 'Entry'
    ? `${Number.parseInt(item.entry.conversation.slice(-12), 16)}.${item.entry.seq}`
    : `${Number.parseInt(item.delivery.conversation.slice(-12), 16)}.${item.delivery.seq} v${item.delivery.version}`

const rises = (items: ReadonlyArray<StreamItem>): void =>
  items.forEach((item, index) => {
    const before = items[index - 1]?.position ?? 0
    assert(item.position > before, `positions must rise: ${item.position} comes after ${before}`)
  })

export const streamCases: ReadonlyArray<StorageCase> = [
  {
    area,
    name: 'everything is there once, in commit order, whatever the size of a page',
    guarantee: 'G45',
    body: async ({ store }) => {
      const expected: { readonly [workspace: string]: string[] } = { [acme]: [], other: [] }
      for (let n = 1; n <= 30; n += 1) {
        const workspace = n % 3 === 0 ? 'other' : acme
        await commit(store, { entries: [entry(n, 1), entry(n, 2)] }, workspace)
        expected[workspace]?.push(`${n}.1`, `${n}.2`)
      }
      for (const [workspace, all] of Object.entries(expected)) {
        for (const size of [1, 7, 40, 1000]) {
          const items = await everything(store, workspace, size)
          same(items.map(short), all, `the stream of ${workspace} in pages of ${size}`)
          rises(items)
        }
      }
    },
  },
  {
    area,
    name: 'a workspace has a stream and a position of its own, whatever happens in another',
    guarantee: 'G52',
    body: async ({ store }) => {
      for (let n = 1; n <= 20; n += 1) {
        const workspace = n % 2 === 0 ? 'other' : acme
        await commit(store, { entries: [entry(n, 1)], deliveries: [delivery(n, 1)] }, workspace)
      }
      for (const [workspace, first] of [
        [acme, 1],
        ['other', 2],
      ] as const) {
        const own = await everything(store, workspace)
        const expected = Array.from({ length: 10 }, (_, n) => [`${first + 2 * n}.1`, `${first + 2 * n}.1 v1`]).flat()
        same(own.map(short), expected, `the stream of ${workspace}`)
        same(await store.position(workspace), own.at(-1)?.position, `the position of ${workspace}`)
      }
      const before = await store.position(acme)
      await commit(store, { entries: [entry(22, 1)] }, 'other')
      same(await store.position(acme), before, 'the position of acme after something happened in the other')
      same(await everything(store, 'nobody'), [], 'the stream of a workspace that has nothing')
      same(await store.position('nobody'), 0, 'the position of a workspace that has nothing')
    },
  },
  {
    area,
    name: 'the order in one commit: changesets in turn, entries before deliveries',
    guarantee: 'G45',
    body: async ({ store }) => {
      await store.commit([
        change(acme, { deliveries: [delivery(1, 2), delivery(1, 1)], entries: [entry(1, 1), entry(1, 2)] }),
        change(acme, { entries: [entry(2, 1)] }),
      ])
      const items = await everything(store)
      same(items.map(short), ['1.1', '1.2', '1.2 v1', '1.1 v1', '2.1'], 'the stream')
    },
  },
  {
    area,
    name: 'a delivery that changes moves to the end and shows its newest state only',
    guarantee: 'G45',
    body: async ({ store }) => {
      await commit(store, { entries: [entry(1, 1)], deliveries: [delivery(1, 1), delivery(1, 2)] })
      await commit(store, { entries: [entry(1, 2)] })
      await commit(store, { deliveries: [delivery(1, 1, { version: 2, status: 'sent' })] })
      const seen = await store.position(acme)
      same((await everything(store)).map(short), ['1.1', '1.2 v1', '1.2', '1.1 v2'], 'the stream')
      await commit(store, { deliveries: [delivery(1, 1, { version: 3, status: 'read' })] })
      const news = await store.stream({ workspace: acme, after: seen, limit: 10 })
      same(news.items.map(short), ['1.1 v3'], 'what somebody sees who was up to date')
      const items = await everything(store)
      same(items.map(short), ['1.1', '1.2 v1', '1.2', '1.1 v3'], 'the stream')
      rises(items)
    },
  },
  {
    area,
    name: 'a delivery that changes often is one item, and what stands around it stays',
    guarantee: 'G45',
    body: async ({ store }) => {
      await commit(store, { entries: [entry(1, 1)] })
      for (let version = 1; version <= 1500; version += 100) {
        await store.commit(
          Array.from({ length: 100 }, (_, n) =>
            change(acme, { deliveries: [delivery(1, 1, { version: version + n })] }),
          ),
        )
      }
      await commit(store, { entries: [entry(1, 2)] })
      same((await everything(store)).map(short), ['1.1', '1.1 v1500', '1.2'], 'the stream')
    },
  },
  {
    area,
    name: 'a page says where to go on, and says the same again when there is nothing',
    guarantee: 'G45',
    body: async ({ store }) => {
      const page = async (after: number, limit: number) => store.stream({ workspace: acme, after, limit })
      same(await page(0, 10), { items: [], position: 0 }, 'an empty stream')
      same(await store.position(acme), 0, 'the position of an empty stream')
      await commit(store, { entries: [entry(1, 1), entry(1, 2), entry(1, 3)] })
      const first = await page(0, 2)
      same(first.items.map(short), ['1.1', '1.2'], 'the first page')
      same(first.position, first.items[1]?.position, 'where it goes on')
      const rest = await page(first.position, 2)
      same(rest.items.map(short), ['1.3'], 'the second page')
      same(rest.position, await store.position(acme), 'the last position there is')
      same(await page(rest.position, 2), { items: [], position: rest.position }, 'the end')
      same(await page(rest.position + 50, 2), { items: [], position: rest.position + 50 }, 'beyond')
    },
  },
  {
    area,
    name: 'a conflict adds nothing, and what comes after it is still in order',
    guarantee: 'G45',
    body: async ({ store }) => {
      await commit(store, { entries: [entry(1, 1)] })
      await conflict(store, { entries: [entry(1, 2)], settle: [{ id: id(9), attempts: 1 }] })
      await commit(store, { entries: [entry(1, 2), entry(1, 3)] })
      const items = await everything(store)
      same(items.map(short), ['1.1', '1.2', '1.3'], 'the stream')
      rises(items)
    },
  },
  {
    area,
    name: 'items show their rows whole',
    body: async ({ store }) => {
      const note = entry(1, 1, {
        kind: 'note',
        type: 'Noted',
        actorKind: 'agent',
        actor: 'ana',
        body: 'à voir',
        data: '{"x":[]}',
      })
      const sent = delivery(1, 1, { status: 'sent', data: '{"at":1}' })
      await commit(store, { entries: [note], deliveries: [sent] })
      const [first, second] = await everything(store)
      same(first?._tag === 'Entry' && first.entry, note, 'the entry')
      same(second?._tag === 'Delivery' && second.delivery, sent, 'the delivery')
    },
  },
]
