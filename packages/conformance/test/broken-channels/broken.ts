import type { Channel, FetchOutcome, InboundEvent, ProfileOutcome, SendOutcome, Signal } from '@guichet/engine/ports'
import { pager, type PagerSettings, type PagerWire } from '../pager.ts'

export type Pager = Channel<PagerSettings, PagerWire>

/** What is planted, and the case that has to notice. */
export type Planted = readonly [what: string, channel: Pager, caught: string]

export const capable = (over: Partial<Pager['capabilities']>): Pager => ({
  ...pager,
  capabilities: { ...pager.capabilities, ...over },
})

export const validating = (validate: Pager['settings']['~standard']['validate']): Pager => ({
  ...pager,
  settings: { '~standard': { ...pager.settings['~standard'], validate } },
})

/** What its `parse` answers is passed through something before anybody sees it. */
export const retold = (change: (events: ReadonlyArray<InboundEvent>) => ReadonlyArray<InboundEvent>): Pager => ({
  ...pager,
  parse: async (request, account) => change(await pager.parse(request, account)),
})

export const reporting = (statusOf: (status: string) => 'sent' | 'delivered' | 'read'): Pager =>
  retold((events) =>
    events.map((event) => (event._tag === 'DeliveryReported' ? { ...event, status: statusOf(event.status) } : event)),
  )

export const cut = (pieces: (text: string) => ReadonlyArray<string>): Pager => ({
  ...pager,
  render: async (message, account) => {
    const rendered = await pager.render(message, account)
    if (rendered._tag === 'Unsupported') return rendered
    const text = rendered.wires.map((wire) => wire.text).join('')
    return { _tag: 'Rendered', wires: pieces(text).map((piece) => ({ to: message.to, text: piece })) }
  },
})

export const every = (size: number, text: string): ReadonlyArray<string> =>
  Array.from({ length: Math.max(1, Math.ceil(text.length / size)) }, (_, n) => text.slice(n * size, (n + 1) * size))

/** What it answers when the provider has answered so. */
export const sending = (change: (outcome: SendOutcome, wire: PagerWire) => SendOutcome): Pager => ({
  ...pager,
  send: async (wire, account, context) => change(await pager.send(wire, account, context), wire),
})

export const insteadOf = (tag: SendOutcome['_tag'], other: SendOutcome): Pager =>
  sending((outcome) => (outcome._tag === tag ? other : outcome))

/** What it makes of what its `fetch` does. */
export const throughFetch = (change: (fetch: typeof globalThis.fetch) => typeof globalThis.fetch): Pager => ({
  ...pager,
  send: (wire, account, context) => pager.send(wire, account, { ...context, fetch: change(context.fetch) }),
})

export const caughtAs = (other: SendOutcome): Pager => ({
  ...pager,
  send: async (wire, account, context) => {
    try {
      return await pager.send(wire, account, context)
    } catch {
      return other
    }
  },
})

export const fetching = (change: (outcome: FetchOutcome) => FetchOutcome): Pager => ({
  ...pager,
  fetchFile: async (file, account, context) => {
    if (pager.fetchFile === undefined) throw new Error('it fetches files')
    return change(await pager.fetchFile(file, account, context))
  },
})

export const accepted = { _tag: 'Accepted', externalId: 'out-1' } as const

/** What its provider hears of a signal is what this makes of it. */
export const telling = (change: (signal: Signal) => unknown): Pager => ({
  ...pager,
  signal: (signal) => ({
    _tag: 'Rendered',
    wires: [{ to: signal.to, text: '', signal: JSON.stringify(change(signal)) }],
  }),
})

/** What it answers when its provider has said so, or has not. */
export const profiling = (change: (outcome: ProfileOutcome) => ProfileOutcome): Pager => ({
  ...pager,
  profile: async (address, account, context) => {
    if (pager.profile === undefined) throw new Error('it asks for profiles')
    return change(await pager.profile(address, account, context))
  },
})
