import { exchange, field, idAt, textAt } from '@guichet/channel-kit'
import type { Json, SendContext, SendOutcome } from '@guichet/engine/ports'
import type { SmsWire } from '../channel/render.ts'
import { withReference } from '../channel/url.ts'
import { outcomeOf, type Refusal } from '../send/outcome.ts'
import { withOptOuts } from '../send/verdict.ts'
import { twilioErrors, twilioPauses } from './errors.ts'
import { apiOf, authorization, type TwilioSettings } from './settings.ts'

const formOf = ({ to, text, media }: SmsWire, settings: TwilioSettings, reference: string): URLSearchParams => {
  const { sender, messagingServiceSid, smartEncoding, validitySeconds } = settings
  const form = new URLSearchParams({ To: to, StatusCallback: withReference(settings.publicUrl, reference) })
  if (messagingServiceSid !== undefined) form.set('MessagingServiceSid', messagingServiceSid)
  if (sender !== undefined) form.set('From', sender)
  if (text !== '') form.set('Body', text)
  for (const url of media) form.append('MediaUrl', url)
  if (smartEncoding !== undefined) form.set('SmartEncoded', String(smartEncoding))
  if (validitySeconds !== undefined) form.set('ValidityPeriod', String(validitySeconds))
  return form
}

/** An error has `code` and `message`; a message that failed at once has `error_code` and its status. */
const refusalOf = (json: Json | undefined): Refusal | undefined => {
  const code = idAt(json, 'code') ?? idAt(json, 'error_code')
  if (code === undefined) return undefined
  return { code, reason: textAt(json, 'message') ?? textAt(json, 'error_message') ?? `error ${code}` }
}

const idOf = (json: Json | undefined): string | undefined =>
  field(json, 'status') === 'failed' ? undefined : idAt(json, 'sid')

/** Sends one message: `POST /2010-04-01/Accounts/{AccountSid}/Messages.json`. */
export const sendTwilio = async (
  wire: SmsWire,
  settings: TwilioSettings,
  { idempotencyKey, signal, fetch }: SendContext,
): Promise<SendOutcome> =>
  outcomeOf(
    await exchange(
      fetch,
      {
        method: 'POST',
        url: `${apiOf(settings)}/2010-04-01/Accounts/${settings.accountSid}/Messages.json`,
        headers: { authorization: authorization(settings), 'content-type': 'application/x-www-form-urlencoded' },
        body: formOf(wire, settings, idempotencyKey).toString(),
      },
      { signal },
    ),
    { idOf, refusalOf, verdicts: withOptOuts(twilioErrors, settings.optOutCodes), pausesMs: twilioPauses },
  )
