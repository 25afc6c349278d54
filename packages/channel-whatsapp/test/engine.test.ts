import { createHash } from 'node:crypto'
import { memoryStorage } from '@guichet/engine/memory'
import type { Storage } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { messages as samples } from './support/samples.ts'
import { openTown, type Town } from './support/town.ts'
import { fromZoe, messagesChange, statuses, zoe, zoesAddress } from './support/webhook.ts'

const minute = 60_000
const hour = 60 * minute

const said = (body: string, more: object = {}) => ({ type: 'text', text: { body }, ...more })

/** Zoe has written, Ana has answered, and the answer has left. */
const answered = async (): Promise<Town & { readonly sent: { readonly id: string; readonly body: object } }> => {
  const town = await openTown()
  await town.post(fromZoe(samples.text))
  expect(await town.answer('It left today.')).toMatchObject({ ok: true })
  const [sent] = town.graph.sent
  if (sent === undefined) throw new Error('nothing was sent')
  return { ...town, sent }
}

describe('the engine with a number of WhatsApp', () => {
  it('takes a message in, answers, and hears what becomes of the answer', async () => {
    const town = await answered()
    expect(town.sent.body).toMatchObject({ to: zoe.wa_id, text: { body: 'It left today.' } })
    expect(await town.delivery()).toMatchObject({ status: 'sent' })
    await town.post(statuses({ id: town.sent.id, status: 'read' }))
    expect(await town.delivery()).toMatchObject({ status: 'read' })
    const [conversation] = (await town.ana.conversations.list({ tab: 'all' })).items
    expect(conversation).toMatchObject({ contact: { name: 'Zoe', address: zoesAddress }, owner: 'ana' })
    expect(town.problems).toEqual([])
  })

  it('G02 stores and announces a message once, however often it is delivered', async () => {
    const town = await openTown()
    const [first] = await town.post(fromZoe(samples.text))
    expect(first).toMatchObject({ _tag: 'Stored' })
    const again = await Promise.all([town.post(fromZoe(samples.text)), town.post(fromZoe(samples.text))])
    expect(again.flat()).toMatchObject([
      { _tag: 'Duplicate', seq: first?._tag === 'Stored' ? first.seq : 0 },
      { _tag: 'Duplicate' },
    ])
    expect(await town.messages()).toHaveLength(1)
  })

  it('G04 takes the same id on two numbers for two messages', async () => {
    const town = await openTown()
    await town.add('other', { phoneNumberId: '999' })
    const { value } = fromZoe(samples.text)
    await town.post(fromZoe(samples.text))
    const other = messagesChange({ contacts: value.contacts, messages: value.messages }, '999')
    expect(await town.postTo('other', other)).toMatchObject([{ _tag: 'Stored' }])
    expect(await town.postTo('other', fromZoe(samples.text))).toEqual([
      { _tag: 'Ignored', reason: 'another account: 106540352242922' },
    ])
    expect((await town.ana.conversations.list({ tab: 'all' })).items).toHaveLength(2)
  })

  it('G06 G07 ends every element of a request as one thing, and one that is broken costs the others nothing', async () => {
    const town = await openTown()
    const receipts = await town.post(
      fromZoe(samples.text, { type: 'revoke', revoke: {} }, said('And?'), { type: 'hologram', hologram: { id: 1 } }),
      { field: 'calls', value: {} },
      fromZoe(samples.text),
    )
    expect(receipts.map(({ _tag }) => _tag)).toEqual([
      'Stored',
      'Quarantined',
      'Stored',
      'Stored',
      'Ignored',
      'Duplicate',
    ])
    const stored = await town.messages()
    expect(stored.map(({ parts }) => parts[0])).toMatchObject([
      { _tag: 'Text' },
      { text: 'And?' },
      { _tag: 'Unsupported', kind: 'hologram' },
    ])
    expect(stored[2]?.meta).toMatchObject({ hologram: { id: 1 } })
  })

  it('G07 stores a thousand messages of one request in order', async () => {
    const town = await openTown()
    const bodies = Array.from({ length: 1000 }, (_, at) => `message ${at}`)
    const receipts = await town.post(fromZoe(...bodies.map((body) => said(body))))
    expect(receipts.map((receipt) => receipt._tag === 'Stored' && receipt.seq)).toEqual(bodies.map((_, at) => at + 1))
  })

  it('G08 keeps the time of WhatsApp beside ours, and never one that lies in the future', async () => {
    const town = await openTown()
    await town.post(fromZoe(said('then', { timestamp: '1749410000' }), said('soon', { timestamp: '1999999999' })))
    expect((await town.messages()).map(({ sentAt }) => sentAt)).toEqual([1_749_410_000_000, town.clock.now()])
  })

  it('G12 puts a reaction, an edit and a deletion to their message, also when they come before it', async () => {
    const town = await openTown()
    const reaction = { ...samples.reaction, reaction: { message_id: 'wamid.late', emoji: '👍' } }
    const edit = { original_message_id: 'wamid.late', message: { type: 'text', text: { body: 'Where is my chair?' } } }
    await town.post(fromZoe(said('Hello', { id: 'wamid.0' }), reaction, { type: 'edit', edit }))
    await town.post(fromZoe(said('Where is my char?', { id: 'wamid.late' })))
    const [, late] = await town.messages()
    expect(late).toMatchObject({ parts: [{ text: 'Where is my chair?' }], edited: true, reactions: [{ emoji: '👍' }] })
    await town.post(fromZoe({ type: 'revoke', revoke: { original_message_id: 'wamid.late' } }))
    expect((await town.messages())[1]).toMatchObject({ deleted: true })
  })

  it('answers the question whether the address is ours', async () => {
    const { engine } = await openTown()
    const ask = (token: string) =>
      engine.receive(
        'acme/mobile',
        new Request(`https://acme.example/hook?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}`),
      )
    const known = await ask('meatyhamhock')
    expect([known.status, await known.text()]).toEqual([200, '1158201444'])
    expect((await ask('guess')).status).toBe(403)
  })

  it('believes nobody who cannot sign', async () => {
    const { engine } = await openTown()
    const request = new Request('https://acme.example/hook', { method: 'POST', body: '{}' })
    expect((await engine.receive('acme/mobile', request)).status).toBe(401)
  })
})

