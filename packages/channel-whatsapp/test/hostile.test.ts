import { partIssues } from '@guichet/engine/domain'
import type { InboundEvent, InboundPart } from '@guichet/engine/ports'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accountsOf, whatsApp } from '../src/index.ts'
import { accountWith } from './support/account.ts'
import { samples } from './support/samples.ts'
import { requestWith, signed } from './support/webhook.ts'

const channel = whatsApp()
const account = accountWith()
const parse = async (body: unknown): Promise<ReadonlyArray<InboundEvent>> => channel.parse(requestWith(body), account)

const bodies = samples.map(({ request }) => JSON.parse(Buffer.from(request.body).toString()) as unknown)

/** The same with one of its values another one, wherever it stands. */
const replaced = (value: unknown, at: { left: number }, by: unknown): unknown => {
  if (at.left-- === 0) return by
  if (Array.isArray(value)) return value.map((one) => replaced(one, at, by))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, replaced(one, at, by)]))
}

const isSensible = (part: InboundPart): boolean => {
  if (part._tag === 'Text') return typeof part.text === 'string'
  if (part._tag === 'RemoteFile') return part.file.name !== '' && part.file.mime !== ''
  return partIssues(part)?.length === 0
}

const anything = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom('', ' ', 'x'.repeat(20_000), '😀'.repeat(150), 1e308, -1),
)

describe('whatever Meta may write', () => {
  it('G06 ends as events that the engine takes, with any value of it another one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...bodies), fc.nat(80), anything, async (body, at, by) => {
        const hostile = replaced(body, { left: at }, by)
        const events = await parse(hostile)
        expect(events.length).toBeGreaterThan(0)
        for (const event of events) {
          if ('parts' in event) expect(event.parts.filter((part) => !isSensible(part))).toEqual([])
          if (event._tag === 'MessageReceived') expect(event.from.address).not.toBe('')
          if (event._tag === 'Ignored' || event._tag === 'Unreadable') expect(event.reason).not.toBe('')
        }
        accountsOf(requestWith(hostile))
      }),
      { numRuns: 3000 },
    )
  })

  it('G06 a body that is none is kept as it came', async () => {
    for (const body of ['', 'null', '[]', '{}', '{"object":"whatsapp_business_account"}', '{"entry":7}', '\ud800{']) {
      const [event, ...more] = await parse(body)
      expect(more).toEqual([])
      expect(event?._tag === 'Unreadable' && Buffer.from(event.raw)).toEqual(Buffer.from(body))
    }
    expect(await parse({ object: 'page', entry: [{}] })).toEqual([{ _tag: 'Ignored', reason: 'object: page' }])
    expect(await parse({ object: 'whatsapp_business_account', entry: [7, { changes: [null] }] })).toMatchObject([
      { _tag: 'Unreadable' },
      { _tag: 'Unreadable' },
    ])
  })

  it('keeps ids exact that are written as numbers beyond 2^53', async () => {
    const body =
      '{"object":"whatsapp_business_account","entry":[{"id":1,"changes":[{"field":"messages","value":{"messages":[{"from":16505551234,"id":98765432109876543210,"timestamp":1749416383,"type":"image","image":{"id":12345678901234567891}}]}}]}]}'
    expect(await parse(body)).toMatchObject([
      {
        externalId: '98765432109876543210',
        from: { address: '+16505551234' },
        sentAt: 1_749_416_383_000,
        parts: [{ file: { remote: { id: '12345678901234567891' } } }],
      },
    ])
  })
})

describe('a request', () => {
  it('is believed with the signature of any secret of ours, over its bytes', async () => {
    const rotating = accountWith({ appSecrets: ['new', 'old'] })
    const request = requestWith('{"object":"whatsapp_business_account","name":"\\u00e9"}')
    expect(await channel.verify(signed(request, 'old'), rotating)).toBe(true)
    expect(await channel.verify(signed(request, 'new'), rotating)).toBe(true)
    expect(await channel.verify(signed(request, 'another'), rotating)).toBe(false)
    const respelt = requestWith('{"object":"whatsapp_business_account","name":"é"}')
    const { headers } = signed(request, 'old')
    expect(await channel.verify({ ...respelt, headers }, rotating)).toBe(false)
    const sha1 = { 'x-hub-signature': headers['x-hub-signature-256'] ?? '' }
    expect(await channel.verify({ ...request, headers: sha1 }, rotating)).toBe(false)
  })

  it('that asks whether the address is ours gets its challenge back, for a token of ours', async () => {
    const asked = (query: string) => ({ ...requestWith(''), method: 'GET', url: `https://acme.example/hook?${query}` })
    const question = 'hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token='
    expect(await channel.handshake?.(asked(`${question}meatyhamhock`), account)).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/plain' },
      body: '1158201444',
    })
    expect(await channel.handshake?.(asked(`${question}guess`), account)).toMatchObject({ status: 403 })
    expect(await channel.handshake?.(requestWith('{}'), account)).toBeUndefined()
  })

  it('names the accounts that it is about, each once', () => {
    const change = (number: string) => ({ field: 'messages', value: { metadata: { phone_number_id: number } } })
    const entry = [
      { id: '1', changes: [change('7'), change('8'), change('7')] },
      { id: '2', changes: [{ field: 'account_update', value: { event: 'X' } }] },
    ]
    expect(accountsOf(requestWith({ entry }))).toEqual(['7', '8', '2'])
    expect(accountsOf(requestWith('nonsense'))).toEqual([])
  })
})
