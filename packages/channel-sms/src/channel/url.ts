import { readForm } from '@guichet/channel-kit'
import type { WireRequest } from '@guichet/engine/ports'

/** The parameter of our webhooks' addresses in which our key comes back. */
const parameter = 'reference'

/** The address for reports on one message. */
export const withReference = (url: string, reference: string): string =>
  `${url}${url.includes('?') ? '&' : '?'}${parameter}=${encodeURIComponent(reference)}`

/** What a request has in its address. */
export const queryOf = ({ url }: Pick<WireRequest, 'url'>): URLSearchParams => {
  const start = url.indexOf('?')
  return readForm(start < 0 ? '' : (url.slice(start).split('#')[0] ?? ''))
}

/** The key of the message that a report is about, where it was sent with one. */
export const referenceOf = (request: Pick<WireRequest, 'url'>): string | undefined =>
  queryOf(request).get(parameter) ?? undefined
