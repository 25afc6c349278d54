import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { whatsApp } from '../src/index.ts'
import { accountWith } from './support/account.ts'
import { messages } from './support/samples.ts'
import { openTown } from './support/town.ts'
import { messagesChange, parsed } from './support/webhook.ts'

/** The number as people dial it, and what WhatsApp may call the same telephone. */
const countries: ReadonlyArray<readonly [country: string, dialled: string, other: string]> = [
  ['Brazil', '5511987654321', '551187654321'],
  ['Mexico', '525512345678', '5215512345678'],
  ['Argentina', '5491112345678', '541112345678'],
]

const from = (waId: string, more: object = {}) =>
  messagesChange({
    contacts: [{ profile: { name: 'Zoe' }, wa_id: waId }],
    messages: [{ from: waId, id: 'wamid.1', timestamp: '1749416383', ...messages.text, ...more }],
  })

const heard = async (waId: string) => {
  const events = await parsed(from(waId))
  const message = events.find(({ _tag }) => _tag === 'MessageReceived')
  if (message?._tag !== 'MessageReceived') throw new Error('no message')
  return { address: message.from.address, message, events }
}

describe.each(countries)('a number of %s', (_, dialled, other) => {
  it.each([dialled, other])('has one address, and what was written is kept: %s', async (waId) => {
    const { address, message, events } = await heard(waId)
    expect(address).toBe(`+${dialled}`)
    expect(message.from).toMatchObject({ phone: `+${dialled}`, attributes: { whatsappId: waId } })
    expect(events[0]).toMatchObject({ _tag: 'AddressChanged', from: `+${other}`, to: `+${dialled}` })
  })

  it('is answered as WhatsApp has written it, and as it was dialled where that is not known', async () => {
    const { message } = await heard(other)
    const render = async (to: string, meta?: typeof message.meta) => {
      const answers = meta === undefined ? {} : { answers: { meta } }
      const parts = [{ _tag: 'Text', text: 'Hi' }] as const
      const given = { workspace: 'acme', conversation: 'c', seq: 2, to, cc: [], subject: null, parts, sentAt: 0 }
      const made = await whatsApp().render({ ...given, ...answers }, accountWith())
      return made._tag === 'Rendered' ? made.wires[0]?.body['to'] : undefined
    }
    for (const to of [dialled, other]) expect(await render(`+${to}`, message.meta)).toBe(other)
    expect(await render(`+${dialled}`)).toBe(dialled)
    expect(await render('+16505551234', message.meta)).toBe('16505551234')
  })

  it.each([
    ['as it is dialled', dialled],
    ['in its other form', other],
  ])(
    'that an agent has written to first, %s, is the one that answers, whichever form that comes in',
    async (_how, typed) => {
      for (const waId of [dialled, other]) {
        const { ana, clock, engine, graph, post, conversation, messages: said } = await openTown()
        const approved = { _tag: 'ProviderTemplate', name: 'hello', language: 'en', values: [], text: 'Hello' } as const
        const begun = await ana.conversations.start({
          account: 'mobile',
          to: { address: `+${typed}` },
          parts: [approved],
        })
        expect(begun).toMatchObject({ ok: true })
        await engine.settle()
        clock.advance(60_000)
        await post(from(waId, { timestamp: '1749416500' }))
        expect((await said()).map(({ direction }) => direction)).toEqual(['out', 'in'])
        await ana.conversations.reply(await conversation(), { text: 'Good morning' })
        await engine.settle()
        expect(graph.sent.map(({ body }) => body['to'])).toEqual([typed, waId])
      }
    },
  )

  it('that has written is found by an agent who writes to either form', async () => {
    for (const typed of [dialled, other]) {
      const { ana, post, conversation } = await openTown()
      await post(from(other))
      const id = await conversation()
      const begun = await ana.conversations.start({ account: 'mobile', to: { address: `+${typed}` }, text: 'Hello' })
      if (!begun.ok) throw new Error(JSON.stringify(begun))
      expect(begun.value.conversation.id).toBe(id)
    }
  })
})

describe('the number of any other country', () => {
  it('has one form, and nothing is said of another', async () => {
    const digits = fc
      .tuple(
        fc.constantFrom('1', '33', '49', '91', '550', '5211', '54911'),
        fc.string({ unit: fc.constantFrom('1', '4', '7'), minLength: 6, maxLength: 9 }),
      )
      .map((both) => both.join(''))
      .filter((one) => !/^(?:55[1-9]{2}9?[6-9]\d{7}|521?[2-9]\d{9}|549?[123]\d{9})$/.test(one))
    await fc.assert(
      fc.asyncProperty(digits, async (waId) => {
        const { address, message, events } = await heard(waId)
        expect(address).toBe(`+${waId}`)
        expect(events).toHaveLength(1)
        expect(message).not.toHaveProperty('meta')
      }),
    )
  })

  it('is not that of Brazil when it is a landline of it, which has eight digits', async () => {
    expect((await heard('551132345678')).address).toBe('+551132345678')
  })
})
