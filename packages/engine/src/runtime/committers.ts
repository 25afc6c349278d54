import type { Storage } from '../ports/storage.ts'
import type { Bus } from './bus.ts'
import { type Committer, makeCommitter } from './committer.ts'
import { storageFailed } from './error.ts'

/** One group committer for each part of the store that fails apart, made when it is first needed. */
export const makeCommitters = (storage: Storage, bus: Bus, now: () => number): Committer => {
  const shards = new Map<string, Committer>()
  const committerOf = (workspace: string): Committer => {
    const shard = storage.shardOf?.(workspace) ?? ''
    const known = shards.get(shard)
    if (known !== undefined) return known
    const made = makeCommitter(storage, bus, now)
    shards.set(shard, made)
    return made
  }
  return {
    submit: (task) => {
      try {
        return committerOf(task.workspace).submit(task)
      } catch (error) {
        return Promise.reject(storageFailed(error))
      }
    },
    idle: async () => {
      await Promise.all([...shards.values()].map((committer) => committer.idle()))
    },
  }
}
