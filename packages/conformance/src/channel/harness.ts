import type { Channel, ChannelAccount, WireRequest } from '@guichet/engine/ports'

/** What the cases need to know about a channel to try it. */
export interface ChannelHarness<Settings = any> {
  /** An account whose settings the channel's schema accepts. */
  readonly account: ChannelAccount<Settings>
  /** An address of a contact, as the channel normalises it. */
  readonly address: string
  /** Requests as the provider makes them; each means at least one event. */
  readonly samples?: ReadonlyArray<{ readonly name: string; readonly request: WireRequest }>
  /** Signs a request as the provider does. Without it the cases about signatures are left out. */
  readonly sign?: (request: WireRequest, account: ChannelAccount<Settings>) => WireRequest | Promise<WireRequest>
  /** How many inputs each generated case tries; 200 when not said. */
  readonly runs?: number
}

/** What a case gets to work with. */
export interface ChannelBench {
  readonly channel: Channel
  readonly account: ChannelAccount
  readonly address: string
  readonly samples: ReadonlyArray<{ readonly name: string; readonly request: WireRequest }>
  readonly sign: (request: WireRequest) => Promise<WireRequest>
  readonly runs: number
}

export interface ChannelCase {
  readonly area: string
  readonly name: string
  readonly guarantee?: string
  readonly needs?: 'sign' | 'samples'
  readonly body: (bench: ChannelBench) => Promise<void>
}
