import { createHash } from 'node:crypto'
import { agents } from './house.ts'
import { allIsSettled } from './laws/evening.ts'
import { LawBroken, hold } from './laws/broken.ts'
import { countsAreExact, leftOnceInOrder, nothingLostOrDoubled, rowsAreFolds } from './laws/standing.ts'
import { witness } from './laws/witness.ts'
import { count } from './ledger.ts'
import { comeAndGo, race, work } from './people/agents.ts'
import { bringAgain, reportBack, write } from './people/customers.ts'
import { type Town, found } from './town.ts'

/** What came of a day: the same seed and the same hours give the same digest. */
export interface Day {
  readonly seed: number
  readonly hours: number
  readonly steps: number
  readonly conversations: number
  /** SHA-256 over everything that was done and everything that happened. */
  readonly digest: string
  readonly counts: ReadonlyMap<string, number>
  readonly diary: ReadonlyArray<string>
}

/** A law did not hold: which one, and when. The seed replays it. */
export interface Broken {
  readonly seed: number
  readonly step: number
  readonly law: string
  readonly seen: string
  readonly diary: ReadonlyArray<string>
}

export type Outcome = { readonly ok: true; readonly day: Day } | { readonly ok: false; readonly broken: Broken }

const meanPauseMs = 240_000

/** Something that could happen at any moment. */
const happen = async (town: Town): Promise<void> => {
  const draw = town.chance.between(0, 99)
  if (draw < 36) return write(town)
  if (draw < 74) return work(town)
  if (draw < 84) return race(town)
  if (draw < 93) return comeAndGo(town)
  return bringAgain(town)
}

/** Between any two operations of the store, in what comes next. */
const threaten = ({ chance, house, diary }: Town): void => {
  if (!chance.percent(6)) return
  const operations = chance.between(1, 25)
  const unanswered = chance.percent(50)
  house.power().failAfter(operations, unanswered)
  diary.push(`the power will fail after ${operations}${unanswered ? ', unanswered' : ''}`)
}

const setClock = ({ chance, clock, diary, ledger }: Town): void => {
  if (!chance.percent(2)) return
  const ms = chance.between(-900_000, 900_000)
  clock.jump(ms)
  count(ledger, 'clock jumps')
  diary.push(`the clock is set by ${ms}`)
}

/** Everything that is due is done, whatever fails on the way. */
const rest = async ({ house }: Town): Promise<void> => {
  for (let times = 0; times < 4; times += 1) {
    try {
      await house.engine().settle()
    } catch (error) {
      if (house.power().isOn()) throw error
    }
    if (house.power().isOn()) return
    await house.revive()
  }
}

/** Long enough for every lease, every retry and every timer. */
const nights = 40
const nightMs = 3 * 60 * 60_000

/** Lives one day and asserts at every step what has to hold at all times. */
export const live = async (seed: number, hours: number): Promise<Outcome> => {
  const town = await found(seed)
  const { clock, house, ledger, diary } = town
  const watching = witness(town)
  let step = 0
  const look = async (): Promise<void> => {
    const touched = await watching.readOn()
    await rowsAreFolds(town, watching, touched)
    nothingLostOrDoubled(town, watching)
    leftOnceInOrder(town)
    hold('nothing fails that nobody broke', house.complaints.length === 0, () => house.complaints.join('\n'))
  }
  try {
    for (const { id } of agents) await house.workspace().as(id).presence.set('online')
    for (const end = clock.now() + hours * 3_600_000; clock.now() < end; step += 1) {
      setClock(town)
      threaten(town)
      await happen(town)
      await reportBack(town)
      clock.advance(town.chance.wait(meanPauseMs))
      await rest(town)
      house.power().failAfter(Infinity, false)
      await look()
      if (step % 25 === 0) await countsAreExact(town)
    }
    for (let night = 0; night < nights; night += 1) {
      clock.advance(nightMs)
      await bringAgain(town)
      await reportBack(town)
      await rest(town)
    }
    await look()
    await countsAreExact(town)
    await allIsSettled(town, watching)
  } catch (error) {
    await house.close()
    if (!(error instanceof LawBroken)) throw error
    return { ok: false, broken: { seed, step, law: error.law, seen: error.message, diary } }
  }
  await house.close()
  const digest = createHash('sha256').update(diary.join('\n')).digest('hex')
  const counts = new Map([...ledger.counts].sort(([a], [b]) => (a < b ? -1 : 1)))
  return { ok: true, day: { seed, hours, steps: step, conversations: watching.states.size, digest, counts, diary } }
}
