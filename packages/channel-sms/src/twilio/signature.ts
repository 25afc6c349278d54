import { createHash } from 'node:crypto'
import querystring from 'node:querystring'
import { hmac, readForm, sameText, signedByAny } from '@guichet/channel-kit'
import type { WireRequest } from '@guichet/engine/ports'
import { queryOf } from '../channel/url.ts'

const parts = /^(https?):\/\/((?:[^/?#@]*@)?(?:\[[^\]]*\]|[^/?#:]*))(:\d+)?([/?].*)?$/i

/** With the port as it is written, without one, and with the usual one: Twilio has signed each of them in its time. */
const withPorts = (url: string): ReadonlyArray<string> => {
  const [, scheme = '', host = '', , rest = ''] = parts.exec(url) ?? []
  if (scheme === '') return [url]
  const usual = scheme.toLowerCase() === 'https' ? 443 : 80
  return [url, `${scheme}://${host}${rest}`, `${scheme}://${host}:${usual}${rest}`]
}

/** With the query as it is written, and as older encoders write it: they differ in what they escape (`'`). */
const withQueries = (url: string): ReadonlyArray<string> => {
  const start = url.indexOf('?')
  if (start < 0) return [url]
  const [path, query] = [url.slice(0, start + 1), url.slice(start + 1)]
  return [
    url,
    path + query.replaceAll("'", '%27'),
    path + query.replaceAll('%27', "'"),
    path + querystring.stringify(querystring.parse(query)),
  ]
}

/** Addresses that a request may have been signed with. What follows `#` never reaches a server. */
const addresses = (url: string): ReadonlySet<string> => new Set(withPorts(url.split('#')[0] ?? '').flatMap(withQueries))

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

/** The fields of a form, by name and by value, each pair once, without anything between them. */
const joined = (form: URLSearchParams): string =>
  [...new Set(form.keys())]
    .sort(byBytes)
    .map((name) => [...new Set(form.getAll(name))].sort(byBytes).map((value) => name + value))
    .flat()
    .join('')

const digest = (body: Uint8Array | string): string => createHash('sha256').update(body).digest('hex')

/** A body that is no form is signed by its digest in the address. Nothing at all counts as the empty object as well. */
const hasDigest = (body: Uint8Array, given: string): boolean => {
  const said = given.toLowerCase()
  return sameText(digest(body), said) || (body.byteLength === 0 && sameText(digest('{}'), said))
}

const isForm = ({ headers }: WireRequest): boolean =>
  (headers['content-type'] ?? '').toLowerCase().startsWith('application/x-www-form-urlencoded')

/**
 * Whether Twilio sent this: `X-Twilio-Signature` is the HMAC-SHA1 of the address and the fields, under a token of the
 * account. Source: Twilio, "Webhooks security".
 */
export const twilioSigned = (request: WireRequest, tokens: ReadonlyArray<string>): boolean => {
  const given = request.headers['x-twilio-signature']
  if (given === undefined) return false
  const { body } = request
  const posted = request.method.toUpperCase() !== 'GET' && isForm(request)
  const sha256 = queryOf(request).get('bodySHA256')
  if (!posted && body.byteLength > 0 && sha256 === null) return false
  if (sha256 !== null && !posted && !hasDigest(body, sha256)) return false
  const fields = posted ? joined(readForm(body)) : ''
  let signed = false
  for (const url of addresses(request.url)) {
    const fits = signedByAny(tokens, (token) => hmac('sha1', token, url + fields, 'base64'), given)
    signed = fits || signed
  }
  return signed
}
