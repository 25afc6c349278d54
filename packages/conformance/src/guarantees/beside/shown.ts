import type { Signal } from '@guichet/engine/ports'
import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { granted, message } from '../office.ts'
import type { Rig } from '../rig.ts'
import { withMessenger } from './messenger.ts'

const day = 24 * 3_600_000

const told = (rig: Rig, to: string, tag: Signal['_tag']): ReadonlyArray<Signal> =>
  rig.provider.told(to).filter((signal) => signal._tag === tag)

export const shownCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G43 a customer is shown once that the newest message was read, by who may answer, unless the house does not want it',
    body: withMessenger(async (rig, office) => {
      const id = await office.arrives('messenger', message('zoe', 'hello', { id: 'm1' }))
      await office.arrives('messenger', message('zoe', 'hello?', { id: 'm2' }))
      granted(await office.as('ben').claim(id))
      granted(await office.as('ana').markRead(id))
      await rig.engine().settle()
      same(rig.provider.told('zoe'), [], 'by who may not answer')
      rig.provider.script('zoe', 'retry', 'throw')
      rig.expect('send')
      granted(await office.as('ben').markRead(id))
      granted(await office.as('mia').markRead(id))
      await rig.engine().settle()
      for (let times = 0; times < 3; times += 1) {
        rig.clock.advance(10_000)
        await rig.engine().settle()
      }
      granted(await office.as('ben').markRead(id))
      await rig.engine().settle()
      same(rig.provider.told('zoe'), [{ _tag: 'Read', to: 'zoe', externalId: 'm2' }], 'what she sees')
      const account = await office.workspace.accounts.get('messenger')
      assert(account !== undefined, 'there is such an account')
      granted(await office.workspace.accounts.put({ ...account, readReceipts: false }))
      await office.arrives('messenger', message('zoe', 'still there?', { id: 'm3' }))
      granted(await office.as('ben').markRead(id))
      await rig.engine().settle()
      same(rig.provider.told('zoe').length, 1, 'where the house does not want it')
      await office.as('ben').typing(id, true)
      await rig.engine().settle()
      same(rig.provider.told('zoe').at(-1), { _tag: 'Typing', to: 'zoe', on: true }, 'who types, without what was read')
    }),
  },
  {
    name: 'G43 who sends spam, is blocked or has opted out is shown nothing',
    body: withMessenger(async (rig, office) => {
      const ids = await Promise.all(
        ['spammer', 'blocked', 'silent'].map((one) => office.arrives('messenger', message(one, 'hello'))),
      )
      const [spam = '', blocked = '', silent = ''] = ids
      granted(await office.as('mia').spam(spam))
      const { contact } = granted(await office.as('mia').get(blocked))
      const target = { _tag: 'Contact', contact: contact.id } as const
      granted(await office.workspace.as('mia').blocks.add({ target, reason: 'noise' }))
      const word = { scope: 'all', word: 'STOP', given: false } as const
      await office.deliver('messenger', { type: 'consent', address: 'silent', ...word })
      for (const id of [spam, blocked, silent]) {
        granted(await office.as('mia').markRead(id))
        await office.as('mia').typing(id, true)
      }
      await rig.engine().settle()
      same(rig.provider.attempts(), [], 'what was sent')
    }),
  },
  {
    name: 'G31 a customer sees who writes an answer, not more often than needed, and only while an answer could leave',
    body: withMessenger(async (rig, office) => {
      const id = await office.arrives('messenger', message('zoe', 'hello', { id: 'm1' }))
      const type = async (on: boolean): Promise<void> => {
        await office.as('ana').typing(id, on)
        await rig.engine().settle()
      }
      for (let times = 0; times < 10; times += 1) {
        await type(true)
        rig.clock.advance(1_000)
      }
      await type(false)
      await type(false)
      const shown = told(rig, 'zoe', 'Typing').map((signal) => signal._tag === 'Typing' && [signal.on, signal.answers])
      same(
        shown,
        [
          [true, 'm1'],
          [true, 'm1'],
          [false, 'm1'],
        ],
        'what she sees in ten seconds',
      )
      rig.clock.advance(day)
      await office.deliver('messenger', { type: 'control', address: 'zoe', ours: false, by: 'shop' })
      await type(true)
      await office.deliver('messenger', { type: 'control', address: 'zoe', ours: true })
      rig.clock.advance(7 * day)
      await type(true)
      same(told(rig, 'zoe', 'Typing').length, 3, 'when no answer could leave')
    }),
  },
]
