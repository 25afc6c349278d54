import { manualClock } from '@guichet/engine/memory'
import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { granted, message } from '../office.ts'
import { mortal } from '../trouble.ts'
import { type Stage, stage, throughEngine } from './stage.ts'

/** Longer than any lease, so that work of a process that died is taken up again. */
const longEnough = 100_000
const capacity = 2

/** An engine takes in five customers and distributes them, until it dies at one of its calls of the store. */
const dieDistributing = async (
  rig: Parameters<GuaranteeCase['body']>[0],
  one: Stage,
  now: number,
  death: Parameters<typeof mortal>[1],
): Promise<boolean> => {
  let armed = false
  const { storage, died } = mortal(rig.store(), death, () => armed)
  const engine = await rig.start({ storage, clock: manualClock(now) })
  const office = throughEngine(one, engine)
  armed = true
  const people = ['a', 'b', 'c', 'd', 'e'].map((name) => `${death?.fate} ${death?.at} ${name}`)
  await Promise.allSettled(people.map((person) => office.deliver('line', message(person, 'hello'))))
  await engine.settle().catch(() => undefined)
  await engine.close()
  return died()
}

const afterEveryCrash =
  (fate: 'refused' | 'unheard'): GuaranteeCase['body'] =>
  async (rig) => {
    rig.expect('work', 'receive', 'ingest', 'search index')
    const one = await stage(rig, { people: ['eli', 'flo'], agent: { capacity } })
    await one.comeIn()
    await one.settle()
    let now = rig.clock.now()
    for (let at = 1, alive = false; !alive; at += 1) {
      alive = !(await dieDistributing(rig, one, now, { at, fate }))
      now += longEnough
      const clock = manualClock(now)
      const heir = await rig.start({ clock })
      for (let times = 0; times < 3; times += 1) {
        await heir.settle()
        clock.advance(longEnough)
      }
      now = clock.now()
      const mia = throughEngine(one, heir).as('mia')
      const { items } = await mia.list({ tab: 'open', limit: 200 })
      const held = (agent: string | null): number => items.filter(({ owner }) => owner === agent).length
      const told = `dead at call ${at}: ${JSON.stringify(items.map(({ owner }) => owner))}`
      for (const agent of one.people) assert(held(agent) <= capacity, `more than she can take, ${told}`)
      same(held('eli') + held('flo'), Math.min(items.length, capacity * 2), `what was given, ${told}`)
      const seats = await throughEngine(one, heir).workspace.as('mia').presence.list()
      for (const { agent, load } of seats) same(load, held(agent), `the load of ${agent}, ${told}`)
      for (const { id } of items) granted(await mia.close(id))
      await heir.settle()
      await heir.close()
    }
  }

/** Eli has gone by the time the process dies, or has not: what she left is Flo's then, or still hers. */
const afterEveryLeaving =
  (fate: 'refused' | 'unheard'): GuaranteeCase['body'] =>
  async (rig) => {
    rig.expect('work')
    let left = 0
    let now = rig.clock.now()
    for (let at = 1, alive = false; !alive; at += 1) {
      const one = await stage(rig, {
        people: ['eli', 'flo'],
        queue: { strategy: { _tag: 'Manual' }, away: 'reassign' },
      })
      await one.comeIn()
      const ids = [await one.asks(`${fate} ${at} zoe`), await one.asks(`${fate} ${at} yan`)]
      for (const id of ids) granted(await one.office.as('eli').claim(id))
      await one.settle()
      // Nobody else is there to do what the one that dies leaves undone.
      await rig.engine().close()
      let armed = false
      const { storage, died } = mortal(rig.store(), { at, fate }, () => armed)
      const engine = await rig.start({ storage, clock: manualClock(now) })
      armed = true
      await throughEngine(one, engine)
        .workspace.as('eli')
        .presence.set('away')
        .catch(() => undefined)
      await engine.settle().catch(() => undefined)
      await engine.close()
      alive = !died()

      const clock = manualClock(now + longEnough)
      const heir = await rig.start({ clock })
      for (let times = 0; times < 3; times += 1) {
        await heir.settle()
        clock.advance(longEnough)
      }
      now = clock.now()
      const office = throughEngine(one, heir)
      const seats = await office.workspace.as('mia').presence.list()
      const gone = seats.find(({ agent }) => agent === 'eli')?.presence === 'away'
      if (gone) left += 1
      const owners = await Promise.all(ids.map(async (id) => granted(await office.as('mia').get(id)).state.owner))
      same(
        owners,
        ids.map(() => (gone ? 'flo' : 'eli')),
        `dead at call ${at}: who has what was left behind`,
      )
    }
    assert(left > 1, 'nobody left anything behind')
  }

export const distributionCrashCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G23 a process that dies before any one of its writes leaves no room unused and nobody with too much',
    body: afterEveryCrash('refused'),
  },
  {
    name: 'G23 a process that dies just after any one of its writes leaves no room unused and nobody with too much',
    body: afterEveryCrash('unheard'),
  },
  {
    name: 'G27 a process that dies before any one of its writes leaves nothing behind with whoever went away',
    body: afterEveryLeaving('refused'),
  },
  {
    name: 'G27 a process that dies just after any one of its writes leaves nothing behind with whoever went away',
    body: afterEveryLeaving('unheard'),
  },
]
