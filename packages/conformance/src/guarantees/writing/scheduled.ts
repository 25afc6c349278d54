import type { Entry } from '@guichet/engine'
import { manualClock } from '@guichet/engine/memory'
import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, granted, history, message, officeOf, refused } from '../office.ts'
import { mortal } from '../trouble.ts'

const hour = 60 * 60 * 1_000
const day = 24 * hour
/** Longer than any lease, so that work of a process that died is taken up again. */
const longEnough = 100_000

const entriesOf = async (office: Office, id: string): Promise<ReadonlyArray<Entry['what']>> =>
  (await history(office.as('mia'), id)).entries.map(({ what }) => what)

const tagsOf = async (office: Office, id: string): Promise<ReadonlyArray<string>> =>
  (await entriesOf(office, id)).map(({ _tag }) => _tag)

const scheduleOf = (entry: Entry | null): number => entry?.seq ?? 0

export const scheduledCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G21 a scheduled message leaves once, when it is due and not before, in the order that was meant',
    body: async (rig) => {
      const office = await rig.office()
      const ana = office.as('ana')
      const id = await office.arrives('chat', message('zoe', 'hello'))
      const at = rig.clock.now() + hour
      granted(await ana.schedule(id, { at: at + 30 * day, text: 'in a month' }))
      granted(await ana.schedule(id, { at, text: 'second' }))
      granted(await ana.schedule(id, { at, text: 'third' }))
      granted(await ana.schedule(id, { at: at - 1, text: 'first' }))
      same(
        granted(await office.as('ben').scheduled(id)).map(({ text, by }) => [text, by]),
        ['first', 'second', 'third', 'in a month'].map((text) => [text, 'ana']),
        'what waits, for a colleague',
      )
      rig.clock.advance(hour - 2)
      await rig.engine().settle()
      same(rig.provider.inbox('zoe'), [], 'just before')
      rig.clock.advance(2)
      await rig.engine().settle()
      same(rig.provider.inbox('zoe'), ['first', 'second', 'third'], 'when it is due')
      rig.clock.advance(60 * day)
      await rig.engine().settle()
      same(rig.provider.inbox('zoe'), ['first', 'second', 'third', 'in a month'], 'in the end')
      same(granted(await ana.scheduled(id)), [], 'what still waits')
    },
  },
  {
    name: 'G21 after any downtime every overdue scheduled message leaves once, also when two engines find it',
    body: async (rig) => {
      const office = await rig.office()
      const people = Array.from({ length: 12 }, (_, n) => `person ${n}`)
      const ids = await Promise.all(people.map((person) => office.arrives('chat', message(person, 'hello'))))
      for (const [n, id] of ids.entries()) {
        granted(await office.as('ana').schedule(id, { at: rig.clock.now() + (n + 1) * day, text: 'any news?' }))
      }
      // Closed for six days: not all are due.
      const clock = manualClock(rig.clock.now() + 6 * day + hour)
      const first = await rig.restart({ clock })
      const both = [first, await rig.start({ clock })]
      await Promise.all(both.map((engine) => engine.settle()))
      const sent = () => people.map((person) => rig.provider.inbox(person).length)
      same(
        sent(),
        people.map((_, n) => (n < 6 ? 1 : 0)),
        'after the downtime',
      )
      const later = await rig.restart({ clock })
      clock.advance(30 * day)
      await later.settle()
      same(
        sent(),
        people.map(() => 1),
        'in the end',
      )
    },
  },
  {
    name: 'G21 a scheduled message can be changed and cancelled until it leaves, and is a draft again when it cannot leave',
    body: async (rig) => {
      const office = await rig.office()
      const [ana, ben] = [office.as('ana'), office.as('ben')]
      const id = await office.arrives('chat', message('zoe', 'hello'))
      const at = rig.clock.now() + hour
      const changed = scheduleOf(granted(await ana.schedule(id, { at, text: 'tomorrow' })).entry)
      const cancelled = scheduleOf(granted(await ana.schedule(id, { at, text: 'forget this' })).entry)
      granted(await ana.changeSchedule(id, { schedule: changed, at: at + hour, text: 'the day after' }))
      granted(await ben.cancelSchedule(id, { schedule: cancelled }))
      const later = officeOf(await rig.restart(), office.id)
      rig.clock.advance(hour)
      await rig.engine().settle()
      same(rig.provider.inbox('zoe'), [], 'at the old time')
      rig.clock.advance(hour)
      await rig.engine().settle()
      same(rig.provider.inbox('zoe'), ['the day after'], 'at the new one')
      same(
        refused(await later.as('ana').cancelSchedule(id, { schedule: changed })),
        { _tag: 'UnknownSchedule', schedule: changed },
        'what has left',
      )
      const next = await later.arrives('chat', message('max', 'hello'))
      granted(await later.as('ana').schedule(next, { at: rig.clock.now() + hour, text: 'from Ana' }))
      granted(await later.as('ben').claim(next))
      rig.clock.advance(hour)
      await rig.engine().settle()
      same(rig.provider.inbox('max'), [], 'what somebody else owns now')
      const last = (await entriesOf(later, next)).at(-1)
      same(
        last?._tag === 'ScheduleCancelled' && [last.because, last.reason],
        ['refused', 'AlreadyOwned'],
        'why, in the journal',
      )
      same(granted(await later.as('ana').draft(next)), 'from Ana', 'her words')
    },
  },
  {
    name: 'G21 a scheduled message stands in the clock of the contact, whichever side of summer time it is on',
    body: async (rig) => {
      const clock = manualClock(Date.UTC(2026, 2, 1))
      const office = officeOf(await rig.start({ clock }), (await rig.office()).id)
      const id = await office.arrives('chat', message('zoe', 'hello'))
      const { contact } = granted(await office.as('mia').get(id)).state
      const contacts = office.workspace.as('mia').contacts
      const nine = (date: string) => ({ date, minute: 9 * 60 })
      const at = async (date: string): Promise<string> => {
        const done = granted(await office.as('ana').schedule(id, { at: nine(date), text: 'good morning' }))
        return new Date(done.conversation.scheduled.at(-1)?.at ?? 0).toISOString()
      }
      same(await at('2026-03-28'), '2026-03-28T09:00:00.000Z', 'nine in the morning, as long as nobody knows where')
      granted(await contacts.edit(contact, { timeZone: 'Europe/Paris' }))
      same(await at('2026-03-28'), '2026-03-28T08:00:00.000Z', 'nine in the morning, in winter')
      same(await at('2026-03-30'), '2026-03-30T07:00:00.000Z', 'nine in the morning, in summer')
      granted(await contacts.edit(contact, { timeZone: 'Asia/Kathmandu' }))
      same(await at('2026-03-30'), '2026-03-30T03:15:00.000Z', 'nine in the morning, far away')
    },
  },
  {
    name: 'G21 a scheduled message that was to wait for silence is dropped by the customer, and one of the two happens when both come at once',
    body: async (rig) => {
      const office = await rig.office()
      const ids = new Map<string, string>()
      for (let n = 0; n < 10; n += 1) {
        const person = `person ${n}`
        const id = await office.arrives('chat', message(person, 'hello'))
        ids.set(person, id)
        const at = rig.clock.now() + hour
        granted(await office.as('ana').schedule(id, { at, text: 'still there?', unlessTheyWrite: true }))
      }
      await office.deliver('chat', message('person 0', 'yes'))
      rig.clock.advance(hour)
      await Promise.all([
        rig.engine().settle(),
        ...[...ids.keys()].slice(5).map((person) => office.deliver('chat', message(person, 'I am'))),
      ])
      await rig.engine().settle()
      for (const [person, id] of ids) {
        const entries = await entriesOf(office, id)
        const dropped = entries.filter((what) => what._tag === 'MessageReceived' && what.cancelled !== undefined).length
        const sent = rig.provider.inbox(person).length
        same(dropped + sent, 1, `${person}: dropped or sent`)
        same(granted(await office.as('ana').scheduled(id)), [], `${person}: still waits`)
      }
      same(rig.provider.inbox('person 0'), [], 'who has written first')
      same(rig.provider.inbox('person 1'), ['still there?'], 'who has not')
    },
  },
  {
    name: 'G21 whichever call of the store an engine dies of, a scheduled message is written down once',
    body: async (rig) => {
      rig.expect('start', 'work', 'indexing', 'listener', 'feed')
      const office = await rig.office()
      for (const fate of ['refused', 'unheard'] as const) {
        let at = 1
        for (let died = true; died; at += 1) {
          const person = `${fate} ${at}`
          const id = await office.arrives('exact', message(person, 'hello'))
          granted(await office.as('ana').schedule(id, { at: rig.clock.now() + hour, text: 'any news?' }))
          const clock = manualClock(rig.clock.now() + 2 * hour)
          let armed = false
          const dying = mortal(rig.store(), { at, fate }, () => armed)
          const engine = await rig.start({ storage: dying.storage, clock: manualClock(rig.clock.now()) })
          armed = true
          await engine.close().catch(() => undefined)
          const last = await rig.start({ storage: dying.storage, clock }).catch(() => undefined)
          await last?.settle().catch(() => undefined)
          await last?.close()
          died = dying.died()
          clock.advance(longEnough)
          const heir = await rig.start({ clock })
          for (let times = 0; times < 3; times += 1) {
            await heir.settle()
            clock.advance(longEnough)
          }
          same(rig.provider.inbox(person), ['any news?'], `what the customer has after death ${at} (${fate})`)
          same(
            await tagsOf(officeOf(heir, office.id), id),
            ['MessageReceived', 'MessageScheduled', 'MessageSent'],
            `the journal after death ${at} (${fate})`,
          )
          await heir.close()
        }
        assert(at > 10, `an engine makes more calls of the store than ${at} to send a message`)
      }
    },
  },
]