describe('what becomes of an answer', () => {
  it('G18 only moves forward, whatever comes late, twice or out of order', async () => {
    const town = await answered()
    const { id } = town.sent
    const status = (word: string) => statuses({ id, status: word })
    await town.post(status('read'))
    await Promise.all([town.post(status('delivered')), town.post(status('sent')), town.post(status('read'))])
    expect(await town.delivery()).toMatchObject({ status: 'read' })
    await town.post(statuses({ id, status: 'failed', errors: [{ code: 131_026, title: 'Undeliverable' }] }))
    expect(await town.delivery()).toMatchObject({ status: 'read', error: { code: '131026' } })
  })

  it('G18 is heard also when the webhook is faster than the answer to the request', async () => {
    const town = await openTown()
    await town.post(fromZoe(samples.text))
    town.graph.meanwhile = async ({ id }) => {
      await town.post(statuses({ id, status: 'delivered' }))
      return undefined
    }
    await town.ana.conversations.reply(await town.conversation(), { text: 'It left today.' })
    await town.engine.settle()
    expect(await town.delivery()).toMatchObject({ status: 'delivered' })
  })

  it('G17 is in doubt when nobody answered, and certain when a status comes with our key', async () => {
    const town = await openTown()
    await town.post(fromZoe(samples.text))
    let key: unknown
    town.graph.meanwhile = async ({ body }) => {
      key = body['biz_opaque_callback_data']
      return 'resets'
    }
    await town.ana.conversations.reply(await town.conversation(), { text: 'It left today.' })
    await town.engine.settle()
    expect(await town.delivery()).toMatchObject({ status: 'uncertain' })
    const id = town.graph.sent[0]?.id
    await town.post(statuses({ id, status: 'delivered', biz_opaque_callback_data: key }))
    expect(await town.delivery()).toMatchObject({ status: 'delivered', externalId: id })
    expect(town.graph.sent).toHaveLength(1)
  })

  it('G17 that was not taken is tried again, and is sent once', async () => {
    const town = await openTown()
    await town.post(fromZoe(samples.text))
    town.graph.script('messages', { status: 429, headers: { 'retry-after': '30' } })
    await town.ana.conversations.reply(await town.conversation(), { text: 'It left today.' })
    await town.engine.settle()
    expect(await town.delivery()).toMatchObject({ status: 'queued' })
    town.clock.advance(minute)
    await town.engine.settle()
    expect(await town.delivery()).toMatchObject({ status: 'sent' })
    expect(town.graph.sent).toHaveLength(1)
  })

  it('waits while the token has expired, and leaves with a new one', async () => {
    const town = await openTown()
    await town.post(fromZoe(samples.text))
    town.graph.token = 'EAAnew'
    await town.ana.conversations.reply(await town.conversation(), { text: 'It left today.' })
    await town.engine.settle()
    expect(await town.delivery()).toMatchObject({ status: 'queued' })
    expect(town.graph.sent).toEqual([])
    await town.add('mobile', { accessToken: 'EAAnew' })
    town.clock.advance(5 * minute)
    await town.engine.settle()
    expect(await town.delivery()).toMatchObject({ status: 'sent' })
    expect(town.graph.sent).toHaveLength(1)
  })
})

