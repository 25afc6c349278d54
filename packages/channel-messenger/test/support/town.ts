import { createEngine, type Engine, type EngineProblem } from '@guichet/engine'
import { manualClock, memoryStorage } from '@guichet/engine/memory'
import type { Receipt, Storage } from '@guichet/engine/ports'
import { onTestFinished } from 'vitest'
import { accountsOf, instagram, messenger } from '../../src/index.ts'
import { openCallback } from './callback.ts'
import { openGraph } from './graph.ts'
import { at, instagramAccount, instagramId, marie, page, pageSettings, requestOf, signed } from './payloads.ts'

export type Product = 'messenger' | 'instagram'

type Fields = Readonly<Record<string, unknown>>

/** Where messages of a product arrive: what stands in `entry[].id`, and what Meta calls it. */
const productAt = {
  messenger: { object: 'page', own: page, settings: pageSettings },
  instagram: { object: 'instagram', own: instagramId, settings: instagramAccount },
} as const

/** What was said in a conversation, oldest first, as an engine has it. */
export const timelineOf = async (engine: Engine, conversation: string) => {
  const timeline = await engine.workspace('acme').as('ana').conversations.timeline(conversation)
  if (!timeline.ok) throw new Error(timeline.refusal._tag)
  return timeline.value.messages
}

/**
 * A desk with one account at Meta, whose callback address is one of this machine: it is a minute after `at`, when Marie
 * wrote for the first time.
 */
export const openTown = async (product: Product, storage: Storage = memoryStorage()) => {
  const { object, own, settings } = productAt[product]
  const graph = await openGraph({
    product,
    node: page,
    token: settings.token,
    ...(product === 'instagram' ? { platform: product } : {}),
  })
  const clock = manualClock(at + 60_000)
  graph.setNow(clock.now())
  const problems: Array<EngineProblem> = []
  const start = async (on: Storage): Promise<Engine> => {
    const started = await createEngine({
      storage: on,
      channels: { messenger: messenger(), instagram: instagram() },
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
  const add = async (id: string, more: object = {}): Promise<void> => {
    const given = { ...settings, graph: graph.origin, mediaHosts: [graph.origin], ...more }
    const put = await acme.accounts.put({ id, channel: product, queue: 'support', settings: given })
    if (!put.ok) throw new Error(JSON.stringify(put.refusal))
  }
  await add('shop')
  const ana = acme.as('ana')

  const callback = await openCallback(engine)

  /** A notification as Meta writes it. */
  const bodyOf = (events: ReadonlyArray<unknown>, list = 'messaging') => ({
    object,
    entry: [{ id: own, time: clock.now(), [list]: events }],
  })

  /** Posts a body as Meta does. */
  const postTo = async (
    account: string,
    body: unknown,
    secret?: string,
  ): Promise<{ readonly status: number; readonly receipts: ReadonlyArray<Receipt> }> => {
    const request = signed(requestOf(body), secret)
    const sent = new Uint8Array(request.body)
    const answered = await fetch(`${callback}/acme/${account}`, {
      method: 'POST',
      headers: request.headers,
      body: sent,
    })
    const told = (await answered.json().catch(() => ({}))) as { readonly receipts?: ReadonlyArray<Receipt> }
    return { status: answered.status, receipts: told.receipts ?? [] }
  }

  /** Posts events in one notification; what became of each. */
  const post = async (...events: ReadonlyArray<unknown>) => (await postTo('shop', bodyOf(events))).receipts

  /** What Marie does, at the time of Meta's clock unless said. */
  const marieDoes = (what: Fields, timestamp = clock.now()): Fields => ({
    sender: { id: marie },
    recipient: { id: own },
    timestamp,
    ...what,
  })

  const conversations = async () => (await ana.conversations.list({ tab: 'all' })).items
  /** The only one there is. */
  const conversation = async (): Promise<string> => {
    const items = await conversations()
    const [only] = items
    if (only === undefined || items.length > 1) throw new Error(`${items.length} conversations`)
    return only.id
  }
  const messages = async () => timelineOf(engine, await conversation())
  return {
    product,
    own,
    graph,
    clock,
    engine,
    /** Another process, on a store of its own or the same one. */
    start,
    acme,
    ana,
    problems,
    callback,
    bodyOf,
    post,
    postTo,
    marieDoes,
    conversations,
    conversation,
    messages,
    add,
    accountsIn: (body: unknown) => accountsOf(requestOf(body)),
    /** Marie writes; it opens the window at Meta as well. */
    says: (mid: string, text: string, when = clock.now()): Fields => {
      graph.wrote(marie, when)
      return marieDoes({ message: { mid, text } }, when)
    },
    /** What was said in the name of the account, as it is echoed. */
    echo: (message: Fields): Fields => ({
      sender: { id: own },
      recipient: { id: marie },
      timestamp: clock.now(),
      message: { is_echo: true, ...message },
    }),
    /** What Marie's device tells of one message: that it has it, or on Instagram that she saw it. */
    reports: (mid: string): Fields =>
      marieDoes(product === 'messenger' ? { delivery: { mids: [mid], watermark: clock.now() } } : { read: { mid } }),
    reads: (mid: string): Fields => marieDoes({ read: product === 'messenger' ? { watermark: clock.now() } : { mid } }),
    /** Ana answers, and it leaves as far as it can. */
    answer: async (text: string) => {
      const replied = await ana.conversations.reply(await conversation(), { text })
      await engine.settle()
      return replied
    },
    delivery: async () => (await messages()).findLast(({ direction }) => direction === 'out')?.delivery,
    advance: async (ms: number) => {
      clock.advance(ms)
      graph.setNow(clock.now())
      await engine.settle()
    },
  }
}

export type Town = Awaited<ReturnType<typeof openTown>>
