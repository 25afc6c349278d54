import type { Account, Agent, Conversation, Engine, Queue } from '@guichet/engine'
import type { Storage } from '@guichet/engine/ports'
import { type Office, granted, message, officeOf, secret } from '../office.ts'
import type { Rig } from '../rig.ts'

/** A queue of its own with people of its own, and the account `line` that leads to it. */
export interface Stage {
  readonly office: Office
  readonly people: ReadonlyArray<string>
  /** Everybody of the queue says that she is there. */
  readonly comeIn: (...people: ReadonlyArray<string>) => Promise<void>
  /** Somebody writes for the first time; the conversation. */
  readonly asks: (person: string) => Promise<string>
  /** The conversation as it is now. */
  readonly now: (id: string) => Promise<Conversation>
  readonly owner: (id: string) => Promise<string | null>
  /** Lets every engine do what is due. */
  readonly settle: () => Promise<void>
}

export interface Casting {
  readonly people?: ReadonlyArray<string>
  readonly queue?: Partial<Queue>
  readonly agent?: Partial<Agent>
  readonly account?: Partial<Pick<Account, 'policy'>>
  /** Further engines whose work is waited for. */
  readonly engines?: () => ReadonlyArray<Engine>
}

export const stage = async (rig: Rig, casting: Casting = {}): Promise<Stage> => {
  const office = await rig.office()
  const { workspace } = office
  const { people = ['eli', 'flo', 'gus'], engines = () => [rig.engine()] } = casting
  granted(
    await workspace.queues.put({
      id: 'line',
      name: 'Line',
      mode: 'shared',
      claimOnReply: true,
      strategy: { _tag: 'RoundRobin' },
      ...casting.queue,
    }),
  )
  for (const id of people) {
    granted(await workspace.agents.put({ id, name: id, role: 'agent', queues: ['line'], ...casting.agent }))
  }
  granted(
    await workspace.accounts.put({
      id: 'line',
      channel: 'chat',
      queue: 'line',
      settings: { secret },
      ...casting.account,
    }),
  )
  const now = async (id: string): Promise<Conversation> => granted(await office.as('mia').get(id)).state
  return {
    office,
    people,
    now,
    comeIn: async (...who) => {
      for (const id of who.length === 0 ? people : who) granted(await workspace.as(id).presence.set('online'))
    },
    asks: (person) => office.arrives('line', message(person, 'hello')),
    owner: async (id) => (await now(id)).owner,
    settle: async () => {
      // What one engine does may give work to another.
      for (let rounds = 0; rounds < 3; rounds += 1) await Promise.all(engines().map((engine) => engine.settle()))
    },
  }
}

/** The same stage as somebody sees it through another engine. */
export const throughEngine = ({ office }: Stage, engine: Engine): Office => officeOf(engine, office.id)

/** A store that lets others in between what is read and what is then written, as one across a network does. */
export const acrossNetwork = (storage: Storage): Storage => ({
  ...storage,
  load: async (request) => {
    const snapshot = await storage.load(request)
    await new Promise((resolve) => setTimeout(resolve, 0))
    return snapshot
  },
})
