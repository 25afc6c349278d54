import { type Engine, type EngineProblem, createEngine } from '@guichet/engine'
import { type ManualClock, manualClock, memoryStorage } from '@guichet/engine/memory'
import type { Receipt, Storage } from '@guichet/engine/ports'
import { onTestFinished } from 'vitest'
import { whatsApp, type WhatsAppSettings } from '../../src/index.ts'
import { accountWith, businessId } from './account.ts'
import { type GraphServer, openGraph } from './graph-server.ts'
import { envelope, signed, requestWith } from './webhook.ts'

/** When the tests begin: a minute after the first message of Zoe was written. */
const morning = 1_749_416_443_000

/** An engine with one number, and Meta beside it. */
export interface Town {
  readonly graph: GraphServer
  readonly engine: Engine
  readonly clock: ManualClock
  readonly problems: ReadonlyArray<EngineProblem>
  readonly acme: ReturnType<Engine['workspace']>
  readonly ana: ReturnType<ReturnType<Engine['workspace']>['as']>
  /** Meta posts changes in one webhook; what the engine answers. */
  readonly post: (...changes: ReadonlyArray<object>) => Promise<ReadonlyArray<Receipt>>
  /** The only conversation there is. */
  readonly conversation: () => Promise<string>
  /** What was said in it, oldest first. */
  readonly messages: () => Promise<ReadonlyArray<Awaited<ReturnType<typeof timelineOf>>[number]>>
  /** A second account, with another number. */
  readonly add: (id: string, settings: Partial<WhatsAppSettings>) => Promise<void>
  readonly postTo: (account: string, ...changes: ReadonlyArray<object>) => Promise<ReadonlyArray<Receipt>>
}

const timelineOf = async (ana: Town['ana'], id: string) => {
  const timeline = await ana.conversations.timeline(id)
  if (!timeline.ok) throw new Error(timeline.refusal._tag)
  return timeline.value.messages
}

export const openTown = async (storage: Storage = memoryStorage()): Promise<Town> => {
  const graph = await openGraph()
  const clock = manualClock(morning)
  const problems: Array<EngineProblem> = []
  const engine = await createEngine({
    storage,
    channels: { whatsapp: whatsApp() },
    clock,
    random: () => 0.5,
    onError: (problem) => problems.push(problem),
  })
  onTestFinished(() => engine.close())
  const acme = engine.workspace('acme')
  await acme.queues.put({ id: 'support', name: 'Support', mode: 'shared', claimOnReply: true })
  await acme.agents.put({ id: 'ana', name: 'Ana', role: 'agent', queues: ['support'] })
  const add = async (id: string, own: Partial<WhatsAppSettings>): Promise<void> => {
    const { settings } = accountWith({ graphOrigin: graph.origin, businessAccountId: businessId, ...own })
    const put = await acme.accounts.put({ id, channel: 'whatsapp', queue: 'support', settings })
    if (!put.ok) throw new Error(JSON.stringify(put.refusal))
  }
  await add('mobile', {})
  const ana = acme.as('ana')
  const postTo = async (account: string, ...changes: ReadonlyArray<object>): Promise<ReadonlyArray<Receipt>> => {
    const { url, headers, body } = signed(requestWith(envelope(...changes)))
    const request = new Request(url, { method: 'POST', headers, body: new Uint8Array(body) })
    const answer = await engine.receive(`acme/${account}`, request)
    if (!answer.ok) throw new Error(`answered with ${answer.status}`)
    return ((await answer.json()) as { readonly receipts: ReadonlyArray<Receipt> }).receipts
  }
  const conversation = async (): Promise<string> => {
    const { items } = await ana.conversations.list({ tab: 'all' })
    const [only] = items
    if (only === undefined || items.length > 1) throw new Error(`${items.length} conversations`)
    return only.id
  }
  return {
    graph,
    engine,
    clock,
    problems,
    acme,
    ana,
    add,
    postTo,
    post: (...changes) => postTo('mobile', ...changes),
    conversation,
    messages: async () => timelineOf(ana, await conversation()),
  }
}
