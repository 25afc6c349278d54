import fc from 'fast-check'
import { same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { granted } from '../office.ts'
import { stage } from './stage.ts'

const priorities = ['low', 'normal', 'high', 'urgent'] as const

export const priorityCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G25 the higher priority is served first, then who has waited longer, and in the end everybody',
    body: async (rig) => {
      let days = 0
      await fc.assert(
        fc.asyncProperty(fc.array(fc.constantFrom(...priorities), { minLength: 2, maxLength: 8 }), async (wanted) => {
          days += 1
          const one = await stage(rig, { people: ['eli'], agent: { capacity: 1 } })
          const waiting: Array<{ readonly id: string; readonly rank: number; readonly at: number }> = []
          for (const [n, priority] of wanted.entries()) {
            rig.clock.advance(1_000)
            const id = await one.asks(`day ${days} person ${n}`)
            if (priority !== 'normal') granted(await one.office.as('mia').setPriority(id, { priority }))
            waiting.push({ id, rank: -priorities.indexOf(priority), at: n })
          }
          await one.comeIn()
          const served: Array<string> = []
          while (served.length < waiting.length) {
            await one.settle()
            const { items } = await one.office.as('eli').list({ tab: 'mine' })
            same(items.length, 1, 'what she has in hand')
            served.push(items[0]?.id ?? '')
            granted(await one.office.as('eli').close(items[0]?.id ?? ''))
          }
          const expected = [...waiting].sort((a, b) => a.rank - b.rank || a.at - b.at).map(({ id }) => id)
          same(served, expected, `the order of ${wanted.join(', ')}`)
        }),
        { numRuns: 12 },
      )
    },
  },
  {
    name: 'G25 whoever was moved on has not lost the time that was waited before',
    body: async (rig) => {
      const one = await stage(rig, { people: ['eli'], agent: { capacity: 1 } })
      const { workspace } = one.office
      const early = await one.office.arrives('chat', {
        type: 'message',
        from: { address: 'early' },
        text: 'hello',
        id: 'early',
      })
      rig.clock.advance(60_000)
      const late = await one.asks('late')
      rig.clock.advance(60_000)
      granted(await workspace.as('mia').conversations.transfer(early, { to: { queue: 'line' } }))
      await one.comeIn()
      await one.settle()
      same([await one.owner(early), await one.owner(late)], ['eli', null], 'who is served first')
    },
  },
]
