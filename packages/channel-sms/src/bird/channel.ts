import { exchange, idAt, listAt, textAt } from '@guichet/channel-kit'
import type { Json, SendContext, SendOutcome } from '@guichet/engine/ports'
import { parts, renderSms, type SmsWire } from '../channel/render.ts'
import { phoneCapabilities, type SmsChannel } from '../channel/sms-channel.ts'
import { type Answers, outcomeOf } from '../send/outcome.ts'
import { withOptOuts } from '../send/verdict.ts'
import { birdErrors } from './errors.ts'
import { birdAccountsOf, parseBird } from './inbound.ts'
import { type BirdSettings, birdSettings } from './settings.ts'
import { birdSigned } from './signature.ts'

/** How the channel works in this process; what differs between numbers is in `BirdSettings`. */
export interface BirdOptions {
  /** Epoch milliseconds: signatures count for as long as they say. `Date.now` unless given. */
  readonly now?: () => number
}

/** Bird takes 1,377 characters of GSM-7, and 603 of UCS-2: nine parts. */
const limit = parts(9)

const answersFor = ({ optOutCodes }: BirdSettings): Answers => ({
  idOf: (json) => idAt(json, 'id'),
  refusalOf: (json: Json | undefined) => {
    const [error] = listAt(json, 'errors')
    const code = idAt(error, 'code')
    return code === undefined ? undefined : { code, reason: textAt(error, 'description') ?? `error ${code}` }
  },
  verdicts: withOptOuts(birdErrors, optOutCodes),
})

/** Sends one message: `POST /messages`. The reference is what makes Bird report on it. */
const send = async (
  { to, text }: SmsWire,
  settings: BirdSettings,
  { idempotencyKey, signal, fetch }: SendContext,
): Promise<SendOutcome> => {
  const { accessKey, sender, publicUrl, apiUrl = 'https://rest.messagebird.com' } = settings
  const json = {
    originator: sender.replace(/^\+/, ''),
    recipients: [to.replace(/^\+/, '')],
    body: text,
    datacoding: 'auto',
    reference: idempotencyKey,
    reportUrl: publicUrl,
  }
  const headers = { authorization: `AccessKey ${accessKey}` }
  const url = `${apiUrl.replace(/\/+$/, '')}/messages`
  return outcomeOf(await exchange(fetch, { method: 'POST', url, headers, json }, { signal }), answersFor(settings))
}

/**
 * SMS by Bird, by its classic API (MessageBird). It has no files.
 *
 * @example
 * ```ts
 * import { bird } from '@guichet/channel-sms'
 *
 * console.log(bird().name, bird().capabilities.reportsByKey)
 * ```
 *
 * ```text
 * sms-bird true
 * ```
 */
export const bird = ({ now = Date.now }: BirdOptions = {}): SmsChannel<BirdSettings, SmsWire> => ({
  name: 'sms-bird',
  spi: 1,
  capabilities: { ...phoneCapabilities, reportsByKey: true },
  settings: birdSettings,
  verify: (request, { settings }) => birdSigned(request, settings.signingKeys, now()),
  parse: (request, { settings }) => parseBird(request, settings),
  render: (message, account) => renderSms(message, account, limit),
  send: (wire, { settings }, context) => send(wire, settings, context),
  accountsOf: birdAccountsOf,
})
