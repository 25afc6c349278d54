import { createMemoryState } from '@chat-adapter/state-memory'
import { memoryStorage } from '@guichet/engine/memory'
import { requestOf } from '../receive-channel.ts'
import { openEngine } from '../receiving.ts'
import type { BenchResult } from '../result.ts'
import { openChat } from './chat.ts'

const messages = 100

/** All from one customer, as they were sent the first time and, for redelivery, as they were sent. */
const burst = (): ReadonlyArray<Request> =>
  Array.from({ length: messages }, (_, n) => requestOf(`burst-${n}`, 'customer@example.com', `Message ${n}`, n))

const unit = `of ${messages} lost`

/** How many of a burst are not in the conversation, at once and when all have been delivered again; and how many twice. */
const ours = async (): Promise<ReadonlyArray<BenchResult>> => {
  const engine = await openEngine(memoryStorage())
  const acme = engine.workspace('acme')
  await acme.agents.put({ id: 'ana', name: 'Ana', role: 'manager', queues: [] })
  const { conversations } = acme.as('ana')
  const receive = async (): Promise<number> => {
    await Promise.all(burst().map((request) => engine.receive('acme/support', request)))
    const { items } = await conversations.list({ tab: 'all' })
    const found =
      items.length === 1 && items[0] !== undefined
        ? await conversations.timeline(items[0].id, { limit: 500 })
        : undefined
    const texts = found?.ok === true ? found.value.messages.map(({ text }) => text) : []
    const once = new Set(texts)
    return messages - once.size + (texts.length - once.size)
  }
  const [lost, lostForGood] = [await receive(), await receive()]
  await engine.close()
  return [
    { name: 'burst', value: lost, unit, goal: 0, bound: 'most' },
    { name: 'burst.redelivered', value: lostForGood, unit, goal: 0, bound: 'most' },
  ]
}

/** The ways of Chat SDK: what it does by default, letting messages wait, and letting as many wait as may come. */
const strategies = {
  chat_drop: 'drop',
  chat_queue: 'queue',
  chat_long_queue: { strategy: 'queue', maxQueueSize: messages },
} as const

/** How many have not reached its handler. */
const theirs = async (name: keyof typeof strategies): Promise<ReadonlyArray<BenchResult>> => {
  const peer = await openChat(createMemoryState(), strategies[name])
  const receive = async (): Promise<number> => {
    await Promise.all(burst().map(peer.receive))
    return messages - peer.handled.size
  }
  const [lost, lostForGood] = [await receive(), await receive()]
  await peer.close()
  return [
    { name: `burst.${name}`, value: lost, unit },
    { name: `burst.${name}.redelivered`, value: lostForGood, unit },
  ]
}

/** A hundred messages at once in one conversation, then the same again, as providers do that saw no answer. */
export const burstOnOneThread = async (): Promise<ReadonlyArray<BenchResult>> => [
  ...(await ours()),
  ...(await theirs('chat_drop')),
  ...(await theirs('chat_queue')),
  ...(await theirs('chat_long_queue')),
]
