import type { SlaPolicy } from '@guichet/engine'
import { manualClock } from '@guichet/engine/memory'
import { same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, granted, history, message, officeOf, refused } from '../office.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const policy: SlaPolicy = {
  id: 'usual',
  name: 'Usual',
  when: {},
  firstResponse: 10 * minute,
  nextResponse: 20 * minute,
  resolution: 10 * minute,
  hours: null,
}

/** What was missed, in the order of the journal. */
const missed = async (office: Office, id: string): Promise<ReadonlyArray<string>> =>
  (await history(office.as('mia'), id)).entries.flatMap(({ what }) => (what._tag === 'SlaMissed' ? [what.target] : []))

const promisesOf = async (office: Office, id: string) => granted(await office.as('mia').get(id)).sla

export const slaCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G33 a promise is missed once, when it is due and not before, also when two are due at once',
    body: async (rig) => {
      const office = await rig.office()
      granted(await office.workspace.slaPolicies.put(policy))
      const id = await office.arrives('chat', message('zoe', 'hello'))
      rig.clock.advance(10 * minute - 1)
      await rig.engine().settle()
      same(await missed(office, id), [], 'just before')
      rig.clock.advance(1)
      await rig.engine().settle()
      same([...(await missed(office, id))].sort(), ['firstResponse', 'resolution'], 'when they are due')
      rig.clock.advance(30 * day)
      await rig.engine().settle()
      same((await missed(office, id)).length, 2, 'much later')
      granted(await office.as('ana').reply(id, { text: 'at last' }))
      same((await promisesOf(office, id))?.missed, ['resolution'], 'overdue after the answer')
    },
  },
  {
    name: 'G33 an answer keeps the promise, and its timer goes with it',
    body: async (rig) => {
      const office = await rig.office()
      granted(await office.workspace.slaPolicies.put({ ...policy, resolution: null }))
      const id = await office.arrives('chat', message('zoe', 'hello'))
      const timers = async () => (await office.workspace.upcoming()).filter(({ kind }) => kind === 'sla')
      same(
        (await timers()).map(({ due, lane }) => [due, lane]),
        [[rig.clock.now() + 10 * minute, id]],
        'the timer',
      )
      granted(await office.as('ana').reply(id, { text: 'yes?' }))
      same(await timers(), [], 'the timer after the answer')
      rig.clock.advance(minute)
      await office.deliver('chat', message('zoe', 'and now?'))
      same(
        (await timers()).map(({ due }) => due),
        [rig.clock.now() + 20 * minute],
        'the timer of the next response',
      )
      granted(await office.as('ana').close(id))
      same(await timers(), [], 'the timer after the close')
      rig.clock.advance(day)
      await rig.engine().settle()
      same(await missed(office, id), [], 'what was missed')
    },
  },
  {
    name: 'G33 after any downtime every overdue promise is missed once',
    body: async (rig) => {
      const office = await rig.office()
      granted(await office.workspace.slaPolicies.put({ ...policy, resolution: null }))
      const ids = await Promise.all(
        Array.from({ length: 10 }, (_, n) => office.arrives('chat', message(`person ${n}`, 'hello'))),
      )
      const clock = manualClock(rig.clock.now() + 12 * day)
      await rig.restart({ clock })
      await rig.start({ clock })
      await rig.engine().settle()
      const later = officeOf(rig.engine(), office.id)
      for (const id of ids) same(await missed(later, id), ['firstResponse'], 'what was missed')
    },
  },
  {
    name: 'G33 promises count business time, and the first policy whose conditions hold applies',
    body: async (rig) => {
      const office = await rig.office()
      const { slaPolicies, hours } = office.workspace
      const open = [{ from: 9 * 60, to: 17 * 60 }]
      granted(
        await hours.put({
          id: 'office',
          name: 'Office',
          timeZone: 'Europe/Paris',
          week: { 1: open, 2: open, 3: open, 4: open, 5: open },
          holidays: [],
        }),
      )
      granted(await slaPolicies.put({ ...policy, id: '1-vault', when: { queues: ['vault'] }, firstResponse: minute }))
      granted(await slaPolicies.put({ ...policy, id: '2-office', firstResponse: 2 * hour, hours: 'office' }))
      // Friday, 16:00 in Paris: one hour is left, the other one is on Monday.
      rig.clock.moveTo(Date.UTC(2026, 10, 20, 15))
      const id = await office.arrives('chat', message('zoe', 'hello'))
      same((await promisesOf(office, id))?.firstResponse, Date.UTC(2026, 10, 23, 9), 'due')
      const moved = granted(await office.as('ana').transfer(id, { to: { queue: 'vault' } }))
      same(moved.conversation.sla?.policy, '1-vault', 'the policy after the transfer')
      same(moved.conversation.sla?.firstResponse, Date.UTC(2026, 10, 20, 15, 1), 'due after the transfer')
    },
  },
  {
    name: 'G33 a policy that means nothing is refused with what to change',
    body: async (rig) => {
      const { slaPolicies } = (await rig.office()).workspace
      const issues = async (over: object): Promise<unknown> => {
        const refusal = refused(await slaPolicies.put({ ...policy, ...over } as SlaPolicy))
        return refusal._tag === 'Invalid' ? refusal.issues : refusal
      }
      same(await issues({ firstResponse: 0 }), ['firstResponse: milliseconds above zero, or null'], 'no time')
      same(await issues({ when: { queues: ['moon'] } }), { _tag: 'UnknownQueue', queue: 'moon' }, 'an unknown queue')
      same(await issues({ hours: 'never' }), ['hours: there are no hours "never"'], 'unknown hours')
      same(
        await issues({ when: { tags: ['vip'] } }),
        ['when.tags: there are queues, channels and priorities'],
        'a tag does not decide',
      )
      same(
        await issues({ firstResponse: null, nextResponse: null, resolution: null }),
        ['firstResponse, nextResponse, resolution: at least one is promised'],
        'nothing promised',
      )
      same(await slaPolicies.list(), [], 'what was kept')
    },
  },
]
