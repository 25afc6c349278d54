import { createHash } from 'node:crypto'
import { channelCases, titleOf } from '@guichet/conformance'
import type { WireRequest } from '@guichet/engine/ports'
import { describe, it } from 'vitest'
import { whatsApp } from '../src/index.ts'
import { accountWith, businessId } from './support/account.ts'
import { messages, samples } from './support/samples.ts'
import { envelope, fromZoe, requestWith, signed, statuses, zoesAddress } from './support/webhook.ts'

const account = accountWith({ businessAccountId: businessId })

const asks = (token: string): WireRequest => ({
  ...requestWith(''),
  method: 'GET',
  url: `https://acme.example/hook?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}`,
})

const picture = Uint8Array.of(137, 80, 78, 71)
const sha256 = createHash('sha256').update(picture).digest('hex')

const json = (body: unknown, status = 200) => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

const bodyOf = (wire: { readonly body: object }): string | undefined =>
  (wire.body as { readonly text?: { readonly body: string } }).text?.body

describe('the WhatsApp channel', () => {
  const cases = channelCases(whatsApp(), {
    account,
    address: zoesAddress,
    samples,
    sign: (request, { settings }) => signed(request, settings.appSecrets[0]),
    other: { ...account, id: 'other', settings: { ...account.settings, appSecrets: ['of-another-application'] } },
    batch: (texts) => requestWith(envelope(fromZoe(...texts.map((body) => ({ ...messages.text, text: { body } }))))),
    reports: ['sent', 'delivered', 'read'].map((status) => requestWith(envelope(statuses({ status })))),
    wires: { text: bodyOf, size: (wire) => Array.from(bodyOf(wire) ?? '').length, limit: 4096 },
    provider: {
      accepts: () => json({ messaging_product: 'whatsapp', messages: [{ id: 'wamid.out' }] }),
      externalId: 'wamid.out',
      tells: ({ _tag }) =>
        json(
          _tag === 'Reaction' ? { messaging_product: 'whatsapp', messages: [{ id: 'wamid.sign' }] } : { success: true },
        ),
      refuses: json({ error: { message: '(#131026) Undeliverable', code: 131_026 } }, 400),
    },
    handshake: {
      asks: asks('meatyhamhock'),
      answer: {
        status: 200,
        headers: { 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' },
        body: '1158201444',
      },
      forged: asks('guess'),
    },
    file: {
      file: { name: 'chair.png', mime: 'image/png', sha256, remote: { id: '77' } },
      bytes: picture,
      serves: ({ path }, bytes) =>
        path.startsWith('/v25.0/77?')
          ? json({ url: `${account.settings.graphOrigin}/file/77`, mime_type: 'image/png', sha256 })
          : { status: 200, body: bytes },
    },
  })
  for (const each of cases) it(titleOf(each), each.run)
})
