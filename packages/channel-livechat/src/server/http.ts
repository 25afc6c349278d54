import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '@guichet/engine/ports'
import { decodeSessionRequest } from '../protocol/decode.ts'
import type { HttpError, SessionAnswer, UploadAnswer } from '../protocol/frames.ts'
import { maxSessionBody, maxTextLength, resumeLifetime, sessionLifetime } from '../protocol/limits.ts'
import type { AccountLink } from './account-link.ts'
import { drawable, shownName, typeOf } from './file-check.ts'
import { readIdentity } from './identity.ts'
import { allows } from './origins.ts'
import { readBody } from './request-body.ts'
import { originAllowed } from './socket.ts'
import { accountNamedBy, randomId, type VisitorClaims } from './tokens.ts'
import type { SharedUploads } from './shared-uploads.ts'
import type { Uploads } from './uploads.ts'
import { attributesOf, languageOf } from './visitor.ts'

export interface HttpContext {
  readonly clock: Clock
  readonly uploads: Uploads
  readonly shared: SharedUploads | undefined
  readonly links: ReadonlyMap<string, AccountLink>
  /** What limits are counted under. */
  readonly ipKey: string
  readonly ip: string
}

const statusOf: Readonly<Record<HttpError, number>> = {
  bad_request: 400,
  too_large: 413,
  not_found: 404,
  method_not_allowed: 405,
  unknown_account: 404,
  origin: 403,
  session_invalid: 401,
  resume_invalid: 401,
  identity_invalid: 401,
  rate_limited: 429,
  file_type: 415,
  too_many_files: 409,
  unavailable: 503,
}

const refuse = (response: ServerResponse, code: HttpError): void => {
  response.statusCode = statusOf[code]
  if (code === 'rate_limited') response.setHeader('Retry-After', '10')
  // What is left of a body that nobody wants is not waited for.
  if (code === 'too_large') response.setHeader('Connection', 'close')
  response.setHeader('Content-Type', 'application/json')
  response.end(JSON.stringify({ error: code }))
}

const answer = (response: ServerResponse, body: SessionAnswer | UploadAnswer): void => {
  response.statusCode = 200
  response.setHeader('Content-Type', 'application/json')
  response.end(JSON.stringify(body))
}

const knownOrigin = (context: HttpContext, origin: string): boolean =>
  [...context.links.values()].some((link) => allows(link.settings.origins, origin))

/** Headers of every answer; those that let another origin's page read it only where an account allows that origin. */
const prepare = (request: IncomingMessage, response: ServerResponse, context: HttpContext): void => {
  response.setHeader('Cache-Control', 'no-store')
  response.setHeader('Vary', 'Origin')
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.setHeader('Referrer-Policy', 'no-referrer')
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
  const { origin } = request.headers
  if (origin !== undefined && knownOrigin(context, origin)) response.setHeader('Access-Control-Allow-Origin', origin)
}

const preflight = (response: ServerResponse): void => {
  response.statusCode = 204
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST')
  response.setHeader('Access-Control-Allow-Headers', 'authorization, content-type')
  response.setHeader('Access-Control-Max-Age', '600')
  response.end()
}

const openSession = async (request: IncomingMessage, response: ServerResponse, context: HttpContext): Promise<void> => {
  const bytes = await readBody(request, maxSessionBody)
  if (bytes === 'too_large') return refuse(response, 'too_large')
  const asked = bytes === 'broken' ? undefined : decodeSessionRequest(Buffer.from(bytes).toString())
  if (asked === undefined) return refuse(response, 'bad_request')
  const link = context.links.get(asked.account)
  if (link === undefined) return refuse(response, 'unknown_account')
  if (!originAllowed(link, request.headers.origin)) return refuse(response, 'origin')
  const gate = link.gates.sessions
  if (!gate.ip({ ip: context.ipKey })) return refuse(response, 'rate_limited')

  const { settings } = link
  const now = link.now()
  const identity = asked.token === undefined ? undefined : readIdentity(asked.token, settings.identitySecrets, now)
  if (asked.token !== undefined && identity === undefined) return refuse(response, 'identity_invalid')
  const resumed = asked.resumeToken === undefined ? undefined : link.read(asked.resumeToken, 'resume')
  if (asked.resumeToken !== undefined && resumed === undefined) return refuse(response, 'resume_invalid')

  // Who somebody is comes from the identity alone: one who has signed out is not let back in by an old token, and one
  // who signs in leaves behind what he was before.
  const anonymous = resumed?.address.startsWith('v_') === true ? resumed.address : undefined
  const address = identity === undefined ? (anonymous ?? `v_${randomId()}`) : `sub:${identity.sub}`
  const fresh = identity === undefined && anonymous === undefined
  if (fresh ? !gate.account() : !gate.visitor({ ip: context.ipKey, visitor: address })) {
    return refuse(response, 'rate_limited')
  }

  let seq: number
  try {
    seq = fresh ? 0 : ((await link.sink.thread(address, { after: 0, limit: 1 }))?.seq ?? 0)
  } catch {
    return refuse(response, 'unavailable')
  }
  const language = languageOf(asked)
  const visitor: VisitorClaims = {
    ...(identity?.name === undefined ? {} : { name: identity.name }),
    ...(identity?.email === undefined ? {} : { email: identity.email }),
    ...(language === undefined ? {} : { language }),
    attributes: attributesOf(asked, { userAgent: request.headers['user-agent'] ?? '', ip: context.ip }),
  }
  answer(response, {
    sessionToken: link.sign({ purpose: 'session', address, visitor, expires: now + sessionLifetime }),
    expiresIn: sessionLifetime,
    resumeToken: link.sign({ purpose: 'resume', address, expires: now + resumeLifetime }),
    visitorId: address,
    config: {
      maxFiles: settings.files.max,
      maxFileBytes: settings.files.maxBytes,
      types: settings.files.types,
      maxTextLength,
    },
    seq,
  })
}

