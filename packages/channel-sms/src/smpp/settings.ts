import type { StandardSchema } from '@guichet/engine/ports'
import * as Schema from 'effect/Schema'
import { country, line, sender } from '../channel/settings.ts'

/** The settings of one number behind an SMSC that speaks SMPP 3.4. */
export interface SmppSettings {
  readonly host: string
  /** 2775 is usual. */
  readonly port: number
  /** TLS from the first byte. */
  readonly tls?: boolean
  readonly systemId: string
  /** At most eight characters, as the protocol has it. */
  readonly password: string
  readonly systemType?: string
  /** What customers see: a number, a short code, a name. */
  readonly sender: string
  /** ISO 3166-1 alpha-2: where numbers without a country are from. */
  readonly country?: string
  /** How many messages may wait for their answer at once; 10 unless given. */
  readonly window?: number
  /** How often the SMSC is asked whether it is still there, in seconds; 30 unless given. It has as long to answer. */
  readonly enquireSeconds?: number
  /** Some answer with an id in hexadecimal and report on it in decimal. */
  readonly hexadecimalIds?: boolean
}

const settings = Schema.Struct({
  host: line,
  port: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 65_535 })),
  tls: Schema.optionalKey(Schema.Boolean),
  systemId: line.check(Schema.isMaxLength(15)),
  password: Schema.String.check(Schema.isMaxLength(8)),
  systemType: Schema.optionalKey(line.check(Schema.isMaxLength(12))),
  sender,
  country: Schema.optionalKey(country),
  window: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000 }))),
  enquireSeconds: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 3_600 }))),
  hexadecimalIds: Schema.optionalKey(Schema.Boolean),
})

/** What an account with an SMSC must be set up with; unknown keys are left out. */
export const smppSettings: StandardSchema<SmppSettings> = Schema.toStandardSchemaV1(settings)
