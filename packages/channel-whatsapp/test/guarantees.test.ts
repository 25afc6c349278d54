import { memoryStorage } from '@guichet/engine/memory'
import { describe, expect, it } from 'vitest'
import { announcedUntil, timelineOf } from '../../../tooling/channels/desk.ts'
import { mortal } from '../../../tooling/stores/mortal.ts'
import { messages as samples } from './support/samples.ts'
import { openTown, type Town } from './support/town.ts'
import { envelope, fromZoe, messagesChange, requestWith, signed, statuses, zoesAddress } from './support/webhook.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** When the first message of Zoe was written, by the time of WhatsApp. */
const written = 1_749_416_383_000

const said = (id: string, at = written) => ({
  ...samples.text,
  id,
  timestamp: String(at / 1000),
  text: { body: id },
})

/** Ana answers, and what is to leave has left or waits. */
const answer = (town: Town, text = 'It left today.') => town.answer(text)

const canSend = async (town: Town) => {
  const answered = await town.ana.conversations.canSend(await town.conversation())
  if (!answered.ok) throw new Error(answered.refusal._tag)
  return answered.value
}

describe('what comes in', () => {
  it('G02 is announced once, however often and in whichever order it comes', async () => {
    const town = await openTown()
    const [one, two] = [fromZoe(said('one')), fromZoe(said('two', written + minute))]
    await town.post(two)
    await town.post(one, two)
    await Promise.all([town.post(one), town.post(two), town.post(two, one)])
    await town.post(fromZoe(said('three')))
    expect(await announcedUntil(town.acme, 'three')).toEqual(['two', 'one', 'three'])
  })

  it('G04 is two messages when one request brings it to two numbers', async () => {
    const town = await openTown()
    await town.add('other', { phoneNumberId: '999' })
    const mine = fromZoe(said('one'))
    const theirs = messagesChange({ contacts: mine.value.contacts, messages: mine.value.messages }, '999')
    expect(await town.postTo('mobile', mine, theirs)).toMatchObject([
      { _tag: 'Stored' },
      { _tag: 'Ignored', reason: 'another account: 999' },
    ])
    expect(await town.postTo('other', mine, theirs)).toMatchObject([{ _tag: 'Ignored' }, { _tag: 'Stored' }])
  })

  it('G06 is kept by nobody when its signature is no one of ours, and whole when it is no webhook', async () => {
    const town = await openTown()
    const receive = async (body: unknown, secret?: string) => {
      const { url, headers, body: bytes } = signed(requestWith(body), secret)
      const given = { method: 'POST', headers, body: new Uint8Array(bytes) }
      return town.engine.receive('acme/mobile', new Request(url, given))
    }
    expect((await receive(envelope(fromZoe(said('one'))), 'a guess')).status).toBe(401)
    expect((await town.ana.conversations.list({ tab: 'all' })).items).toEqual([])
    const nonsense = await receive('no JSON')
    expect([nonsense.status, await nonsense.json()]).toMatchObject([200, { receipts: [{ _tag: 'Quarantined' }] }])
    expect(await town.acme.quarantine.list()).toHaveLength(1)
  })

  it('G06 is not answered with success before it is stored', async () => {
    const { storage, die } = mortal(memoryStorage())
    const town = await openTown(storage)
    die()
    const { url, headers, body } = signed(requestWith(envelope(fromZoe(said('one')))))
    const request = new Request(url, { method: 'POST', headers, body: new Uint8Array(body) })
    expect((await town.engine.receive('acme/mobile', request)).status).toBeGreaterThanOrEqual(500)
  })

  it('G08 stands in the order in which it was written, and a late one shortens no window', async () => {
    const town = await openTown()
    const now = town.clock.now()
    await town.post(fromZoe(said('later', written + minute)), fromZoe(said('earlier')))
    const all = await town.messages()
    expect(all.map(({ externalId, sentAt, receivedAt }) => [externalId, sentAt, receivedAt])).toEqual([
      ['earlier', written, now],
      ['later', written + minute, now],
    ])
    expect(await canSend(town)).toEqual({ _tag: 'Yes', until: written + minute + day })
  })

  it('G08 opens no window by a sign, an edit or a deletion', async () => {
    const town = await openTown()
    await town.post(fromZoe(said('one')))
    town.clock.advance(hour)
    const at = { timestamp: String((written + hour) / 1000) }
    const edit = { original_message_id: 'one', message: { type: 'text', text: { body: 'Uno' } } }
    await town.post(
      fromZoe(
        { type: 'reaction', reaction: { message_id: 'one', emoji: '👍' }, ...at },
        { type: 'edit', edit, ...at },
        { type: 'revoke', revoke: { original_message_id: 'one' }, ...at },
      ),
    )
    expect(await canSend(town)).toEqual({ _tag: 'Yes', until: written + day })
  })

  it('G12 is deleted also when its deletion came before it', async () => {
    const town = await openTown()
    const revoke = { type: 'revoke', revoke: { original_message_id: 'one' } }
    expect(await town.post(fromZoe(revoke))).toEqual([{ _tag: 'Applied' }])
    expect((await town.ana.conversations.list({ tab: 'all' })).items).toEqual([])
    await town.post(fromZoe(said('one')))
    expect(await town.messages()).toMatchObject([{ deleted: true, parts: [] }])
  })
})

