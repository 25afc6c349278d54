import type { StandardSchema } from '@guichet/engine/ports'
import * as Schema from 'effect/Schema'
import { address, codes, country, line, secrets, sender } from '../channel/settings.ts'

/** The settings of one number with Sinch, by its Conversation API. */
export interface SinchSettings {
  readonly projectId: string
  readonly appId: string
  /** An access key of the project, and its secret. */
  readonly keyId: string
  readonly keySecret: string
  /** What webhooks are signed with; several while it is being changed. */
  readonly webhookSecrets: ReadonlyArray<string>
  /** What customers see: a number, a short code, a name. */
  readonly sender: string
  /** Where the application lives; `us` unless given. */
  readonly region?: 'us' | 'eu' | 'br'
  /** Further codes, in answers and in reports, that say that the customer has opted out. */
  readonly optOutCodes?: ReadonlyArray<string>
  /** ISO 3166-1 alpha-2: where numbers without a country are from. */
  readonly country?: string
  /** `https://<region>.conversation.api.sinch.com` unless given. */
  readonly apiUrl?: string
  /** Further hosts or origins that files may come from. */
  readonly mediaHosts?: ReadonlyArray<string>
}

const settings = Schema.Struct({
  projectId: line,
  appId: line,
  keyId: line,
  keySecret: line,
  webhookSecrets: secrets,
  sender,
  region: Schema.optionalKey(Schema.Literals(['us', 'eu', 'br'])),
  optOutCodes: Schema.optionalKey(codes),
  country: Schema.optionalKey(country),
  apiUrl: Schema.optionalKey(address),
  mediaHosts: Schema.optionalKey(Schema.Array(line)),
})

/** What an account with Sinch must be set up with; unknown keys are left out. */
export const sinchSettings: StandardSchema<SinchSettings> = Schema.toStandardSchemaV1(settings)
