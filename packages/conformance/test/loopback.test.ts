import { describe, test } from 'vitest'
import { loopback } from '../src/channel/loopback.ts'
import { signatureHeader, signatureOf } from '../src/channel/loopback-protocol.ts'
import { loopbackProvider } from '../src/channel/loopback-provider.ts'
import { channelCases, titleOf } from '../src/index.ts'

const secret = 'known to the provider and to us'

const request = (body: unknown) => ({
  method: 'POST',
  url: 'http://localhost/hooks/loopback',
  headers: {},
  body: new TextEncoder().encode(JSON.stringify(body)),
})

const samples = [
  { name: 'one message', request: request({ type: 'message', id: 'm1', from: { address: 'zoe' }, text: 'hello' }) },
  {
    name: 'many events',
    request: request({
      events: [
        { type: 'status', id: 'out-1', status: 'read' },
        { type: 'edit', id: 'm1', text: 'hello again' },
        { type: 'end', address: 'zoe' },
      ],
    }),
  },
]

const plain = { name: 'loopback', idempotentSend: false } as const

for (const [what, options] of [
  ['loopback by contact', { ...plain, threading: 'contact' }],
  ['loopback by thread', { ...plain, threading: 'thread' }],
  ['loopback that shows more than messages', { ...plain, threading: 'contact', shows: true }],
] as const) {
  describe(what, () => {
    const channel = loopback({ ...options, provider: loopbackProvider() })
    const account = { workspace: 'acme', id: 'loopback', name: 'Loopback', settings: { secret } }
    const cases = channelCases(channel, {
      account,
      samples,
      other: { ...account, id: 'other', settings: { secret: 'known to somebody else' } },
      batch: (texts) =>
        request({ events: texts.map((text, n) => ({ type: 'message', id: `b${n}`, from: { address: 'zoe' }, text })) }),
      reports: ['sent', 'delivered', 'read'].map((status) => request({ type: 'status', id: 'out-1', status })),
      address: 'zoe',
      sign: (asked, { settings }) => ({
        ...asked,
        headers: { ...asked.headers, [signatureHeader]: signatureOf(settings.secret, asked.body) },
      }),
    })
    for (const each of cases) test(titleOf(each), each.run)
  })
}
