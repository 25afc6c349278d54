import { exchange, idAt, textAt } from '@guichet/channel-kit'
import type { SendContext, SendOutcome, WireAnswer, WireRequest } from '@guichet/engine/ports'
import { parts, renderSms, type SmsWire } from '../channel/render.ts'
import { phoneCapabilities, type SmsChannel } from '../channel/sms-channel.ts'
import { type Answers, outcomeOf } from '../send/outcome.ts'
import { withOptOuts } from '../send/verdict.ts'
import { certificateStore } from './certificates.ts'
import { awsErrors } from './errors.ts'
import { awsAccountsOf, parseAws } from './inbound.ts'
import { notificationOf, snsAddress, snsSigned } from './notification.ts'
import { type AwsSettings, awsSettings } from './settings.ts'
import { signedHeaders } from './sigv4.ts'

/** How the channel works in this process; what differs between numbers is in `AwsSettings`. */
export interface AwsOptions {
  /** Epoch milliseconds: what requests are signed with. `Date.now` unless given. */
  readonly now?: () => number
}

/** SendTextMessage takes 1,600 characters in all. */
const limit = parts(10)

const answersFor = ({ optOutCodes }: AwsSettings): Answers => ({
  idOf: (json) => idAt(json, 'MessageId'),
  refusalOf: (json) => {
    // `com.amazon.coral.service#AccessDeniedException`, or the name alone.
    const type = textAt(json, '__type')
    if (type === undefined) return undefined
    const name = type.slice(type.indexOf('#') + 1)
    const reason = textAt(json, 'Reason')
    const known = reason !== undefined && (Object.hasOwn(awsErrors, reason) || optOutCodes?.includes(reason) === true)
    const code = known ? reason : name
    return { code, reason: textAt(json, 'Message') ?? textAt(json, 'message') ?? name }
  },
  verdicts: withOptOuts(awsErrors, optOutCodes),
})

const send = async (
  { to, text }: SmsWire,
  settings: AwsSettings,
  { idempotencyKey, signal, fetch }: SendContext,
  now: number,
): Promise<SendOutcome> => {
  const { region, sender, configurationSet, sessionToken } = settings
  const url = new URL(settings.apiUrl ?? `https://sms-voice.${region}.amazonaws.com`)
  const body = JSON.stringify({
    DestinationPhoneNumber: to,
    OriginationIdentity: sender,
    MessageBody: text,
    MessageType: 'TRANSACTIONAL',
    Context: { reference: idempotencyKey },
    ...(configurationSet === undefined ? {} : { ConfigurationSetName: configurationSet }),
  })
  const headers = signedHeaders(
    {
      url,
      body,
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'PinpointSMSVoiceV2.SendTextMessage',
        ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
      },
    },
    { ...settings, service: 'sms-voice', now },
  )
  // The connection sets the host itself.
  const { host: _, ...sent } = headers
  return outcomeOf(
    await exchange(fetch, { method: 'POST', url: url.href, headers: sent, body }, { signal }),
    answersFor(settings),
  )
}

const confirmationMs = 5_000

/**
 * SMS by AWS End User Messaging; messages and reports come by Amazon SNS. A subscription of one of the account's topics is
 * confirmed when SNS asks, which it does once the endpoint is subscribed.
 *
 * @example
 * ```ts
 * import { aws } from '@guichet/channel-sms'
 *
 * console.log(aws().name, aws().capabilities.reportsByKey)
 * ```
 *
 * ```text
 * sms-aws true
 * ```
 */
export const aws = ({ now = Date.now }: AwsOptions = {}): SmsChannel<AwsSettings, SmsWire> => {
  const certificate = certificateStore()
  const confirm = async (request: WireRequest, settings: AwsSettings): Promise<WireAnswer | undefined> => {
    const notification = notificationOf(request.body)
    if (notification?.kind !== 'SubscriptionConfirmation') return undefined
    const url = snsAddress(textAt(notification.body, 'SubscribeURL'), settings)
    if (url === undefined || !(await snsSigned(notification, settings, certificate))) return { status: 403 }
    const signal = AbortSignal.timeout(confirmationMs)
    const outcome = await exchange(globalThis.fetch, { method: 'GET', url: url.href }, { signal })
    // SNS asks again when it is told that this did not work.
    return { status: outcome._tag === 'Answered' && outcome.status === 200 ? 200 : 503 }
  }
  return {
    name: 'sms-aws',
    spi: 1,
    capabilities: { ...phoneCapabilities, reportsByKey: true },
    settings: awsSettings,
    verify: (request, { settings }) => snsSigned(notificationOf(request.body), settings, certificate),
    handshake: (request, { settings }) => confirm(request, settings),
    parse: (request, { settings }) => parseAws(request, settings),
    render: (message, account) => renderSms(message, account, limit),
    send: (wire, { settings }, context) => send(wire, settings, context, now()),
    accountsOf: awsAccountsOf,
  }
}
