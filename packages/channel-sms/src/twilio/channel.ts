import { type PublicLink, mmsFiles } from '../channel/public-link.ts'
import { renderSms, type SmsWire, type TextLimit } from '../channel/render.ts'
import { phoneCapabilities, type SmsChannel } from '../channel/sms-channel.ts'
import { parseTwilio, twilioAccountsOf } from './inbound.ts'
import { fetchTwilio } from './media.ts'
import { sendTwilio } from './send.ts'
import { type TwilioSettings, twilioSettings } from './settings.ts'
import { twilioSigned } from './signature.ts'

/** How the channel works in this process; what differs between numbers is in `TwilioSettings`. */
export interface TwilioOptions {
  /** Where Twilio fetches files that are sent; without it only text is. */
  readonly publicLink?: PublicLink
}

/** `Body` takes 1,600 characters. */
const limit: TextLimit = { limit: 1_600, measure: 'utf16' }

/**
 * SMS and MMS by Twilio; WhatsApp and RCS as far as Twilio carries them as messages.
 *
 * @example
 * ```ts
 * import { twilio } from '@guichet/channel-sms'
 * import { createEngine } from '@guichet/engine'
 * import { memoryStorage } from '@guichet/engine/memory'
 *
 * const engine = await createEngine({ storage: memoryStorage(), channels: { 'sms-twilio': twilio() } })
 * const acme = engine.workspace('acme')
 * await acme.queues.put({ id: 'support', name: 'Support', mode: 'shared', claimOnReply: true })
 * const settings = {
 *   accountSid: 'AC00000000000000000000000000000000',
 *   authTokens: ['the token of the account'],
 *   sender: '+14155550100',
 *   publicUrl: 'https://example.com/hooks/acme/twilio',
 * }
 * const put = await acme.accounts.put({ id: 'sms', channel: 'sms-twilio', queue: 'support', settings })
 * console.log(put.ok)
 * await engine.close()
 * ```
 *
 * ```text
 * true
 * ```
 */
export const twilio = ({ publicLink }: TwilioOptions = {}): SmsChannel<TwilioSettings, SmsWire> => ({
  name: 'sms-twilio',
  spi: 1,
  capabilities: {
    ...phoneCapabilities,
    reportsByKey: true,
    // Buttons of WhatsApp: templates that were sent from elsewhere have them.
    answersElsewhere: true,
    files: mmsFiles(publicLink, { max: 10, maxBytes: 5_000_000 }),
  },
  settings: twilioSettings,
  verify: (request, { settings }) => twilioSigned(request, settings.authTokens),
  parse: (request, { settings }) => parseTwilio(request, settings),
  render: (message, account) => renderSms(message, account, limit, publicLink),
  send: (wire, { settings }, context) => sendTwilio(wire, settings, context),
  fetchFile: (file, { settings }, context) => fetchTwilio(file, settings, context),
  // Whatever stands in a message here would be sent to the customer.
  acknowledgement: { status: 200, headers: { 'content-type': 'text/xml' }, body: '<Response/>' },
  accountsOf: twilioAccountsOf,
})
