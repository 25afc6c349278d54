import { exchange, hmac, retryAfterMs, signedByAny, splitText, textAt } from '@guichet/channel-kit'
import { type SendOutcome, defineChannel } from '@guichet/engine/ports'
import { eventsOf } from './inbound.ts'
import { type ExampleChannelSettings, settings } from './settings.ts'

/** One message as the provider takes it. */
export interface ExampleChannelWire {
  readonly to: string
  readonly text: string
}

/** The provider's limit, in UTF-16 code units. */
const longest = 1_000

const rejected = (status: number, because?: 'auth'): SendOutcome => ({
  _tag: 'Rejected',
  code: String(status),
  reason: `the provider answered ${status}`,
  ...(because === undefined ? {} : { because }),
})

/** A channel to begin with: signed JSON comes in, texts go out. */
export const exampleChannel = defineChannel<ExampleChannelSettings, ExampleChannelWire>({
  name: 'example-channel',
  spi: 1,
  capabilities: {
    threading: 'contact',
    webhook: true,
    live: false,
    idempotentSend: false,
    html: false,
    subject: false,
    cc: false,
    edit: false,
    delete: false,
    receipts: true,
    typing: false,
    files: { max: 0, maxBytes: 0, types: [] },
  },
  settings,
  verify: ({ headers, body }, account) =>
    signedByAny(account.settings.secrets, (secret) => hmac('sha256', secret, body, 'hex'), headers['x-signature']),
  parse: ({ body }) => eventsOf(body),
  render: ({ to, parts }) => {
    if (parts.some((part) => part._tag === 'File')) return { _tag: 'Unsupported', feature: 'files' }
    const text = parts.flatMap((part) => (part._tag === 'Text' ? [part.text] : [])).join('\n')
    const wires = splitText(text, { limit: longest, measure: 'utf16' }).map((piece) => ({ to, text: piece }))
    return wires.length === 0
      ? { _tag: 'Unsupported', feature: 'a message without words' }
      : { _tag: 'Rendered', wires }
  },
  send: async (wire, account, { fetch, signal }) => {
    const { url, token } = account.settings
    const headers = { authorization: `Bearer ${token}` }
    const answer = await exchange(fetch, { method: 'POST', url, headers, json: { ...wire } }, { signal })
    if (answer._tag === 'NotReached') return { _tag: 'Retry', reason: answer.reason }
    if (answer._tag === 'Unknown') return { _tag: 'Ambiguous', reason: answer.reason }
    const { status } = answer
    if (status === 429) {
      const afterMs = retryAfterMs(answer.headers, Date.now())
      return { _tag: 'Retry', reason: 'too many at a time', ...(afterMs === undefined ? {} : { afterMs }) }
    }
    if (status >= 500) return { _tag: 'Ambiguous', reason: `the provider answered ${status}` }
    if (status === 401 || status === 403) return rejected(status, 'auth')
    if (status < 200 || status >= 300) return rejected(status)
    const externalId = textAt(answer.json, 'id')
    return externalId === undefined || externalId === ''
      ? { _tag: 'Ambiguous', reason: 'taken, and no id was given' }
      : { _tag: 'Accepted', externalId }
  },
})