describe('the time in which one may answer', () => {
  const template = {
    _tag: 'ProviderTemplate',
    name: 'again',
    language: 'en',
    values: ['Zoe'],
    text: 'Hello Zoe',
  } as const

  it('G08 G19 ends 24 hours after the customer wrote by the time of WhatsApp; templates may be sent after it', async () => {
    const town = await openTown()
    await town.post(fromZoe(samples.text))
    const id = await town.conversation()
    const opened = 1_749_416_383_000
    expect(await town.ana.conversations.canSend(id)).toEqual({
      ok: true,
      value: { _tag: 'Yes', until: opened + 24 * hour },
    })
    town.clock.moveTo(opened + 24 * hour)
    expect(await town.ana.conversations.reply(id, { text: 'Too late' })).toMatchObject({
      ok: false,
      refusal: { _tag: 'CannotSend', reason: 'window' },
    })
    expect(await town.ana.conversations.reply(id, { parts: [template] })).toMatchObject({ ok: true })
    await town.engine.settle()
    expect(town.graph.sent.map(({ body }) => body)).toMatchObject([
      { type: 'template', template: { name: 'again', components: [{ parameters: [{ text: 'Zoe' }] }] } },
    ])
  })

  it('G19 is no time at all for who has taken back consent and has not written since', async () => {
    const town = await openTown()
    await town.post(fromZoe(samples.text))
    const stop = { wa_id: zoe.wa_id, value: 'stop', category: 'marketing_messages', timestamp: 1_749_416_400 }
    await town.post({ ...messagesChange({ user_preferences: [stop] }), field: 'user_preferences' })
    const id = await town.conversation()
    expect(await town.ana.conversations.canSend(id)).toMatchObject({ value: { _tag: 'Yes' } })
    town.clock.advance(25 * hour)
    expect(await town.ana.conversations.reply(id, { parts: [template] })).toMatchObject({
      refusal: { _tag: 'CannotSend', reason: 'optedOut' },
    })
    expect(town.graph.sent).toEqual([])
  })
})

