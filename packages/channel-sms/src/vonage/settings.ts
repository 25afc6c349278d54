import type { StandardSchema } from '@guichet/engine/ports'
import * as Schema from 'effect/Schema'
import { address, codes, country, line, secrets, sender } from '../channel/settings.ts'

/** How webhooks of the older API are signed. */
export type VonageSignature = 'md5hash' | 'md5' | 'sha1' | 'sha256' | 'sha512'

/** The settings of one number with Vonage. */
export interface VonageSettings {
  readonly apiKey: string
  readonly apiSecret: string
  /** What webhooks are signed with, from the dashboard; several while it is being changed. */
  readonly signatureSecrets: ReadonlyArray<string>
  /** What customers see: a number, a short code, a name. */
  readonly sender: string
  /** `messages` (Messages API, version 1) unless given; `sms` is the older SMS API. Webhooks of both are understood. */
  readonly api?: 'messages' | 'sms'
  /** How webhooks of the SMS API are signed, as the dashboard says; `md5hash` unless given. */
  readonly signatureMethod?: VonageSignature
  /** Further codes, in answers and in reports, that say that the customer has opted out. */
  readonly optOutCodes?: ReadonlyArray<string>
  /** ISO 3166-1 alpha-2: where numbers without a country are from. */
  readonly country?: string
  /** `https://api.nexmo.com` unless given, and `https://rest.nexmo.com` for the SMS API. */
  readonly apiUrl?: string
}

const settings = Schema.Struct({
  apiKey: line,
  apiSecret: line,
  signatureSecrets: secrets,
  sender,
  api: Schema.optionalKey(Schema.Literals(['messages', 'sms'])),
  signatureMethod: Schema.optionalKey(Schema.Literals(['md5hash', 'md5', 'sha1', 'sha256', 'sha512'])),
  optOutCodes: Schema.optionalKey(codes),
  country: Schema.optionalKey(country),
  apiUrl: Schema.optionalKey(address),
})

/** What an account with Vonage must be set up with; unknown keys are left out. */
export const vonageSettings: StandardSchema<VonageSettings> = Schema.toStandardSchemaV1(settings)
