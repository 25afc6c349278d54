import type { ScheduleOptions } from '@guichet/engine'
import { manualClock } from '@guichet/engine/memory'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Shop, openShop, value } from './telegraph.ts'

const hour = 3_600_000

const shopWithWords = async (over: Parameters<typeof openShop>[0] = {}) => {
  const shop = await openShop(over)
  onTestFinished(() => shop.engine.close())
  await shop.write('hello')
  const id = await shop.opened()
  const as = (agent: string) => shop.engine.workspace('shop').as(agent).conversations
  const later = shop.clock.now() + hour
  const schedule = (text: string, more: Partial<ScheduleOptions> = {}, agent = 'ana') =>
    as(agent).schedule(id, { at: later, text, ...more })
  const pass = async (ms: number) => {
    shop.clock.advance(ms)
    await shop.engine.settle()
  }
  return { ...shop, id, as, later, schedule, pass }
}

const happened = async ({ engine }: Shop, id: string) => {
  const page = await value(engine.workspace('shop').as('chloe').conversations.timeline(id))
  return page.entries.map(({ what }) => what._tag)
}

describe('a scheduled message', () => {
  it('leaves when its time has come, once, and is listed until then', async () => {
    const { id, as, later, schedule, pass, provider } = await shopWithWords()
    const done = await value(schedule('did it arrive?'))
    expect(done.entry?.what._tag).toBe('MessageScheduled')
    expect(await value(as('ben').scheduled(id))).toEqual([
      { id: done.entry?.seq, at: later, by: 'ana', unlessTheyWrite: false, text: 'did it arrive?' },
    ])
    await pass(hour - 1)
    expect(provider.wires).toEqual([])
    await pass(1)
    expect(provider.wires).toEqual(['did it arrive?'])
    expect(await value(as('ana').scheduled(id))).toEqual([])
    const { messages } = await value(as('ana').timeline(id))
    expect(messages.at(-1)).toMatchObject({
      author: { kind: 'agent', id: 'ana' },
      sentAt: later,
      text: 'did it arrive?',
    })
    await pass(30 * hour)
    expect(provider.wires).toHaveLength(1)
  })

  it('leaves after those that are due before it, whichever was written first', async () => {
    const { schedule, pass, provider, later } = await shopWithWords()
    await value(schedule('in a month', { at: later + 720 * hour }))
    await value(schedule('second'))
    await value(schedule('third'))
    await value(schedule('first', { at: later - 1 }))
    await pass(hour)
    expect(provider.wires).toEqual(['first', 'second', 'third'])
    await pass(720 * hour)
    expect(provider.wires).toHaveLength(4)
  })

  it('is changed and cancelled', async () => {
    const { id, as, later, schedule, pass, provider } = await shopWithWords()
    const one = (await value(schedule('one'))).entry?.seq ?? 0
    const two = (await value(schedule('two'))).entry?.seq ?? 0
    await value(as('ana').changeSchedule(id, { schedule: one, at: later + hour, text: 'one, later' }))
    await value(as('ben').cancelSchedule(id, { schedule: two }))
    await pass(hour)
    expect(provider.wires).toEqual([])
    expect(await as('ben').changeSchedule(id, { schedule: one, text: 'mine' })).toMatchObject({
      refusal: { _tag: 'Forbidden' },
    })
    expect(await as('ana').cancelSchedule(id, { schedule: two })).toEqual({
      ok: false,
      refusal: { _tag: 'UnknownSchedule', schedule: two },
    })
    await pass(hour)
    expect(provider.wires).toEqual(['one, later'])
  })

  it('stands in the clock of the contact, else in that of the house, else in UTC', async () => {
    const { id, as, engine } = await shopWithWords({ clock: manualClock(Date.UTC(2026, 2, 28, 12)) })
    const shop = engine.workspace('shop')
    const { contact } = (await value(as('chloe').get(id))).state
    const at = async () => {
      // The day on which clocks change in Paris.
      const nine = { date: '2026-03-29', minute: 9 * 60 }
      const done = await value(as('ana').schedule(id, { at: nine, text: 'good morning' }))
      return done.conversation.scheduled.at(-1)?.at
    }
    expect(await at()).toBe(Date.UTC(2026, 2, 29, 9))
    await value(shop.hours.put({ id: 'shop', name: 'Shop', timeZone: 'Europe/Paris', week: {}, holidays: [] }))
    await value(shop.queues.put({ id: 'desk', name: 'Desk', mode: 'shared', claimOnReply: true, hours: 'shop' }))
    expect(await at()).toBe(Date.UTC(2026, 2, 29, 7))
    await value(shop.as('chloe').contacts.edit(contact, { timeZone: 'America/New_York' }))
    expect(await at()).toBe(Date.UTC(2026, 2, 29, 13))
  })

  it.each([
    ['a day that there is not', { date: '2026-02-30', minute: 0 }],
    ['a day written otherwise', { date: '30.3.2026', minute: 0 }],
    ['a minute that there is not', { date: '2026-03-30', minute: 1_440 }],
    ['half a minute', { date: '2026-03-30', minute: 0.5 }],
  ])('is refused on %s, with what to change', async (_, at) => {
    const { schedule } = await shopWithWords()
    expect(await schedule('when?', { at })).toEqual({
      ok: false,
      refusal: { _tag: 'Invalid', what: 'schedule', issues: [expect.stringMatching(/^at\./)] },
    })
  })

  it('in the past is refused with the time, and is the draft of who wrote it', async () => {
    const { id, as, schedule, clock } = await shopWithWords()
    expect(await schedule('too late', { at: clock.now() })).toEqual({
      ok: false,
      refusal: { _tag: 'PastTime', until: clock.now(), now: clock.now() },
    })
    expect(await value(as('ana').draft(id))).toBe('too late')
    await value(schedule('in time'))
    expect(await value(as('ana').draft(id))).toBeNull()
  })

  it('that cannot be sent any more says so in the journal, and is put under the draft of who wrote it', async () => {
    const shop = await shopWithWords()
    const { id, as, schedule, pass, provider } = shop
    await value(schedule('from Ana'))
    await value(as('ben').claim(id))
    await value(as('ana').saveDraft(id, 'half a thought'))
    await pass(hour)
    expect(provider.wires).toEqual([])
    const { entries } = await value(as('ben').timeline(id))
    expect(entries.at(-1)).toMatchObject({
      actor: { kind: 'system' },
      what: { _tag: 'ScheduleCancelled', because: 'refused', reason: 'AlreadyOwned' },
    })
    expect(await value(as('ana').draft(id))).toBe('half a thought\n\nfrom Ana')
    expect(await happened(shop, id)).toEqual(['MessageReceived', 'MessageScheduled', 'Claimed', 'ScheduleCancelled'])
  })

  it('of an agent who is gone is cancelled, and her words stand in the journal alone', async () => {
    const { id, as, engine, schedule, pass, provider } = await shopWithWords()
    await value(schedule('from Ana'))
    await value(engine.workspace('shop').agents.remove('ana'))
    await pass(hour)
    expect(provider.wires).toEqual([])
    const { entries } = await value(as('ben').timeline(id))
    expect(entries.at(-1)?.what).toMatchObject({ because: 'refused', reason: 'UnknownAgent' })
    expect(JSON.stringify(entries)).toContain('from Ana')
    expect(await value(as('ana').draft(id))).toBeNull()
  })

  it('is dropped when the customer writes first, if that was wanted', async () => {
    const { id, as, schedule, pass, write, provider } = await shopWithWords()
    await value(schedule('still there?', { unlessTheyWrite: true }))
    await value(schedule('good night'))
    await write('yes')
    expect((await value(as('ana').scheduled(id))).map(({ text }) => text)).toEqual(['good night'])
    await pass(hour)
    expect(provider.wires).toEqual(['good night'])
  })

  it('leaves nothing of its words behind when what was sent is deleted', async () => {
    const shop = await shopWithWords()
    const { id, as, schedule, pass } = shop
    const one = (await value(schedule('the secret word'))).entry?.seq ?? 0
    await value(as('ana').changeSchedule(id, { schedule: one, text: 'the other secret' }))
    await value(schedule('something else', { at: shop.clock.now() + 2 * hour }))
    await pass(hour)
    const sent = (await value(as('ana').timeline(id))).messages.at(-1)
    await value(as('ana').deleteMessage(id, { message: sent?.seq ?? 0 }))
    const left = JSON.stringify((await value(as('ana').timeline(id))).entries)
    expect(left).not.toContain('secret')
    expect(left).toContain('something else')
  })

  it('is not told from one that does not exist to somebody who may not see the conversation', async () => {
    const { engine, id } = await shopWithWords()
    const shop = engine.workspace('shop')
    await shop.agents.put({ id: 'dan', name: 'Dan', role: 'agent', queues: [] })
    const dan = shop.as('dan').conversations
    const notFound = { ok: false, refusal: { _tag: 'NotFound' } }
    expect(await dan.scheduled(id)).toEqual(notFound)
    expect(await dan.schedule(id, { at: 1, text: 'x' })).toEqual(notFound)
    expect(await dan.changeSchedule(id, { schedule: 2, text: 'x' })).toEqual(notFound)
    expect(await dan.cancelSchedule(id, { schedule: 2 })).toEqual(notFound)
  })
})

describe('what was typed', () => {
  it('is kept also when a colleague is mentioned who is not there', async () => {
    const { id, as } = await shopWithWords()
    expect(await as('ana').note(id, { text: 'ask eve', mentions: ['eve'] })).toMatchObject({
      refusal: { _tag: 'UnknownAgent', agent: 'eve' },
    })
    expect(await value(as('ana').draft(id, 'note'))).toBe('ask eve')
  })

  it('to change something is put under the draft that is there, once', async () => {
    const { id, as, schedule, clock } = await shopWithWords()
    const one = (await value(schedule('one'))).entry?.seq ?? 0
    await value(as('ana').saveDraft(id, 'a reply'))
    for (let times = 0; times < 2; times += 1) {
      expect(await as('ana').changeSchedule(id, { schedule: one, at: clock.now(), text: 'two' })).toMatchObject({
        refusal: { _tag: 'PastTime' },
      })
    }
    expect(await value(as('ana').draft(id))).toBe('a reply\n\ntwo')
    await value(as('ana').changeSchedule(id, { schedule: one, text: 'three' }))
    expect(await value(as('ana').draft(id))).toBe('a reply\n\ntwo')
  })
})
