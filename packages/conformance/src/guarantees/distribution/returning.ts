import type { CameBack, Queue } from '@guichet/engine'
import { same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { granted, history, message } from '../office.ts'
import type { Rig } from '../rig.ts'
import { type Stage, stage } from './stage.ts'

/** Eli has handled it; then something becomes of her, and the customer writes again. */
const returns = async (
  rig: Rig,
  queue: Partial<Queue>,
  becomes: (one: Stage) => Promise<unknown>,
): Promise<{ readonly owner: string | null; readonly cameBack: CameBack | undefined }> => {
  const one = await stage(rig, {
    people: ['eli', 'flo'],
    agent: { capacity: 1 },
    queue: { strategy: { _tag: 'Manual' }, ...queue },
  })
  await one.comeIn('eli')
  const id = await one.asks('zoe')
  await one.settle()
  if ((await one.owner(id)) === null) granted(await one.office.as('eli').claim(id))
  granted(await one.office.as('eli').close(id))
  await one.comeIn('flo')
  await becomes(one)
  await one.settle()
  const again = await one.office.arrives('line', message('zoe', 'again'))
  same(again, id, 'the conversation')
  const { entries } = await history(one.office.as('mia'), id)
  // It may have been given to somebody already.
  const [cameBack] = entries.flatMap(({ what }) => (what._tag === 'MessageReceived' ? [what.cameBack] : [])).slice(-1)
  await one.settle()
  return { owner: await one.owner(id), cameBack }
}

const formerOwner = 'eli'

export const returningCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G26 what comes back goes to its former owner while she is there and has room',
    body: async (rig) => {
      const { owner, cameBack } = await returns(rig, {}, async () => undefined)
      same([owner, cameBack], ['eli', { formerOwner, because: 'kept' }], 'who has it')
    },
  },
  {
    name: 'G26 what comes back to somebody who is away, gone home or full is queued again, and the journal says why',
    body: async (rig) => {
      const cases: ReadonlyArray<readonly [CameBack['because'], (one: Stage) => Promise<unknown>]> = [
        ['away', (one) => one.office.workspace.as('eli').presence.set('away')],
        ['offline', (one) => one.office.workspace.as('eli').presence.set('offline')],
        ['full', async (one) => granted(await one.office.as('eli').claim(await one.asks('somebody else')))],
        ['gone', async (one) => granted(await one.office.workspace.agents.remove('eli'))],
      ]
      for (const [because, becomes] of cases) {
        const found = await returns(rig, {}, becomes)
        same([found.owner, found.cameBack], [null, { formerOwner, because }], `because she is ${because}`)
      }
    },
  },
  {
    name: 'G26 a queue that distributes gives what comes back to somebody else, and one may always or never ask her again',
    body: async (rig) => {
      const offline = (one: Stage) => one.office.workspace.as('eli').presence.set('offline')
      const given = await returns(rig, { strategy: { _tag: 'LeastBusy' } }, offline)
      same([given.owner, given.cameBack?.because], ['flo', 'offline'], 'where the engine gives')
      const always = await returns(rig, { sticky: 'always' }, offline)
      same([always.owner, always.cameBack?.because], ['eli', 'kept'], 'where it is always hers')
      const never = await returns(rig, { sticky: 'never' }, async () => undefined)
      same([never.owner, never.cameBack?.because], [null, 'policy'], 'where it is never hers')
    },
  },
  {
    name: 'G26 the end of a snooze is a return like any other',
    body: async (rig) => {
      const one = await stage(rig, { people: ['eli'], queue: { strategy: { _tag: 'Manual' } } })
      await one.comeIn()
      const id = await one.asks('zoe')
      granted(await one.office.as('eli').claim(id))
      granted(await one.office.as('eli').snooze(id, { until: rig.clock.now() + 60_000 }))
      granted(await one.office.workspace.as('eli').presence.set('offline'))
      rig.clock.advance(60_000)
      await one.settle()
      const { entries } = await history(one.office.as('mia'), id)
      const ended = entries.find(({ what }) => what._tag === 'SnoozeEnded')?.what
      same(await one.owner(id), null, 'who has it')
      same(ended, { _tag: 'SnoozeEnded', cameBack: { formerOwner, because: 'offline' } }, 'what the journal says')
    },
  },
]
