import type { StandardSchema } from '@guichet/engine/ports'
import * as Schema from 'effect/Schema'
import { address, codes, country, line, secrets } from '../channel/settings.ts'

/** The settings of one account with Twilio: one number, or one messaging service. */
export interface TwilioSettings {
  /** `AC…`, from the console. */
  readonly accountSid: string
  /** The primary token first: it signs what Twilio sends, also where an API key is used. The others are for a change of tokens. */
  readonly authTokens: ReadonlyArray<string>
  /** `SK…` and its secret: used to send, in place of the first token. */
  readonly apiKey?: { readonly sid: string; readonly secret: string }
  /** What customers see: a number, a short code, a name; with `whatsapp:` or `rcs:` for those channels. */
  readonly sender?: string
  /** `MG…`: Twilio chooses the sender. One of the two has to be there. */
  readonly messagingServiceSid?: string
  /** Where Twilio sends webhooks to, exactly as it is written in the console. */
  readonly publicUrl: string
  /** Further codes, in answers and in reports, that say that the customer has opted out. */
  readonly optOutCodes?: ReadonlyArray<string>
  /** ISO 3166-1 alpha-2: where numbers without a country are from. */
  readonly country?: string
  /** Has Twilio put simple characters in place of typographic ones, so that more texts fit into GSM-7. */
  readonly smartEncoding?: boolean
  /** For how long a message may wait to be sent, in seconds: 1 to 36,000, Twilio's own limit unless given. */
  readonly validitySeconds?: number
  /** `https://api.twilio.com` unless given. */
  readonly apiUrl?: string
  /** Further origins that files may come from. */
  readonly mediaHosts?: ReadonlyArray<string>
}

const sender = Schema.String.check(
  Schema.isPattern(
    /^(?:(?:whatsapp:|rcs:|messenger:)[^\s]{1,80}|\+[1-9]\d{4,14}|\d{3,8}|(?=.*[A-Za-z])[A-Za-z\d &_-]{1,11})$/,
    {
      expected: 'a number as +15550100, a short code, a name of at most 11 letters and digits, or whatsapp:+15550100',
    },
  ),
)

const settings = Schema.Struct({
  accountSid: Schema.String.check(Schema.isPattern(/^AC[\dA-Za-z]+$/, { expected: 'AC…' })),
  authTokens: secrets,
  apiKey: Schema.optionalKey(Schema.Struct({ sid: line, secret: line })),
  sender: Schema.optionalKey(sender),
  messagingServiceSid: Schema.optionalKey(
    Schema.String.check(Schema.isPattern(/^MG[\dA-Za-z]+$/, { expected: 'MG…' })),
  ),
  publicUrl: address,
  optOutCodes: Schema.optionalKey(codes),
  country: Schema.optionalKey(country),
  smartEncoding: Schema.optionalKey(Schema.Boolean),
  validitySeconds: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 36_000 }))),
  apiUrl: Schema.optionalKey(address),
  mediaHosts: Schema.optionalKey(Schema.Array(line)),
}).check(
  Schema.makeFilter(
    (all: { readonly sender?: string; readonly messagingServiceSid?: string }) =>
      all.sender !== undefined ||
      all.messagingServiceSid !== undefined ||
      'sender or messagingServiceSid must be there',
  ),
)

/** What an account with Twilio must be set up with; unknown keys are left out. */
export const twilioSettings: StandardSchema<TwilioSettings> = Schema.toStandardSchemaV1(settings)

/** Where the API is. */
export const apiOf = ({ apiUrl = 'https://api.twilio.com' }: TwilioSettings): string => apiUrl.replace(/\/+$/, '')

/** Who speaks to the API. */
export const authorization = ({ accountSid, authTokens: [token = ''], apiKey }: TwilioSettings): string =>
  `Basic ${Buffer.from(apiKey === undefined ? `${accountSid}:${token}` : `${apiKey.sid}:${apiKey.secret}`).toString('base64')}`
