import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { channelCases, type ProviderRequest, titleOf } from '@guichet/conformance'
import type { ChannelAccount, WireRequest } from '@guichet/engine/ports'
import { afterAll, describe, it } from 'vitest'
import { segmentsOf, type SmsWire } from '../src/index.ts'
import { awsProvider, signAs, subscription } from './support/aws.ts'
import { customer, picture, type Provider } from './support/provider.ts'
import { providers } from './support/providers.ts'

/** The most text that one request takes, and how it is counted. */
const limitOf = ({ name }: Provider) => {
  if (name === 'Twilio') return { limit: 1_600, size: ({ text }: SmsWire) => text.length }
  return { limit: name === 'Bird' ? 9 : 10, size: ({ text }: SmsWire) => segmentsOf(text).segments.length }
}

const seen = ({ method, path, headers, body }: ProviderRequest) => ({
  method,
  path,
  // Amazon signs whom a request is for; the channel took it for this one.
  headers: { ...headers, host: 'api.example.com' },
  body: Buffer.from(body).toString('utf8'),
})

/** SNS, as far as it takes confirmations. */
const sns = createServer((_request, response) => response.end('<ok/>'))
await new Promise<void>((listening) => {
  sns.listen(0, '127.0.0.1', listening)
})
const snsUrl = `http://127.0.0.1:${(sns.address() as AddressInfo).port}`
afterAll(() => new Promise((closed) => sns.close(closed)))

const handshake = {
  asks: signAs('2', subscription(snsUrl)),
  answer: { status: 200 },
  forged: signAs('2', subscription(snsUrl), undefined, 'another'),
}

describe.each(providers.map((provider) => [provider.name, provider] as const))('the channel of %s', (_, provider) => {
  // Numbers without a plus, and no question mark: `%2B` and `%2b` mean the same in a form, so that not every bit counts.
  const short = { id: 'SM1', from: '38600', text: 'Where is my order', to: '54321' }
  const samples = [
    { name: 'a message', request: provider.incoming(short) },
    { name: 'a word of consent', request: provider.incoming({ ...short, id: 'SM2', text: 'STOP' }) },
  ]
  const origin = 'https://api.example.com'
  const settings = { ...provider.settings(origin), sender: '54321', ...(provider === awsProvider ? { snsUrl } : {}) }
  const account = { workspace: 'acme', id: 'sms', name: 'SMS', settings }
  const other = { ...account, id: 'other', settings: { ...provider.settings(origin, 'another'), sender: '54321' } }
  const [refused = 'no'] =
    Object.entries(provider.verdicts).find(([, verdict]) => verdict === 'recipient' || verdict === 'content') ?? []
  const { limit, size } = limitOf(provider)
  const harness = {
    account,
    address: customer,
    samples,
    sign: (request: WireRequest, { id }: ChannelAccount) => provider.sign(request, id === 'other' ? 'another' : 'ours'),
    other,
    reports: (['sent', 'delivered'] as const).map((status) =>
      provider.report({ id: 'M1', to: customer, from: '54321', status }),
    ),
    wires: { text: ({ text }: SmsWire) => text, size, limit },
    provider: {
      accepts: (request: ProviderRequest) => {
        const answer = provider.handle(seen(request))
        return answer.status < 300 ? provider.accepting('the-id') : answer
      },
      externalId: 'the-id',
      refuses: provider.refusal(refused),
    },
    ...(provider === awsProvider ? { handshake } : {}),
    ...(provider.mediaPath === undefined
      ? {}
      : {
          file: {
            file: { name: 'a.png', mime: 'image/png', remote: { url: `${origin}${provider.mediaPath}` } },
            bytes: picture,
            serves: (_request: ProviderRequest, bytes: Uint8Array) => ({ status: 200, body: bytes }),
          },
        }),
    runs: 50,
  }
  for (const each of channelCases(provider.channel, harness)) it(titleOf(each), each.run)
})
