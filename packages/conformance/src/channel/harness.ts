import type {
  Channel,
  ChannelAccount,
  Profile,
  RemoteFile,
  Signal,
  WireAnswer,
  WireRequest,
} from '@guichet/engine/ports'

/** What the cases need to know about a channel to try it. What is left out leaves out the cases that need it. */
export interface ChannelHarness<Settings = any, Wire = any> {
  /** An account with settings as the channel's schema answers them. */
  readonly account: ChannelAccount<Settings>
  /** The same settings as a host writes them, where the schema makes something else of them; those of the account if not. */
  readonly settings?: unknown
  /** An address of a contact, as the channel normalises it. */
  readonly address: string
  /** Requests as the provider makes them; each means at least one event. */
  readonly samples?: ReadonlyArray<{ readonly name: string; readonly request: WireRequest }>
  /** Signs a request as the provider does, for the account that is named. */
  readonly sign?: (request: WireRequest, account: ChannelAccount<Settings>) => WireRequest | Promise<WireRequest>
  /** What a signature is over: the body unless given. `secret`: a provider that only shows that it knows one. */
  readonly signature?: 'body' | 'secret'
  /** Another account of the same channel, with secrets of its own: what is signed for it is not for the first one. */
  readonly other?: ChannelAccount<Settings>
  /** One request in which the customer at `address` says these texts, each as a message of its own. */
  readonly batch?: (texts: ReadonlyArray<string>) => WireRequest
  /** Requests that report on one message, each step of its life once, from the first to the last. */
  readonly reports?: ReadonlyArray<WireRequest>
  /** What can be read off a wire. */
  readonly wires?: WireReading<Wire>
  /** How the provider answers, for channels that send by the `fetch` that they are given. */
  readonly provider?: ScriptedProvider
  /** How the provider asks whether this address is ours. */
  readonly handshake?: ScriptedHandshake
  /** A file that the provider holds, for channels that fetch by the `fetch` that they are given. */
  readonly file?: ScriptedFile
  /** Somebody whom the provider knows, for channels that ask by the `fetch` that they are given. */
  readonly profile?: ScriptedProfile
  /** How many inputs each generated case tries; 200 when not said. */
  readonly runs?: number
}

/** What a wire says to the customer, and how large the provider finds it. */
export interface WireReading<Wire = any> {
  /** The words as the customer reads them; undefined for a wire that has none. */
  readonly text: (wire: Wire) => string | undefined
  /** In the unit that the provider counts, of the words or of the whole wire. */
  readonly size: (wire: Wire) => number
  /** The most that the provider takes, in the same unit. */
  readonly limit: number
}

/** A request that a channel makes, as the scripted provider gets it. The path has the query with it. */
export interface ProviderRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** What a provider answers. */
export interface ProviderAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** The answers of a provider that the cases cannot know. They are served by a real server on this machine. */
export interface ScriptedProvider {
  /** To a message that it takes. */
  readonly accepts: (request: ProviderRequest) => ProviderAnswer
  /** The id that it gives to a message in that answer, where it gives one. */
  readonly externalId?: string
  /** To a signal that it takes; as to a message unless given. */
  readonly tells?: (signal: Signal) => ProviderAnswer
  /** To a message that it refuses for good; 400 and an empty object unless given. */
  readonly refuses?: ProviderAnswer
}

/** A provider's question before it sends anything, and the one answer to it. */
export interface ScriptedHandshake {
  readonly asks: WireRequest
  readonly answer: WireAnswer
  /** The same question by somebody who does not know our secret. */
  readonly forged?: WireRequest
}

/** A file that a provider holds. */
export interface ScriptedFile {
  /** As `parse` names it. With `sha256`, the channel has to notice other bytes. */
  readonly file: RemoteFile
  readonly bytes: Uint8Array
  /** Answers to what the channel asks until it has it, in as many steps as that takes; the last one has these bytes. */
  readonly serves: (request: ProviderRequest, bytes: Uint8Array) => ProviderAnswer
}

/** What a provider knows of who is at the address of the harness. */
export interface ScriptedProfile {
  /** All that the channel makes of it. */
  readonly knows: Profile
  /** Answers to what the channel asks until it knows, in as many steps as that takes. */
  readonly serves: (request: ProviderRequest) => ProviderAnswer
  /** To a question about somebody of whom it says nothing; 404 unless given. */
  readonly unknown?: ProviderAnswer
}

/** What a case gets to work with. */
export interface ChannelBench {
  readonly channel: Channel
  readonly account: ChannelAccount
  /** As a host writes them. */
  readonly settings: object
  readonly address: string
  readonly samples: ReadonlyArray<{ readonly name: string; readonly request: WireRequest }>
  readonly sign: (request: WireRequest, account?: ChannelAccount) => Promise<WireRequest>
  readonly runs: number
  /** What else the harness offers. */
  readonly given: <Name extends Exclude<Need, 'seal'>>(name: Name) => NonNullable<ChannelHarness[Name]>
}

/** What a harness may leave out; `seal` is a signature over the body. */
export type Need =
  | 'sign'
  | 'seal'
  | 'samples'
  | 'other'
  | 'batch'
  | 'reports'
  | 'wires'
  | 'provider'
  | 'handshake'
  | 'file'
  | 'profile'

export interface ChannelCase {
  readonly area: string
  readonly name: string
  readonly guarantee?: string
  readonly needs?: ReadonlyArray<Need>
  readonly body: (bench: ChannelBench) => Promise<void>
}
