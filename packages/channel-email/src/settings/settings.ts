import type { StandardSchema } from '@guichet/engine/ports'
import { asciiDomain, writableAddress } from '../address/address.ts'

/** Where mail leaves: an SMTP submission server or a relay. */
export interface SmtpSettings {
  readonly host: string
  readonly port: number
  /** TLS from the first byte (port 465). Without it STARTTLS is used when the server offers it. */
  readonly secure?: boolean
  readonly auth?: { readonly user: string; readonly pass: string }
  readonly tls?: {
    /** Refuse to send when the server does not offer STARTTLS. */
    readonly required?: boolean
    /** False accepts any certificate: for a server on the same machine only. */
    readonly rejectUnauthorized?: boolean
    /** The name the certificate is checked against; the host unless given. */
    readonly servername?: string
    /** A certificate authority to trust, PEM. */
    readonly ca?: string
  }
}

/** The settings of one email account: one mailbox. */
export interface EmailSettings {
  /** The mailbox, for example `support@example.com`. */
  readonly address: string
  /** Further addresses that arrive in this mailbox. */
  readonly aliases?: ReadonlyArray<string>
  /** The name customers see beside the address. */
  readonly name?: string
  /** At least 16 characters; signs reply tokens and Message-IDs. */
  readonly secret: string
  /** Secrets from before the last change: what they signed is still recognised. */
  readonly previousSecrets?: ReadonlyArray<string>
  readonly smtp: SmtpSettings
  /** The right side of Message-IDs; the domain of `address` unless given. */
  readonly domain?: string
}

interface Issue {
  readonly message: string
  readonly path: ReadonlyArray<string>
}

/** The least length of a secret, in characters. */
const minSecretLength = 16

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

// oxlint-disable-next-line no-control-regex -- control characters are what this looks for
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/

const line = (value: unknown): value is string => typeof value === 'string' && value !== '' && !control.test(value)

/** Collects what is wrong while it picks out what is right, so that one look shows every mistake. */
const reader = (record: Record<string, unknown>, path: ReadonlyArray<string>, issues: Array<Issue>) => {
  const wrong = (key: string, message: string): undefined => {
    issues.push({ message, path: [...path, key] })
    return undefined
  }
  const optional = <A>(key: string, read: (value: unknown) => A | undefined, message: string): A | undefined =>
    record[key] === undefined ? undefined : (read(record[key]) ?? wrong(key, message))
  return {
    optional,
    required: <A>(key: string, read: (value: unknown) => A | undefined, message: string): A | undefined =>
      read(record[key]) ?? wrong(key, message),
  }
}

const asLine = (value: unknown) => (line(value) ? value : undefined)
const asBoolean = (value: unknown) => (typeof value === 'boolean' ? value : undefined)
const asAddress = (value: unknown) => (typeof value === 'string' ? writableAddress(value) : undefined)
const asSecret = (value: unknown) => (typeof value === 'string' && value.length >= minSecretLength ? value : undefined)
const asPort = (value: unknown) =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 65_536 ? value : undefined
const asDomain = (value: unknown) => (typeof value === 'string' ? asciiDomain(value) : undefined)

const asList =
  <A>(read: (value: unknown) => A | undefined) =>
  (value: unknown): ReadonlyArray<A> | undefined => {
    if (!Array.isArray(value)) return undefined
    const items = value.map(read)
    return items.every((item): item is Awaited<A> & {} => item !== undefined) ? items : undefined
  }

/** Leaves out what is undefined, as `exactOptionalPropertyTypes` wants it. */
const present = <A extends object>(record: A): { [K in keyof A]: Exclude<A[K], undefined> } =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as never

const readSmtp = (value: unknown, issues: Array<Issue>): SmtpSettings | undefined => {
  if (!isRecord(value)) {
    issues.push({ message: 'smtp must say where mail leaves: { host, port }', path: ['smtp'] })
    return undefined
  }
  const { required, optional } = reader(value, ['smtp'], issues)
  const host = required('host', asLine, 'a host name or an IP address')
  const port = required('port', asPort, 'a port between 1 and 65535')
  const secure = optional('secure', asBoolean, 'true or false')
  const auth = optional(
    'auth',
    (given) =>
      isRecord(given) && line(given['user']) && typeof given['pass'] === 'string'
        ? { user: given['user'], pass: given['pass'] }
        : undefined,
    '{ user, pass }',
  )
  const tlsRecord = optional('tls', (given) => (isRecord(given) ? given : undefined), 'an object')
  const tls = tlsRecord === undefined ? undefined : readTls(tlsRecord, issues)
  return host === undefined || port === undefined ? undefined : present({ host, port, secure, auth, tls })
}

const readTls = (record: Record<string, unknown>, issues: Array<Issue>): NonNullable<SmtpSettings['tls']> => {
  const { optional } = reader(record, ['smtp', 'tls'], issues)
  return present({
    required: optional('required', asBoolean, 'true or false'),
    rejectUnauthorized: optional('rejectUnauthorized', asBoolean, 'true or false'),
    servername: optional('servername', asLine, 'a host name'),
    ca: optional('ca', (given) => (typeof given === 'string' && given !== '' ? given : undefined), 'a PEM text'),
  })
}

const readSettings = (
  value: unknown,
): { readonly value: EmailSettings } | { readonly issues: ReadonlyArray<Issue> } => {
  if (!isRecord(value)) return { issues: [{ message: 'the settings of an email account are an object', path: [] }] }
  const issues: Array<Issue> = []
  const { required, optional } = reader(value, [], issues)
  const address = required('address', asAddress, 'an address such as support@example.com')
  const secret = required('secret', asSecret, `a text of at least ${minSecretLength} characters`)
  const smtp = readSmtp(value['smtp'], issues)
  const aliases = optional('aliases', asList(asAddress), 'a list of addresses')
  const name = optional('name', asLine, 'one line of text')
  const previousSecrets = optional(
    'previousSecrets',
    asList(asSecret),
    `texts of at least ${minSecretLength} characters`,
  )
  const domain = optional('domain', asDomain, 'a domain name')
  if (issues.length > 0 || address === undefined || secret === undefined || smtp === undefined) return { issues }
  return { value: present({ address, aliases, name, secret, previousSecrets, smtp, domain }) }
}

/**
 * What an email account must be set up with. Addresses are normalised on the way (lower-case domain); unknown keys are
 * left out.
 */
export const emailSettings: StandardSchema<EmailSettings> = {
  '~standard': { version: 1, vendor: 'guichet', validate: readSettings },
}
