import type { AddressInfo } from 'node:net'
import type { Channel, ChannelCapabilities } from '@guichet/engine/ports'
import { ownAddresses } from './address/own.ts'
import { parseMail } from './inbound/parse.ts'
import { renderMail } from './outbound/render.ts'
import { sendMail } from './outbound/send.ts'
import { transports } from './outbound/transports.ts'
import type { EmailWire } from './outbound/wire.ts'
import { inboundServer, type ListenOptions } from './server/server.ts'
import { type EmailSettings, emailSettings } from './settings/settings.ts'

/** How the channel works in this process; what differs between mailboxes is in `EmailSettings`. */
export interface EmailOptions {
  /** Where mail is received: `127.0.0.1:2525` unless given. `false`: this process only sends. */
  readonly listen?: ListenOptions | false
}

/** The email channel, and where it listens. */
export interface EmailChannel extends Channel<EmailSettings, EmailWire> {
  readonly server: {
    /** The address and port that are open; undefined while no account is connected. */
    readonly address: () => AddressInfo | undefined
  }
}

const capabilities: Omit<ChannelCapabilities, 'live'> = {
  threading: 'thread',
  webhook: false,
  idempotentSend: false,
  html: true,
  subject: true,
  cc: true,
  replyTo: true,
  addressedBy: 'email',
  edit: false,
  delete: false,
  receipts: false,
  typing: false,
  parts: ['Form', 'Choices', 'Product', 'PaymentLink', 'CompanyDetails', 'ContactCard', 'Location', 'ProviderTemplate'],
  files: {
    max: 10,
    // With base64 a mail of this size still passes the 25 MB at which most servers stop.
    maxBytes: 15 * 1024 * 1024,
    types: [
      'image/*',
      'audio/*',
      'video/*',
      'text/plain',
      'text/csv',
      'text/calendar',
      'text/markdown',
      'application/pdf',
      'application/rtf',
      'application/msword',
      'application/vnd.ms-excel',
      'application/vnd.ms-powerpoint',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/vnd.openxmlformats-officedocument.presentationml.presentation',
      'application/vnd.oasis.opendocument.text',
      'application/vnd.oasis.opendocument.spreadsheet',
      'application/vnd.oasis.opendocument.presentation',
      'application/zip',
      'message/rfc822',
    ],
  },
}

const defaultListen: ListenOptions = { host: '127.0.0.1', port: 2525 }

/**
 * Email: mail comes in by an SMTP server of its own, and goes out by the SMTP server of each account's settings.
 * Conversations are threads, told by reply tokens, sealed Message-IDs (RFC 5322 3.6.4) and References.
 *
 * `connect` rejects when the port is taken, and the engine tries again; mail that cannot be parsed is quarantined.
 *
 * @example
 * ```ts
 * import { email } from '@guichet/channel-email'
 * import { createEngine } from '@guichet/engine'
 * import { memoryStorage } from '@guichet/engine/memory'
 *
 * const mail = email({ listen: { host: '127.0.0.1', port: 0 } }) // in production { host: '0.0.0.0', port: 25 }
 * const engine = await createEngine({ storage: memoryStorage(), channels: { email: mail } })
 * const acme = engine.workspace('acme')
 * await acme.queues.put({ id: 'support', name: 'Support', mode: 'shared', claimOnReply: true })
 * const smtp = { host: '127.0.0.1', port: 1025 } // where answers leave
 * const settings = { address: 'help@acme.test', secret: 'sixteen characters or more', smtp }
 * await acme.accounts.put({ id: 'mailbox', channel: 'email', queue: 'support', settings })
 * console.log('listening', mail.server.address() !== undefined)
 * await engine.close()
 * ```
 *
 * ```text
 * listening true
 * ```
 */
export const email = ({ listen = defaultListen }: EmailOptions = {}): EmailChannel => {
  const inbound = listen === false ? undefined : inboundServer(listen)
  const outbound = transports()
  return {
    name: 'email',
    spi: 1,
    capabilities: { ...capabilities, live: inbound !== undefined },
    settings: emailSettings,
    // Mail comes by SMTP alone; a web request proves nothing, so none is ever believed.
    verify: () => false,
    parse: parseMail,
    render: renderMail,
    send: (wire, account, context) => sendMail(outbound.of(account), wire, context),
    server: { address: () => inbound?.address() },
    ...(inbound === undefined
      ? {}
      : {
          connect: async (account, sink, { signal }) => {
            const route = {
              workspace: account.workspace,
              account: account.id,
              addresses: ownAddresses(account.settings),
              sink,
            }
            const disconnect = () => {
              inbound.leave(route)
              outbound.close(account)
            }
            if (signal.aborted) return
            await inbound.join(route)
            if (signal.aborted) disconnect()
            else signal.addEventListener('abort', disconnect, { once: true })
          },
        }),
  }
}
