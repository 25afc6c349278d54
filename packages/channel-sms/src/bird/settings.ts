import type { StandardSchema } from '@guichet/engine/ports'
import * as Schema from 'effect/Schema'
import { address, codes, country, line, secrets, sender } from '../channel/settings.ts'

/** The settings of one number with Bird, by its classic API (MessageBird). */
export interface BirdSettings {
  readonly accessKey: string
  /** What webhooks are signed with, from the dashboard; several while it is being changed. */
  readonly signingKeys: ReadonlyArray<string>
  /** What customers see: a number, a short code, a name. */
  readonly sender: string
  /** Where Bird sends reports to, exactly. */
  readonly publicUrl: string
  /** Further codes, in answers and in reports, that say that the customer has opted out. */
  readonly optOutCodes?: ReadonlyArray<string>
  /** ISO 3166-1 alpha-2: where numbers without a country are from. */
  readonly country?: string
  /** `https://rest.messagebird.com` unless given. */
  readonly apiUrl?: string
}

const settings = Schema.Struct({
  accessKey: line,
  signingKeys: secrets,
  sender,
  publicUrl: address,
  optOutCodes: Schema.optionalKey(codes),
  country: Schema.optionalKey(country),
  apiUrl: Schema.optionalKey(address),
})

/** What an account with Bird must be set up with; unknown keys are left out. */
export const birdSettings: StandardSchema<BirdSettings> = Schema.toStandardSchemaV1(settings)
