import { domainToASCII } from 'node:url'

/**
 * The addresses this channel writes to: a dot-atom local part (RFC 5322 3.4.1, with the letters of RFC 6531) and a
 * domain of letters, digits and hyphens. Quoted local parts and address literals are refused on purpose: they are what
 * recipient confusion is made of, and no customer has one.
 */
const localPart = /^[\p{L}\p{M}\p{N}!#$%&'*+\-/=?^_`{|}~.]{1,64}$/u
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/** The domain as DNS knows it (lower case, punycode), or undefined when it is none. */
export const asciiDomain = (domain: string): string | undefined => {
  // `domainToASCII` cuts at `/`, `?`, `#` and folds much that is no host name: refuse before asking it.
  if (domain.length === 0 || domain.length > 253 || !/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain)) return undefined
  const ascii = domainToASCII(domain)
  return ascii !== '' && ascii.length <= 253 && ascii.split('.').every((part) => label.test(part)) ? ascii : undefined
}

/**
 * An address as it is compared and written: domain in lower case ASCII, local part as its owner wrote it. Undefined
 * for everything that cannot be written to safely.
 */
export const writableAddress = (text: string): string | undefined => {
  const trimmed = text.trim()
  const at = trimmed.lastIndexOf('@')
  if (at < 1 || trimmed.length > 254) return undefined
  const local = trimmed.slice(0, at)
  const domain = asciiDomain(trimmed.slice(at + 1))
  return domain !== undefined && localPart.test(local) ? `${local}@${domain}` : undefined
}

/**
 * An address as somebody else wrote it, for telling people apart: the domain in lower case, the rest untouched.
 * Unlike `writableAddress` it accepts what may not be written to.
 */
export const normalAddress = (text: string): string => {
  const at = text.lastIndexOf('@')
  return at < 0 ? text : `${text.slice(0, at)}@${asciiDomain(text.slice(at + 1)) ?? text.slice(at + 1).toLowerCase()}`
}

/** What two addresses have in common when they are one mailbox: no server tells local parts apart by case. */
export const addressKey = (address: string): string => normalAddress(address.trim()).toLowerCase()

export interface AddressParts {
  readonly local: string
  readonly detail: string | undefined
  readonly domain: string
}

/** Splits off the detail of RFC 5233: `support+abc@x` is the mailbox `support@x` with the detail `abc`. */
export const splitAddress = (address: string): AddressParts => {
  const at = address.lastIndexOf('@')
  const local = address.slice(0, at)
  const plus = local.indexOf('+')
  return {
    local: plus < 0 ? local : local.slice(0, plus),
    detail: plus < 0 ? undefined : local.slice(plus + 1),
    domain: address.slice(at + 1),
  }
}
