import { download } from '@guichet/channel-kit'
import type { AwsSettings } from './settings.ts'

const atMost = 16
const timeoutMs = 5_000

/** Fetches the certificates that SNS names, from SNS alone, and keeps those that came. */
export const certificateStore = (): ((url: URL, settings: AwsSettings) => Promise<string | undefined>) => {
  const known = new Map<string, string>()
  return async (url, { snsUrl }) => {
    const { href } = url
    const kept = known.get(href)
    if (kept !== undefined || !url.pathname.endsWith('.pem')) return kept
    const outcome = await download(globalThis.fetch, {
      url: href,
      hosts: snsUrl === undefined ? [url.hostname] : [url.hostname, new URL(snsUrl).origin],
      maxBytes: 100_000,
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (outcome._tag !== 'Fetched') return undefined
    const pem = Buffer.from(outcome.bytes).toString('utf8')
    // The oldest goes: SNS has one certificate a region, and changes it once a year.
    for (const oldest of [...known.keys()].slice(0, Math.max(0, known.size - atMost + 1))) known.delete(oldest)
    known.set(href, pem)
    return pem
  }
}
