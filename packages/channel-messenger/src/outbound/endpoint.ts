import { hmac } from '@guichet/channel-kit'

/** Where an account sends to, and as whom. */
export interface Endpoint {
  /** The Graph API in the version that is spoken. */
  readonly root: string
  /** The page or the Instagram account, as the Graph API addresses it. */
  readonly node: string
  readonly token: string
  readonly proofSecret?: string
  /** Whether messages carry our key. */
  readonly metadata: boolean
  /** Of an upload: which product it is for, where a page serves two. */
  readonly platform?: 'instagram'
}

interface AppAccess {
  readonly token: string
  readonly proofSecret?: string
  readonly version?: string
  readonly graph?: string
}

export const endpointOf = (
  id: string,
  { token, proofSecret, version = 'v25.0', graph }: AppAccess,
  { origin, metadata, platform }: Pick<Endpoint, 'metadata' | 'platform'> & { readonly origin: string },
): Endpoint => ({
  root: `${graph ?? origin}/${version}`,
  node: id,
  token,
  metadata,
  ...(proofSecret === undefined ? {} : { proofSecret }),
  ...(platform === undefined ? {} : { platform }),
})

/**
 * The address of somebody or something. With a secret it carries the proof that whoever has the token also has that.
 * Source: Meta, "Securing Graph API Calls".
 */
export const addressOf = (
  { root, token, proofSecret }: Endpoint,
  path: ReadonlyArray<string>,
  query: Readonly<Record<string, string>> = {},
): string => {
  const proof = proofSecret === undefined ? {} : { appsecret_proof: hmac('sha256', proofSecret, token, 'hex') }
  const asked = new URLSearchParams({ ...query, ...proof }).toString()
  return `${root}/${path.map(encodeURIComponent).join('/')}${asked === '' ? '' : `?${asked}`}`
}

/** What every request has, beside its address. */
export const headersOf = ({ token }: Endpoint) => ({ authorization: `Bearer ${token}` })
