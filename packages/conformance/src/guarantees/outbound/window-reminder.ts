import { manualClock } from '@guichet/engine/memory'
import { same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, feedNow, granted, history, message, officeOf } from '../office.ts'

const hour = 3_600_000
const day = 24 * hour

const reminders = async (office: Office, id: string): Promise<ReadonlyArray<number>> =>
  (await history(office.as('mia'), id)).entries.flatMap(({ what }) =>
    what._tag === 'WindowClosing' ? [what.until] : [],
  )

export const windowReminderCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G19 a customer who waits is remembered once before the time for an answer is over, and nobody who was answered',
    body: async (rig) => {
      const office = await rig.office()
      const zoe = await office.arrives('phone', message('zoe', 'hello'))
      const yan = await office.arrives('phone', message('yan', 'hello'))
      const xia = await office.arrives('chat', message('xia', 'hello'))
      const until = rig.clock.now() + day
      granted(await office.as('ana').reply(yan, { text: 'hello' }))
      rig.clock.advance(22 * hour - 1)
      await rig.engine().settle()
      same(await reminders(office, zoe), [], 'just before')
      rig.clock.advance(1)
      await rig.engine().settle()
      rig.clock.advance(hour)
      await rig.engine().settle()
      same(await reminders(office, zoe), [until], 'for who waits')
      same(await reminders(office, yan), [], 'for who was answered')
      same(await reminders(office, xia), [], 'where there is all the time in the world')
      const feed = await feedNow(office, (options) => office.workspace.feed(options))
      const said = feed.flatMap((item) =>
        item._tag === 'Entry' && item.entry.what._tag === 'WindowClosing' ? [item.conversation] : [],
      )
      same(said, [zoe], 'the feed')
      await office.arrives('phone', message('zoe', 'still there?'))
      const next = rig.clock.now() + day
      rig.clock.advance(day)
      await rig.engine().settle()
      same(await reminders(office, zoe), [until, next], 'for the next window')
    },
  },
  {
    name: 'G19 whoever waits is remembered once after any downtime, also when two engines find it, and when it is said',
    body: async (rig) => {
      const office = await rig.office()
      const account = await office.workspace.accounts.get('phone')
      const policy = { windowReminderMs: 6 * hour }
      granted(await office.workspace.accounts.put({ ...account!, policy }))
      const people = Array.from({ length: 6 }, (_, n) => `person ${n}`)
      const ids = await Promise.all(people.map((one) => office.arrives('phone', message(one, 'hello'))))
      const until = rig.clock.now() + day
      const clock = manualClock(rig.clock.now() + 18 * hour)
      const first = await rig.restart({ clock })
      await Promise.all([first, await rig.start({ clock })].map((engine) => engine.settle()))
      const now = officeOf(first, office.id)
      for (const id of ids) same(await reminders(now, id), [until], 'what was said')
    },
  },
]
