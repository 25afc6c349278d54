import type { ReportBy } from '@guichet/engine'
import { csvOf } from '@guichet/engine/domain'
import { same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, granted, message, refused } from '../office.ts'
import type { Rig } from '../rig.ts'

const hour = 60 * 60 * 1_000
const day = 24 * hour

/** Two days at the office; the clock begins on Thursday, 1 January 2026, at 9:00 UTC. */
const days = async (rig: Rig) => {
  const office = await rig.office()
  const began = rig.clock.now()
  const { workspace } = office
  granted(await workspace.departments.put({ id: 'sales', name: 'Sales', queue: 'desk' }))
  granted(
    await workspace.queues.put({ id: 'desk', name: 'Desk', mode: 'shared', claimOnReply: true, department: 'sales' }),
  )
  const quiet = await office.arrives('chat', message('yan', 'nobody will touch this'))
  const usual = await office.arrives('chat', message('zoe', 'hello'))
  rig.clock.advance(2 * hour)
  granted(await office.as('ana').reply(usual, { text: 'yes?' }))
  granted(await office.as('ana').tag(usual, { tags: ['=vip'] }))
  const hidden = await office.arrives('vault', message('xan', 'a secret'))
  granted(await office.as('ben').claim(hidden))
  rig.clock.advance(day)
  // Closed a day after its last message: that message is not in the time of the second report.
  granted(await office.as('ana').close(usual))
  await rig.engine().settle()
  return { office, quiet, usual, hidden, from: began, to: rig.clock.now() + hour, began }
}

const reportOf = async (
  office: Office,
  agent: string,
  options: { readonly from: number; readonly to: number; readonly by: ReportBy },
) => granted(await office.workspace.as(agent).report(options))

export const reportCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G36 a report says what the journal says: volume, first response, resolution and load',
    body: async (rig) => {
      const { office, from, to } = await days(rig)
      const { rows, total } = await reportOf(office, 'mia', { from, to, by: 'queue' })
      same([total.started, total.received, total.sent, total.closed, total.load], [3, 3, 1, 1, 2], 'the whole office')
      same(total.firstResponse, { count: 1, median: 2 * hour, p90: 2 * hour }, 'the first response')
      same(total.resolution, { count: 1, median: 2 * hour + day, p90: 2 * hour + day }, 'the resolution')
      same(
        rows.map(({ key, started, load }) => [key, started, load]),
        [
          ['desk', 2, 1],
          ['vault', 1, 1],
        ],
        'each queue',
      )
      const departments = await reportOf(office, 'mia', { from, to, by: 'department' })
      same(
        departments.rows.map(({ key, started }) => [key, started]),
        [
          ['sales', 2],
          ['', 1],
        ],
        'each department',
      )
      const byDay = await reportOf(office, 'mia', { from, to, by: 'day' })
      same(
        byDay.rows.map(({ key, started, closed, load }) => [key, started, closed, load]),
        [
          ['2026-01-01', 3, 0, 3],
          ['2026-01-02', 0, 1, 2],
        ],
        'each day',
      )
    },
  },
  {
    name: 'G36 what was closed long after its last message is counted when it was closed, and what stands untouched is load',
    body: async (rig) => {
      const { office, began, to } = await days(rig)
      const { total } = await reportOf(office, 'mia', { from: began + day, to, by: 'queue' })
      same([total.started, total.received, total.closed, total.load], [0, 0, 1, 2], 'the second day')
      const before = await reportOf(office, 'mia', { from: began, to: began + day, by: 'queue' })
      same([before.total.closed, before.total.load], [0, 3], 'the first day, told later')
    },
  },
  {
    name: 'G36 a report of a year ago is the same after a restart and however much has happened since',
    body: async (rig) => {
      const { office, from, to } = await days(rig)
      const before = await reportOf(office, 'mia', { from, to, by: 'agent' })
      rig.clock.advance(365 * day)
      for (let n = 0; n < 30; n += 1) await office.arrives('chat', message(`person ${n}`, 'hello'))
      await rig.restart({ clock: rig.clock })
      const later = granted(await rig.engine().workspace(office.id).as('mia').report({ from, to, by: 'agent' }))
      same(later, before, 'the report')
    },
  },
  {
    name: 'G36 business time is counted where the queue has hours',
    body: async (rig) => {
      const office = await rig.office()
      const week = { 4: [{ from: 9 * 60, to: 10 * 60 }], 5: [{ from: 9 * 60, to: 17 * 60 }] }
      granted(await office.workspace.hours.put({ id: 'short', name: 'Short', timeZone: 'UTC', week, holidays: [] }))
      granted(
        await office.workspace.queues.put({
          id: 'desk',
          name: 'Desk',
          mode: 'shared',
          claimOnReply: true,
          hours: 'short',
        }),
      )
      const from = rig.clock.now()
      const id = await office.arrives('chat', message('zoe', 'hello'))
      rig.clock.advance(day + hour)
      granted(await office.as('ana').reply(id, { text: 'yes?' }))
      const { total } = await reportOf(office, 'mia', { from, to: rig.clock.now() + 1, by: 'queue' })
      same(total.firstResponse.median, 2 * hour, 'the first response')
    },
  },
  {
    name: 'G42 a report counts what its viewer may see, and is refused to who may not see reports',
    body: async (rig) => {
      const { office, from, to } = await days(rig)
      same(
        refused(await office.workspace.as('ana').report({ from, to, by: 'queue' })),
        { _tag: 'Forbidden', action: 'seeReports' },
        'without permission',
      )
      const ana = await office.workspace.agents.get('ana')
      if (ana === undefined) throw new Error('Ana has gone')
      granted(await office.workspace.agents.put({ ...ana, permissions: ['seeReports'] }))
      const { total, rows } = await reportOf(office, 'ana', { from, to, by: 'queue' })
      same([total.started, total.load], [2, 1], 'what Ana counts')
      same(
        rows.map(({ key }) => key),
        ['desk'],
        'the queues she counts in',
      )
      same(
        refused(await office.workspace.as('ana').report({ from: to, to: from, by: 'queue' })),
        { _tag: 'Invalid', what: 'report', issues: ['from, to: epoch milliseconds, from before to'] },
        'a time that ends before it begins',
      )
      same(
        refused(await office.workspace.as('nobody').report({ from, to, by: 'queue' })),
        { _tag: 'UnknownAgent', agent: 'nobody' },
        'somebody unknown',
      )
    },
  },
  {
    name: 'G36 a report as CSV holds other people’s words as words',
    body: async (rig) => {
      const { office, from, to } = await days(rig)
      const csv = csvOf(await reportOf(office, 'mia', { from, to, by: 'tag' }))
      same(csv.split('\r\n')[1]?.startsWith("'=vip,1,"), true, 'the line of the tag')
    },
  },
]
