import { assert, same } from '../../assert.ts'
import type { LoopbackEvent } from '../../channel/loopback-protocol.ts'
import type { GuaranteeCase } from '../case.ts'
import { granted, history, listed, message, officeOf } from '../office.ts'

const elsewhere = (id: string, more: { readonly reference?: string; readonly at?: number } = {}): LoopbackEvent => ({
  type: 'elsewhere',
  id,
  to: 'zoe',
  text: 'from the telephone',
  ...more,
})

export const elsewhereCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G02 what somebody of ours wrote elsewhere is one message, however often and to however many engines it is told',
    body: async (rig) => {
      const office = await rig.office()
      const other = officeOf(await rig.start(), office.id)
      const id = await office.arrives('phone', message('zoe', 'hello'))
      const told = await Promise.all(
        [office, other, office, other].map((one) => one.deliver('phone', elsewhere('wa-1'), elsewhere('wa-1'))),
      )
      const stored = told.flat().filter(({ _tag }) => _tag === 'Stored')
      same(stored.length, 1, 'how often it was stored')
      assert(
        told.flat().every(({ _tag }) => _tag === 'Stored' || _tag === 'Duplicate'),
        `the others are duplicates: ${JSON.stringify(told)}`,
      )
      const { messages } = await history(office.as('ana'), id)
      same(
        messages.map(({ direction, delivery }) => [direction, delivery?.status ?? null]),
        [
          ['in', null],
          ['out', 'sent'],
        ],
        'the conversation',
      )
      await rig.engine().settle()
      same(rig.provider.attempts(), [], 'sends')
    },
  },
  {
    name: 'G10 what the engine sent is no message when it comes back, by its id or its key, before and after the send has returned',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('phone', message('zoe', 'hello'))
      rig.provider.script('zoe', 'acceptThenHang')
      granted(await office.as('ana').reply(id, { text: 'one' }))
      await rig.provider.until(() => rig.provider.attempts().length === 1)
      const [attempt] = rig.provider.attempts()
      await office.deliver('phone', elsewhere(attempt?.externalId ?? ''))
      rig.provider.release()
      await rig.engine().settle()
      rig.clock.advance(10_000)
      await rig.engine().settle()
      await office.deliver('phone', elsewhere(attempt?.externalId ?? ''))
      rig.provider.script('zoe', 'acceptThenThrow')
      rig.expect('send of phone')
      granted(await office.as('ana').reply(id, { text: 'two' }))
      await rig.engine().settle()
      const second = rig.provider.attempts()[1]?.externalId ?? ''
      await office.deliver('phone', elsewhere(second, { reference: `${office.id}/${id}/3/0` }))
      const { messages } = await history(office.as('ana'), id)
      same(
        messages.flatMap(({ text, delivery }) => (delivery === null ? [] : [[text, delivery.status]])),
        [
          ['one', 'sent'],
          ['two', 'sent'],
        ],
        'what was sent',
      )
    },
  },
  {
    name: 'G01 who writes from another address stays one person in one conversation, on every engine, and is answered there',
    body: async (rig) => {
      const office = await rig.office()
      const other = officeOf(await rig.start(), office.id)
      const id = await office.arrives('phone', message('zoe', 'hello'))
      const moved: LoopbackEvent = { type: 'moved', from: 'zoe', to: 'zoe at another number' }
      await Promise.all([office, other, office].map((one) => one.deliver('phone', moved)))
      await other.deliver('phone', message('zoe at another number', 'it is me'), message('zoe', 'this was late'))
      same(
        (await listed(office.as('mia'), { tab: 'all' })).map((one) => one.id),
        [id],
        'the conversations',
      )
      granted(await other.as('ana').reply(id, { text: 'noted' }))
      await rig.engine().settle()
      same(rig.provider.inbox('zoe at another number'), ['noted'], 'what arrived at the new address')
      const { entries } = await history(office.as('ana'), id)
      same(entries.filter(({ what }) => what._tag === 'AddressChanged').length, 1, 'how often the journal says so')
    },
  },
]
