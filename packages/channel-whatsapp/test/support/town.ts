import type { Receipt, Storage } from '@guichet/engine/ports'
import { openDesk } from '../../../../tooling/channels/desk.ts'
import { whatsApp, type WhatsAppSettings } from '../../src/index.ts'
import { accountWith, businessId } from './account.ts'
import { openGraph } from './graph-server.ts'
import { envelope, signed, requestWith } from './webhook.ts'

/** When the tests begin: a minute after the first message of Zoe was written. */
const morning = 1_749_416_443_000

/** A desk with one number, and Meta beside it. */
export const openTown = async (storage?: Storage) => {
  const graph = await openGraph()
  const desk = await openDesk({ channels: { whatsapp: whatsApp() }, now: morning, storage })
  /** Another account, with another number. */
  const add = (id: string, own: Partial<WhatsAppSettings>): Promise<void> => {
    const { settings } = accountWith({ graphOrigin: graph.origin, businessAccountId: businessId, ...own })
    return desk.put({ id, channel: 'whatsapp', settings })
  }
  await add('mobile', {})
  const postTo = async (account: string, ...changes: ReadonlyArray<object>): Promise<ReadonlyArray<Receipt>> => {
    const { url, headers, body } = signed(requestWith(envelope(...changes)))
    const request = new Request(url, { method: 'POST', headers, body: new Uint8Array(body) })
    const answer = await desk.engine.receive(`acme/${account}`, request)
    if (!answer.ok) throw new Error(`answered with ${answer.status}`)
    return ((await answer.json()) as { readonly receipts: ReadonlyArray<Receipt> }).receipts
  }
  return {
    ...desk,
    graph,
    add,
    postTo,
    /** Meta posts changes in one webhook; what the engine answers. */
    post: (...changes: ReadonlyArray<object>) => postTo('mobile', ...changes),
  }
}

export type Town = Awaited<ReturnType<typeof openTown>>
