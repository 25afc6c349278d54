import { storageCases, titleOf } from '@guichet/conformance'
import { memoryStorage } from '@guichet/engine/memory'
import { describe, test } from 'vitest'
import { router } from '../src/index.ts'
import { routeAmong } from './route-among.ts'

const shards = ['a', 'b', 'c']

describe('a router over three stores', () => {
  const cases = storageCases({
    open: async () =>
      router({
        stores: Object.fromEntries(shards.map((shard) => [shard, memoryStorage()])),
        route: routeAmong(shards),
      }),
  })
  for (const each of cases) test(titleOf(each), each.run)
})
