import type { StandardSchema } from '@guichet/engine/ports'
import * as Schema from 'effect/Schema'
import { address, codes, country, line, secrets, sender } from '../channel/settings.ts'

/** The settings of one number with Plivo. */
export interface PlivoSettings {
  readonly authId: string
  /** The token in use first; the others are for a change of tokens, and the one of the main account. */
  readonly authTokens: ReadonlyArray<string>
  /** What customers see: a number, a short code, a name. */
  readonly sender: string
  /** Where Plivo sends webhooks to, exactly as it is written in the console. */
  readonly publicUrl: string
  /**
   * `v3` unless given: the only one that covers what a request says. `v2` signs the address alone, so that whoever has
   * seen one request can make others.
   */
  readonly signatureVersion?: 'v2' | 'v3'
  /** Further codes, in answers and in reports, that say that the customer has opted out. */
  readonly optOutCodes?: ReadonlyArray<string>
  /** ISO 3166-1 alpha-2: where numbers without a country are from. */
  readonly country?: string
  /** `https://api.plivo.com` unless given. */
  readonly apiUrl?: string
}

const settings = Schema.Struct({
  authId: line,
  authTokens: secrets,
  sender,
  publicUrl: address,
  signatureVersion: Schema.optionalKey(Schema.Literals(['v2', 'v3'])),
  optOutCodes: Schema.optionalKey(codes),
  country: Schema.optionalKey(country),
  apiUrl: Schema.optionalKey(address),
})

/** What an account with Plivo must be set up with; unknown keys are left out. */
export const plivoSettings: StandardSchema<PlivoSettings> = Schema.toStandardSchemaV1(settings)
