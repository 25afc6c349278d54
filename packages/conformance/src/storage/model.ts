import { memoryStorage } from '@guichet/engine/memory'
import type { ClaimedWork, Storage } from '@guichet/engine/ports'
import * as fc from 'fast-check'
import { same } from '../assert.ts'
import { holds } from '../property.ts'
import type { StorageCase } from './harness.ts'
import { answer, type Prepared, picture, type Side } from './model/answers.ts'
import { toChangeset, type World } from './model/changeset.ts'
import { type Op, plan } from './model/plan.ts'
import { noon } from './rows.ts'

/** More than a plan ever makes. */
const all = 1_000

const prepare = async (world: World, op: Op, store: Storage): Promise<Prepared> => {
  if (op.op === 'claim') {
    world.now += op.later
    // A store made of several knows no oldest item of all: it can only be compared where none is left.
    return store.shardOf === undefined ? op : { ...op, limit: all }
  }
  if (op.op !== 'commit') return op
  const changes = []
  for (const planned of op.changes) changes.push(await toChangeset(world, planned))
  return { op: 'commit', changes }
}

/** Runs a plan on the store under test and on the one in memory, step by step. */
const compare = async (store: Storage, ops: ReadonlyArray<Op>): Promise<void> => {
  const oracle = memoryStorage()
  const world: World = { oracle, now: noon, made: 0, claimed: [], parked: [], quarantined: [] }
  const sharded = store.shardOf !== undefined
  const expected: Side = { store: oracle, marks: new Map(), sharded }
  const actual: Side = { store, marks: new Map(), sharded }
  for (const [step, op] of ops.entries()) {
    const prepared = await prepare(world, op, store)
    const right = await answer(expected, prepared, world)
    same(await answer(actual, prepared, world), right, `step ${step + 1}, ${op.op}`)
    if (op.op === 'claim') world.claimed.push(...(right as readonly [ReadonlyArray<ClaimedWork>])[0])
  }
  same(await picture(actual, world), await picture(expected, world), 'what is there in the end')
}

export const modelCases: ReadonlyArray<StorageCase> = [
  {
    area: 'model',
    name: 'whatever is done to it, it answers as the store in memory does',
    body: async ({ another, runs, commands }) => {
      await holds(
        fc.asyncProperty(plan(commands), async (ops) => {
          const store = await another()
          try {
            await compare(store, ops)
          } finally {
            await store.close()
          }
        }),
        runs,
      )
    },
  },
]
