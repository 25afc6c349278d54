import { manualClock } from '@guichet/engine/memory'
import { same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, feedNow, granted, history, listed, message, officeOf } from '../office.ts'
import { fated } from '../trouble.ts'

const hour = 60 * 60 * 1_000
const day = 24 * hour

/** How often each conversation was woken, by its own journal. */
const wakings = async (office: Office, id: string): Promise<number> =>
  (await history(office.as('mia'), id)).entries.filter(({ what }) => what._tag === 'SnoozeEnded').length

const statusOf = async (office: Office, id: string): Promise<string> => granted(await office.as('mia').get(id)).status

export const snoozeCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G33 a snooze ends once, when it is due and not before',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('chat', message('zoe', 'hello'))
      granted(await office.as('ana').snooze(id, { until: rig.clock.now() + hour }))
      rig.clock.advance(hour - 1)
      await rig.engine().settle()
      same(await statusOf(office, id), 'pending', 'just before')
      rig.clock.advance(1)
      await rig.engine().settle()
      same(await statusOf(office, id), 'open', 'when it is due')
      rig.clock.advance(30 * day)
      await rig.engine().settle()
      same(await wakings(office, id), 1, 'wakings')
    },
  },
  {
    name: 'G33 after any downtime every overdue snooze ends once, also when the engine was closed meanwhile',
    body: async (rig) => {
      const office = await rig.office()
      const ids = await Promise.all(
        Array.from({ length: 20 }, (_, n) => office.arrives('chat', message(`person ${n}`, 'hello'))),
      )
      for (const [n, id] of ids.entries()) {
        granted(await office.as('ana').snooze(id, n === 19 ? {} : { until: rig.clock.now() + (n + 1) * day }))
      }
      // Closed for twelve days: more than three, and not all are due.
      const clock = manualClock(rig.clock.now() + 12 * day + hour)
      const later = officeOf(await rig.restart({ clock }), office.id)
      await rig.engine().settle()
      const due = ids.map((_, n) => (n < 12 ? 1 : 0))
      same(await Promise.all(ids.map((id) => wakings(later, id))), due, 'wakings after the downtime')
      const again = officeOf(await rig.restart({ clock }), office.id)
      clock.advance(365 * day)
      await rig.engine().settle()
      same(
        await Promise.all(ids.map((id) => wakings(again, id))),
        ids.map((_, n) => (n < 19 ? 1 : 0)),
        'wakings in the end: one without an end never wakes by itself',
      )
      const woken = (await feedNow(again, (options) => again.workspace.feed(options))).filter(
        (item) => item._tag === 'Entry' && item.entry.what._tag === 'SnoozeEnded',
      )
      same(woken.length, 19, 'announced')
    },
  },
  {
    name: 'G33 two engines that find the same snoozes overdue end each of them once',
    body: async (rig) => {
      const office = await rig.office()
      const ids = await Promise.all(
        Array.from({ length: 20 }, (_, n) => office.arrives('chat', message(`person ${n}`, 'hello'))),
      )
      for (const id of ids) granted(await office.as('ana').snooze(id, { until: rig.clock.now() + hour }))
      const clock = manualClock(rig.clock.now() + day)
      const both = await Promise.all([rig.start({ clock }), rig.start({ clock })])
      await Promise.all(both.map((engine) => engine.settle()))
      same(
        await Promise.all(ids.map((id) => wakings(office, id))),
        ids.map(() => 1),
        'wakings',
      )
    },
  },
  {
    name: 'G33 a snooze has one end: a new one replaces it, and what wakes it earlier cancels it',
    body: async (rig) => {
      const office = await rig.office()
      const ana = office.as('ana')
      const until = rig.clock.now() + hour
      const wakers: ReadonlyArray<readonly [string, (id: string) => Promise<unknown>]> = [
        ['the customer writes', () => office.deliver('chat', message('the customer writes', 'again'))],
        ['an answer', (id) => ana.reply(id, { text: 'bonjour' })],
        ['reopened', (id) => ana.reopen(id)],
        ['closed', (id) => ana.close(id)],
        ['archived', (id) => ana.archive(id)],
        ['spam', (id) => ana.spam(id)],
        ['transferred', (id) => office.as('mia').transfer(id, { to: { queue: 'calm' } })],
        ['snoozed for longer', (id) => ana.snooze(id, { until: until + 10 * day })],
        ['snoozed without end', (id) => ana.snooze(id)],
        ['deleted', (id) => office.as('mia').delete(id)],
      ]
      const ended: Array<readonly [string, string]> = []
      for (const [name, wake] of wakers) {
        const id = await office.arrives('chat', message(name, 'hello'))
        granted(await ana.snooze(id, { until }))
        await wake(id)
        ended.push([name, id])
      }
      const look = () =>
        Promise.all(
          ended.map(async ([name, id]) => {
            const found = await office.as('mia').get(id)
            return [name, found.ok ? found.value.status : 'gone']
          }),
        )
      const before = await look()
      rig.clock.advance(2 * hour)
      await rig.engine().settle()
      same(await look(), before, 'what the old ends did')
      for (const [name, id] of ended)
        if (name !== 'deleted') same(await wakings(office, id), 0, `wakings after: ${name}`)
      rig.clock.advance(11 * day)
      await rig.engine().settle()
      const longer = ended.find(([name]) => name === 'snoozed for longer')?.[1] ?? ''
      same([await statusOf(office, longer), await wakings(office, longer)], ['open', 1], 'the new end')
    },
  },
  {
    name: 'G33 a snooze whose end cannot be stored ends when the store is back',
    body: async (rig) => {
      rig.expect('work')
      const office = await rig.office()
      const id = await office.arrives('chat', message('zoe', 'hello'))
      granted(await office.as('ana').snooze(id, { until: rig.clock.now() + hour }))
      let down = true
      const clock = manualClock(rig.clock.now() + 2 * hour)
      const engine = await rig.start({
        clock,
        storage: fated(rig.store(), (method) => (down && method === 'commit' ? 'refused' : 'done')),
      })
      await engine.settle()
      same(await statusOf(office, id), 'pending', 'while the store is down')
      down = false
      clock.advance(day)
      await engine.settle()
      same([await statusOf(office, id), await wakings(office, id)], ['open', 1], 'when it is back')
      same((await listed(office.as('ana'), { tab: 'pending' })).length, 0, 'pending')
    },
  },
]
