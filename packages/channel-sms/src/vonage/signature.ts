import { createHash } from 'node:crypto'
import { hmac, numberAt, sameText, signedByAny, textAt } from '@guichet/channel-kit'
import type { WireRequest } from '@guichet/engine/ports'
import { fieldsOf } from '../inbound/fields.ts'
import { signedClaims } from '../jwt/jwt.ts'
import { messagesBody } from './messages-inbound.ts'
import type { VonageSettings, VonageSignature } from './settings.ts'

/** Vonage comes again for a day. What is repeated is known by its id; what is older is not believed. In seconds. */
const toleranceSeconds = 86_400

const inTime = (seconds: number | undefined, now: number): boolean =>
  seconds !== undefined && Math.abs(now / 1000 - seconds) <= toleranceSeconds

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

/** All fields but the signature, by name; what separates them is taken out of their values. */
const joined = (form: URLSearchParams): string =>
  [...new Set(form.keys())]
    .filter((name) => name !== 'sig')
    .sort(byBytes)
    .map((name) => `&${name}=${(form.get(name) ?? '').replace(/[&=]/g, '_')}`)
    .join('')

const signature = (method: VonageSignature, secret: string, text: string): string =>
  method === 'md5hash'
    ? createHash('md5')
        .update(text + secret)
        .digest('hex')
    : hmac(method, secret, text, 'hex')

/** Digits of one case, whichever it is. */
const lowered = (hex: string | null | undefined): string | undefined =>
  hex === null || hex === undefined || (hex !== hex.toLowerCase() && hex !== hex.toUpperCase())
    ? undefined
    : hex.toLowerCase()

/** The SMS API: `sig` among the fields. Source: Vonage, "Signing messages". */
const fieldsSigned = (request: WireRequest, settings: VonageSettings, now: number): boolean => {
  const form = fieldsOf(request)
  const given = lowered(form?.get('sig'))
  if (form === undefined || given === undefined) return false
  // A name that comes twice could be signed with one value and read with the other.
  if (new Set(form.keys()).size !== [...form.keys()].length) return false
  const { signatureSecrets, signatureMethod = 'md5hash' } = settings
  const text = joined(form)
  const fits = signedByAny(signatureSecrets, (secret) => signature(signatureMethod, secret, text), given)
  return fits && inTime(numberAt(form.get('timestamp')), now)
}

/** The Messages API: a token that knows the body. Source: Vonage, "Verify the webhook signature". */
const bodySigned = (token: string, body: Uint8Array, settings: VonageSettings, now: number): boolean => {
  const claims = signedClaims(token, { secrets: settings.signatureSecrets, by: ['HS256'], now })
  const hash = textAt(claims, 'payload_hash')
  if (hash === undefined || !inTime(numberAt(claims, 'iat'), now)) return false
  return sameText(createHash('sha256').update(body).digest('hex'), hash.toLowerCase())
}

/**
 * Whether Vonage sent this, by whichever of its APIs. What is looked at is what is read afterwards: a token says nothing of
 * an address, and a signature among fields nothing of a body that is no fields.
 */
export const vonageSigned = (request: WireRequest, settings: VonageSettings, now: number): boolean => {
  const token = /^Bearer (\S+)$/i.exec(request.headers['authorization'] ?? '')?.[1]
  if (token === undefined) return messagesBody(request) === undefined && fieldsSigned(request, settings, now)
  return request.method.toUpperCase() !== 'GET' && bodySigned(token, request.body, settings, now)
}
