import { type Channel, type ChannelCapabilities, defineChannel } from '@guichet/engine/ports'

/** What the least of channels can do: requests come in, and texts go out. */
export const plainCapabilities: ChannelCapabilities = {
  threading: 'contact',
  webhook: true,
  live: false,
  idempotentSend: false,
  html: false,
  subject: false,
  cc: false,
  edit: false,
  delete: false,
  receipts: false,
  typing: false,
  files: { max: 0, maxBytes: 0, types: [] },
}

/** Settings that may be anything. */
export const anySettings = {
  '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value }) },
} as const

type Own = Partial<Omit<Channel<unknown, string>, 'capabilities'>> & {
  readonly name: string
  readonly capabilities?: Partial<ChannelCapabilities>
}

/**
 * A channel to which nothing comes in and whose sends are all accepted, as texts: what a test is about it says itself.
 */
export const plainChannel = ({ capabilities, ...own }: Own): Channel<unknown, string> =>
  defineChannel<unknown, string>({
    spi: 1,
    capabilities: { ...plainCapabilities, ...capabilities },
    settings: anySettings,
    verify: () => true,
    parse: () => [],
    render: ({ parts }) => ({
      _tag: 'Rendered',
      wires: parts.map((part) => (part._tag === 'Text' ? part.text : part._tag)),
    }),
    send: () => ({ _tag: 'Accepted' }),
    ...own,
  })
