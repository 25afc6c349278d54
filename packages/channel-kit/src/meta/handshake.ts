import type { WireAnswer, WireRequest } from '@guichet/engine/ports'
import { readForm } from '../body/read-form.ts'
import { sameText } from '../signature/same-text.ts'

/**
 * Meta's question whether an address is ours, asked once with GET before it sends anything there. The answer is the
 * challenge as it was given where a token fits (several, while one is being changed), else 403; undefined for every
 * other request. Source: Meta, "Webhooks: Getting Started".
 *
 * @example
 * ```ts
 * import { metaHandshake } from '@guichet/channel-kit/meta'
 *
 * const url = 'https://example.com/hook?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=meatyhamhock'
 * const request = { method: 'GET', url, headers: {}, body: new Uint8Array() }
 * console.log(metaHandshake(request, ['meatyhamhock'])?.body, metaHandshake(request, ['another'])?.status)
 * ```
 *
 * ```text
 * 1158201444 403
 * ```
 */
export const metaHandshake = (
  { method, url }: Pick<WireRequest, 'method' | 'url'>,
  verifyTokens: ReadonlyArray<string>,
): WireAnswer | undefined => {
  if (method.toUpperCase() !== 'GET' || !URL.canParse(url, 'http://any.invalid')) return undefined
  const query = readForm(new URL(url, 'http://any.invalid').search)
  const mode = query.get('hub.mode')
  if (mode === null) return undefined
  const given = query.get('hub.verify_token')
  const challenge = query.get('hub.challenge')
  // Each token is compared, so that the time tells nothing of which one fits.
  const known = verifyTokens.filter((token) => token !== '' && given !== null && sameText(token, given)).length > 0
  if (mode !== 'subscribe' || challenge === null || !known) return { status: 403 }
  return {
    status: 200,
    headers: { 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' },
    body: challenge,
  }
}
