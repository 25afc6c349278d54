import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { twilioStatuses } from '../src/twilio/statuses.ts'
import { customer, ours } from './support/provider.ts'
import { openServer } from './support/server.ts'
import { accountOf } from './support/town.ts'
import { created, twilioProvider } from './support/twilio.ts'
import { messageFields, messageIssues, messageStatuses, requestIssues } from './support/twilio-api.ts'

const service = `MG${'0'.repeat(32)}`

/** Whoever may send, with whatever is set beside. */
const settings = fc.record(
  {
    sender: fc.constantFrom(ours, '54321', 'ACME'),
    messagingServiceSid: fc.constant(service),
    smartEncoding: fc.boolean(),
    validitySeconds: fc.integer({ min: 1, max: 36_000 }),
  },
  { requiredKeys: ['sender'] },
)

const wire = fc.record({
  to: fc.constantFrom(customer, `whatsapp:${customer}`),
  text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
  media: fc.array(fc.webUrl(), { maxLength: 10 }),
})

describe('by the description of its API that Twilio publishes', () => {
  it('whatever is sent is a request for a message', async () => {
    const server = await openServer(twilioProvider.handle)
    const account = await accountOf(twilioProvider, server.origin)
    await fc.assert(
      fc.asyncProperty(settings, wire, async (chosen, said) => {
        const context = {
          idempotencyKey: 'acme/c1/2/0',
          signal: new AbortController().signal,
          fetch,
          blob: () => Promise.reject(new Error('no file has to be read')),
        }
        await twilioProvider.channel.send(said, { ...account, settings: { ...account.settings, ...chosen } }, context)
        const asked = new URLSearchParams(server.seen.at(-1)?.body)
        expect(requestIssues(asked)).toEqual([])
        expect([asked.get('Body'), asked.getAll('MediaUrl')]).toEqual([said.text, said.media])
      }),
      { numRuns: 100 },
    )
  })

  it('a name, an id or an address that it does not know is noticed', () => {
    const asks = (fields: Readonly<Record<string, string>>) => requestIssues(new URLSearchParams(fields))
    expect(asks({ To: customer, From: ours, Body: 'Hello' })).toEqual([])
    expect(asks({ From: ours, Body: 'Hello' })).toHaveLength(1)
    expect(asks({ To: customer, Text: 'Hello' })).toHaveLength(1)
    expect(asks({ To: customer, MessagingServiceSid: 'MG1' })).not.toEqual([])
    expect(asks({ To: customer, StatusCallback: '/hooks' })).toHaveLength(1)
    expect(asks({ To: customer, ValidityPeriod: 'long' })).toHaveLength(1)
  })

  it('what the provider of these tests answers is a message with every field of one', () => {
    for (const from of [{ From: ours }, { MessagingServiceSid: service }]) {
      const answer = created(new URLSearchParams({ To: customer, Body: 'Hello', ...from }))
      expect(messageIssues(answer)).toEqual([])
      expect(Object.keys(answer).toSorted()).toEqual(messageFields.toSorted())
    }
    expect(messageIssues({ sid: 'SM1', status: 'lost' })).toHaveLength(3)
  })

  it('every status that a message can have is known', () => {
    expect(Object.keys(twilioStatuses)).toEqual(expect.arrayContaining([...messageStatuses]))
  })
})
