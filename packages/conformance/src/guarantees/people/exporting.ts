import { same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { granted, message } from '../office.ts'
import { session } from './people.ts'

export const exportCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G46 an export tells what was said of being written to: given and taken back, by whom, when, and at which address',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('phone', message('zoe', 'hello'))
      const begun = rig.clock.now()
      const says = (address: string, given: boolean) =>
        office.deliver('phone', {
          type: 'consent',
          address,
          given,
          scope: 'all',
          word: given ? 'START' : 'STOP',
          at: rig.clock.now(),
        })
      await says('zoe', false)
      rig.clock.advance(1_000)
      await says('zoe', true)
      rig.clock.advance(1_000)
      granted(await office.as('ana').noteConsent(id, { given: false, scope: 'marketing', word: 'asked by telephone' }))
      await office.deliver('phone', { type: 'moved', from: 'zoe', to: 'zoe at another number' })
      rig.clock.advance(1_000)
      await says('zoe at another number', false)
      const { contact } = granted(await office.as('mia').get(id)).state
      const { consent } = granted(await session(office, 'mia').contacts.export(contact))
      const told = consent.map(({ address, given, scope, by, word, at, name }) =>
        [address, given, scope, by, word, at - begun, name].join(', '),
      )
      same(
        told.toSorted(),
        [
          'zoe at another number, false, all, contact, STOP, 3000, ',
          // What holds at the old address goes for the new one as well.
          'zoe at another number, false, marketing, agent, asked by telephone, 2000, ANA',
          'zoe, false, all, contact, STOP, 0, ',
          'zoe, false, marketing, agent, asked by telephone, 2000, ANA',
          'zoe, true, all, contact, START, 1000, ',
        ],
        'what was said',
      )
      const times = consent.map(({ at }) => at)
      same(
        times,
        times.toSorted((a, b) => a - b),
        'the oldest first',
      )
    },
  },
]
