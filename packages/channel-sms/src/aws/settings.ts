import type { StandardSchema } from '@guichet/engine/ports'
import * as Schema from 'effect/Schema'
import { address, codes, country, line, sender } from '../channel/settings.ts'

/** The settings of one number with AWS End User Messaging. */
export interface AwsSettings {
  /** For example `eu-west-1`. */
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Of temporary credentials. */
  readonly sessionToken?: string
  /** What customers see: a number, a short code, a name. */
  readonly sender: string
  /**
   * The topics of SNS by which messages and reports come. Anybody can have a topic that signs what it sends, so that only
   * these are believed.
   */
  readonly topics: ReadonlyArray<string>
  /** Whose events are sent to one of the topics. */
  readonly configurationSet?: string
  /** Certificates of SNS (PEM) by their addresses, as it writes them: only these are trusted, and none is fetched. */
  readonly certificates?: Readonly<Record<string, string>>
  /** Further codes, in answers and in reports, that say that the customer has opted out. */
  readonly optOutCodes?: ReadonlyArray<string>
  /** ISO 3166-1 alpha-2: where numbers without a country are from. */
  readonly country?: string
  /** `https://sms-voice.<region>.amazonaws.com` unless given. */
  readonly apiUrl?: string
  /** Another origin than Amazon's that certificates and confirmations may come from: for one's own SNS. */
  readonly snsUrl?: string
}

const settings = Schema.Struct({
  region: Schema.String.check(
    Schema.isPattern(/^[a-z]{2}(?:-[a-z]+)+-\d$/, { expected: 'a region such as eu-west-1' }),
  ),
  accessKeyId: line,
  secretAccessKey: line,
  sessionToken: Schema.optionalKey(line),
  sender,
  topics: Schema.NonEmptyArray(
    Schema.String.check(
      Schema.isPattern(/^arn:aws[a-z-]*:sns:[a-z\d-]+:\d{12}:[\w-]+$/, { expected: 'arn:aws:sns:…' }),
    ),
  ),
  configurationSet: Schema.optionalKey(line),
  certificates: Schema.optionalKey(
    Schema.Record(
      Schema.String,
      Schema.String.check(Schema.isPattern(/^-----BEGIN [A-Z ]+-----/, { expected: 'a certificate in PEM' })),
    ),
  ),
  optOutCodes: Schema.optionalKey(codes),
  country: Schema.optionalKey(country),
  apiUrl: Schema.optionalKey(address),
  snsUrl: Schema.optionalKey(address),
})

/** What an account with AWS End User Messaging must be set up with; unknown keys are left out. */
export const awsSettings: StandardSchema<AwsSettings> = Schema.toStandardSchemaV1(settings)
