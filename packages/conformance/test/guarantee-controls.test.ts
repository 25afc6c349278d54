import { memoryStorage } from '@guichet/engine/memory'
import { describe, expect, test } from 'vitest'
import { guaranteeCases } from '../src/index.ts'
import * as broken from './broken.ts'

/** What is planted in the store, and the promise that the whole engine then breaks. */
const planted: ReadonlyArray<readonly [what: string, bug: broken.Bug, promise: string]> = [
  ['stores an external id again', broken.ignoresDuplicates, 'G03'],
  ['forgets what waits for its message', broken.forgetsParked, 'G12'],
  ['loses the order in a lane', broken.losesLanes, 'G20'],
  ['does not count what an agent has in hand', broken.countsNoLoad, 'G23'],
  ['forgets whose turn it is', broken.forgetsTurns, 'G24'],
  ['loses the ends of offers', broken.losesOffers, 'G27'],
  ['forgets who is there', broken.forgetsSeats, 'G28'],
  ['blanks nothing that has gone', broken.erasesNothing, 'G38'],
  ['leaves ids where their messages were', broken.movesNoIds, 'G38'],
  ['shows what a viewer may not see', broken.showsEverything, 'G42'],
  ['shares read marks', broken.sharesReadMarks, 'G43'],
  ['skips rows of the same time', broken.skipsTies, 'G44'],
  ['counts up only', broken.countsUpOnly, 'G44'],
  ['delivers the stream twice', broken.streamsTwice, 'G45'],
  ['leaves gaps in the stream', broken.streamsWithGaps, 'G45'],
  ['shows all workspaces in one stream', broken.leaksStream, 'G52'],
  ['finds what a neighbour wrote', broken.leaksSearch, 'G52'],
]

/** A broken store may also make a case wait for what never comes. */
const patience = 3_000

const holds = async (run: () => Promise<void>): Promise<boolean> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const tired = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), patience)
  })
  try {
    return await Promise.race([run().then(() => true), tired])
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}

describe('an engine on a store is caught that', () => {
  for (const [what, bug, promise] of planted) {
    test(`${what}`, async () => {
      const cases = guaranteeCases({ open: async () => bug(memoryStorage()) })
      const kept: Array<boolean> = []
      for (const { guarantee, run } of cases) {
        if (guarantee === promise) kept.push(await holds(run))
        if (kept.includes(false)) break
      }
      expect(kept).toContain(false)
    })
  }
})
