import { describe, expect, it } from 'vitest'
import { birdReasons } from '../src/bird/errors.ts'
import { plivoErrors } from '../src/plivo/errors.ts'
import type { Verdict, Verdicts } from '../src/send/verdict.ts'
import { sinchReasons } from '../src/sinch/errors.ts'
import { telnyxErrors } from '../src/telnyx/errors.ts'
import { twilioErrors } from '../src/twilio/errors.ts'
import { vonageMessagesErrors } from '../src/vonage/errors.ts'
import { birdProvider } from './support/bird.ts'
import { parsed } from './support/parsed.ts'
import { plivoProvider } from './support/plivo.ts'
import { customer, type Provider } from './support/provider.ts'
import { providers } from './support/providers.ts'
import { sinchProvider } from './support/sinch.ts'
import { telnyxProvider } from './support/telnyx.ts'
import { town } from './support/town.ts'
import { twilioProvider } from './support/twilio.ts'
import { vonageMessagesProvider } from './support/vonage.ts'

/** What is known of the codes in reports. */
const tables: ReadonlyArray<readonly [Provider, Verdicts]> = [
  [twilioProvider, twilioErrors],
  [telnyxProvider, telnyxErrors],
  [vonageMessagesProvider, vonageMessagesErrors],
  [birdProvider, birdReasons],
  [plivoProvider, plivoErrors],
  [sinchProvider, sinchReasons],
]

/** Those that say nothing of other messages. */
const silent: ReadonlyArray<Verdict> = ['throttle', 'again', 'uncertain', 'refused']

const rows = tables.flatMap(([provider, table]) =>
  Object.entries(table).map(
    ([code, verdict]) => [provider.name, code, silent.includes(verdict) ? 'nothing' : verdict, provider] as const,
  ),
)

const reportOf = async (provider: Provider, status: 'delivered' | 'failed', code: string) => {
  const events = await parsed(provider, provider.report({ id: 'M1', to: customer, status, code }))
  return events.find((event) => event._tag === 'DeliveryReported')
}

describe('a report of a failure', () => {
  it.each(rows)('G19 by %s with %s says of the next message: %s', async (_name, code, because, provider) => {
    expect((await reportOf(provider, 'failed', code))?.because ?? 'nothing').toBe(because)
    expect(await reportOf(provider, 'delivered', code)).not.toHaveProperty('because')
  })

  it.each(['nobody knows', 'constructor', '__proto__'])('says nothing by a code such as %s', async (code) => {
    for (const provider of providers) expect((await reportOf(provider, 'failed', code))?.because).toBeUndefined()
  })

  it('G19 that says more than one thing says the opt-out', async () => {
    const request = twilioProvider.report({ id: 'M1', to: customer, status: 'failed', code: '30005' })
    const body = Buffer.concat([request.body, Buffer.from('&ErrorMessage=no+more')])
    expect(await parsed(twilioProvider, { ...request, body }, { optOutCodes: ['no more'] })).toMatchObject([
      { _tag: 'ConsentChanged', by: 'no more' },
      { _tag: 'DeliveryReported', error: { code: '30005' }, because: 'optedOut' },
    ])
  })

  it('G19 says so of its message also where it does not say whose it was', async () => {
    const request = twilioProvider.report({ id: 'M1', to: ' ', status: 'failed', code: '21610' })
    expect(await parsed(twilioProvider, request)).toMatchObject([{ _tag: 'DeliveryReported', because: 'optedOut' }])
  })

  const withOptOut = providers.flatMap((provider) =>
    provider.optedOut === undefined ? [] : [[provider.name, provider, provider.optedOut] as const],
  )

  /** Ana has answered, and the provider has taken it. */
  const answered = async (provider: Provider) => {
    const here = await town(provider)
    await here.receive(provider.incoming({ id: 'SM1', from: customer, text: 'Hello' }))
    await here.answer('It leaves today.')
    const [sent] = here.server.seen
    const report = { id: (await here.delivery())?.externalId ?? '', to: customer, ...(sent && { sent }) }
    const fails = (code: string) => here.receive(provider.report({ ...report, status: 'failed', code }))
    return { ...here, fails }
  }

  it.each(withOptOut)('G19 by %s is of the last message to who has opted out', async (_, provider, code) => {
    const { fails, answer, delivery, server, problems } = await answered(provider)
    await fails(code)
    expect(await delivery()).toMatchObject({ error: { code } })
    expect(await answer('One thing more')).toMatchObject({ refusal: { _tag: 'CannotSend', reason: 'optedOut' } })
    expect(server.seen).toHaveLength(1)
    expect(problems).toEqual([])
  })

  it('G19 is one opt-out in the journal, however often it comes', async () => {
    const { fails, advance, ana, conversations } = await answered(twilioProvider)
    await advance(60_000)
    await fails('21610')
    await fails('21610')
    const [conversation] = await conversations()
    const timeline = await ana.conversations.timeline(conversation?.id ?? '')
    const said = timeline.ok ? timeline.value.entries.map(({ what }) => what._tag) : []
    expect(said.filter((tag) => tag === 'ConsentChanged')).toHaveLength(1)
  })

  it('G19 because of the account keeps the others of it, until it is put again', async () => {
    const { fails, answer, delivery, server, add, advance } = await answered(twilioProvider)
    await fails('30002')
    await answer('One thing more')
    expect(await delivery()).toMatchObject({ status: 'queued' })
    expect(server.seen).toHaveLength(1)
    await add('sms')
    await advance(60_000)
    expect(await delivery()).toMatchObject({ status: 'sent' })
    expect(server.seen).toHaveLength(2)
  })
})
