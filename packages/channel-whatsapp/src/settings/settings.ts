import type { StandardSchema } from '@guichet/engine/ports'
import * as Effect from 'effect/Effect'
import * as Schema from 'effect/Schema'

const asked = (message: string) => ({ message })

const id = (what: string) => Schema.String.annotate(asked(what)).check(Schema.isPattern(/^\d{1,40}$/, asked(what)))

const secret = Schema.String.annotate(asked('a text that is not empty')).check(
  Schema.isPattern(/^[!-~](?:[ -~]{0,1998}[!-~])?$/, asked('a text of printable ASCII, without spaces around it')),
)

const secrets = Schema.NonEmptyArray(secret)

const origin = (value: string): boolean =>
  URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) && new URL(value).origin === value

const whole = Schema.Struct({
  phoneNumberId: id('the id of the phone number, in digits'),
  accessToken: secret,
  appSecrets: secrets,
  verifyTokens: secrets,
  businessAccountId: Schema.optionalKey(id('the id of the WhatsApp Business account, in digits')),
  listButton: Schema.String.check(
    Schema.isPattern(/^\S(?:.{0,18}\S)?$/u, asked('1 to 20 characters in one line')),
  ).pipe(Schema.withDecodingDefaultKey(Effect.succeed('Options'))),
  apiVersion: Schema.String.check(Schema.isPattern(/^v\d{1,3}\.\d{1,2}$/, asked('a version such as v25.0'))).pipe(
    Schema.withDecodingDefaultKey(Effect.succeed('v25.0')),
  ),
  graphOrigin: Schema.String.check(
    Schema.makeFilter((value: string) => (origin(value) ? undefined : 'an origin such as https://graph.facebook.com')),
  ).pipe(Schema.withDecodingDefaultKey(Effect.succeed('https://graph.facebook.com'))),
})

/** The settings of one account, as a host writes them: one phone number of the Cloud API. */
export interface WhatsAppSettingsInput {
  /** The id of the phone number, from the API set-up page of the application; not the number itself. */
  readonly phoneNumberId: string
  /** The token of a system user, with `whatsapp_business_messaging` and `whatsapp_business_management`. */
  readonly accessToken: string
  /** The secrets of the applications that sign webhooks; several while one is changed. */
  readonly appSecrets: ReadonlyArray<string>
  /** What Meta says when it asks whether the address of the webhook is ours; several while one is changed. */
  readonly verifyTokens: ReadonlyArray<string>
  /** With it, news of other WhatsApp Business accounts are left out. */
  readonly businessAccountId?: string
  /** What is written on the button that opens a list of choices, 1 to 20 characters: `Options` unless given. */
  readonly listButton?: string
  /** Of the Graph API; `v25.0` unless given. Meta keeps a version for about two years. */
  readonly apiVersion?: string
  /** Where the Graph API is: `https://graph.facebook.com` unless given. */
  readonly graphOrigin?: string
}

/** The settings with every default filled in. */
export type WhatsAppSettings = Required<Omit<WhatsAppSettingsInput, 'businessAccountId'>> &
  Pick<WhatsAppSettingsInput, 'businessAccountId'>

/** What an account must be set up with; unknown keys are left out. */
export const whatsAppSettings: StandardSchema<WhatsAppSettings> = Schema.toStandardSchemaV1(whole, {
  parseOptions: { errors: 'all' },
})
