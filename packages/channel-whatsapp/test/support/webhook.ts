import { createHmac } from 'node:crypto'
import type { InboundEvent, WireRequest } from '@guichet/engine/ports'
import { whatsApp } from '../../src/index.ts'
import { accountWith, appSecret, businessId, numberId } from './account.ts'

/** Zoe, as WhatsApp introduces her. */
export const zoe = { profile: { name: 'Zoe', username: 'zoe.k' }, wa_id: '16505551234' }

/** The same with every id that WhatsApp has for her. */
export const zoesIds = {
  ...zoe,
  user_id: 'US.13491208655302741918',
  parent_user_id: 'US.ENT.11815799212886844830',
}

/** Her address, as the channel has it. */
export const zoesAddress = '+16505551234'

/** One change of the field `messages`, of the number of the tests. */
export const messagesChange = <Value extends object>(value: Value, number = numberId) => ({
  field: 'messages',
  value: {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '15550783881', phone_number_id: number },
    ...value,
  },
})

/** Messages of Zoe; each needs what is its own alone. */
export const fromZoe = (...messages: ReadonlyArray<object>) =>
  messagesChange({
    contacts: [zoe],
    messages: messages.map((message, at) => ({
      from: zoe.wa_id,
      id: `wamid.${at + 1}`,
      timestamp: String(1_749_416_383 + at),
      ...message,
    })),
  })

export const statuses = (...all: ReadonlyArray<object>) =>
  messagesChange({
    contacts: [zoe],
    statuses: all.map((status) => ({ id: 'wamid.ours', recipient_id: zoe.wa_id, timestamp: '1749416400', ...status })),
  })

/** The body of a webhook. */
export const envelope = (...changes: ReadonlyArray<object>) => ({
  object: 'whatsapp_business_account',
  entry: [{ id: businessId, time: 1_749_416_500, changes }],
})

export const requestWith = (body: unknown): WireRequest => ({
  method: 'POST',
  url: 'https://acme.example/hooks/mobile',
  headers: { 'content-type': 'application/json' },
  body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
})

/** As Meta signs what it posts. */
export const signatureOf = (body: Uint8Array | string, secret = appSecret): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

export const signed = (request: WireRequest, secret = appSecret): WireRequest => ({
  ...request,
  headers: { ...request.headers, 'x-hub-signature-256': signatureOf(request.body, secret) },
})

const channel = whatsApp()

/** What changes mean. */
export const parsed = async (...changes: ReadonlyArray<object>): Promise<ReadonlyArray<InboundEvent>> =>
  channel.parse(requestWith(envelope(...changes)), accountWith())

/** What one message of Zoe means. */
export const received = async (message: object) => {
  const [event, ...more] = await parsed(fromZoe(message))
  if (event?._tag !== 'MessageReceived' || more.length > 0) throw new Error(`no message: ${JSON.stringify(event)}`)
  return event
}
