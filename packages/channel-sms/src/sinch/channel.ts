import { download, exchange, idAt, textAt } from '@guichet/channel-kit'
import type { SendContext, SendOutcome } from '@guichet/engine/ports'
import { carriedBy } from '../channel/carried.ts'
import { parts, renderSms, type SmsWire } from '../channel/render.ts'
import { phoneCapabilities, type SmsChannel } from '../channel/sms-channel.ts'
import { addressOf } from '../inbound/media.ts'
import { type Answers, outcomeOf } from '../send/outcome.ts'
import { withOptOuts } from '../send/verdict.ts'
import { sinchErrors } from './errors.ts'
import { parseSinch, sinchAccountsOf } from './inbound.ts'
import { type SinchSettings, sinchSettings } from './settings.ts'
import { sinchSigned } from './signature.ts'

/** How the channel works in this process; what differs between numbers is in `SinchSettings`. */
export interface SinchOptions {
  /** Epoch milliseconds: signatures count for a day. `Date.now` unless given. */
  readonly now?: () => number
}

const limit = parts(10)

const answersFor = ({ optOutCodes }: SinchSettings): Answers => ({
  idOf: (json) => idAt(json, 'message_id'),
  refusalOf: (json) => {
    const code = textAt(json, 'error', 'status')
    return code === undefined ? undefined : { code, reason: textAt(json, 'error', 'message') ?? code }
  },
  verdicts: withOptOuts(sinchErrors, optOutCodes),
})

/** Sends one message: `POST /v1/projects/{project_id}/messages:send`. */
const send = async (
  { to, text }: SmsWire,
  settings: SinchSettings,
  { idempotencyKey, signal, fetch }: SendContext,
): Promise<SendOutcome> => {
  const { projectId, appId, keyId, keySecret, sender, region = 'us' } = settings
  const { channel, identity } = carriedBy(to)
  const json = {
    app_id: appId,
    recipient: { identified_by: { channel_identities: [{ channel: channel.toUpperCase(), identity }] } },
    message: { text_message: { text } },
    message_metadata: idempotencyKey,
    ...(channel === 'sms' ? { channel_properties: { SMS_SENDER: sender } } : {}),
  }
  const headers = { authorization: `Basic ${Buffer.from(`${keyId}:${keySecret}`).toString('base64')}` }
  const api = (settings.apiUrl ?? `https://${region}.conversation.api.sinch.com`).replace(/\/+$/, '')
  const url = `${api}/v1/projects/${encodeURIComponent(projectId)}/messages:send`
  return outcomeOf(await exchange(fetch, { method: 'POST', url, headers, json }, { signal }), answersFor(settings))
}

/**
 * SMS by Sinch, by its Conversation API, and what else its application carries, from addresses that say what
 * (`whatsapp:15550100`). Files come in and are not sent.
 *
 * @example
 * ```ts
 * import { sinch } from '@guichet/channel-sms'
 *
 * console.log(sinch().name, sinch().capabilities.reportsByKey)
 * ```
 *
 * ```text
 * sms-sinch true
 * ```
 */
export const sinch = ({ now = Date.now }: SinchOptions = {}): SmsChannel<SinchSettings, SmsWire> => ({
  name: 'sms-sinch',
  spi: 1,
  // Buttons of other channels of the application: what was sent from elsewhere has them.
  capabilities: { ...phoneCapabilities, reportsByKey: true, answersElsewhere: true },
  settings: sinchSettings,
  verify: (request, { settings }) => sinchSigned(request, settings.webhookSecrets, now()),
  parse: (request, { settings }) => parseSinch(request, settings),
  render: (message, account) => renderSms(message, account, limit),
  send: (wire, { settings }, context) => send(wire, settings, context),
  fetchFile: (file, { settings }, { fetch, signal, maxBytes }) =>
    download(fetch, {
      url: addressOf(file),
      hosts: ['*.sinch.com', ...(settings.mediaHosts ?? [])],
      mime: file.mime,
      maxBytes,
      signal,
    }),
  accountsOf: sinchAccountsOf,
})
