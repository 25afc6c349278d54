import type { StandardSchema } from '@guichet/engine/ports'
import * as Schema from 'effect/Schema'

/** What both products are set up with: an application at Meta, and a token to send with. */
interface AppSettings {
  /** The application's id: tells our own messages from those of other applications, and who has a conversation. */
  readonly appId: string
  /** Secrets of the application; several while one is being changed, or when several applications share an address. */
  readonly appSecrets: ReadonlyArray<string>
  /** What was entered as "Verify token" beside the callback's address; several while one is being changed. */
  readonly verifyTokens: ReadonlyArray<string>
  /** An access token that may send messages. */
  readonly token: string
  /** The secret of the application that `token` belongs to: each request then carries `appsecret_proof`. */
  readonly proofSecret?: string
  /** The version of the Graph API, `v25.0` unless given. */
  readonly version?: string
  /** Where the Graph API is, without a path; Meta's own address unless given. */
  readonly graph?: string
  /**
   * How a conversation comes back from another application: the one that the page or account is set up with by default
   * takes it (`take`, unless given), any other one asks for it (`request`), and has it once it is passed.
   */
  readonly control?: 'take' | 'request'
  /** The application that conversations are passed to; without it, the one that Meta is set up with gets them. */
  readonly passTo?: string
  /** Hosts or origins that files may come from, beside those of Meta. */
  readonly mediaHosts?: ReadonlyArray<string>
}

/** The settings of one Messenger account: one Facebook page. */
export interface MessengerSettings extends AppSettings {
  /** The page's id. */
  readonly page: string
  /** Whether Meta has approved the application for `pages_user_locale`: then customers' language is asked for. */
  readonly locale?: boolean
}

/** The settings of one Instagram account. */
export interface InstagramSettings extends AppSettings {
  /** The id of the professional account, as it stands in `entry[].id` of its webhooks. */
  readonly account: string
  /**
   * The Facebook page that the account is linked to, whose token sends. Without it the account uses Instagram Login:
   * requests go to `graph.instagram.com`, with a token of the Instagram user.
   */
  readonly page?: string
  /** Sends our key as `metadata`, by which an echo is known again; true unless given. */
  readonly metadata?: boolean
}

const matching = (pattern: RegExp, expected: string) =>
  Schema.String.check(Schema.isPattern(pattern, { message: expected }))

const id = matching(/^[\w.-]{1,100}$/, 'an id, as Meta writes it')
const secret = matching(/\S/, 'a text that is not empty')

const app = {
  appId: id,
  appSecrets: Schema.NonEmptyArray(secret),
  verifyTokens: Schema.NonEmptyArray(secret),
  token: matching(/^[\x21-\x7e]+$/, 'a token, without spaces'),
  proofSecret: Schema.optionalKey(secret),
  version: Schema.optionalKey(matching(/^v\d+\.\d+$/, 'a version such as v25.0')),
  graph: Schema.optionalKey(matching(/^https?:\/\/[^\s/?#@]+$/, 'an origin such as https://graph.facebook.com')),
  control: Schema.optionalKey(Schema.Literals(['take', 'request'])),
  passTo: Schema.optionalKey(id),
  mediaHosts: Schema.optionalKey(
    Schema.Array(matching(/^(?:https?:\/\/)?[^\s/?#@]+$/, 'a host such as *.fbcdn.net, or an origin')),
  ),
}

/** What a Messenger account must be set up with; unknown keys are left out. */
export const messengerSettings: StandardSchema<MessengerSettings> = Schema.toStandardSchemaV1(
  Schema.Struct({ page: id, locale: Schema.optionalKey(Schema.Boolean), ...app }),
)

/** What an Instagram account must be set up with; unknown keys are left out. */
export const instagramSettings: StandardSchema<InstagramSettings> = Schema.toStandardSchemaV1(
  Schema.Struct({
    account: id,
    page: Schema.optionalKey(id),
    metadata: Schema.optionalKey(Schema.Boolean),
    ...app,
  }),
)
