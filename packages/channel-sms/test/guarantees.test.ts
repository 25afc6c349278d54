import { memoryStorage } from '@guichet/engine/memory'
import type { WireRequest } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { announcedUntil, timelineOf } from '../../../tooling/channels/desk.ts'
import { mortal } from '../../../tooling/stores/mortal.ts'
import { customer, now, type Provider } from './support/provider.ts'
import { providers } from './support/providers.ts'
import { town } from './support/town.ts'

const minute = 60_000
const hour = 60 * minute

type Town = Awaited<ReturnType<typeof town>>

const texts = async ({ messages }: Town) =>
  (await messages()).map(({ parts }) => parts.flatMap((part) => (part._tag === 'Text' ? [part.text] : [])).join(' '))

/** A customer has written, Ana has answered, and the provider has taken the answer. */
const answered = async (provider: Provider) => {
  const here = await town(provider)
  await here.receive(provider.incoming({ id: 'SM1', from: customer, text: 'Hello' }))
  expect(await here.answer('It leaves today.')).toMatchObject({ ok: true })
  const [sent] = here.server.seen
  const id = (await here.delivery())?.externalId ?? ''
  return { ...here, id, ...(sent === undefined ? {} : { sent }) }
}

describe.each(providers.map((provider) => [provider.name, provider] as const))('SMS by %s', (_name, provider) => {
  const says = (id: string, text: string, at?: number): WireRequest =>
    provider.incoming({ id, from: customer, text, ...(at === undefined ? {} : { at }) })

  it('G02 what comes doubled, delayed and out of order is stored and announced once', async () => {
    const here = await town(provider)
    await here.receive(says('SM2', 'Two'))
    await here.receive(says('SM1', 'One'))
    const again = await Promise.all(
      [says('SM2', 'Two'), says('SM2', 'Two'), says('SM1', 'One')].map((one) => here.receive(one)),
    )
    expect(again.map(({ status }) => status)).toEqual([200, 200, 200])
    await here.receive(says('SM3', 'Three'))
    expect(await announcedUntil(here.acme, 'SM3')).toEqual(['SM2', 'SM1', 'SM3'])
    expect(await here.messages()).toHaveLength(3)
    expect(here.problems).toEqual([])
  })

  it('G02 two messages that say the same are two', async () => {
    const here = await town(provider)
    for (const [id, text] of Object.entries({ SM1: 'Yes', SM2: 'And the second?', SM3: 'Yes' })) {
      await here.receive(says(id, text))
    }
    expect(await texts(here)).toEqual(['Yes', 'And the second?', 'Yes'])
  })

  it('G04 one id on two numbers is two messages', async () => {
    const here = await town(provider)
    await here.add('second', { sender: '+14155550199' })
    await here.receive(says('SM1', 'Here'))
    const there = { id: 'SM1', from: customer, text: 'There', to: '+14155550199' }
    expect((await here.receive(provider.incoming(there), 'second')).status).toBe(200)
    expect((await here.conversations()).map(({ account }) => account).toSorted()).toEqual(['second', 'sms'])
  })

  it('G06 every delivery ends as one thing: stored, a duplicate, refused, or set aside whole', async () => {
    const here = await town(provider)
    expect((await here.receive(says('SM1', 'Hello'))).status).toBe(200)
    expect((await here.receive(says('SM1', 'Hello'))).status).toBe(200)
    const nobody = provider.incoming({ id: 'SM2', from: ' ', text: 'Who am I?' })
    expect((await here.receive(nobody)).status).toBe(200)
    expect(await here.messages()).toHaveLength(1)
    expect(await here.acme.quarantine.list()).toMatchObject([{ reason: 'a message from nobody' }])
    expect(here.problems).toEqual([])
  })

  it('G06 nothing is answered with success before it is stored, and it is stored when it comes again', async () => {
    const store = memoryStorage()
    const { storage, die } = mortal(store)
    const here = await town(provider, undefined, { storage })
    die()
    expect((await here.receive(says('SM1', 'Hello'))).status).toBeGreaterThanOrEqual(500)
    const heir = await here.start(store)
    const { method, url, headers, body } = provider.sign(says('SM1', 'Hello'))
    const again = new Request(url, { method, headers, ...(method === 'GET' ? {} : { body: Buffer.from(body) }) })
    expect((await heir.receive('acme/sms', again)).status).toBe(200)
    const [conversation] = (await heir.workspace('acme').as('ana').conversations.list({ tab: 'all' })).items
    expect(await timelineOf(heir, conversation?.id ?? '')).toHaveLength(1)
  })

  it('G07 one message of a request is all of it: its words, in order, beside what they mean for consent', async () => {
    const here = await town(provider)
    for (const [at, text] of ['One', 'Stop', 'Start', 'Four'].entries()) await here.receive(says(`SM${at}`, text))
    expect(await texts(here)).toEqual(['One', 'Stop', 'Start', 'Four'])
    expect(await here.answer('Five')).toMatchObject({ ok: true })
  })

  it('G08 the time of the provider is kept beside ours and never lies in the future; there is no window', async () => {
    const here = await town(provider)
    await here.receive(says('SM1', 'Earlier', now - hour))
    await here.receive(says('SM2', 'From tomorrow', now + 24 * hour))
    const stored = await here.messages()
    expect(stored.map(({ sentAt }) => sentAt)).toEqual([provider.timeless === true ? now : now - hour, now])
    expect(stored.map(({ receivedAt }) => receivedAt)).toEqual([now, now])
    expect(provider.channel.capabilities).not.toHaveProperty('window')
    const [conversation] = await here.conversations()
    here.clock.advance(1_000 * 24 * hour)
    expect(await here.ana.conversations.canSend(conversation?.id ?? '')).toEqual({ ok: true, value: { _tag: 'Yes' } })
  })

  it('G12 a reaction that comes as words is a message, and nothing that was said is changed', async () => {
    const here = await town(provider)
    await here.receive(says('SM1', 'Two chairs'))
    await here.receive(says('SM2', 'Liked “Two chairs”'))
    expect(await here.messages()).toMatchObject([
      { parts: [{ text: 'Two chairs' }], reactions: [] },
      { parts: [{ text: 'Liked “Two chairs”' }] },
    ])
    const { customerChanges, edit, delete: remove } = provider.channel.capabilities
    expect([customerChanges, edit, remove]).toEqual([undefined, false, false])
  })

  it('G17 what may have been sent is left in doubt, sent once, and known again by its key', async () => {
    const here = await town(provider)
    await here.receive(says('SM1', 'Hello'))
    here.server.script('reset')
    await here.answer('It leaves today.')
    expect(await here.delivery()).toMatchObject({ status: 'uncertain' })
    await here.advance(24 * hour)
    expect(here.server.seen).toHaveLength(1)
    const [sent] = here.server.seen
    const report = { id: 'SM9', to: customer, status: 'delivered', ...(sent === undefined ? {} : { sent }) } as const
    await here.receive(provider.report(report))
    expect(await here.delivery()).toMatchObject({ status: 'delivered', externalId: 'SM9' })
  })

  it('G17 a process that dies between the sending and its record leaves it in doubt, never doubled', async () => {
    const store = memoryStorage()
    const { storage, die } = mortal(store)
    const here = await town(provider, undefined, { storage })
    await here.receive(says('SM1', 'Hello'))
    const [conversation] = await here.conversations()
    const id = conversation?.id ?? ''
    void here.server.read(1).then(die)
    await here.ana.conversations.reply(id, { text: 'It leaves today.' })
    await here.engine.settle().catch(() => undefined)
    const heir = await here.start(store)
    here.clock.advance(24 * hour)
    await heir.settle()
    expect((await timelineOf(heir, id))[1]?.delivery).toMatchObject({ status: 'uncertain' })
    expect(here.server.seen).toHaveLength(1)
  })

  it('G17 what was not taken is tried again, and is sent once', async () => {
    const here = await town(provider)
    await here.receive(says('SM1', 'Hello'))
    here.server.script({ status: 429, headers: { 'retry-after': '30' }, body: '' })
    await here.answer('It leaves today.')
    expect(await here.delivery()).toMatchObject({ status: 'queued' })
    await here.advance(minute)
    expect(await here.delivery()).toMatchObject({ status: 'sent' })
    expect(here.server.seen).toHaveLength(2)
  })

  it('G18 a status only moves forward, whatever comes late, twice or out of order', async () => {
    const here = await answered(provider)
    const { id, sent } = here
    const report = { id, to: customer, ...(sent === undefined ? {} : { sent }) }
    const all = (['sent', 'delivered', 'sent', 'delivered'] as const).map((status) =>
      provider.report({ ...report, status }),
    )
    await Promise.all(all.map((one) => here.receive(one)))
    expect(await here.delivery()).toMatchObject({ status: 'delivered' })
    await here.receive(provider.report({ ...report, status: 'failed', code: provider.failure }))
    expect(await here.delivery()).toMatchObject({ status: 'delivered', error: { code: provider.failure } })
  })

  it('G18 a report that overtakes the answer to its send counts for its message', async () => {
    const here = await town(provider)
    await here.receive(says('SM1', 'Hello'))
    const early = provider.report({ id: 'the-id', to: customer, status: 'delivered' })
    await here.receive(early)
    here.server.script(provider.accepting('the-id'))
    await here.answer('It leaves today.')
    expect(await here.delivery()).toMatchObject({ status: 'delivered', externalId: 'the-id' })
  })

  it('G19 nothing leaves to who has said STOP, until it says START', async () => {
    const here = await town(provider)
    await here.receive(says('SM1', 'Hello'))
    await here.receive(says('SM2', 'STOP'))
    expect(await here.answer('One thing more')).toMatchObject({ ok: false })
    expect(here.server.seen).toEqual([])
    await here.receive(says('SM3', 'Start'))
    expect(await here.answer('One thing more')).toMatchObject({ ok: true })
    expect(here.server.seen).toHaveLength(1)
  })

  it.each([
    ['late', minute],
    ['in the same second', 0],
  ])('G19 a word that is delivered again, %s, does not count again', async (_, between) => {
    const here = await town(provider)
    const start = says('SM1', 'Start', now - 2 * minute)
    await here.receive(start)
    // It came a moment later, also where the provider writes the same second, or none.
    here.clock.advance(1)
    await here.receive(says('SM2', 'STOP', now - 2 * minute + between))
    here.clock.advance(1)
    await here.receive(start)
    expect(await here.answer('One thing more')).toMatchObject({ ok: false })
    expect(here.server.seen).toEqual([])
  })

  it('G19 what waits to be sent does not leave any more after STOP', async () => {
    const here = await town(provider)
    await here.receive(says('SM1', 'Hello'))
    here.server.script({ status: 429, headers: { 'retry-after': '60' }, body: '' })
    await here.answer('It leaves today.')
    await here.receive(says('SM2', 'STOP'))
    await here.advance(hour)
    expect(here.server.seen).toHaveLength(1)
    expect(await here.delivery()).toMatchObject({ status: 'failed' })
  })

  // Not every provider has a code for it.
  const optOuts = Object.entries(provider.verdicts).filter(([, verdict]) => verdict === 'optedOut')
  it.each(optOuts)('G19 a send that is refused by the code %s, an opt-out, is the last one', async (optedOut) => {
    const here = await town(provider)
    await here.receive(says('SM1', 'Hello'))
    here.server.script(provider.refusal(optedOut))
    await here.answer('It leaves today.')
    expect(await here.delivery()).toMatchObject({ status: 'failed', error: { code: optedOut } })
    expect(await here.answer('One thing more')).toMatchObject({ ok: false })
    expect(here.server.seen).toHaveLength(1)
  })
})
