import type { Delivery, FeedItem } from '@guichet/engine'
import fc from 'fast-check'
import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, aboutOf, feedNow, granted, history, listed, message, officeOf, readUntil } from '../office.ts'

const keyOf = (item: FeedItem): string =>
  item._tag === 'Entry' ? `${item.conversation} ${item.entry.seq}` : `${item._tag} of ${aboutOf(item)}`

/** What a feed has to be, beside the journals: whole, once each, in the order of its positions, seqs in their order. */
const checkFeed = async (office: Office, items: ReadonlyArray<FeedItem>): Promise<void> => {
  const positions = items.map(({ position }) => position)
  same(
    positions,
    [...new Set(positions)].sort((a, b) => a - b),
    'positions',
  )
  const journals = new Map<string, Array<number>>()
  const deliveries = new Map<string, Delivery>()
  for (const item of items) {
    if (item._tag === 'Entry') {
      journals.set(item.conversation, [...(journals.get(item.conversation) ?? []), item.entry.seq])
    }
    if (item._tag === 'Delivery') deliveries.set(`${item.conversation} ${item.seq}`, item.delivery)
  }
  const conversations = (await listed(office.as('mia'))).filter(({ contact }) => contact.address !== 'the marker')
  same([...journals.keys()].sort(), conversations.map(({ id }) => id).sort(), 'conversations in the feed')
  for (const { id } of conversations) {
    const { entries, messages } = await history(office.as('mia'), id)
    same(
      journals.get(id),
      entries.map(({ seq }) => seq),
      'the entries of one conversation, once each and in order',
    )
    for (const { seq, delivery } of messages) {
      if (delivery !== null) same(deliveries.get(`${id} ${seq}`), delivery, 'the last that is said of a delivery')
    }
  }
}

interface Write {
  readonly kind: number
  readonly conversation: number
  readonly engine: number
}

const writes = fc.array(fc.record({ kind: fc.nat(3), conversation: fc.nat(2), engine: fc.nat(1) }), {
  minLength: 1,
  maxLength: 30,
})

/** Writes everything at once, through two engines by turns. */
const writeAll = async (offices: ReadonlyArray<Office>, plan: ReadonlyArray<Write>): Promise<void> => {
  const [first] = offices
  assert(first !== undefined, 'there is an office')
  const ids = await Promise.all([0, 1, 2].map((n) => first.arrives('chat', message(`person ${n}`, 'hello'))))
  await Promise.all(
    plan.map(async ({ kind, conversation, engine }, n) => {
      const office = offices[engine] ?? first
      const id = ids[conversation] ?? ''
      switch (kind) {
        case 0:
          return office.deliver('chat', message(`person ${conversation}`, `words ${n}`))
        case 1:
          return office.as('mia').note(id, { text: `remark ${n}` })
        case 2:
          return office.as('mia').tag(id, { tags: [`tag ${n}`] })
        default:
          return office.as('mia').reply(id, { text: `answer ${n}` })
      }
    }),
  )
}

