import { plainOf } from '@guichet/engine/domain'
import type { FetchOutcome, ProfileOutcome, RichPart, Signal } from '@guichet/engine/ports'

/** A piece of a message as it is handed to the provider. */
export interface LoopbackWire {
  readonly to: string
  readonly text: string
  /** The name of a file, when the piece is one. */
  readonly file?: string
  /** What is shown as more than words. */
  readonly part?: RichPart
  /** What the customer's device is to show beside messages. */
  readonly signal?: Signal
  /** Leads an answer back to the conversation. */
  readonly token: string
  /** The id that the channel gave to the message itself. */
  readonly ownId?: string
}

/** How the provider behaves towards one handing over. */
export type Behaviour =
  | 'accept'
  /** The customer has it, and the answer never says an id. */
  | 'acceptWithoutId'
  /** The customer has it, and the answer is lost. */
  | 'acceptThenThrow'
  /** The customer has it, and the answer comes when it is released. */
  | 'acceptThenHang'
  /** Nothing happens until it is released; then it is accepted. */
  | 'hang'
  /** Nothing was handed over, and the caller cannot know. */
  | 'throw'
  | 'retry'
  | 'reject'
  /** The time for an answer is over, whatever the caller believes. */
  | 'rejectAsLate'
  /** The customer does not want it. */
  | 'rejectAsOptedOut'
  /** Nothing of this account is taken: the caller is not known any more. */
  | 'rejectAsStranger'
  /** Nothing of this account is taken for a minute. */
  | 'retryAll'

/**
 * What asking for a file comes to; `hang`: nothing is answered until it is released, and then what is
 * held by then.
 */
export type Holding = FetchOutcome | 'hang' | 'throw'

/** One handing over, as the provider saw it. */
export interface Attempt extends LoopbackWire {
  readonly account: string
  readonly behaviour: Behaviour
  /** Undefined when the channel sends none. */
  readonly key: string | undefined
  /** The provider's id, when it took the message. */
  readonly externalId: string | undefined
}

export type Answer =
  | { readonly _tag: 'Accepted'; readonly externalId: string }
  | { readonly _tag: 'Retry'; readonly afterMs?: number; readonly scope?: 'account' }
  | { readonly _tag: 'Rejected'; readonly because?: 'window' | 'optedOut' | 'auth' }

/** The provider behind the loopback channel: what it was handed, and what its customers have, outside the engine. */
export interface LoopbackProvider {
  /** Every handing over, in order. */
  readonly attempts: () => ReadonlyArray<Attempt>
  /** What a customer has received, in order; a repeat under a known key is not received again. */
  readonly inbox: (to: string) => ReadonlyArray<string>
  /** What a customer's device was told to show beside messages, in order. */
  readonly told: (to: string) => ReadonlyArray<Signal>
  /** What asking who is behind an address comes to from now on; nobody is known of whom nothing was said. */
  readonly introduce: (address: string, outcome: ProfileOutcome | 'throw') => void
  /** How often it was asked who is behind an address. */
  readonly asks: (address: string) => number
  readonly profile: (address: string) => ProfileOutcome
  /** How the next sends to an address go; `accept` when nothing is said. */
  readonly script: (to: string, ...behaviours: ReadonlyArray<Behaviour>) => void
  /** The id that the next accepted message will have. */
  readonly nextId: () => string
  /** Lets go of everything that hangs. */
  readonly release: () => void
  /** What asking for this file comes to from now on; one that nothing was said of is not there. */
  readonly hold: (media: string, holding: Holding) => void
  /** How often a file was asked for. */
  readonly asked: (media: string) => number
  readonly fetch: (media: string, signal: AbortSignal) => Promise<FetchOutcome>
  /** Resolves when something is so; asked again after each handing over, and each time a file is asked for. */
  readonly until: (holds: () => boolean) => Promise<void>
  readonly send: (
    account: string,
    wire: LoopbackWire,
    context: { readonly key: string | undefined; readonly signal: AbortSignal },
  ) => Promise<Answer>
}

