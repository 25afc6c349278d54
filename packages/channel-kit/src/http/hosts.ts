import { isPrivate } from './private-address.ts'

/**
 * A place that files may come from: a host (`lookaside.fbsbx.com`) or all below one (`*.fbcdn.net`), by https on its usual
 * port alone; or an origin (`http://127.0.0.1:8080`), which is taken as it stands, also when it is no https or
 * inside a private network. `secret: true` marks hosts of the provider itself, that are given the headers.
 */
export type AllowedHost = string | { readonly host: string; readonly secret: true }

/** What the list says of an address; undefined when files may not come from there. */
export interface Allowed {
  readonly secret: boolean
}

const matches = (host: string, url: URL): boolean => {
  if (host.includes('://')) return URL.canParse(host) && new URL(host).origin === url.origin
  if (url.protocol !== 'https:' || url.port !== '' || isPrivate(url.hostname)) return false
  const name = host.toLowerCase()
  return name.startsWith('*.') && name.length > 2 ? url.hostname.endsWith(name.slice(1)) : url.hostname === name
}

export const allowed = (hosts: ReadonlyArray<AllowedHost>, url: URL): Allowed | undefined => {
  if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return undefined
  const found = hosts.filter((one) => matches(typeof one === 'string' ? one : one.host, url))
  return found.length === 0 ? undefined : { secret: found.some((one) => typeof one !== 'string') }
}
