import { createEngine, type Engine, type Outcome } from '@guichet/engine'
import { scopesCalling, scopesOwned, scopesSeen, tabCounts, tabScopes, tabs } from '@guichet/engine/domain'
import { sqlite } from '@guichet/storage-sqlite'
import { inFolder } from '../folder.ts'
import { median } from '../median.ts'
import { receiveChannel, requestOf } from '../receive-channel.ts'
import type { BenchResult } from '../result.ts'
import { sqliteInbox } from './fill-sqlite.ts'
import { mix } from './mix.ts'
import { memberOf } from './pages.ts'
import { queues, workspace } from './population.ts'

const times = 2_000

/** How long the counts of all tabs take for an agent of five of twenty queues, as the engine asks the store for them. */
const speed = async (size: number): Promise<BenchResult> => {
  const store = sqlite({ file: await sqliteInbox(size) })
  const took: Array<number> = []
  for (let turn = 0; turn < times; turn += 1) {
    const { agent, visibility } = memberOf(turn)
    const began = performance.now()
    const scopes = tabScopes(
      scopesSeen(visibility, queues),
      scopesOwned(agent, queues),
      scopesCalling(agent, visibility, queues),
    )
    tabCounts(await store.counters(workspace, [...scopes.keys()]), scopes)
    took.push(performance.now() - began)
  }
  await store.close()
  return { name: 'inbox.counts.p50', value: median(took), unit: `ms (${size})`, goal: 0.1, bound: 'most' }
}

const team = [
  { id: 'ana', name: 'Ana', role: 'agent', queues: ['desk', 'calls'] },
  { id: 'ben', name: 'Ben', role: 'agent', queues: ['desk', 'gold'] },
  { id: 'cleo', name: 'Cleo', role: 'agent', queues: ['calls', 'gold'] },
  { id: 'dora', name: 'Dora', role: 'manager', queues: [] },
] as const
const desks = [
  { id: 'desk', name: 'Desk', mode: 'shared' },
  { id: 'calls', name: 'Calls', mode: 'exclusive' },
  { id: 'gold', name: 'Gold', mode: 'exclusive' },
] as const
const customers = 300
/** At once, so that they get in one another's way. */
const hands = 16

type Sessions = ReturnType<ReturnType<Engine['workspace']>['as']>['conversations']
type Act = (to: Sessions, id: string, draw: number) => Promise<Outcome<unknown>>

const one = <A>(list: ReadonlyArray<A>, draw: number): A => list[draw % list.length] as A

/** What an agent may do to a conversation; a refusal is an answer like any other. */
const acts: ReadonlyArray<Act> = [
  (to, id) => to.reply(id, { text: 'Bonjour' }),
  (to, id) => to.claim(id),
  (to, id) => to.takeOver(id),
  (to, id) => to.release(id),
  (to, id) => to.close(id),
  (to, id) => to.reopen(id),
  (to, id) => to.snooze(id),
  (to, id) => to.spam(id),
  (to, id) => to.notSpam(id),
  (to, id) => to.archive(id),
  (to, id) => to.unarchive(id),
  (to, id, draw) => to.assign(id, { agents: [one(team, draw).id] }),
  (to, id, draw) => to.invite(id, { agents: [one(team, draw).id] }),
  (to, id) => to.leave(id),
  (to, id) => to.delete(id),
  (to, id, draw) => to.transfer(id, { to: { queue: one(desks, draw).id } }),
  (to, id, draw) => to.note(id, { text: 'Look', mentions: [one(team, draw).id] }),
]

const openTown = async (file: string): Promise<Engine> => {
  const engine = await createEngine({
    storage: sqlite({ file, synchronous: 'normal' }),
    channels: { bench: receiveChannel },
  })
  const acme = engine.workspace(workspace)
  for (const desk of desks) await acme.queues.put({ ...desk, claimOnReply: true })
  for (const agent of team) await acme.agents.put(agent)
  await acme.accounts.put({ id: 'support', channel: 'bench', queue: 'desk' })
  return engine
}

/** How many tabs of all viewers count something else than the rows that they list. */
const wrongCounts = async (engine: Engine): Promise<number> => {
  let wrong = 0
  for (const { id } of team) {
    const { conversations } = engine.workspace(workspace).as(id)
    const counts = await conversations.counts()
    for (const tab of tabs) {
      let length = 0
      let after: string | null | undefined
      while (after !== null) {
        const page = await conversations.list({ tab, limit: 200, ...(after === undefined ? {} : { after }) })
        length += page.items.length
        after = page.next
      }
      if (length !== counts[tab]) wrong += 1
    }
  }
  return wrong
}

/** Counts everything again after so many random operations of customers and agents. */
const exactness = (operations: number): Promise<BenchResult> =>
  inFolder(async (path) => {
    const engine = await openTown(path('town.db'))
    const known: Array<string> = []
    let done = 0
    const hand = async (): Promise<void> => {
      while (done < operations) {
        const turn = done
        done += 1
        const draw = mix(turn, 3)
        if (mix(turn, 1) % 3 === 0 || known.length === 0) {
          const request = requestOf(`m-${turn}`, `customer${draw % customers}@example.com`, 'Bonjour', turn)
          await engine.receive(`${workspace}/support`, request)
        } else {
          const { conversations } = engine.workspace(workspace).as(one(team, draw).id)
          await one(acts, mix(turn, 2))(conversations, one(known, mix(turn, 4)), mix(turn, 5))
        }
        if (turn % 1_000 === 0) {
          const { items } = await engine.workspace(workspace).as('dora').conversations.list({ tab: 'all', limit: 200 })
          known.splice(0, known.length, ...items.map(({ id }) => id))
        }
      }
    }
    await Promise.all(Array.from({ length: hands }, hand))
    await engine.settle()
    const value = await wrongCounts(engine)
    await engine.close()
    return { name: 'inbox.counts.wrong', value, unit: `tabs (after ${operations} operations)`, goal: 0, bound: 'most' }
  })

/** The counts of tabs: how long they take among so many conversations, and whether they are right. */
export const inboxCounts = async (size: number, operations: number): Promise<ReadonlyArray<BenchResult>> => [
  await speed(size),
  await exactness(operations),
]
