import type { TranslatorCall } from '@guichet/engine/ports'
import { TranslatorError, type TranslatorErrorCode } from '../translator-error.ts'
import { readJson } from './read-json.ts'

/** An API that speaks JSON, and what must never be read in a message about it. */
export interface Provider {
  readonly name: string
  /** Without a slash at its end. */
  readonly base: string
  readonly headers: Readonly<Record<string, string>>
  readonly secrets: ReadonlyArray<string>
}

/** The address of an API as it is built upon; throws when it is none. */
export const baseOf = (name: string, url: string): string => {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed === undefined || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) {
    throw new TranslatorError('Misconfigured', name, 'url: an address that begins with http:// or https://')
  }
  if (parsed.username !== '' || parsed.password !== '' || parsed.search !== '' || parsed.hash !== '') {
    throw new TranslatorError('Misconfigured', name, 'url: an address without user, question mark or hash')
  }
  return `${parsed.origin}${parsed.pathname}`.replace(/\/+$/, '')
}

const withoutSecrets = ({ secrets }: Provider, text: string): string =>
  secrets.reduce((said, secret) => (secret === '' ? said : said.replaceAll(secret, '…')), text)

/** What the provider says of its refusal, in one line. */
const reasonIn = (provider: Provider, body: unknown): string => {
  const { error, message } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
  const said = typeof error === 'string' ? error : typeof message === 'string' ? message : ''
  const line = withoutSecrets(provider, said.replaceAll(/\s+/g, ' ').trim())
  return line === '' ? '' : ` (it says: ${line.slice(0, 200)})`
}

const refusals: Readonly<Record<number, readonly [TranslatorErrorCode, string]>> = {
  401: ['Forbidden', 'it does not accept the key'],
  403: ['Forbidden', 'it does not accept the key'],
  404: ['Misconfigured', 'there is nothing at this address'],
  413: ['TooLarge', 'the request is larger than it takes'],
  429: ['RateLimited', 'too many requests'],
  456: ['QuotaExceeded', 'the quota is used up'],
}

const refusal = (status: number): readonly [TranslatorErrorCode, string] =>
  refusals[status] ??
  (status >= 500
    ? ['Unavailable', 'it is down']
    : status >= 400
      ? ['Rejected', 'it refuses what was asked']
      : ['Nonsense', 'it answered with neither a result nor an error'])

/** Posts a question and hands back the answer's JSON; throws a `TranslatorError`, or the signal's reason. */
export const post = async (provider: Provider, path: string, body: unknown, call: TranslatorCall): Promise<unknown> => {
  const { name, base, headers } = provider
  const failed = (code: TranslatorErrorCode, message: string) => new TranslatorError(code, name, message)
  let response: Response
  try {
    response = await call.fetch(`${base}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body: JSON.stringify(body),
      // Where it leads to was not told the key by us.
      redirect: 'error',
      signal: call.signal,
    })
  } catch {
    if (call.signal.aborted) throw call.signal.reason
    throw failed('Unavailable', `it cannot be reached at ${new URL(base).host}`)
  }
  const read = await readJson(response).catch(() => {
    if (call.signal.aborted) throw call.signal.reason
    throw failed('Unavailable', 'it broke off in the middle of its answer')
  })
  if (!response.ok) {
    const [code, message] = refusal(response.status)
    throw failed(code, `${message}, HTTP ${response.status}${reasonIn(provider, read.json)}`)
  }
  if (read.json === undefined)
    throw failed('Nonsense', read.tooLong ? 'its answer does not end' : 'its answer is no JSON')
  return read.json
}
