import { same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, granted, listed, message, officeOf } from '../office.ts'
import { counted } from '../trouble.ts'

const unread = async (office: Office, agent: string): Promise<Readonly<Record<string, number>>> =>
  Object.fromEntries((await listed(office.as(agent))).map((one) => [one.contact.address, one.unread]))

/** Each of them marks all of it. */
const readers = ['ana', 'ben', 'mia'] as const

export const unreadCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G43 what one agent has read another has not, and every customer message counts once',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('chat', message('zoe', 'one'))
      await office.deliver('chat', message('zoe', 'two'), message('zoe', 'two'), message('yan', 'un'))
      granted(await office.as('ben').note(id, { text: 'a note is nothing unread' }))
      same(await unread(office, 'ana'), { zoe: 2, yan: 1 }, 'for ana')
      granted(await office.as('ana').markRead(id))
      same(await unread(office, 'ana'), { zoe: 0, yan: 1 }, 'for ana, who has read it')
      same(await unread(office, 'ben'), { zoe: 2, yan: 1 }, 'for ben')
      await office.deliver('chat', message('zoe', 'three'))
      same(await unread(office, 'ana'), { zoe: 1, yan: 1 }, 'for ana, after one more')
      same(granted(await office.as('ben').get(id)).unread, 3, 'for ben, asked about one')
      granted(await office.as('ben').markRead(id))
      granted(await office.as('ben').markUnread(id))
      same(await unread(office, 'ben'), { zoe: 1, yan: 1 }, 'for ben, who keeps it for later')
      const later = officeOf(await rig.restart(), office.id)
      same(await unread(later, 'ana'), { zoe: 1, yan: 1 }, 'for ana, after a restart')
      same(
        (await listed(later.as('ana'), { unread: true })).map(({ contact }) => contact.address).sort(),
        ['yan', 'zoe'],
        'the filter',
      )
    },
  },
  {
    name: 'G43 marking everything as read is one call and as many statements for hundreds as for two',
    body: async (rig) => {
      const costs: Array<readonly [number, number]> = []
      for (const count of [2, 300]) {
        const office = await rig.office()
        const { storage, calls } = counted(rig.store())
        const engine = await rig.start({ storage })
        const at = officeOf(engine, office.id)
        await at.deliver('chat', ...Array.from({ length: count }, (_, n) => message(`person ${n}`, 'hello')))
        for (const one of [engine, rig.engine()]) await one.settle()
        const statements: Array<number> = []
        for (const agent of readers) {
          await at.as(agent).counts()
          const before = rig.store().stats().statements
          await at.as(agent).markAllRead()
          statements.push(rig.store().stats().statements - before)
          same((await listed(at.as(agent), { unread: true })).length, 0, `unread for ${agent}`)
          if (agent === 'ana') same((await listed(at.as('ben'), { unread: true })).length, count, 'unread for ben')
        }
        // News of the store are looked up beside it, now and then.
        costs.push([calls('markRead'), Math.min(...statements)])
      }
      same(costs[0]?.[0], readers.length, 'calls of the store')
      same(costs[1], costs[0], 'calls and statements for many and for two')
    },
  },
  {
    name: 'G43 marking a filter as read touches what it matches and what she sees, and nothing else',
    body: async (rig) => {
      const office = await rig.office()
      const tagged = await office.arrives('chat', message('zoe', 'hello'))
      await office.arrives('chat', message('yan', 'hello'))
      const closed = await office.arrives('chat', message('xenia', 'hello'))
      const taken = await office.arrives('vault', message('walt', 'hello'))
      granted(await office.as('ana').tag(tagged, { tags: ['vip'] }))
      granted(await office.as('ana').close(closed))
      await office.as('ana').markAllRead({ tag: 'vip' })
      same(await unread(office, 'ana'), { zoe: 0, yan: 1, xenia: 1, walt: 1 }, 'after those with a tag')
      await office.as('ana').markAllRead({ tab: 'closed' })
      same(await unread(office, 'ana'), { zoe: 0, yan: 1, xenia: 0, walt: 1 }, 'after a tab')
      granted(await office.as('ben').claim(taken))
      await office.as('ana').markAllRead()
      granted(await office.as('ben').release(taken))
      same(await unread(office, 'ana'), { zoe: 0, yan: 0, xenia: 0, walt: 1 }, 'what was out of her sight')
    },
  },
]
