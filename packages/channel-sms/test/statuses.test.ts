import type { WireRequest } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { awsStatuses } from '../src/aws/statuses.ts'
import { birdStatuses } from '../src/bird/statuses.ts'
import type { StatusTable } from '../src/inbound/reported.ts'
import { plivoStatuses } from '../src/plivo/statuses.ts'
import { sinchStatuses } from '../src/sinch/statuses.ts'
import { telnyxStatuses } from '../src/telnyx/statuses.ts'
import { twilioStatuses } from '../src/twilio/statuses.ts'
import { vonageStatuses } from '../src/vonage/statuses.ts'
import { awsProvider } from './support/aws.ts'
import { birdProvider } from './support/bird.ts'
import { plivoProvider } from './support/plivo.ts'
import { customer, type Provider } from './support/provider.ts'
import { sinchProvider } from './support/sinch.ts'
import { telnyxProvider } from './support/telnyx.ts'
import { accountOf } from './support/town.ts'
import { twilioProvider } from './support/twilio.ts'
import { vonageMessagesProvider } from './support/vonage.ts'

/** A report with another word in place of the one that says that a message has failed. */
const saying = (provider: Provider, failed: string, status: string): WireRequest => {
  const request = provider.report({ id: 'M1', to: customer, status: 'failed' })
  const body = new TextDecoder().decode(request.body).replaceAll(failed, () => status)
  return { ...request, url: request.url.replace(failed, () => status), body: new TextEncoder().encode(body) }
}

const tables: ReadonlyArray<readonly [Provider, string, StatusTable, (status: string) => string]> = [
  [twilioProvider, 'undelivered', twilioStatuses, (status) => status],
  [telnyxProvider, 'delivery_failed', telnyxStatuses, (status) => status],
  [vonageMessagesProvider, 'undeliverable', vonageStatuses, (status) => status],
  [birdProvider, 'delivery_failed', birdStatuses, (status) => status],
  [plivoProvider, 'undelivered', plivoStatuses, (status) => status],
  [sinchProvider, 'FAILED', sinchStatuses, (status) => status.toUpperCase()],
  [awsProvider, 'TEXT_INVALID', awsStatuses, (status) => status.toUpperCase()],
]

const cases = tables.flatMap(([provider, failed, table, written]) =>
  Object.entries(table)
    // What has come in says so as well, and is a message.
    .filter(([status]) => !(provider === twilioProvider && status.startsWith('receiv')))
    .map(
      ([status, means]) =>
        [provider.name, status, means, () => saying(provider, failed, written(status)), provider] as const,
    ),
)

describe('a status of a provider', () => {
  it.each(cases)('G18 %s: %s means %s', async (_name, status, means, request, provider) => {
    const events = await provider.channel.parse(request(), await accountOf(provider, 'http://127.0.0.1:1'))
    if (means === null) expect(events).toEqual([{ _tag: 'Ignored', reason: `status: ${status}` }])
    else expect(events[0]).toMatchObject({ _tag: 'DeliveryReported', externalId: 'M1', status: means })
  })

  it.each(tables.map(([provider, failed]) => [provider.name, provider, failed] as const))(
    'G06 that %s has made up since is ignored, and said to be',
    async (_, provider, failed) => {
      const account = await accountOf(provider, 'http://127.0.0.1:1')
      for (const status of ['teleported', 'constructor', '__proto__']) {
        expect(await provider.channel.parse(saying(provider, failed, status), account)).toEqual([
          { _tag: 'Ignored', reason: `unknown status: ${status}` },
        ])
      }
    },
  )
})
