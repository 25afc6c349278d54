import type { WireRequest } from '@guichet/engine/ports'
import { hmac } from '../signature/hmac.ts'
import { signedByAny } from '../signature/signed-by-any.ts'

/**
 * Whether one of our applications at Meta sent this: `X-Hub-Signature-256` is `sha256=` and the HMAC-SHA256 of the body's
 * bytes under the secret of the application, in hexadecimal. Several secrets count, for a change of secrets and for
 * several applications at one address. Source: Meta, "Webhooks: Validating Payloads".
 *
 * @example
 * ```ts
 * import { metaSigned } from '@guichet/channel-kit/meta'
 *
 * const body = new TextEncoder().encode('Hello, World!')
 * const signature = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17'
 * const request = { headers: { 'x-hub-signature-256': signature }, body }
 * console.log(metaSigned(request, ["It's a Secret to Everybody"]), metaSigned(request, ['another']))
 * ```
 *
 * ```text
 * true false
 * ```
 */
export const metaSigned = (
  { headers, body }: Pick<WireRequest, 'headers' | 'body'>,
  appSecrets: ReadonlyArray<string>,
): boolean => {
  const given = /^sha256=([\da-f]{64})$/i.exec(headers['x-hub-signature-256'] ?? '')?.[1]?.toLowerCase()
  return signedByAny(appSecrets, (secret) => hmac('sha256', secret, body, 'hex'), given)
}
