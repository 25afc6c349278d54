import type { IncomingMessage } from 'node:http'
import { isIP, isIPv4 } from 'node:net'

const bare = (address: string): string =>
  address.startsWith('::ffff:') && isIPv4(address.slice(7)) ? address.slice(7) : address

/**
 * Where a request comes from. `X-Forwarded-For` is read from its right end, one entry for each proxy of the host's
 * own: what is further left was written by whoever sent the request and proves nothing.
 *
 * @param trusted how many proxies stand before the server; 0 or false when none does.
 */
export const clientIp = (request: IncomingMessage, trusted: number | false): string => {
  const remote = bare(request.socket.remoteAddress ?? '')
  if (trusted === false || trusted <= 0) return remote
  const header = request.headers['x-forwarded-for']
  const forwarded = (Array.isArray(header) ? header.join(',') : (header ?? ''))
    .split(',')
    .map((entry) => bare(entry.trim()))
    .filter((entry) => entry !== '')
  const chain = [...forwarded, remote]
  const address = chain[Math.max(0, chain.length - 1 - trusted)]
  return address !== undefined && isIP(address) !== 0 ? address : remote
}

/** The first four groups of an IPv6 address, written out. */
const network = (address: string): string => {
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? []
  const groups = head === '' ? [] : head.split(':')
  const rest = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = tail === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length)
  return [...groups, ...Array<string>(missing).fill('0'), ...rest]
    .slice(0, 4)
    .map((group) => (Number.parseInt(group, 16) || 0).toString(16))
    .join(':')
}

/** What counts as one address for limits: an IPv4 address, or the /64 that one IPv6 customer has to himself. */
export const limitKey = (address: string): string => (address.includes(':') ? `${network(address)}::/64` : address)
