import type { StandardSchema } from '@guichet/engine/ports'
import * as Schema from 'effect/Schema'
import { address, codes, country, line, sender } from '../channel/settings.ts'

/** The settings of one account with Telnyx: one number, or one messaging profile. */
export interface TelnyxSettings {
  /** `KEY…`, from the portal. */
  readonly apiKey: string
  /** The public keys that webhooks are signed with, 32 bytes in base64; several while they are being changed. */
  readonly publicKeys: ReadonlyArray<string>
  /** What customers see: a number, a short code, a name. */
  readonly sender?: string
  /** Telnyx chooses the number from its pool. One of the two has to be there; a name as sender needs both. */
  readonly messagingProfileId?: string
  /** Where Telnyx sends webhooks to. */
  readonly publicUrl: string
  /** Further codes, in answers and in reports, that say that the customer has opted out. */
  readonly optOutCodes?: ReadonlyArray<string>
  /** ISO 3166-1 alpha-2: where numbers without a country are from. */
  readonly country?: string
  /** `https://api.telnyx.com` unless given. */
  readonly apiUrl?: string
  /** Further origins that files may come from. */
  readonly mediaHosts?: ReadonlyArray<string>
}

const publicKeys = Schema.NonEmptyArray(
  Schema.String.check(
    Schema.makeFilter((text: string) => Buffer.from(text, 'base64').byteLength === 32 || '32 bytes in base64'),
  ),
)

const settings = Schema.Struct({
  apiKey: line,
  publicKeys,
  sender: Schema.optionalKey(sender),
  messagingProfileId: Schema.optionalKey(line),
  publicUrl: address,
  optOutCodes: Schema.optionalKey(codes),
  country: Schema.optionalKey(country),
  apiUrl: Schema.optionalKey(address),
  mediaHosts: Schema.optionalKey(Schema.Array(line)),
}).check(
  Schema.makeFilter(
    (all: { readonly sender?: string; readonly messagingProfileId?: string }) =>
      all.sender !== undefined || all.messagingProfileId !== undefined || 'sender or messagingProfileId must be there',
  ),
)

/** What an account with Telnyx must be set up with; unknown keys are left out. */
export const telnyxSettings: StandardSchema<TelnyxSettings> = Schema.toStandardSchemaV1(settings)
