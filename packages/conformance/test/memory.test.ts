import { memoryStorage } from '@guichet/engine/memory'
import { describe, expect, test } from 'vitest'
import { storageCases, titleOf } from '../src/index.ts'

describe('memory', () => {
  for (const each of storageCases({ open: async () => memoryStorage(), runs: 300 })) {
    test(`${titleOf(each)}`, async () => {
      await expect(each.run()).resolves.toBeUndefined()
    })
  }
})
