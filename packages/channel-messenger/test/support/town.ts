import type { Receipt, Storage } from '@guichet/engine/ports'
import { openDesk } from '../../../../tooling/channels/desk.ts'
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

/**
 * A desk with one account at Meta, whose callback address is one of this machine: it is a minute after `at`, when Marie
 * wrote for the first time.
 */
export const openTown = async (product: Product, storage?: Storage) => {
  const { object, own, settings } = productAt[product]
  const graph = await openGraph({
    product,
    node: page,
    token: settings.token,
    ...(product === 'instagram' ? { platform: product } : {}),
  })
  const desk = await openDesk({
    channels: { messenger: messenger(), instagram: instagram() },
    now: at + 60_000,
    storage,
  })
  const { engine, clock } = desk
  graph.setNow(clock.now())
  const add = (id: string, more: object = {}): Promise<void> =>
    desk.put({
      id,
      channel: product,
      settings: { ...settings, graph: graph.origin, mediaHosts: [graph.origin], ...more },
    })
  await add('shop')
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

  return {
    ...desk,
    product,
    own,
    graph,
    callback,
    bodyOf,
    post,
    postTo,
    marieDoes,
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
    /** For the engine and for Meta. */
    advance: (ms: number): Promise<void> => {
      graph.setNow(clock.now() + ms)
      return desk.advance(ms)
    },
  }
}

export type Town = Awaited<ReturnType<typeof openTown>>
