import type { Channel, ChannelAccount, WireRequest } from '@guichet/engine/ports'

/** What the cases need to know about a channel to try it. */
export interface ChannelHarness<Settings = any> {
  /** An account with settings as the channel's schema answers them. */
  readonly account: ChannelAccount<Settings>
  /** The same settings as a host writes them, where the schema makes something else of them; those of the account if not. */
  readonly settings?: unknown
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
  /** As a host writes them. */
  readonly settings: object
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
