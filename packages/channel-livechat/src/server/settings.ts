import type { FileLimits, StandardResult, StandardSchema } from '@guichet/engine/ports'
import { originPattern } from './origins.ts'
import type { Rate } from './rates.ts'

/** How often something may happen, counted by network address, by visitor and by account; each has its own bucket. */
export interface Rates {
  readonly ip: Rate
  readonly visitor: Rate
  readonly account: Rate
}

/** How often visitors may do what. What comes too often is refused, and the client told so. */
export interface LivechatRates {
  /** `POST /sessions`. By account only those that begin a new visitor count, by visitor only those that resume one. */
  readonly sessions: Rates
  readonly messages: Rates
  readonly uploads: Rates
  /** Frames of any kind on one socket; a socket that sends more is closed. */
  readonly frames: Rate
}

/** The settings of an account as a host writes them. */
export interface LivechatSettingsInput {
  /**
   * Pages that may hold this chat: `https://shop.example`, `http://localhost:5173`, or `https://*.shop.example` for
   * exactly one label. An empty list refuses every browser.
   */
  readonly origins: ReadonlyArray<string>
  /** Lets in what sends no `Origin`: native apps and scripts. Browsers always send one. */
  readonly allowNoOrigin?: boolean
  /** Signs the tokens; at least 32 characters. */
  readonly secret: string
  /** Secrets of before, still accepted while tokens that they signed are about. */
  readonly previousSecrets?: ReadonlyArray<string>
  /** Keys of the identity tokens (HS256) that the host signs for known visitors; two while one is replaced. */
  readonly identitySecret?: string | ReadonlyArray<string>
  readonly files?: Partial<FileLimits>
  readonly rates?: { readonly [Name in keyof LivechatRates]?: Partial<LivechatRates[Name]> }
}

/** The settings with every default filled in. */
export interface LivechatSettings {
  readonly origins: ReadonlyArray<string>
  readonly allowNoOrigin: boolean
  /** The first one signs, all are accepted. */
  readonly secrets: readonly [string, ...ReadonlyArray<string>]
  readonly identitySecrets: ReadonlyArray<string>
  readonly files: FileLimits
  readonly rates: LivechatRates
}

/** Three files of 10 MB: pictures that browsers show, PDF, plain text and office documents. */
export const defaultFiles: FileLimits = {
  max: 3,
  maxBytes: 10 * 1024 * 1024,
  types: [
    'image/png',
    'image/jpeg',
    'image/gif',
    'image/webp',
    'image/avif',
    'image/heic',
    'application/pdf',
    'text/plain',
    'text/csv',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    'application/vnd.oasis.opendocument.text',
    'application/vnd.oasis.opendocument.spreadsheet',
  ],
}

const perMinute = (rate: number, burst = rate): Rate => ({ burst, perMinute: rate })

/** Wide enough for an office behind one address, narrow enough that a script is noticed. */
export const defaultRates: LivechatRates = {
  sessions: { ip: perMinute(60), visitor: perMinute(30), account: perMinute(600) },
  messages: { ip: perMinute(240, 60), visitor: perMinute(60, 20), account: perMinute(6000) },
  uploads: { ip: perMinute(60, 20), visitor: perMinute(20, 10), account: perMinute(600, 120) },
  frames: perMinute(1200, 200),
}

type Issue = { readonly message: string; readonly path: ReadonlyArray<string> }

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const minSecret = 32

const validate = (value: unknown): StandardResult<LivechatSettings> => {
  const issues: Array<Issue> = []
  const refuse = (message: string, ...path: ReadonlyArray<string>) => void issues.push({ message, path })
  if (!isRecord(value)) return { issues: [{ message: 'expected an object' }] }

  const list = (name: string, input: unknown): ReadonlyArray<string> => {
    if (input === undefined) return []
    if (Array.isArray(input) && input.every((item) => typeof item === 'string')) return input
    refuse('expected a list of strings', name)
    return []
  }
  const secrets = (name: string, input: ReadonlyArray<string>): ReadonlyArray<string> => {
    if (input.some((secret) => secret.length < minSecret)) refuse(`expected at least ${minSecret} characters`, name)
    return input
  }
  const count = (path: ReadonlyArray<string>, input: unknown, fallback: number, least: number): number => {
    if (input === undefined) return fallback
    if (typeof input === 'number' && Number.isFinite(input) && input >= least) return input
    refuse(`expected a number of at least ${least}`, ...path)
    return fallback
  }
  const within = (input: unknown, ...path: ReadonlyArray<string>): Readonly<Record<string, unknown>> => {
    if (input === undefined) return {}
    if (isRecord(input)) return input
    refuse('expected an object', ...path)
    return {}
  }

  const origins: Array<string> = []
  if (!Array.isArray(value['origins'])) refuse('expected a list of origins', 'origins')
  for (const origin of list('origins', Array.isArray(value['origins']) ? value['origins'] : undefined)) {
    const pattern = originPattern(origin)
    if (pattern === undefined) refuse(`"${origin}" is not an origin such as https://shop.example`, 'origins')
    else origins.push(pattern)
  }
  const allowNoOrigin = value['allowNoOrigin'] ?? false
  if (typeof allowNoOrigin !== 'boolean') refuse('expected true or false', 'allowNoOrigin')

  const secret = value['secret']
  if (typeof secret !== 'string') refuse('expected a string', 'secret')
  else secrets('secret', [secret])
  const previous = secrets('previousSecrets', list('previousSecrets', value['previousSecrets']))
  const identity = value['identitySecret']
  const identitySecrets = secrets(
    'identitySecret',
    list('identitySecret', typeof identity === 'string' ? [identity] : identity),
  )

  const files = within(value['files'], 'files')
  const rates = within(value['rates'], 'rates')
  const rate = (input: unknown, fallback: Rate, ...path: ReadonlyArray<string>): Rate => {
    const given = within(input, ...path)
    return {
      burst: count([...path, 'burst'], given['burst'], fallback.burst, 1),
      perMinute: count([...path, 'perMinute'], given['perMinute'], fallback.perMinute, 0),
    }
  }
  const group = (name: 'sessions' | 'messages' | 'uploads'): Rates => {
    const given = within(rates[name], 'rates', name)
    const of = (key: keyof Rates) => rate(given[key], defaultRates[name][key], 'rates', name, key)
    return { ip: of('ip'), visitor: of('visitor'), account: of('account') }
  }

  const settings: LivechatSettings = {
    origins,
    allowNoOrigin: allowNoOrigin === true,
    secrets: [typeof secret === 'string' ? secret : '', ...previous],
    identitySecrets,
    files: {
      max: count(['files', 'max'], files['max'], defaultFiles.max, 0),
      maxBytes: count(['files', 'maxBytes'], files['maxBytes'], defaultFiles.maxBytes, 1),
      types: files['types'] === undefined ? defaultFiles.types : list('files.types', files['types']),
    },
    rates: {
      sessions: group('sessions'),
      messages: group('messages'),
      uploads: group('uploads'),
      frames: rate(rates['frames'], defaultRates.frames, 'rates', 'frames'),
    },
  }
  return issues.length > 0 ? { issues } : { value: settings }
}

/** Checks what a host wrote and fills in the defaults. */
export const livechatSettings: StandardSchema<LivechatSettings> = {
  '~standard': { version: 1, vendor: 'guichet', validate },
}
