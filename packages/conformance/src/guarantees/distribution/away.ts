import type { Queue } from '@guichet/engine'
import { same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { granted, history } from '../office.ts'
import type { Rig } from '../rig.ts'
import { stage } from './stage.ts'

/** Eli has one that is unanswered and one that she answered, and goes; who has them then, unanswered first. */
const leaves = async (rig: Rig, queue: Partial<Queue>): Promise<ReadonlyArray<string | null>> => {
  const one = await stage(rig, { people: ['eli', 'flo'], queue })
  await one.comeIn('eli')
  const [unanswered = '', answered = ''] = [await one.asks('zoe'), await one.asks('yan')]
  await one.settle()
  for (const id of [unanswered, answered]) {
    if ((await one.owner(id)) === null) granted(await one.office.as('eli').claim(id))
  }
  granted(await one.office.as('eli').reply(answered, { text: 'an answer' }))
  await one.comeIn('flo')
  await one.settle()
  granted(await one.office.workspace.as('eli').presence.set('away'))
  await one.settle()
  const what = (await history(one.office.as('mia'), unanswered)).entries.map((entry) => entry.what)
  const kept = (queue.away ?? 'keep') === 'keep'
  same(
    what.filter(({ _tag }) => _tag === 'Returned'),
    kept ? [] : [{ _tag: 'Returned', from: 'eli', because: 'away' }],
    'what the journal says',
  )
  return [await one.owner(unanswered), await one.owner(answered)]
}

const manual = { strategy: { _tag: 'Manual' } } as const

export const awayCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G27 what waits for somebody who goes away is kept, returned or given to the next, as its queue says',
    body: async (rig) => {
      same(await leaves(rig, manual), ['eli', 'eli'], 'kept, which is the default')
      same(await leaves(rig, { ...manual, away: 'keep' }), ['eli', 'eli'], 'kept')
      same(await leaves(rig, { ...manual, away: 'return' }), [null, 'eli'], 'returned to people who choose')
      same(await leaves(rig, { ...manual, away: 'reassign' }), ['flo', 'eli'], 'given to the next')
      same(await leaves(rig, { away: 'return' }), ['flo', 'eli'], 'returned to a queue that gives')
    },
  },
  {
    name: 'G27 with nobody to give it to, what was left behind waits for the first who comes',
    body: async (rig) => {
      const one = await stage(rig, { people: ['eli', 'flo'], queue: { away: 'reassign' } })
      await one.comeIn('eli')
      const id = await one.asks('zoe')
      await one.settle()
      same(await one.owner(id), 'eli', 'who has it')
      granted(await one.office.workspace.as('eli').presence.set('offline'))
      await one.settle()
      same(await one.owner(id), null, 'when she has gone')
      await one.comeIn('flo')
      await one.settle()
      same(await one.owner(id), 'flo', 'when somebody comes')
    },
  },
]