describe('what else is heard', () => {
  it('brings a file after its message', async () => {
    const town = await openTown()
    const bytes = Uint8Array.of(137, 80, 78, 71)
    town.graph.files.set('1', { bytes, mime: 'image/png' })
    const sha256 = createHash('sha256').update(bytes).digest('base64')
    await town.post(fromZoe({ type: 'image', image: { id: '1', mime_type: 'image/png', sha256, caption: 'Look' } }))
    await town.engine.settle()
    const [message] = await town.messages()
    expect(message?.parts).toMatchObject([{ _tag: 'File', file: { name: 'image.png', size: 4 } }, { text: 'Look' }])
    expect(message?.parts[0]).not.toHaveProperty('file.missing')
  })

  it('keeps what was answered on the telephone, and takes no answer of its own for that', async () => {
    const town = await answered()
    const echo = (id: string, body: string) => ({
      ...messagesChange({
        message_echoes: [{ from: '15550783881', to: zoe.wa_id, id, timestamp: '1749416443', ...said(body) }],
      }),
      field: 'smb_message_echoes',
    })
    await town.post(echo('wamid.phone', 'From the telephone'), echo(town.sent.id, 'It left today.'))
    expect((await town.messages()).map(({ direction, parts }) => [direction, parts[0]])).toMatchObject([
      ['in', {}],
      ['out', { text: 'It left today.' }],
      ['out', { text: 'From the telephone' }],
    ])
    expect(town.graph.sent).toHaveLength(1)
  })

  it('goes on with somebody who has a new number', async () => {
    const town = await openTown()
    const system = { type: 'user_changed_number', body: 'x', wa_id: '16505550000' }
    await town.post(fromZoe(samples.text))
    await town.post(
      messagesChange({
        messages: [{ from: zoe.wa_id, id: 'wamid.s', timestamp: '1749416390', type: 'system', system }],
      }),
    )
    await town.post(
      messagesChange({
        messages: [{ from: '16505550000', id: 'wamid.n', timestamp: '1749416400', ...said('Me again') }],
      }),
    )
    expect(await town.messages()).toHaveLength(2)
    await town.ana.conversations.reply(await town.conversation(), { text: 'Hello again' })
    await town.engine.settle()
    expect(town.graph.sent[0]?.body).toMatchObject({ to: '16505550000' })
  })

  it('says how the account stands', async () => {
    const town = await openTown()
    const value = { event: 'PAUSED', message_template_name: 'hello', message_template_language: 'en' }
    await town.post({ field: 'message_template_status_update', value })
    expect(await town.acme.accounts.health('mobile')).toMatchObject([
      { level: 'restricted', about: 'template hello (en)', code: 'PAUSED' },
    ])
  })
})

/** A store that counts how often it is written to. */
const counting = (): { readonly storage: Storage; readonly commits: () => number } => {
  const storage = memoryStorage()
  let commits = 0
  return {
    commits: () => commits,
    storage: {
      ...storage,
      commit: (batch) => {
        commits += 1
        return storage.commit(batch)
      },
    },
  }
}

describe('a batch', () => {
  it.each([
    ['of one person', () => zoe.wa_id],
    ['of a thousand people', (at: number) => String(16_505_550_000 + at)],
  ])('of a thousand messages %s is one commit', async (_, from) => {
    const { storage, commits } = counting()
    const town = await openTown(storage)
    const before = commits()
    const all = Array.from({ length: 1000 }, (_each, at) => said('Hello', { from: from(at) }))
    const receipts = await town.post(fromZoe(...all))
    expect(receipts.every((receipt) => receipt._tag === 'Stored')).toBe(true)
    expect(commits() - before).toBe(1)
  })

  it.each([1, 1000])('of a thousand messages that name %i by number and user id is one commit', async (people) => {
    const { storage, commits } = counting()
    const town = await openTown(storage)
    const before = commits()
    const all = Array.from({ length: 1000 }, (_each, at) =>
      said('Hello', { from: String(16_505_550_000 + (at % people)), from_user_id: `US.${at % people}` }),
    )
    const tags = (await town.post(fromZoe(...all))).map(({ _tag }) => _tag)
    expect(tags.filter((tag) => tag === 'Stored')).toHaveLength(1000)
    expect(tags.filter((tag) => tag !== 'Stored')).toEqual(Array.from({ length: people }, () => 'Applied'))
    expect(commits() - before).toBe(1)
    expect(town.problems).toEqual([])
  })

  it('G18 of a thousand statuses is one commit, and each waits for its message', async () => {
    const { storage, commits } = counting()
    const town = await openTown(storage)
    await town.post(fromZoe(samples.text))
    const before = commits()
    const all = Array.from({ length: 1000 }, (_each, at) => ({ id: `wamid.${at}`, status: 'delivered' }))
    const receipts = await town.post(statuses(...all))
    expect(receipts).toHaveLength(1000)
    expect(commits() - before).toBe(1)
    town.graph.meanwhile = async () => ({ status: 200, body: JSON.stringify({ messages: [{ id: 'wamid.777' }] }) })
    await town.ana.conversations.reply(await town.conversation(), { text: 'It left today.' })
    await town.engine.settle()
    expect(await town.delivery()).toMatchObject({ status: 'delivered' })
  })
})
