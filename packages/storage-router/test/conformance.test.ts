import { storageCases, titleOf } from '@guichet/conformance'
import { memoryStorage } from '@guichet/engine/memory'
import { describe, test } from 'vitest'
import { router } from '../src/index.ts'

/** Every workspace of the cases lands somewhere, and not all in one place. */
const shards = ['a', 'b', 'c']
const route = (workspace: string): string =>
  shards[[...workspace].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0) % shards.length] as string

describe('a router over three stores', () => {
  const cases = storageCases({
    open: async () => router({ stores: Object.fromEntries(shards.map((shard) => [shard, memoryStorage()])), route }),
  })
  for (const each of cases) test(titleOf(each), each.run)
})
