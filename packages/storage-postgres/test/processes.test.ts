import { createEngine, type Engine, type FeedItem, type Outcome } from '@guichet/engine'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../../tooling/postgres/fresh-database.ts'
import { postgres } from '../src/index.ts'
import { channelTo } from './faults/channel.ts'
import { manager, timeoutMs, workspace } from './processes/protocol.ts'
import { type Node, type Nodes, startNodes } from './processes/start.ts'

const writers = 8

let database: FreshDatabase
let nodes: Nodes
/** One more, in this process. */
let engine: Engine

beforeAll(async () => {
  database = await freshDatabase(inject('databaseUrl'))
  engine = await createEngine({
    storage: postgres({ url: database.url, timeoutMs }),
    channels: { plain: channelTo(async () => undefined, false) },
  })
  nodes = await startNodes(writers, database.url)
})
afterAll(async () => {
  await nodes?.close()
  await engine?.close()
  await database.drop()
})

const granted = <A>(outcome: Outcome<A>): A => {
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`)
  return outcome.value
}

const acme = () => engine.workspace(workspace)
/** One of them after the other. */
const nodeOf = (n: number): Node => nodes.all[n % writers] as Node
const everyNode = <A>(run: (node: Node, n: number) => Promise<A>): Promise<ReadonlyArray<A>> =>
  Promise.all(nodes.all.map(run))

/** A queue, the people who serve it and the account that leads to it. */
const furnish = async (id: string, agents: ReadonlyArray<string>, capacity?: number): Promise<void> => {
  const strategy = capacity === undefined ? {} : { strategy: { _tag: 'LeastBusy' as const } }
  granted(await acme().queues.put({ id, name: id, mode: 'shared', claimOnReply: true, ...strategy }))
  granted(await acme().agents.put({ id: manager, name: manager, role: 'manager', queues: [] }))
  for (const agent of agents) {
    const most = capacity === undefined ? {} : { capacity }
    granted(await acme().agents.put({ id: agent, name: agent, role: 'agent', queues: [id], ...most }))
  }
  granted(await acme().accounts.put({ id, channel: 'plain', queue: id, settings: {} }))
}

/** New customers, each with a message to another process. */
const arrive = async (account: string, count: number): Promise<ReadonlyArray<string>> => {
  const texts = Array.from({ length: count }, (_, n) => `${account} customer ${n}`)
  const ids = await everyNode((node, n) =>
    node.ask({ _tag: 'Receive', account, texts: texts.filter((_, at) => at % writers === n) }),
  )
  return ids.flat() as ReadonlyArray<string>
}

const settle = async (): Promise<void> => {
  // What one engine does may give work to another.
  for (let round = 0; round < 3; round += 1) {
    await Promise.all([engine.settle(), ...nodes.all.map((node) => node.ask({ _tag: 'Settle' }))])
  }
}

const textOf = (item: FeedItem): string | undefined => {
  if (item._tag !== 'Entry') return undefined
  const { what } = item.entry
  const [part] = what._tag === 'NoteAdded' || what._tag === 'MessageReceived' ? what.message.parts : []
  return part?._tag === 'Text' ? part.text : undefined
}

/** Follows the feed to something that was said; whoever says so comes back to it again and again after a few items. */
const follow = async (since: number, last: string, items: number = Infinity): Promise<ReadonlyArray<FeedItem>> => {
  const seen: FeedItem[] = []
  for (;;) {
    let left = items
    for await (const item of acme().feed({ since: seen.at(-1)?.position ?? since })) {
      seen.push(item)
      if (textOf(item) === last) return seen
      left -= 1
      if (left === 0) break
    }
  }
}

const rising = (numbers: ReadonlyArray<number>): boolean => numbers.every((n, at) => n > (numbers[at - 1] ?? -1))

/**
 * Keeps whoever counts something waiting, which is the last that a commit does: all else is written, and not yet there.
 * Says how many wait, for it or behind it.
 */
const holdBack = async () => {
  const client = new Client({ connectionString: database.url })
  await client.connect()
  onTestFinished(() => client.end())
  await client.query('begin')
  await client.query('select from guichet.counter for update')
  return {
    waiting: async (): Promise<number> => {
      const { rows } = await client.query<{ readonly n: number }>(
        "select count(*)::integer as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      )
      return rows[0]?.n ?? 0
    },
    letGo: () => client.query('commit'),
  }
}

describe('engines in several processes on one database', () => {
  test('G45 whoever follows the feed gets everything once, in commit order, though a commit is held up in the middle', async () => {
    await furnish('desk', [])
    const conversations = await arrive('desk', writers)
    await settle()
    const since = await acme().position()
    const last = 'that was all'
    const reading = Promise.all([follow(since, last), follow(since, last, 1), follow(since, last, 7)])
    const written: string[] = []
    for (let round = 0; round < 4; round += 1) {
      const hold = await holdBack()
      const slow = nodeOf(round).ask({ _tag: 'Receive', account: 'desk', texts: [`slow ${round}`] })
      await expect.poll(hold.waiting).toBeGreaterThan(0)
      const others = everyNode((node, n) => {
        const texts = Array.from({ length: 15 }, (_, at) => `${round} of ${n}: ${at}`)
        written.push(...texts)
        return node.ask({ _tag: 'Note', conversations, texts })
      })
      await expect.poll(hold.waiting).toBeGreaterThanOrEqual(writers)
      await hold.letGo()
      written.push(`slow ${round}`)
      expect(await slow).toHaveLength(1)
      expect((await others).flat()).not.toContain(false)
    }
    await settle()
    granted(
      await acme()
        .as(manager)
        .conversations.note(conversations[0] ?? '', { text: last }),
    )
    const [whole, ...inPieces] = await reading
    for (const seen of [whole, ...inPieces]) expect(rising(seen.map(({ position }) => position))).toBe(true)
    expect(whole.flatMap((item) => textOf(item) ?? []).toSorted()).toEqual([...written, last].toSorted())
    const entries = (items: ReadonlyArray<FeedItem>) => items.filter(({ _tag }) => _tag === 'Entry')
    const later = entries(await follow(since, last))
    for (const seen of [whole, ...inPieces]) expect(entries(seen)).toEqual(later)
    const seqs = new Map<string, number[]>()
    for (const item of later) {
      if (item._tag === 'Entry') seqs.set(item.conversation, [...(seqs.get(item.conversation) ?? []), item.entry.seq])
    }
    for (const own of seqs.values()) expect(own).toEqual(own.map((_, at) => (own[0] ?? 0) + at))
  })

  test('G22 of those who claim at once in all of them one has it', async () => {
    const agents = Array.from({ length: writers }, (_, n) => `agent ${n}`)
    await furnish('counter', agents)
    const conversations = await arrive('counter', 24)
    const won = await everyNode((node, n) => node.ask({ _tag: 'Claim', agent: agents[n] ?? '', conversations }))
    for (const at of conversations.keys()) expect(won.filter((answers) => answers[at] === true)).toHaveLength(1)
  })

  test('G23 no conversation is given twice, and nobody has more than she can take at any moment', async () => {
    const [agents, capacity] = [['eli', 'flo', 'gus'], 3]
    await furnish('line', agents, capacity)
    for (const agent of agents) granted(await acme().as(agent).presence.set('online'))
    const since = await acme().position()
    const conversations = new Set(await arrive('line', 48))
    const done = new Set<string>()
    for (;;) {
      await settle()
      const hers = await Promise.all(
        agents.map(async (agent) => {
          const { items } = await acme().as(agent).conversations.list({ tab: 'mine', limit: 200 })
          return items.map(({ id }) => id)
        }),
      )
      if (hers.flat().length === 0) break
      for (const id of hers.flat()) done.add(id)
      // Each closes what she has at several processes at once, while all of them give.
      const closed = await Promise.all(
        agents.flatMap((agent, at) =>
          (hers[at] ?? []).map((id, n) => nodeOf(at + 3 * n).ask({ _tag: 'Close', agent, conversations: [id] })),
        ),
      )
      expect(closed.flat()).not.toContain(false)
    }
    expect(done).toEqual(conversations)

    const last = 'the line is empty'
    granted(
      await acme()
        .as(manager)
        .conversations.note([...done][0] ?? '', { text: last }),
    )
    const hands = new Map(agents.map((agent) => [agent, new Set<string>()]))
    const given: string[] = []
    for (const item of await follow(since, last)) {
      if (item._tag !== 'Entry' || !conversations.has(item.conversation)) continue
      const { what, actor } = item.entry
      if (what._tag === 'Distributed') {
        given.push(item.conversation)
        hands.get(what.agent)?.add(item.conversation)
      }
      if (what._tag === 'Closed') hands.get(actor.id)?.delete(item.conversation)
      for (const hand of hands.values()) expect(hand.size).toBeLessThanOrEqual(capacity)
    }
    expect(given.toSorted()).toEqual([...conversations].toSorted())
  })
})
