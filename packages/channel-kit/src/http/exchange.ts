import type { Json } from '@guichet/engine/ports'
import { readJson } from '../body/read-json.ts'
import { readBounded } from './bounded.ts'
import { nothingWritten, reasonOf } from './cause.ts'

/** One request to a provider. */
export interface ExchangeRequest {
  readonly method: string
  /** `http:` or `https:`, without a user and a password in it. */
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array | URLSearchParams | FormData
  /** In place of `body`: sent as JSON, and said to be. */
  readonly json?: Json
}

/** What stops a request, and how much of an answer is read. */
export interface ExchangeOptions {
  readonly signal?: AbortSignal
  /** Of the answer's body, in bytes; 1 MiB unless given. */
  readonly maxBytes?: number
}

/**
 * What became of one request.
 *
 * - `Answered`: the provider has spoken, whatever its status. Redirects are answers too and are not followed.
 * - `NotReached`: nothing was handed over, so that the same may be asked again: the name is unknown, the connection is
 *   refused or does not come about in time, its certificate is not accepted, the request was stopped before it began.
 * - `Unknown`: it may have been handed over: no answer in time, stopped meanwhile, the connection ended, the answer is no
 *   HTTP.
 */
export type Exchanged =
  | {
      readonly _tag: 'Answered'
      readonly status: number
      /** Names in lower case. */
      readonly headers: Readonly<Record<string, string>>
      /** As text, as far as it was read. */
      readonly body: string
      /** Whether that is all of it: neither too large nor broken off. */
      readonly complete: boolean
      /** What a complete body says, where it is JSON: see `readJson`. */
      readonly json?: Json
    }
  | { readonly _tag: 'NotReached'; readonly reason: string }
  | { readonly _tag: 'Unknown'; readonly reason: string }

const mebibyte = 1_048_576

/**
 * Makes one request and says what became of it; it never throws. It has no time-out of its own: give it a `signal`.
 * Reasons are for logs and name hosts, but never addresses, headers or bodies.
 *
 * @example
 * ```ts
 * import { exchange } from '@guichet/channel-kit'
 *
 * const provider = async () => Response.json({ messages: [{ id: 'wamid.A' }] })
 * const outcome = await exchange(provider, {
 *   method: 'POST',
 *   url: 'https://graph.facebook.com/v25.0/1/messages',
 *   headers: { authorization: 'Bearer token' },
 *   json: { to: '14155550123', type: 'text', text: { body: 'Bonjour' } },
 * })
 * console.log(outcome._tag === 'Answered' && [outcome.status, outcome.json])
 * ```
 *
 * ```text
 * [ 200, { messages: [ [Object] ] } ]
 * ```
 */
export const exchange = async (
  fetch: typeof globalThis.fetch,
  request: ExchangeRequest,
  { signal, maxBytes = mebibyte }: ExchangeOptions = {},
): Promise<Exchanged> => {
  const prepared = prepare(request)
  if (typeof prepared === 'string') return { _tag: 'NotReached', reason: prepared }
  const stopped = () => signal?.aborted === true
  if (stopped()) return { _tag: 'NotReached', reason: 'stopped before it began' }
  let response: Response
  try {
    response = await fetch(request.url, { ...prepared, redirect: 'manual', signal: signal ?? null })
  } catch (error) {
    if (stopped()) return { _tag: 'Unknown', reason: 'stopped before the answer' }
    return { _tag: nothingWritten(error) ? 'NotReached' : 'Unknown', reason: reasonOf(error) }
  }
  const { bytes, end } = await readBounded(response, maxBytes)
  const json = end === 'whole' ? readJson(bytes) : undefined
  return {
    _tag: 'Answered',
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(bytes).toString('utf8'),
    complete: end === 'whole',
    ...(json?.ok === true ? { json: json.value } : {}),
  }
}

/** What `fetch` is given, or why it cannot be asked. */
const prepare = ({ method, url, headers, body, json }: ExchangeRequest): RequestInit | string => {
  try {
    const { protocol, username, password } = new URL(url)
    if (!/^https?:$/.test(protocol) || username !== '' || password !== '') return 'no address of a provider'
    const fields = new Headers(headers)
    if (json === undefined)
      return {
        method,
        headers: fields,
        ...(body === undefined ? {} : { body: body as NonNullable<RequestInit['body']> }),
      }
    if (!fields.has('content-type')) fields.set('content-type', 'application/json')
    return { method, headers: fields, body: JSON.stringify(json) }
  } catch {
    return 'no address of a provider, or no headers that can be sent'
  }
}
