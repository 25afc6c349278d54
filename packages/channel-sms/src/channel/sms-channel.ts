import type { Channel, ChannelCapabilities, WireRequest } from '@guichet/engine/ports'

/** A channel of telephone numbers. */
export interface SmsChannel<Settings, Wire> extends Channel<Settings, Wire> {
  /**
   * Whose messages a request is about, as the provider names its side: our numbers, a messaging service. Pure, and before
   * anything is verified: it only says which account is to verify the request, where one address serves many.
   */
  readonly accountsOf: (request: WireRequest) => ReadonlyArray<string>
}

/** What all of them can do; the rest is for each provider to say. */
export const phoneCapabilities = {
  threading: 'contact',
  webhook: true,
  live: false,
  idempotentSend: false,
  html: false,
  subject: false,
  cc: false,
  addressedBy: 'phone',
  edit: false,
  delete: false,
  receipts: true,
  typing: false,
  consent: true,
  files: { max: 0, maxBytes: 0, types: [] },
} as const satisfies ChannelCapabilities
