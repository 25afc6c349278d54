import { createEngine, type Engine } from '@guichet/engine'
import { manualClock, memoryStorage } from '@guichet/engine/memory'
import type { Storage, WireRequest } from '@guichet/engine/ports'
import { expect, onTestFinished } from 'vitest'
import { now, type Provider } from './provider.ts'
import { openServer } from './server.ts'

/** As a host hands it to the engine. */
export const asRequest = ({ method, url, headers, body }: WireRequest): Request =>
  new Request(url, { method, headers, ...(method === 'GET' ? {} : { body: Buffer.from(body) }) })

/** What was said in a conversation, oldest first, as an engine has it. */
export const timelineOf = async (engine: Engine, conversation: string) => {
  const timeline = await engine.workspace('acme').as('ana').conversations.timeline(conversation)
  return timeline.ok ? timeline.value.messages : []
}

/** A provider's server, an engine on a memory store, and an account of the one with the other. It is `now`. */
export const town = async (
  provider: Provider,
  channel = provider.channel,
  { storage = memoryStorage() }: { readonly storage?: Storage } = {},
) => {
  const server = await openServer(provider.handle)
  const problems: Array<unknown> = []
  const clock = manualClock(now)
  const start = async (on: Storage): Promise<Engine> => {
    const started = await createEngine({
      storage: on,
      channels: { [channel.name]: channel },
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
  const settings = provider.settings(server.origin)
  const add = async (id: string, more: object = {}): Promise<void> => {
    const given = { id, channel: channel.name, queue: 'support', settings: { ...settings, ...more } }
    expect(await acme.accounts.put(given)).toMatchObject({ ok: true })
  }
  await add('sms')
  const ana = acme.as('ana')
  const receive = (request: WireRequest, account = 'sms') =>
    engine.receive(`acme/${account}`, asRequest(provider.sign(request)))
  const conversations = async () => (await ana.conversations.list({ tab: 'all' })).items
  const messages = async () => {
    const [conversation] = await conversations()
    return timelineOf(engine, conversation?.id ?? '')
  }
  /** Ana answers in the only conversation there is. */
  const answer = async (text: string) => {
    const [conversation] = await conversations()
    const sent = await ana.conversations.reply(conversation?.id ?? '', { text })
    await engine.settle()
    return sent
  }
  const delivery = async () => (await messages()).findLast(({ direction }) => direction === 'out')?.delivery
  const advance = async (ms: number): Promise<void> => {
    clock.advance(ms)
    await engine.settle()
  }
  return {
    server,
    engine,
    start,
    acme,
    ana,
    settings,
    problems,
    clock,
    add,
    receive,
    conversations,
    messages,
    answer,
    delivery,
    advance,
  }
}

/** An account as `verify`, `parse` and `send` get it. */
export const accountOf = async (provider: Provider, origin: string) => {
  const read = await provider.channel.settings['~standard'].validate(provider.settings(origin))
  expect(read.issues).toBeUndefined()
  return { workspace: 'acme', id: 'sms', name: 'SMS', settings: read.issues === undefined ? read.value : undefined }
}