export const feedCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G45 whoever reads from a position, and comes back as often as the line breaks, gets everything once in commit order',
    body: async (rig) => {
      const first = rig.engine()
      const second = await rig.start()
      const breaks = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 })
      await fc.assert(
        fc.asyncProperty(writes, breaks, async (plan, lengths) => {
          const { id } = await rig.office()
          const [office, other] = [officeOf(first, id), officeOf(second, id)]
          await writeAll([office, other], plan)
          await Promise.all([first.settle(), second.settle()])
          const whole = await feedNow(office, (options) => office.workspace.feed(options))
          await checkFeed(office, whole)
          // The same in pieces, through both engines by turns.
          const pieces: Array<FeedItem> = []
          for (let n = 0; pieces.length < whole.length; n += 1) {
            let left = Math.min(lengths[n % lengths.length] ?? 1, whole.length - pieces.length)
            const at = n % 2 === 0 ? office : other
            const since = pieces.at(-1)?.position ?? 0
            pieces.push(...(await readUntil(at.workspace.feed({ since }), () => (left -= 1) === 0)))
          }
          same(pieces.map(keyOf), whole.map(keyOf), 'in pieces')
        }),
        { numRuns: 12 },
      )
    },
  },
  {
    name: 'G45 a feed that is read while everything happens misses, doubles and reorders nothing',
    body: async (rig) => {
      const first = rig.engine()
      const second = await rig.start()
      await fc.assert(
        fc.asyncProperty(writes, async (plan) => {
          const { id } = await rig.office()
          const [office, other] = [officeOf(first, id), officeOf(second, id)]
          const since = await office.workspace.position()
          const live: Array<FeedItem> = []
          let end: { readonly conversation: string; readonly seq: number } | undefined
          const reading = readUntil(office.workspace.feed({ since }), (item) => {
            live.push(item)
            return item._tag === 'Entry' && item.conversation === end?.conversation && item.entry.seq === end.seq
          })
          await writeAll([office, other], plan)
          await Promise.all([first.settle(), second.settle()])
          const marker = await office.arrives('chat', message('the marker', 'hello'))
          end = { conversation: marker, seq: 2 }
          await office.deliver('chat', message('the marker', 'so far'))
          await reading
          const items = live.filter((item) => aboutOf(item) !== marker)
          await checkFeed(office, items)
          const later = await feedNow(office, (options) => office.workspace.feed(options), since)
          const entries = (all: ReadonlyArray<FeedItem>) => all.filter(({ _tag }) => _tag === 'Entry').map(keyOf)
          same(entries(items), entries(later), 'the order, live and read later')
        }),
        { numRuns: 12 },
      )
    },
  },
  {
    name: 'G45 what happened before a restart is there after it, at the same positions',
    body: async (rig) => {
      const office = await rig.office()
      await writeAll(
        [office],
        [0, 1, 2, 3, 0].map((kind, n) => ({ kind, conversation: n % 3, engine: 0 })),
      )
      await rig.engine().settle()
      const before = await feedNow(office, (options) => office.workspace.feed(options))
      const later = officeOf(await rig.restart(), office.id)
      same(await feedNow(later, (options) => later.workspace.feed(options)), before, 'the feed')
      const third = before[2]?.position ?? 0
      same(
        await feedNow(later, (options) => later.workspace.feed(options), third),
        before.slice(3),
        'the feed since a position',
      )
    },
  },
  {
    name: 'G45 a feed ends when its reader stops, when its signal aborts and when the engine closes',
    body: async (rig) => {
      const office = await rig.office()
      const ends = async (feed: AsyncIterable<FeedItem>): Promise<number> => (await readUntil(feed, () => false)).length
      const controller = new AbortController()
      const aborted = ends(office.workspace.feed({ since: 0, signal: controller.signal }))
      const closed = ends(office.workspace.as('ana').feed({ since: 0 }))
      await office.arrives('chat', message('zoe', 'hello'))
      await readUntil(office.workspace.feed({ since: 0 }), () => true)
      controller.abort()
      assert((await aborted) <= 1, 'an aborted feed ends')
      await rig.restart()
      assert((await closed) <= 1, 'a feed of a closed engine ends')
    },
  },
  {
    name: 'G45 a listener that throws harms neither the others nor what is committed',
    body: async (rig) => {
      rig.expect('listener')
      const office = await rig.office()
      const heard: Array<string> = []
      let complete = (): void => undefined
      const all = new Promise<void>((resolve) => (complete = resolve))
      office.workspace.on(() => {
        throw new Error('a listener of the host')
      })
      office.workspace.on((item) => {
        if (heard.push(keyOf(item)) === 3) complete()
      })
      // A listener hears what happens from when it listens: the first read of the feed has begun by then.
      await office.workspace.position()
      const id = await office.arrives('chat', message('zoe', 'hello'))
      granted(await office.as('ana').claim(id))
      granted(await office.as('ana').note(id, { text: 'a remark' }))
      await all
      same(heard, [`${id} 1`, `${id} 2`, `${id} 3`], 'what the other heard')
    },
  },
]
