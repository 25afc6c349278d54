import { memoryStorage } from '@guichet/engine/memory'
import { describe, test } from 'vitest'
import { guaranteeCases } from '../src/index.ts'

describe('on memory', () => {
  for (const { name, run } of guaranteeCases({ open: async () => memoryStorage() })) test(name, run)
})
