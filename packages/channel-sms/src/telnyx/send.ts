import { exchange, field, idAt, listAt, textAt } from '@guichet/channel-kit'
import type { Json, SendContext, SendOutcome } from '@guichet/engine/ports'
import type { SmsWire } from '../channel/render.ts'
import { withReference } from '../channel/url.ts'
import { outcomeOf, type Refusal } from '../send/outcome.ts'
import { withOptOuts } from '../send/verdict.ts'
import { telnyxErrors } from './errors.ts'
import type { TelnyxSettings } from './settings.ts'

const refusalOf = (json: Json | undefined): Refusal | undefined => {
  const [error] = [...listAt(json, 'errors'), ...listAt(json, 'data', 'errors')]
  const code = idAt(error, 'code')
  if (code === undefined) return undefined
  return { code, reason: textAt(error, 'detail') ?? textAt(error, 'title') ?? `error ${code}` }
}

const bodyOf = ({ to, text, media }: SmsWire, settings: TelnyxSettings, reference: string): Json => {
  const { sender, messagingProfileId, publicUrl } = settings
  return {
    to,
    ...(sender === undefined ? {} : { from: sender }),
    ...(messagingProfileId === undefined ? {} : { messaging_profile_id: messagingProfileId }),
    ...(text === '' ? {} : { text }),
    ...(media.length === 0 ? {} : { media_urls: media }),
    webhook_url: withReference(publicUrl, reference),
  }
}

/** Sends one message: `POST /v2/messages`. */
export const sendTelnyx = async (
  wire: SmsWire,
  settings: TelnyxSettings,
  { idempotencyKey, signal, fetch }: SendContext,
): Promise<SendOutcome> =>
  outcomeOf(
    await exchange(
      fetch,
      {
        method: 'POST',
        url: `${(settings.apiUrl ?? 'https://api.telnyx.com').replace(/\/+$/, '')}/v2/messages`,
        headers: { authorization: `Bearer ${settings.apiKey}` },
        json: bodyOf(wire, settings, idempotencyKey),
      },
      { signal },
    ),
    {
      idOf: (json) => idAt(field(json, 'data'), 'id'),
      refusalOf,
      verdicts: withOptOuts(telnyxErrors, settings.optOutCodes),
    },
  )
