import { hmac, readForm, signedByAny } from '@guichet/channel-kit'
import type { WireRequest } from '@guichet/engine/ports'
import { queryOf } from '../channel/url.ts'
import type { PlivoSettings } from './settings.ts'

const pathOf = (url: string): string => url.split(/[?#]/)[0] ?? ''

const sorted = (form: URLSearchParams): ReadonlyArray<readonly [name: string, value: string]> =>
  [...new Set(form.keys())]
    .sort()
    .flatMap((name) => [...form.getAll(name)].sort().map((value) => [name, value] as const))

const withQuery = (form: URLSearchParams): string =>
  sorted(form)
    .map(([name, value]) => `${name}=${value}`)
    .join('&')

/** What version 3 signs, before the nonce. Where there are fields and no query, Plivo's libraries differ by a `?`. */
const signedOf = (request: WireRequest): ReadonlyArray<string> => {
  const path = pathOf(request.url)
  const query = withQuery(queryOf(request))
  if (request.method.toUpperCase() === 'GET') return [query === '' ? path : `${path}?${query}`]
  const fields = sorted(readForm(request.body))
    .map(([name, value]) => name + value)
    .join('')
  if (query !== '') return [`${path}?${query}${fields === '' ? '' : '.'}${fields}`]
  return fields === '' ? [path] : [`${path}?${fields}`, path + fields]
}

const fits = (tokens: ReadonlyArray<string>, text: string, given: ReadonlyArray<string>): boolean =>
  given
    .map((one) => signedByAny(tokens, (token) => hmac('sha256', token, text, 'base64'), one))
    .some((signed) => signed)

const list = (header: string | undefined): ReadonlyArray<string> =>
  (header ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')

/** More than one or two signatures are sent while a token is changed; a hundred are an attack. */
const atMost = 8

/** Whether Plivo sent this. Source: Plivo, "Validating requests". */
export const plivoSigned = (request: WireRequest, settings: PlivoSettings): boolean => {
  const { headers } = request
  const { authTokens, signatureVersion = 'v3' } = settings
  if (signatureVersion === 'v2') {
    const nonce = headers['x-plivo-signature-v2-nonce']
    const path = pathOf(request.url)
    const given = [...list(headers['x-plivo-signature-v2']), ...list(headers['x-plivo-signature-ma-v2'])].slice(
      0,
      atMost,
    )
    if (nonce === undefined) return false
    return [path, path.replace(/\/$/, '')].some((base) => fits(authTokens, base + nonce, given))
  }
  const nonce = headers['x-plivo-signature-v3-nonce']
  const given = [...list(headers['x-plivo-signature-v3']), ...list(headers['x-plivo-signature-ma-v3'])].slice(0, atMost)
  if (nonce === undefined) return false
  return signedOf(request).some((base) => fits(authTokens, `${base}.${nonce}`, given))
}
