import { download } from '@guichet/channel-kit'
import { type PublicLink, mmsFiles } from '../channel/public-link.ts'
import { parts, renderSms, type SmsWire } from '../channel/render.ts'
import { phoneCapabilities, type SmsChannel } from '../channel/sms-channel.ts'
import { addressOf } from '../inbound/media.ts'
import { parseTelnyx, telnyxAccountsOf } from './inbound.ts'
import { sendTelnyx } from './send.ts'
import { type TelnyxSettings, telnyxSettings } from './settings.ts'
import { telnyxSigned } from './signature.ts'

/** How the channel works in this process; what differs between numbers is in `TelnyxSettings`. */
export interface TelnyxOptions {
  /** Where Telnyx fetches files that are sent; without it only text is. */
  readonly publicLink?: PublicLink
  /** Epoch milliseconds: signatures count for five minutes. `Date.now` unless given. */
  readonly now?: () => number
}

/** Telnyx takes no text of more than ten parts. */
const limit = parts(10)

const mediaHosts = ['*.telnyx.com', '*.telnyxcloudstorage.com', 's3.amazonaws.com', '*.s3.amazonaws.com']

/**
 * SMS and MMS by Telnyx.
 *
 * @example
 * ```ts
 * import { telnyx } from '@guichet/channel-sms'
 *
 * const channel = telnyx({ publicLink: ({ blob }) => `https://files.example.com/${blob}` })
 * console.log(channel.name, channel.capabilities.files.max)
 * ```
 *
 * ```text
 * sms-telnyx 10
 * ```
 */
export const telnyx = ({ publicLink, now = Date.now }: TelnyxOptions = {}): SmsChannel<TelnyxSettings, SmsWire> => ({
  name: 'sms-telnyx',
  spi: 1,
  capabilities: {
    ...phoneCapabilities,
    reportsByKey: true,
    files: mmsFiles(publicLink, { max: 10, maxBytes: 1_000_000 }),
  },
  settings: telnyxSettings,
  verify: (request, { settings }) => telnyxSigned(request, settings.publicKeys, now()),
  parse: (request, { settings }) => parseTelnyx(request, settings),
  render: (message, account) => renderSms(message, account, limit, publicLink),
  send: (wire, { settings }, context) => sendTelnyx(wire, settings, context),
  fetchFile: (file, { settings }, { fetch, signal, maxBytes }) =>
    download(fetch, {
      url: addressOf(file),
      hosts: [...mediaHosts, ...(settings.mediaHosts ?? [])],
      mime: file.mime,
      maxBytes,
      signal,
      ...(file.sha256 === undefined ? {} : { sha256: file.sha256 }),
    }),
  accountsOf: telnyxAccountsOf,
})
