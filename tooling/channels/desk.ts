import {
  type AccountInput,
  createEngine,
  type Engine,
  type EngineOptions,
  type EngineProblem,
  type Workspace,
} from '@guichet/engine'
import { manualClock, memoryStorage } from '@guichet/engine/memory'
import type { Storage } from '@guichet/engine/ports'
import { onTestFinished } from 'vitest'

/** What was said in a conversation, oldest first, as an engine has it. */
export const timelineOf = async (engine: Engine, conversation: string) => {
  const timeline = await engine.workspace('acme').as('ana').conversations.timeline(conversation)
  if (!timeline.ok) throw new Error(timeline.refusal._tag)
  return timeline.value.messages
}

/** The provider's ids of the messages that were announced, until this one was. */
export const announcedUntil = async (acme: Workspace, last: string): Promise<ReadonlyArray<string | undefined>> => {
  const ids: Array<string | undefined> = []
  for await (const item of acme.feed({ since: 0 })) {
    if (item._tag !== 'Entry' || item.entry.what._tag !== 'MessageReceived') continue
    ids.push(item.entry.what.message.externalId)
    if (ids.at(-1) === last) break
  }
  return ids
}

interface DeskOptions extends Required<Pick<EngineOptions, 'channels'>> {
  /** When it is, until a test moves the clock; epoch milliseconds. */
  readonly now: number
  /** In memory unless given. */
  readonly storage?: Storage | undefined
}

/** An engine as the host of a channel has it, with one queue and one agent, Ana. It ends with the test. */
export const openDesk = async ({ channels, now, storage = memoryStorage() }: DeskOptions) => {
  const clock = manualClock(now)
  const problems: Array<EngineProblem> = []
  const start = async (on: Storage): Promise<Engine> => {
    const started = await createEngine({
      storage: on,
      channels,
      clock,
      random: () => 0.5,
      onError: (problem) => problems.push(problem),
    })
    onTestFinished(() => started.close())
    return started
  }
  const engine = await start(storage)
  const acme = engine.workspace('acme')
  await acme.queues.put({ id: 'support', name: 'Support', mode: 'shared', claimOnReply: true })
  await acme.agents.put({ id: 'ana', name: 'Ana', role: 'agent', queues: ['support'] })
  const ana = acme.as('ana')

  const conversations = async () => (await ana.conversations.list({ tab: 'all' })).items
  const only = async (): Promise<string | undefined> => {
    const items = await conversations()
    if (items.length > 1) throw new Error(`${items.length} conversations`)
    return items[0]?.id
  }
  /** The only conversation there is. */
  const conversation = async (): Promise<string> => {
    const id = await only()
    if (id === undefined) throw new Error('no conversation')
    return id
  }
  /** What was said in it, oldest first; nothing before there is one. */
  const messages = async () => {
    const id = await only()
    return id === undefined ? [] : timelineOf(engine, id)
  }
  return {
    engine,
    clock,
    problems,
    /** Another process, on a store of its own or the same one. */
    start,
    acme,
    ana,
    put: async (account: Omit<AccountInput, 'queue'>): Promise<void> => {
      const put = await acme.accounts.put({ ...account, queue: 'support' })
      if (!put.ok) throw new Error(JSON.stringify(put.refusal))
    },
    conversations,
    conversation,
    messages,
    /** Ana answers, and it leaves as far as it can. */
    answer: async (text: string) => {
      const replied = await ana.conversations.reply(await conversation(), { text })
      await engine.settle()
      return replied
    },
    /** What has become of her last answer. */
    delivery: async () => (await messages()).findLast(({ direction }) => direction === 'out')?.delivery,
    advance: async (ms: number): Promise<void> => {
      clock.advance(ms)
      await engine.settle()
    },
  }
}
