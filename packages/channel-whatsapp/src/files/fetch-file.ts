import { type AllowedHost, download, exchange, idAt, numberAt, retryAfterMs, textAt } from '@guichet/channel-kit'
import type { ChannelAccount, FetchContext, FetchOutcome, RemoteFile } from '@guichet/engine/ports'
import { endpoint, headersOf, userAgent } from '../graph/endpoint.ts'
import { isSuccess, refusalOf } from '../graph/refusal.ts'
import type { WhatsAppSettings } from '../settings/settings.ts'

/** Where Meta keeps files. Its own hosts want the token, and the others must not have it. */
const hostsOf = ({ graphOrigin }: WhatsAppSettings): ReadonlyArray<AllowedHost> => [
  { host: 'lookaside.fbsbx.com', secret: true },
  { host: 'graph.facebook.com', secret: true },
  { host: graphOrigin, secret: true },
  '*.fbcdn.net',
]

interface Found {
  readonly _tag: 'Found'
  readonly url: string
  readonly mime?: string
  readonly sha256?: string
}

type Looked = Found | Exclude<FetchOutcome, { readonly _tag: 'Fetched' }>

type Refused = ReturnType<typeof refusalOf>

/** Only what is said of the file itself is final. */
const isGone = (status: number, refused: Refused): refused is Extract<Refused, { readonly _tag: 'Rejected' }> =>
  refused._tag === 'Rejected' &&
  (refused.because === 'content' || refused.because === 'recipient' || status === 404 || status === 410)

/** Asks where a file is: the address is good for five minutes, its id for seven days. */
const lookUp = async (
  id: string,
  settings: WhatsAppSettings,
  { fetch, signal, maxBytes }: FetchContext,
): Promise<Looked> => {
  const url = `${endpoint(settings, id)}?phone_number_id=${encodeURIComponent(settings.phoneNumberId)}`
  const outcome = await exchange(fetch, { method: 'GET', url, headers: headersOf(settings) }, { signal })
  if (outcome._tag !== 'Answered') return { _tag: 'Retry', reason: outcome.reason }
  if (!isSuccess(outcome)) {
    const refused = refusalOf(outcome)
    if (isGone(outcome.status, refused)) return { _tag: 'Gone', reason: refused.reason }
    // A token is replaced by somebody, an account is let go on: until then the file stays where it is, for its seven days.
    const reason = refused._tag === 'Accepted' ? 'no answer' : refused.reason
    const afterMs = retryAfterMs(outcome.headers, Date.now())
    return { _tag: 'Retry', reason, ...(afterMs === undefined ? {} : { afterMs }) }
  }
  const found = textAt(outcome.json, 'url')
  if (found === undefined) return { _tag: 'Retry', reason: 'a file without an address' }
  if ((numberAt(outcome.json, 'file_size') ?? 0) > maxBytes) {
    return { _tag: 'Gone', reason: `larger than ${maxBytes} bytes` }
  }
  const mime = textAt(outcome.json, 'mime_type')
  const sha256 = textAt(outcome.json, 'sha256')
  return {
    _tag: 'Found',
    url: found,
    ...(mime === undefined ? {} : { mime }),
    ...(sha256 === undefined ? {} : { sha256 }),
  }
}

/** An address that has expired is not there any more: the id may know a new one. */
const lookUps = 2

/**
 * Brings a file in two steps: its id is asked for an address, and the address for the bytes, with the token of the
 * account. They have to be those that the webhook announced, or that the API has said.
 */
export const fetchFile = async (
  file: RemoteFile,
  { settings }: ChannelAccount<WhatsAppSettings>,
  context: FetchContext,
): Promise<FetchOutcome> => {
  const id = idAt(file.remote, 'id')
  if (id === undefined) return { _tag: 'Gone', reason: 'a file without an id' }
  for (let attempt = 1; ; attempt += 1) {
    const found = await lookUp(id, settings, context)
    if (found._tag !== 'Found') return found
    let status = 0
    const watching: typeof globalThis.fetch = async (...asked) => {
      const response = await context.fetch(...asked)
      status = response.status
      return response
    }
    const sha256 = file.sha256 ?? found.sha256
    const { authorization = '' } = headersOf(settings)
    const outcome = await download(watching, {
      url: found.url,
      hosts: hostsOf(settings),
      headers: { authorization },
      maxBytes: context.maxBytes,
      mime: file.mime,
      ...(sha256 === undefined ? {} : { sha256 }),
      signal: context.signal,
      userAgent,
    })
    if (outcome._tag === 'Gone' && status === 404 && attempt < lookUps) continue
    if (outcome._tag === 'Gone' && status === 404) return { _tag: 'Retry', reason: 'its address is not there' }
    if (outcome._tag !== 'Fetched' || found.mime === undefined) return outcome
    return { ...outcome, mime: found.mime }
  }
}
