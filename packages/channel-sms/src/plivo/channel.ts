import { download, exchange, idAt, textAt } from '@guichet/channel-kit'
import type { Json, SendContext, SendOutcome } from '@guichet/engine/ports'
import { mmsFiles, type PublicLink } from '../channel/public-link.ts'
import { parts, renderSms, type SmsWire } from '../channel/render.ts'
import { phoneCapabilities, type SmsChannel } from '../channel/sms-channel.ts'
import { withReference } from '../channel/url.ts'
import { addressOf } from '../inbound/media.ts'
import { type Answers, outcomeOf } from '../send/outcome.ts'
import { parsePlivo, plivoAccountsOf } from './inbound.ts'
import { type PlivoSettings, plivoSettings } from './settings.ts'
import { plivoSigned } from './signature.ts'

/** How the channel works in this process; what differs between numbers is in `PlivoSettings`. */
export interface PlivoOptions {
  /** Where Plivo fetches files that are sent; without it only text is. */
  readonly publicLink?: PublicLink
}

/** Plivo takes 1,600 characters of GSM-7 and 737 of UCS-2: the least of both in parts. */
const limit = parts(10)

/** It says in words what is wrong, and by the status of HTTP what to do about it. */
const answers: Answers = {
  idOf: (json) => idAt(json, 'message_uuid', 0),
  refusalOf: () => undefined,
  verdicts: {},
}

const reasonOf = (json: Json | undefined): string | undefined => textAt(json, 'error') ?? textAt(json, 'error', 'error')

const apiOf = ({ apiUrl = 'https://api.plivo.com' }: PlivoSettings): string => apiUrl.replace(/\/+$/, '')

/** Sends one message: `POST /v1/Account/{auth_id}/Message/`. */
const send = async (
  { to, text, media }: SmsWire,
  settings: PlivoSettings,
  { idempotencyKey, signal, fetch }: SendContext,
): Promise<SendOutcome> => {
  const { authId, authTokens, sender, publicUrl } = settings
  const json = {
    src: sender,
    dst: to,
    ...(text === '' ? {} : { text }),
    ...(media.length === 0 ? {} : { type: 'mms', media_urls: media }),
    url: withReference(publicUrl, idempotencyKey),
    method: 'POST',
  }
  const headers = { authorization: `Basic ${Buffer.from(`${authId}:${authTokens[0] ?? ''}`).toString('base64')}` }
  const url = `${apiOf(settings)}/v1/Account/${encodeURIComponent(authId)}/Message/`
  const exchanged = await exchange(fetch, { method: 'POST', url, headers, json }, { signal })
  const outcome = outcomeOf(exchanged, answers)
  const reason = exchanged._tag === 'Answered' ? reasonOf(exchanged.json) : undefined
  return outcome._tag === 'Rejected' && reason !== undefined ? { ...outcome, reason } : outcome
}

/**
 * SMS and MMS by Plivo.
 *
 * @example
 * ```ts
 * import { plivo } from '@guichet/channel-sms'
 *
 * console.log(plivo().name, plivo().capabilities.reportsByKey)
 * ```
 *
 * ```text
 * sms-plivo true
 * ```
 */
export const plivo = ({ publicLink }: PlivoOptions = {}): SmsChannel<PlivoSettings, SmsWire> => ({
  name: 'sms-plivo',
  spi: 1,
  capabilities: {
    ...phoneCapabilities,
    reportsByKey: true,
    files: mmsFiles(publicLink, { max: 10, maxBytes: 5_000_000 }),
  },
  settings: plivoSettings,
  verify: (request, { settings }) => plivoSigned(request, settings),
  parse: (request, { settings }) => parsePlivo(request, settings),
  render: (message, account) => renderSms(message, account, limit, publicLink),
  send: (wire, { settings }, context) => send(wire, settings, context),
  fetchFile: (file, { settings }, { fetch, signal, maxBytes }) =>
    download(fetch, {
      url: addressOf(file),
      hosts: ['*.plivo.com', ...(settings.apiUrl === undefined ? [] : [new URL(apiOf(settings)).origin])],
      mime: file.mime,
      maxBytes,
      signal,
    }),
  accountsOf: plivoAccountsOf,
})