const bearer = (request: IncomingMessage): string =>
  /^Bearer ([\w.-]+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''

const linkOfToken = (context: HttpContext, token: string): AccountLink | undefined =>
  context.links.get(accountNamedBy(token) ?? '')

const upload = async (
  request: IncomingMessage,
  response: ServerResponse,
  context: HttpContext,
  query: URLSearchParams,
): Promise<void> => {
  const token = bearer(request)
  const link = linkOfToken(context, token)
  const session = link?.read(token, 'session')
  if (link === undefined || session === undefined) return refuse(response, 'session_invalid')
  if (!originAllowed(link, request.headers.origin)) return refuse(response, 'origin')
  if (!link.gates.uploads.all({ ip: context.ipKey, visitor: session.address })) return refuse(response, 'rate_limited')
  const { files } = link.settings
  if (files.max === 0) return refuse(response, 'too_many_files')
  const length = Number(request.headers['content-length'] ?? files.maxBytes)
  if (!(length <= files.maxBytes)) return refuse(response, 'too_large')
  // Twice what a message takes: one in the making and one on its way.
  const owner = `${link.key}/${session.address}`
  const place = context.uploads.reserve(owner, length, files.max * 2)
  if (place === undefined) return refuse(response, 'too_many_files')
  try {
    const bytes = await readBody(request, Math.min(length, files.maxBytes))
    if (bytes === 'too_large') return refuse(response, 'too_large')
    if (bytes === 'broken' || bytes.length === 0) return refuse(response, 'bad_request')
    const mime = await typeOf(bytes, query.get('type') ?? '', files.types)
    if (mime === undefined) return refuse(response, 'file_type')
    const name = shownName(query.get('name') ?? '')
    const id = place.keep({ name, mime, bytes })
    await context.shared?.put(owner, id, { name, mime, bytes })
    return answer(response, { id, name, mime, size: bytes.length })
  } finally {
    place.release()
  }
}

/** RFC 6266 and RFC 8187: the name in both its forms, the first for what cannot read the second. */
const disposition = (kind: 'inline' | 'attachment', name: string): string => {
  const shown = shownName(name)
  const ascii = shown.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(shown).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`
}

const download = async (
  request: IncomingMessage,
  response: ServerResponse,
  context: HttpContext,
  blob: string,
  query: URLSearchParams,
): Promise<void> => {
  const key = query.get('k')
  const token = key ?? bearer(request)
  const link = linkOfToken(context, token)
  const claims = link?.read(token, key === null ? 'session' : 'file')
  if (link === undefined || claims === undefined) return refuse(response, 'session_invalid')
  if (key !== null && claims.blob !== blob) return refuse(response, 'session_invalid')
  // A picture in a page is fetched without `Origin`; the token says enough.
  if (request.headers.origin !== undefined && !originAllowed(link, request.headers.origin))
    return refuse(response, 'origin')
  let found: Awaited<ReturnType<AccountLink['sink']['file']>>
  try {
    found = await link.sink.file(claims.address, blob)
  } catch {
    return refuse(response, 'unavailable')
  }
  if (found === undefined) return refuse(response, 'not_found')
  const kind = drawable.has(found.file.mime) ? 'inline' : 'attachment'
  response.statusCode = 200
  response.setHeader('Content-Type', kind === 'inline' ? found.file.mime : 'application/octet-stream')
  response.setHeader('Content-Length', found.bytes.length)
  response.setHeader('Content-Disposition', disposition(kind, found.file.name))
  response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox")
  // The bytes under a blob never change; only this browser may keep them, and only as long as the key opens them.
  response.setHeader('Cache-Control', 'private, max-age=3600, immutable')
  response.end(request.method === 'HEAD' ? undefined : found.bytes)
}

/** Answers one request below the path; `rest` is what follows it. Never rejects. */
export const serveHttp = async (
  request: IncomingMessage,
  response: ServerResponse,
  rest: string,
  context: HttpContext,
): Promise<void> => {
  // A peer that goes away in the middle.
  request.on('error', () => {})
  response.on('error', () => {})
  try {
    prepare(request, response, context)
    const mark = rest.indexOf('?')
    const path = mark === -1 ? rest : rest.slice(0, mark)
    const query = new URLSearchParams(mark === -1 ? '' : rest.slice(mark + 1))
    const method = request.method ?? ''
    const blob = /^\/files\/([\w.-]{1,200})$/.exec(path)?.[1]
    if (path !== '/sessions' && path !== '/files' && blob === undefined) return refuse(response, 'not_found')
    if (method === 'OPTIONS') {
      return response.hasHeader('Access-Control-Allow-Origin') ? preflight(response) : refuse(response, 'origin')
    }
    if (blob !== undefined && (method === 'GET' || method === 'HEAD')) {
      return await download(request, response, context, blob, query)
    }
    if (method !== 'POST' || blob !== undefined) return refuse(response, 'method_not_allowed')
    return await (path === '/sessions'
      ? openSession(request, response, context)
      : upload(request, response, context, query))
  } catch {
    if (response.headersSent) response.destroy()
    else refuse(response, 'unavailable')
  }
}
