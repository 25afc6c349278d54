import type { FeedItem } from '@guichet/engine'
import { same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, feedNow, granted, listed, message, refused } from '../office.ts'

const day = 24 * 60 * 60 * 1_000
const policy = { closedDays: 30, spamDays: 7, archivedDays: null }

/** What the host was told about retention, and what an agent was. */
const told = async (office: Office, feed: (options: { readonly since: number }) => AsyncIterable<FeedItem>) =>
  (await feedNow(office, feed)).flatMap((item) =>
    item._tag === 'Workspace' && item.entry.what._tag === 'RetentionRan' ? [item.entry.what] : [],
  )

const contents = async (office: Office): Promise<ReadonlyArray<string | null>> =>
  (await listed(office.as('mia'))).map(({ preview }) => preview).toSorted()

export const retentionCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G46 retention runs once a day, lets go of what is old in its status, and the journal says how much',
    body: async (rig) => {
      const office = await rig.office()
      const mia = office.as('mia')
      const files = [{ name: 'a.png', mime: 'image/png', bytes: 'AAEC' }]
      const closed = await office.arrives('chat', message('closed', 'closed', { files }))
      granted(await mia.close(closed))
      granted(await mia.spam(await office.arrives('chat', message('spam', 'spam'))))
      granted(await mia.archive(await office.arrives('chat', message('archived', 'archived'))))
      await office.arrives('chat', message('open', 'open'))
      granted(await mia.snooze(await office.arrives('chat', message('pending', 'pending'))))
      granted(await office.workspace.retention.put(policy))
      same(await office.workspace.retention.get(), policy, 'the policy')
      rig.clock.advance(8 * day)
      await rig.engine().settle()
      same(await contents(office), ['archived', 'closed', 'open', 'pending'], 'after eight days')
      rig.clock.advance(23 * day)
      await rig.engine().settle()
      same(await contents(office), ['archived', 'open', 'pending'], 'after a month')
      same(refused(await mia.get(closed)), { _tag: 'NotFound' }, 'what was closed')
      same(
        (await told(office, (options) => office.workspace.feed(options))).map(({ status, deleted }) => [
          status,
          deleted,
        ]),
        [
          ['spam', 1],
          ['closed', 1],
        ],
        'what the host is told',
      )
      same(await told(office, (options) => office.workspace.as('mia').feed(options)), [], 'what an agent is told')
    },
  },
  {
    name: 'G46 retention can be run at once, however much there is, and keeps what has come back to life',
    body: async (rig) => {
      const office = await rig.office()
      const mia = office.as('mia')
      const ids = await Promise.all(
        Array.from({ length: 120 }, (_, n) => office.arrives('chat', message(`person ${n}`, 'hello'))),
      )
      for (const id of ids) granted(await mia.close(id))
      rig.clock.advance(30 * day - 1)
      granted(await office.workspace.retention.put(policy))
      same(await office.workspace.retention.run(), { deleted: 0 }, 'a moment too early')
      await office.deliver('chat', message('person 7', 'again'))
      rig.clock.advance(1)
      same(await office.workspace.retention.run(), { deleted: 119 }, 'when it is time')
      same(
        (await listed(mia)).map(({ id }) => id),
        [ids[7]],
        'what is left',
      )
      same(await office.workspace.retention.run(), { deleted: 0 }, 'a second time')
    },
  },
  {
    name: 'G46 retention goes on after a restart, and ends when nothing is to be let go any more',
    body: async (rig) => {
      const office = await rig.office()
      granted(await office.workspace.retention.put(policy))
      const jobs = async () =>
        (await rig.engine().workspace(office.id).upcoming()).filter(({ kind }) => kind === 'retain').length
      await rig.restart()
      same(await jobs(), 1, 'jobs after a restart')
      rig.clock.advance(3 * day)
      await rig.engine().settle()
      same(await jobs(), 1, 'jobs after three days')
      const { retention } = rig.engine().workspace(office.id)
      granted(await retention.put({ closedDays: null, spamDays: null, archivedDays: null }))
      same(await jobs(), 0, 'jobs when everything is kept')
      same(
        refused(await retention.put({ ...policy, spamDays: 0.5 })),
        {
          _tag: 'Invalid',
          what: 'retention',
          issues: ['spamDays: 0.5 is not a whole number of days from 1 to 36500, nor null'],
        },
        'half a day',
      )
    },
  },
]
