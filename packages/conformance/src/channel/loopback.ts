import { type Channel, type ServiceWindow, type StandardSchema, defineChannel } from '@guichet/engine/ports'
import { isSigned, parseBody, signatureHeader, tokenOf } from './loopback-protocol.ts'
import type { LoopbackProvider, LoopbackWire } from './loopback-provider.ts'

/** What an account of the loopback channel is set up with. */
export interface LoopbackSettings {
  /** Signs what the provider sends, and the tokens of our messages. */
  readonly secret: string
}

export interface LoopbackOptions {
  /** The name that accounts refer to. */
  readonly name: string
  readonly provider: LoopbackProvider
  /** `thread`: like email, by evidence, and messages have an id of their own before they leave. */
  readonly threading: 'contact' | 'thread'
  /** Whether the provider is told the key under which it may recognise a repeated send. */
  readonly idempotentSend: boolean
  /** A telephone: answers only for a time, approved templates at any, and customers who can opt out. */
  readonly window?: ServiceWindow
  /** Shows customers what happens beside messages, and says who they are. */
  readonly shows?: true
}

const settings: StandardSchema<LoopbackSettings> = {
  '~standard': {
    version: 1,
    vendor: 'guichet',
    validate: (value) => {
      const secret = typeof value === 'object' && value !== null && 'secret' in value ? value.secret : undefined
      return typeof secret === 'string' && secret !== ''
        ? { value: { secret } }
        : { issues: [{ message: 'secret: a text that is not empty' }] }
    },
  },
}

/**
 * A channel for tests, whole but for the network: signed webhooks in, and out to a provider in memory whose outcomes
 * can be scripted and whose ledger says what customers really got.
 */
export const loopback = (options: LoopbackOptions): Channel<LoopbackSettings, LoopbackWire> => {
  const { name, provider, threading, idempotentSend, window, shows } = options
  const threads = threading === 'thread'
  return defineChannel<LoopbackSettings, LoopbackWire>({
    name,
    spi: 1,
    capabilities: {
      threading,
      idempotentSend,
      webhook: true,
      live: false,
      html: false,
      subject: threads,
      cc: threads,
      edit: true,
      delete: true,
      receipts: true,
      typing: false,
      reactions: true,
      maxTextLength: 4096,
      parts: [
        'Choices',
        'Chosen',
        'FormAnswer',
        'Location',
        ...(window === undefined ? [] : ['ProviderTemplate' as const]),
      ],
      ...(window === undefined ? {} : { window, consent: true, reportsByKey: true, addressedBy: 'phone' as const }),
      ...(shows === undefined ? {} : { signals: ['Read', 'Typing', 'Reaction', 'Control'] as const, profiles: true }),
      files: { max: 3, maxBytes: 1_000_000, types: ['image/*', 'text/plain', 'application/pdf'] },
    },
    settings,
    verify: (request, account) => isSigned(account.settings.secret, request.body, request.headers[signatureHeader]),
    parse: (request, account) => parseBody(request.body, account.settings.secret),
    render: (message, account) => {
      const { to, parts, conversation, seq } = message
      const token = tokenOf(account.settings.secret, conversation)
      const ownId = threads ? `${conversation}.${seq}` : undefined
      const wires = parts.flatMap((part): ReadonlyArray<LoopbackWire> => {
        const common = { to, token, ...(ownId === undefined ? {} : { ownId }) }
        if (part._tag === 'Text') return [{ ...common, text: part.text }]
        if (part._tag === 'File') return [{ ...common, text: '', file: part.file.name }]
        return part._tag === 'Html' ? [] : [{ ...common, text: '', part }]
      })
      return { _tag: 'Rendered', wires, ...(ownId === undefined ? {} : { externalIds: [ownId] }) }
    },
    ...(shows === undefined
      ? {}
      : {
          signal: (signal) => ({ _tag: 'Rendered', wires: [{ to: signal.to, text: '', token: '', signal }] }),
          profile: (address) => provider.profile(address),
        }),
    fetchFile: ({ remote }, _, { signal }) => {
      const id = typeof remote === 'object' && remote !== null && 'id' in remote ? remote.id : undefined
      return provider.fetch(String(id), signal)
    },
    send: async (wire, account, { idempotencyKey, signal }) => {
      const key = idempotentSend ? idempotencyKey : undefined
      const answer = await provider.send(`${account.workspace}/${account.id}`, wire, { key, signal })
      switch (answer._tag) {
        case 'Accepted':
          return answer
        case 'Retry':
          return { ...answer, reason: 'busy' }
        case 'Rejected':
          return { ...answer, code: 'rejected', reason: 'this cannot be delivered' }
      }
    },
  })
}
