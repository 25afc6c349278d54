import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** A number as it is matched. */
export interface PhoneNumber {
  /** E.164 where that can be told; short codes, alphanumeric senders and what is no number stay as they are. */
  readonly address: string
  /** E.164, where it is the number of a telephone. */
  readonly phone?: string
}

/** How a provider writes numbers. */
export interface NumberReading {
  /** ISO 3166-1 alpha-2: where a number without its country is from. */
  readonly country?: string | undefined
  /** Digits without a plus begin with their country. */
  readonly international?: boolean
}

const e164 = /^\+[1-9]\d{6,14}$/
const digits = /^\+?[\d\s().-]+$/
/** What stands before the address of another channel that a provider carries. The rest is that channel's own affair. */
const prefixed = /^[a-z_]+:/
/** Channels whose addresses are numbers of telephones. */
const ofTelephones: ReadonlySet<string> = new Set(['', 'whatsapp:', 'rcs:', 'viber:', 'viberbm:', 'viber_service:'])

const phoneOf = (written: string, { country, international = false }: NumberReading): string | undefined => {
  const bare = written.replace(/\D/g, '')
  const full = written.trim().startsWith('+')
  // Short codes have three to eight digits and mean something in their country alone.
  if (!full && bare.length <= 8) return undefined
  const region = country !== undefined && isSupportedCountry(country) ? (country as CountryCode) : undefined
  const read = (text: string) => {
    const parsed = parsePhoneNumberFromString(text, region === undefined ? {} : { defaultCountry: region })
    return parsed?.isPossible() === true ? (parsed.number as string) : undefined
  }
  // A number with its country is one, also when its plan has changed since (Mexico's 521): it is never put right.
  if (full) return read(`+${bare}`) ?? (e164.test(`+${bare}`) ? `+${bare}` : undefined)
  return (
    (international ? read(`+${bare}`) : undefined) ??
    read(bare) ??
    (international && e164.test(`+${bare}`) ? `+${bare}` : undefined)
  )
}

/**
 * A number as it is compared: E.164, whichever way it was written. Short codes (three to eight digits) and alphanumeric
 * senders stay as they are, as does what a provider has put a channel before (`whatsapp:`).
 *
 * @example
 * ```ts
 * import { numberOf } from '@guichet/channel-sms'
 *
 * console.log(numberOf('06 12 34 56 78', { country: 'FR' }).address, numberOf('447700900123', { international: true }).address)
 * console.log(numberOf('38600').address, numberOf('Guichet').address)
 * ```
 *
 * ```text
 * +33612345678 +447700900123
 * 38600 Guichet
 * ```
 */
export const numberOf = (written: string, reading: NumberReading = {}): PhoneNumber => {
  const address = written.trim()
  const prefix = prefixed.exec(address)?.[0] ?? ''
  const rest = address.slice(prefix.length)
  const isNumber = ofTelephones.has(prefix) && digits.test(rest) && rest.length <= 40
  const phone = isNumber ? phoneOf(rest, reading) : undefined
  if (phone === undefined) return { address }
  return { address: prefix === '' ? phone : address, phone }
}

/** Whether two numbers are the same, however each is written. */
export const sameNumber = (one: string, other: string, reading: NumberReading = {}): boolean =>
  numberOf(one, reading).address.toLowerCase() === numberOf(other, reading).address.toLowerCase()

/** Whether one of the names of a request's side is ours: the number of the account, or what else it goes by. */
export const isOurs = (
  sides: ReadonlyArray<string>,
  {
    sender,
    country,
    also,
  }: {
    readonly sender?: string | undefined
    readonly country?: string | undefined
    readonly also?: string | undefined
  },
  international = false,
): boolean =>
  sides.some((side) => side === also || (sender !== undefined && sameNumber(side, sender, { country, international })))