describe('what leaves', () => {
  it('G17 is left in doubt when the process dies before it is recorded, and never doubled', async () => {
    const store = memoryStorage()
    const { storage, die } = mortal(store)
    const town = await openTown(storage)
    await town.post(fromZoe(said('one')))
    town.graph.meanwhile = async () => {
      die()
      return undefined
    }
    const id = await town.conversation()
    await answer(town).catch(() => undefined)
    expect(town.graph.sent).toHaveLength(1)
    const heir = await town.start(store)
    town.clock.advance(hour)
    await heir.settle()
    expect((await timelineOf(heir, id))[1]?.delivery).toMatchObject({ status: 'uncertain' })
    expect(town.graph.sent).toHaveLength(1)
  })

  it('G17 has failed for good when WhatsApp says so, with its reason', async () => {
    const town = await openTown()
    await town.post(fromZoe(said('one')))
    const error = { message: '(#131026) Message undeliverable', code: 131_026 }
    town.graph.script('messages', { status: 400, body: JSON.stringify({ error }) })
    await answer(town)
    expect(await town.delivery()).toMatchObject({ status: 'failed', error: { code: '131026' } })
    town.clock.advance(day)
    await town.engine.settle()
    expect(town.graph.sent).toEqual([])
  })

  it('G18 G19 that failed later because the window was closed closes it here as well', async () => {
    const town = await openTown()
    await town.post(fromZoe(said('one')))
    await answer(town)
    const id = town.graph.sent[0]?.id
    await town.post(statuses({ id, status: 'failed', errors: [{ code: 131_047, title: 'Re-engagement message' }] }))
    expect(await town.delivery()).toMatchObject({ error: { code: '131047' } })
    expect(await canSend(town)).toMatchObject({ _tag: 'No', because: 'window', may: 'templates' })
    expect(await answer(town, 'And now?')).toMatchObject({ refusal: { _tag: 'CannotSend', reason: 'window' } })
  })

  it('G19 that failed later because of the account keeps the others of it', async () => {
    const town = await openTown()
    await town.post(fromZoe(said('one')))
    await answer(town)
    const id = town.graph.sent[0]?.id
    await town.post(statuses({ id, status: 'failed', errors: [{ code: 131_042, title: 'Payment issue' }] }))
    await answer(town, 'And another')
    expect(await town.delivery()).toMatchObject({ status: 'queued' })
    expect(town.graph.sent).toHaveLength(1)
  })

  it('G19 goes to nobody who is blocked', async () => {
    const town = await openTown()
    await town.post(fromZoe(said('one')))
    await town.acme.agents.put({ id: 'mo', name: 'Mo', role: 'manager', queues: ['support'] })
    const target = { _tag: 'Identity', account: 'mobile', address: zoesAddress } as const
    expect(await town.acme.as('mo').blocks.add({ target, reason: 'abuse' })).toMatchObject({ ok: true })
    expect(await canSend(town)).toMatchObject({ _tag: 'No', because: 'blocked' })
    expect(await answer(town)).toMatchObject({ ok: false })
    expect(await town.post(fromZoe(said('two')))).toMatchObject([{ _tag: 'Rejected', reason: 'Blocked' }])
    expect(town.graph.sent).toEqual([])
  })
})
