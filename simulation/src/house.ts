import { type Engine, type Outcome, type Workspace, createEngine } from '@guichet/engine'
import type { Agent, Queue } from '@guichet/engine/domain'
import { memoryBlobs, memoryStorage } from '@guichet/engine/memory'
import type { Bot, Storage } from '@guichet/engine/ports'
import type { Chance } from './chance.ts'
import type { JumpingClock } from './jumping-clock.ts'
import { type Ledger, count } from './ledger.ts'
import { type Power, PowerLost, powered } from './power.ts'
import { wire } from './wire.ts'

/** The one tenant of the town. */
export const tenant = 'town'

export const agents: ReadonlyArray<Agent> = [
  { id: 'ana', name: 'Ana', role: 'agent', queues: ['desk', 'calls'], capacity: 3 },
  { id: 'ben', name: 'Ben', role: 'agent', queues: ['desk', 'calls'], capacity: 2 },
  { id: 'cleo', name: 'Cleo', role: 'agent', queues: ['calls', 'gold'], capacity: 2 },
  { id: 'dora', name: 'Dora', role: 'manager', queues: [] },
]

export const queues: ReadonlyArray<Queue> = [
  { id: 'desk', name: 'Desk', mode: 'shared', claimOnReply: true },
  {
    id: 'calls',
    name: 'Calls',
    mode: 'exclusive',
    claimOnReply: true,
    strategy: { _tag: 'RoundRobin' },
    offerMs: 60_000,
    overflow: { afterMs: 1_800_000, to: 'desk' },
    away: 'reassign',
  },
  {
    id: 'gold',
    name: 'Gold',
    mode: 'exclusive',
    claimOnReply: true,
    strategy: { _tag: 'LeastBusy' },
    sticky: 'ifAvailable',
    away: 'return',
  },
]

/** Answers, hands over, and now and then breaks: by what it reads, so that the same words lead to the same end. */
const helper: Bot = {
  name: 'helper',
  spi: 1,
  respond: async ({ messages }) => {
    // It takes its time, so that people can step in while it thinks.
    for (let turns = 0; turns < 3; turns += 1) await new Promise((resolve) => setImmediate(resolve))
    const said = messages.at(-1)?.text ?? ''
    if (said.includes('break')) throw new Error('the helper is broken')
    if (said.includes('nothing')) return []
    if (said.includes('person')) return [{ _tag: 'HandOver', reason: 'asked for' }]
    if (said.includes('bye')) return [{ _tag: 'Say', parts: [{ _tag: 'Text', text: 'Goodbye' }] }, { _tag: 'Close' }]
    return [{ _tag: 'Say', parts: [{ _tag: 'Text', text: `helper heard ${said}` }] }]
  },
}

const must = <A>(outcome: Outcome<A>): A => {
  if (!outcome.ok) throw new Error(`the town cannot be set up: ${JSON.stringify(outcome.refusal)}`)
  return outcome.value
}

const setUp = async (workspace: Workspace): Promise<void> => {
  for (const queue of queues) must(await workspace.queues.put(queue.overflow === undefined ? queue : { ...queue }))
  for (const agent of agents) must(await workspace.agents.put(agent))
  must(await workspace.accounts.put({ id: 'line', channel: 'wire', queue: 'desk' }))
  must(await workspace.accounts.put({ id: 'chat', channel: 'wire', queue: 'calls', bots: ['helper'], handover: null }))
  must(
    await workspace.routing.put([
      { id: 'gold', name: 'Gold', when: { words: ['gold'] }, to: { queue: 'gold', priority: 'high' } },
    ]),
  )
}

/** The engine of the town: it runs, it dies, it is started again, and its store outlives it. */
export interface House {
  readonly store: Storage
  readonly engine: () => Engine
  readonly workspace: () => Workspace
  readonly power: () => Power
  /** Starts it again when it has died. */
  readonly revive: () => Promise<void>
  readonly close: () => Promise<void>
  /** What went wrong that nobody expected: it must stay empty. */
  readonly complaints: ReadonlyArray<string>
}

interface Surroundings {
  readonly clock: JumpingClock
  readonly chance: Chance
  readonly ledger: Ledger
}

/** Ids that sort by when they were made, as the engine's own do. */
const countedIds = () => {
  let made = 0
  return {
    next: (): string => {
      made += 1
      return `00000000-0000-7000-8000-${made.toString(16).padStart(12, '0')}`
    },
  }
}

const isOwnDoing = (error: unknown): boolean =>
  error instanceof PowerLost || (error instanceof Error && error.cause !== undefined && isOwnDoing(error.cause))

export const build = async ({ clock, chance, ledger }: Surroundings): Promise<House> => {
  const store = memoryStorage()
  const ids = countedIds()
  const jitter = chance.apart()
  const provider = chance.apart()
  const channel = wire(ledger, provider, clock.now)
  const complaints: Array<string> = []

  const start = async (): Promise<{ readonly power: Power; readonly engine: Engine }> => {
    const power = powered(store)
    const engine = await createEngine({
      storage: power.storage,
      channels: { wire: channel },
      bots: { helper },
      blobs: memoryBlobs(),
      clock,
      ids,
      random: jitter.next,
      onError: ({ where, error }) => {
        if (isOwnDoing(error) || where === 'bot helper') return
        complaints.push(`${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
      },
    })
    return { power, engine }
  }

  let running = await start()
  await setUp(running.engine.workspace(tenant))
  return {
    store,
    complaints,
    engine: () => running.engine,
    workspace: () => running.engine.workspace(tenant),
    power: () => running.power,
    revive: async () => {
      if (running.power.isOn()) return
      count(ledger, 'crashes')
      await running.engine.close()
      running = await start()
    },
    close: () => running.engine.close(),
  }
}