export const loopbackProvider = (): LoopbackProvider => {
  const attempts: Array<Attempt> = []
  const inboxes = new Map<string, Array<string>>()
  const scripts = new Map<string, Array<Behaviour>>()
  const accepted = new Map<string, string>()
  const held = new Map<string, Holding>()
  const asked = new Map<string, number>()
  const told = new Map<string, Array<Signal>>()
  const introduced = new Map<string, ProfileOutcome | 'throw'>()
  const asks = new Map<string, number>()
  let hanging: Array<() => void> = []
  let waiting: ReadonlyArray<() => boolean> = []
  let ids = 0

  const changed = (): void => {
    waiting = waiting.filter((look) => !look())
  }
  const hang = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      hanging.push(resolve)
      signal.addEventListener('abort', () => reject(new Error('the caller hung up')), { once: true })
    })
  /** Into the customer's hands; a key that is known changes nothing and answers as before. */
  const take = (account: string, wire: LoopbackWire, key: string | undefined): string => {
    const at = key === undefined ? undefined : `${account} ${key}`
    const before = at === undefined ? undefined : accepted.get(at)
    if (before !== undefined) return before
    ids += 1
    const id = wire.ownId ?? `out-${ids}`
    if (at !== undefined) accepted.set(at, id)
    if (wire.signal !== undefined) {
      told.set(wire.to, [...(told.get(wire.to) ?? []), wire.signal])
      return id
    }
    inboxes.set(wire.to, [
      ...(inboxes.get(wire.to) ?? []),
      wire.file ?? (wire.part === undefined ? wire.text : plainOf(wire.part)),
    ])
    return id
  }

  return {
    attempts: () => [...attempts],
    inbox: (to) => inboxes.get(to) ?? [],
    told: (to) => told.get(to) ?? [],
    introduce: (address, outcome) => void introduced.set(address, outcome),
    asks: (address) => asks.get(address) ?? 0,
    profile: (address) => {
      asks.set(address, (asks.get(address) ?? 0) + 1)
      const outcome = introduced.get(address) ?? { _tag: 'Unknown' }
      changed()
      if (outcome === 'throw') throw new Error('the connection broke')
      return outcome
    },
    script: (to, ...behaviours) => void scripts.set(to, [...(scripts.get(to) ?? []), ...behaviours]),
    hold: (media, holding) => void held.set(media, holding),
    asked: (media) => asked.get(media) ?? 0,
    fetch: async (media, signal) => {
      const holding = held.get(media) ?? { _tag: 'Gone', reason: 'there is no such file' }
      asked.set(media, (asked.get(media) ?? 0) + 1)
      changed()
      if (holding === 'throw') throw new Error('the connection broke')
      if (holding !== 'hang') return holding
      await hang(signal)
      const now = held.get(media)
      return typeof now === 'object' ? now : { _tag: 'Retry', reason: 'released' }
    },
    nextId: () => `out-${ids + 1}`,
    release: () => {
      const released = hanging
      hanging = []
      for (const go of released) go()
    },
    until: (holds) =>
      new Promise((resolve) => {
        const look = (): boolean => {
          if (!holds()) return false
          resolve()
          return true
        }
        if (!look()) waiting = [...waiting, look]
      }),
    send: async (account, wire, { key, signal }) => {
      const behaviour = scripts.get(wire.to)?.shift() ?? 'accept'
      const takes = behaviour.startsWith('accept')
      const externalId = takes ? take(account, wire, key) : undefined
      attempts.push({ ...wire, account, behaviour, key, externalId })
      changed()
      switch (behaviour) {
        case 'accept':
          return { _tag: 'Accepted', externalId: externalId ?? '' }
        case 'acceptWithoutId':
          return { _tag: 'Accepted', externalId: '' }
        case 'acceptThenThrow':
        case 'throw':
          throw new Error('the connection broke')
        case 'acceptThenHang':
          await hang(signal)
          return { _tag: 'Accepted', externalId: externalId ?? '' }
        case 'hang': {
          await hang(signal)
          const late = take(account, wire, key)
          changed()
          return { _tag: 'Accepted', externalId: late }
        }
        case 'retry':
          return { _tag: 'Retry' }
        case 'reject':
          return { _tag: 'Rejected' }
        case 'rejectAsLate':
          return { _tag: 'Rejected', because: 'window' }
        case 'rejectAsStranger':
          return { _tag: 'Rejected', because: 'auth' }
        case 'retryAll':
          return { _tag: 'Retry', afterMs: 60_000, scope: 'account' }
        case 'rejectAsOptedOut':
          return { _tag: 'Rejected', because: 'optedOut' }
      }
    },
  }
}
