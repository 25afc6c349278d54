import type { Receipt, WireRequest } from '@guichet/engine/ports'
import { envelopeFromHeader, envelopeToHeader } from '../inbound/parse.ts'
import type { Route } from './routes.ts'

export interface Envelope {
  /** '' for the null sender of RFC 5321 4.5.5. */
  readonly from: string
  readonly to: ReadonlyArray<{ readonly address: string; readonly route: Route }>
}

/** How long a store may take before the sender is asked to come again. */
const commitTimeout = 60_000

/** What a mail is to the engine: its bytes, and the envelope that they do not contain. */
const requestOf = (from: string, to: ReadonlyArray<string>, body: Uint8Array): WireRequest => ({
  method: 'POST',
  url: 'smtp:',
  headers: { 'content-type': 'message/rfc822', [envelopeFromHeader]: from, [envelopeToHeader]: to.join(', ') },
  body,
})

const inTime = (work: Promise<ReadonlyArray<Receipt>>): Promise<ReadonlyArray<Receipt>> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the store took too long')), commitTimeout)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/**
 * Hands a mail to every account that it is for; each keeps it for itself. True when all of them have it for good.
 * When one has not, the sender comes again and the others find that they have it.
 */
export const handOver = async ({ from, to }: Envelope, body: Uint8Array): Promise<boolean> => {
  const byAccount = new Map<Route, Array<string>>()
  for (const { address, route } of to) {
    const addresses = byAccount.get(route)
    if (addresses === undefined) byAccount.set(route, [address])
    else addresses.push(address)
  }
  const kept = await Promise.allSettled(
    [...byAccount].map(async ([{ sink }, addresses]) => inTime(sink.receive(requestOf(from, addresses, body)))),
  )
  return kept.every(({ status }) => status === 'fulfilled')
}
