import { same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, granted, history, message, officeOf } from '../office.ts'

const waitMs = 5 * 60_000

const statusOf = async (office: Office, id: string): Promise<string | undefined> =>
  (await history(office.as('ana'), id)).messages.findLast(({ direction }) => direction === 'out')?.delivery?.status

export const accountHealthCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G17 what is to leave waits while its account is refused, on every engine and through a restart, and leaves at once when somebody has acted',
    body: async (rig) => {
      const office = await rig.office()
      const zoe = await office.arrives('phone', message('zoe', 'hello'))
      const yan = await office.arrives('phone', message('yan', 'hello'))
      rig.provider.script('zoe', 'rejectAsStranger')
      granted(await office.as('ana').reply(zoe, { text: 'one' }))
      await rig.engine().settle()
      const other = await rig.start()
      granted(await officeOf(other, office.id).as('ana').reply(yan, { text: 'two' }))
      await other.settle()
      for (let looks = 0; looks < 30; looks += 1) {
        rig.clock.advance(waitMs)
        await rig.engine().settle()
      }
      same(rig.provider.attempts().length, 1, 'sends')
      const later = officeOf(await rig.restart(), office.id)
      rig.clock.advance(waitMs)
      await rig.engine().settle()
      same([await statusOf(later, zoe), await statusOf(later, yan)], ['queued', 'queued'], 'while it is refused')
      granted(await later.workspace.accounts.resume('phone'))
      await rig.engine().settle()
      same([await statusOf(later, zoe), await statusOf(later, yan)], ['sent', 'sent'], 'afterwards')
      same([rig.provider.inbox('zoe'), rig.provider.inbox('yan')], [['one'], ['two']], 'what the customers got')
    },
  },
  {
    name: 'G17 what a provider says of an account stops its sends and lets them go on, in whatever order it is heard',
    body: async (rig) => {
      const office = await rig.office()
      rig.clock.advance(1_000)
      const id = await office.arrives('phone', message('zoe', 'hello'))
      await office.deliver(
        'phone',
        { type: 'health', level: 'down', code: 'BANNED', at: 20 },
        { type: 'health', level: 'ok', code: 'FINE', at: 10 },
      )
      granted(await office.as('ana').reply(id, { text: 'one' }))
      await rig.engine().settle()
      same(rig.provider.attempts(), [], 'sends while it is down')
      await office.deliver('phone', { type: 'health', level: 'ok', code: 'FINE', at: 30 })
      await rig.engine().settle()
      same(await statusOf(office, id), 'sent', 'afterwards')
      const health = await officeOf(await rig.restart(), office.id).workspace.accounts.health('phone')
      same(health, [{ level: 'ok', code: 'FINE', message: 'FINE', at: 30 }], 'what is known of it')
    },
  },
  {
    name: 'G20 a pause that is asked of a whole account holds back all its conversations, and those of no other',
    body: async (rig) => {
      const office = await rig.office()
      const zoe = await office.arrives('phone', message('zoe', 'hello'))
      const yan = await office.arrives('phone', message('yan', 'hello'))
      const xavier = await office.arrives('chat', message('xavier', 'hello'))
      rig.provider.script('zoe', 'retryAll')
      granted(await office.as('ana').reply(zoe, { text: 'one' }))
      await rig.engine().settle()
      for (const id of [yan, xavier]) granted(await office.as('ana').reply(id, { text: 'two' }))
      await rig.engine().settle()
      same([rig.provider.inbox('yan'), rig.provider.inbox('xavier')], [[], ['two']], 'during the pause')
      rig.clock.advance(70_000)
      await rig.engine().settle()
      same([rig.provider.inbox('zoe'), rig.provider.inbox('yan')], [['one'], ['two']], 'after the pause')
    },
  },
]
