import type { FetchOutcome } from '@guichet/engine/ports'
import { type BoundedBody, discardBody, readBounded } from './bounded.ts'
import { reasonOf } from './cause.ts'
import { hasDigest } from './digest.ts'
import { type AllowedHost, allowed } from './hosts.ts'
import { retryAfterMs } from './retry-after.ts'

/** A file that a provider holds, and where it may come from. */
export interface DownloadRequest {
  readonly url: string
  /** Where files may come from, redirects included; what is not listed is never asked. */
  readonly hosts: ReadonlyArray<AllowedHost>
  /**
   * What is secret (an `authorization`). Sent to hosts with `secret: true` alone, and no further than the origin of
   * `url`: who is redirected to does not get them.
   */
  readonly headers?: Readonly<Record<string, string>>
  /** What is larger is not read to its end, in bytes. */
  readonly maxBytes: number
  /** What the bytes must have, in hexadecimal or base64. */
  readonly sha256?: string
  /** The type that was announced: what is seen or heard is never a page. */
  readonly mime?: string
  readonly signal: AbortSignal
  /** `guichet` unless given: providers answer some programs with a page in place of the file. */
  readonly userAgent?: string
  /**
   * What 401 and 403 mean: the address has expired and there is no other (`Gone`), or the next attempt will have a new
   * address or token (`Retry`, unless given).
   */
  readonly expired?: 'Gone' | 'Retry'
}

const redirects = 5

/**
 * Brings a file from the hosts of a provider, and from nowhere else: each address is held against the list before it is
 * asked, redirects included, at most five. Addresses inside private networks count only where the list names their
 * origin. What comes back is what `fetchFile` of a channel answers, so that it never throws:
 *
 * | what happens | outcome |
 * |---|---|
 * | 2xx, within `maxBytes`, with the announced `sha256` | `Fetched` |
 * | 404, 410, any other 4xx; an address or a redirect that is not allowed; too large; too many redirects | `Gone` |
 * | 401, 403 | as `expired` says |
 * | 408, 425, 429, 5xx; no answer, broken off, stopped; bytes that are not those announced; a page in place of a picture | `Retry` |
 *
 * @example
 * ```ts
 * import { download } from '@guichet/channel-kit'
 *
 * const provider = async () => new Response('GIF89a', { headers: { 'content-type': 'image/gif' } })
 * const outcome = await download(provider, {
 *   url: 'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1',
 *   hosts: [{ host: 'lookaside.fbsbx.com', secret: true }, '*.fbcdn.net'],
 *   headers: { authorization: 'Bearer token' },
 *   maxBytes: 5_000_000,
 *   signal: AbortSignal.timeout(30_000),
 * })
 * console.log(outcome._tag === 'Fetched' && [outcome.mime, outcome.bytes.byteLength])
 * ```
 *
 * ```text
 * [ 'image/gif', 6 ]
 * ```
 */
export const download = async (fetch: typeof globalThis.fetch, request: DownloadRequest): Promise<FetchOutcome> => {
  const { hosts, signal, headers, userAgent = 'guichet' } = request
  if (!URL.canParse(request.url)) return gone('no address')
  let url = new URL(request.url)
  let ours = true
  for (let hop = 0; hop <= redirects; hop += 1) {
    const host = allowed(hosts, url)
    if (host === undefined) return gone(`files may not come from ${url.origin}`)
    let response: Response
    try {
      response = await fetch(url, {
        // Files are packed already, and the size that is announced is then the size that comes.
        headers: { ...(host.secret && ours ? headers : {}), 'user-agent': userAgent, 'accept-encoding': 'identity' },
        redirect: 'manual',
        signal,
      })
    } catch (error) {
      return retry(signal.aborted ? 'stopped' : reasonOf(error))
    }
    const next = redirectOf(response, url)
    if (next === undefined) return received(response, request)
    await discardBody(response)
    ours &&= next.origin === url.origin
    url = next
  }
  return gone('too many redirects')
}

const gone = (reason: string): FetchOutcome => ({ _tag: 'Gone', reason })
const retry = (reason: string, afterMs?: number): FetchOutcome =>
  afterMs === undefined ? { _tag: 'Retry', reason } : { _tag: 'Retry', reason, afterMs }

const redirectOf = (response: Response, from: URL): URL | undefined => {
  const location = response.headers.get('location')
  if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return undefined
  return URL.canParse(location, from.href) ? new URL(location, from) : undefined
}

/** Some providers answer with a page, as to a browser, what should be seen or heard. */
const isPageInstead = (announced: string, mime: string): boolean =>
  /^(?:image|audio|video)\//i.test(announced) && /^text\/html\b/i.test(mime)

const received = async (response: Response, request: DownloadRequest): Promise<FetchOutcome> => {
  const { maxBytes, sha256, expired } = request
  const { status } = response
  const tooLarge = `larger than ${maxBytes} bytes`
  if (!response.ok || Number(response.headers.get('content-length') ?? 0) > maxBytes) {
    await discardBody(response)
    if (response.ok) return gone(tooLarge)
    const again = status >= 500 || status === 408 || status === 425 || status === 429
    const refused = status === 401 || status === 403
    if (!again && !(refused && expired !== 'Gone')) return gone(`answered with ${status}`)
    return retry(`answered with ${status}`, retryAfterMs(Object.fromEntries(response.headers), Date.now()))
  }
  const { bytes, end, error }: BoundedBody = await readBounded(response, maxBytes)
  if (end === 'large') return gone(tooLarge)
  if (end === 'broken') return retry(`broken off: ${reasonOf(error)}`)
  if (sha256 !== undefined && !hasDigest(bytes, sha256)) return retry('not the bytes that were announced')
  const mime = response.headers.get('content-type')
  if (isPageInstead(request.mime ?? '', mime ?? '')) return retry('a page came in place of the file')
  return { _tag: 'Fetched', bytes, ...(mime === null ? {} : { mime }) }
}
