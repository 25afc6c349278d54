import type { ChannelAccount, FileRef, OutboundMessage, SendContext, SendOutcome } from '@guichet/engine/ports'
import { onTestFinished } from 'vitest'
import { email, type EmailSettings, type EmailWire } from '../../src/index.ts'
import { conversation } from './account.ts'
import { recordingSink } from './sink.ts'

export const reply = (over: Partial<OutboundMessage> = {}): OutboundMessage => ({
  workspace: 'acme',
  conversation,
  seq: 2,
  to: 'marie@example.com',
  toName: 'Marie',
  cc: [],
  subject: 'Hello',
  authorName: 'Ana',
  parts: [{ _tag: 'Text', text: 'Bonjour !' }],
  sentAt: Date.UTC(2026, 10, 21, 12),
  ...over,
})

const channel = email({ listen: false })

/** The one mail of a message that can be written. */
export const wireOf = async (message: OutboundMessage, account: ChannelAccount<EmailSettings>): Promise<EmailWire> => {
  const rendered = await channel.render(message, account)
  if (rendered._tag !== 'Rendered') throw new Error(`unsupported: ${rendered.feature}`)
  const [wire] = rendered.wires
  if (wire === undefined) throw new Error('nothing was rendered')
  return wire
}

const context = (over: Partial<SendContext> = {}): SendContext => ({
  idempotencyKey: 'k',
  signal: new AbortController().signal,
  fetch: () => Promise.reject(new Error('mail needs no web')),
  blob: async (file: FileRef) => Buffer.from(`bytes of ${file.blob}`),
  ...over,
})

/** Sends on connections of its own, which end with the test. */
export const sendFrom = (account: ChannelAccount<EmailSettings>) => {
  const sending = email({ listen: { host: '127.0.0.1', port: 0 } })
  const abort = new AbortController()
  onTestFinished(() => abort.abort())
  const connected = sending.connect?.(account, recordingSink().sink, { signal: abort.signal, now: () => 0 })
  return async (wire: EmailWire, over: Partial<SendContext> = {}): Promise<SendOutcome> => {
    await connected
    return sending.send(wire, account, context(over))
  }
}
