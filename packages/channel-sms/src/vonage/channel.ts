import { download } from '@guichet/channel-kit'
import { parts, renderSms, type SmsWire } from '../channel/render.ts'
import { phoneCapabilities, type SmsChannel } from '../channel/sms-channel.ts'
import { addressOf } from '../inbound/media.ts'
import { parseVonage, vonageAccountsOf } from './inbound.ts'
import { sendVonage } from './send.ts'
import { type VonageSettings, vonageSettings } from './settings.ts'
import { vonageSigned } from './signature.ts'

/** How the channel works in this process; what differs between numbers is in `VonageSettings`. */
export interface VonageOptions {
  /** Epoch milliseconds: signatures count for a day. `Date.now` unless given. */
  readonly now?: () => number
}

const limit = parts(10)

/**
 * SMS by Vonage: the Messages API, with what else it carries for the number (`whatsapp:15550100`), and the older SMS API.
 * Files come in by the Messages API and are not sent.
 *
 * @example
 * ```ts
 * import { vonage } from '@guichet/channel-sms'
 *
 * console.log(vonage().name, vonage().capabilities.reportsByKey)
 * ```
 *
 * ```text
 * sms-vonage true
 * ```
 */
export const vonage = ({ now = Date.now }: VonageOptions = {}): SmsChannel<VonageSettings, SmsWire> => ({
  name: 'sms-vonage',
  spi: 1,
  // Buttons of other channels of the application: what was sent from elsewhere has them.
  capabilities: { ...phoneCapabilities, reportsByKey: true, answersElsewhere: true },
  settings: vonageSettings,
  verify: (request, { settings }) => vonageSigned(request, settings, now()),
  parse: (request, { settings }) => parseVonage(request, settings),
  render: (message, account) => renderSms(message, account, limit),
  send: (wire, { settings }, context) => sendVonage(wire, settings, context),
  fetchFile: (file, { settings }, { fetch, signal, maxBytes }) =>
    download(fetch, {
      url: addressOf(file),
      hosts: [
        '*.nexmo.com',
        '*.vonage.com',
        ...(settings.apiUrl === undefined ? [] : [new URL(settings.apiUrl).origin]),
      ],
      mime: file.mime,
      maxBytes,
      signal,
    }),
  accountsOf: vonageAccountsOf,
})
